"""A refusal is a sentence for the person who asked."""

from __future__ import annotations


class Refused(Exception):
    """The action was not done, and `sentence` says why and what would help."""

    def __init__(self, sentence: str) -> None:
        self.sentence = str(sentence)
        super().__init__(self.sentence)


def refuse_if(sentence: str | None) -> None:
    """Raise the refusal where a rule gave one."""
    if sentence:
        raise Refused(sentence)
