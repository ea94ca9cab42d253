"""The only writes about accounts: people and roles, and tokens of their programs."""

from .people import (
    change_phone,
    choose_language,
    close_account,
    create_account,
    end_role,
    grant_role,
    set_password,
    set_phone,
)
from .tokens import end_token, make_token, tokens_of, user_of_bearer

__all__ = [
    "change_phone",
    "choose_language",
    "close_account",
    "create_account",
    "end_role",
    "end_token",
    "grant_role",
    "make_token",
    "set_password",
    "set_phone",
    "tokens_of",
    "user_of_bearer",
]
