"""What is wrong with the index is said with a hint, and can be mended."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from marketplace.volunteers.models import Skill
from search.entries import rebuild
from search.models import SearchParent, SearchSlot
from search.verify import differences
from tests.factories import a_shift

pytestmark = pytest.mark.django_db


def reported() -> list[str]:
    return [message.id for message in run_checks(databases=["default"]) if message.id.startswith("search.")]


def test_a_sound_index_is_not_mentioned():
    a_shift()
    rebuild()
    assert reported() == []


def test_texts_of_another_analysis_ask_for_a_rebuild():
    a_shift()
    rebuild()
    SearchParent.objects.update(analysis="older")
    assert reported() == ["search.W003"]
    rebuild()
    assert reported() == []


def test_more_skills_than_bits_are_reported():
    Skill.objects.bulk_create([Skill(code=f"extra-{number}", name="x", name_en="x") for number in range(60)])
    assert reported() == ["search.W004"]


def test_verify_names_what_differs_in_each_direction():
    missing, wrong = a_shift(), a_shift()
    rebuild()
    SearchSlot.objects.filter(pk=wrong.pk).update(places_left=0)
    SearchParent.objects.filter(slots=missing.pk).delete()
    stale = SearchParent.objects.create(id=99_998, title_words="", tokens="", analysis="")
    found = differences()
    assert found.missing == (("searchparent", 2 * missing.need_id), ("searchslot", missing.pk))
    assert (found.stale, found.wrong, found.broken) == ((("searchparent", stale.pk),), (("searchslot", wrong.pk),), ())


def test_the_commands_tell_and_mend(capsys):
    a_shift()
    with pytest.raises(CommandError, match="search_rebuild"):
        call_command("search_verify")
    assert "missing: ('searchslot'" in capsys.readouterr().out
    call_command("search_rebuild", verbosity=0)
    assert capsys.readouterr().out == "1 个项目和需求，1 个场次。\n"
    call_command("search_verify")
    assert capsys.readouterr().out == "索引与数据库一致。\n"
