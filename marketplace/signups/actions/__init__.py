"""The only writes about sign-ups: their life, teams, and what the clock watches."""

from .life import (
    accept_offer,
    cancel_signup,
    expire_offers,
    let_those_who_wait_go_first,
    open_roster,
    pass_on_offer,
    promote_next,
    record_attendance,
    release_signup,
    sign_up,
    withdraw_signup,
    write_signup,
)
from .teams import sign_up_group
from .watch import flag_short_shifts

__all__ = [
    "accept_offer",
    "cancel_signup",
    "expire_offers",
    "flag_short_shifts",
    "let_those_who_wait_go_first",
    "open_roster",
    "pass_on_offer",
    "promote_next",
    "record_attendance",
    "release_signup",
    "sign_up",
    "sign_up_group",
    "withdraw_signup",
    "write_signup",
]
