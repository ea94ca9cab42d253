"""A refusal is a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """The action was not done, and `sentence` says why and what would help."""

    def __init__(self, sentence: str) -> None:
        self.sentence = str(sentence)
        super().__init__(self.sentence)


def refuse_if(sentence: str | None) -> None:
    """Raise the refusal where a rule gave one."""
    if sentence:
        raise Refused(sentence)


def refuse_silence(remark: str) -> str | None:
    """A step against somebody's wish is owed a reason in words."""
    return None if remark.strip() else _("请写明原因，对方才知道为什么、接下来怎么办。")
