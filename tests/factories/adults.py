"""Who makes a shift with children possible."""

from __future__ import annotations

from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.volunteers.models import Volunteer

from . import a_signup, a_volunteer
from .people import declare


def an_adult(**fields) -> Volunteer:
    """Cleared, and related to nobody: they declared it and it was recorded."""
    volunteer = a_volunteer("审查过的人", cleared=True, **fields)
    declare(volunteer)
    return volunteer


def two_adults(shift: Shift) -> list[SignUp]:
    """They signed up: the shift may be held."""
    return [a_signup(shift=shift, volunteer=an_adult()) for _adult in range(2)]
