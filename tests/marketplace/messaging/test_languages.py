"""Every message is written in the language of whom it is for, whoever acts."""

import ast
from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from devtools.places import ROOT
from marketplace.messaging.actions import tell
from marketplace.messaging.models import Message
from tests.factories import a_user


def calls_of_tell() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "marketplace").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tell":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def translates(node: ast.expr) -> bool:
    """Whether words are looked up at once, outside of any function."""
    if isinstance(node, ast.Lambda):
        return False
    return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") in ("_", "ngettext") for one in ast.walk(node))


def test_our_own_words_are_given_as_functions():
    found = list(calls_of_tell())
    assert len(found) > 10
    early = [
        where
        for where, call in found
        if any(translates(one) for one in (*call.args, *(k.value for k in call.keywords)))
    ]
    assert early == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("zh-hans", "报名"), ("en", "Sign up")])
def test_the_recipients_language_wins_over_the_actors(language, said):
    person = a_user(language=language)
    with translation.override("en" if language == "zh-hans" else "zh-hans"):
        tell(person, lambda: _("报名"), body="原话")
        assert translation.get_language() != language
    told = Message.objects.get(recipient=person)
    assert (told.subject, told.body) == (said, "原话")
