"""What a person hears about their sign-up: in their own language, with when and where, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.messaging.actions import tell
from marketplace.workflow.wording import say_when

from .models import SignUp

Said = Callable[[], str]


def tell_person(
    signup: SignUp, subject: Any, *, more: Said | None = None, link: str = "", urgent: bool = False
) -> None:
    """`subject` is a lazy text with `%(title)s`; `more` is asked for in the person's language."""
    shift = signup.shift

    def body() -> str:
        lines = (say_when(shift.starts_at, shift.ends_at), str(shift.site), more() if more else "")
        return "\n".join(line for line in lines if line)

    tell(
        signup.volunteer.user,
        lambda: str(subject) % {"title": shift.title},
        body=body,
        link=link or f"/shifts/{shift.pk}/",
        urgent=urgent,
    )


def link_to_alternatives(signup: SignUp) -> str:
    """Other shifts that the person can go to instead."""
    return f"/desk/signups/{signup.pk}/alternatives/"
