"""Finding a person by what they sign in with."""

from __future__ import annotations

import unicodedata

from django.utils import timezone

from .models import RoleAssignment, User
from .phones import normalize_phone
from .sealing import keyed_hash


def user_by_phone(number: str) -> User | None:
    """The account that holds this number, however it is written."""
    normalized = normalize_phone(number)
    return User.objects.filter(phone_identity__number_hash=keyed_hash(normalized)).first() if normalized else None


def user_by_email(address: str) -> User | None:
    """The account this address belongs to; one that somebody only asked to change to belongs to nobody yet."""
    return User.objects.filter(email=plain_login(address)).first()


def user_by_login(login: str) -> User | None:
    """The account behind a phone number or an e-mail address, also one that waits to be confirmed."""
    waiting = User.objects.filter(emailaddress__email=plain_login(login)).order_by("pk")
    return user_by_phone(login) or user_by_email(login) or waiting.first()


def plain_login(login: str) -> str:
    """One written form for each login: `１３８ 0013 8000` and `+86 13800138000` are the same, so are `A@x.cn` and `a@x.cn `."""
    plain = unicodedata.normalize("NFKC", login).strip().lower()
    return normalize_phone(plain) or plain


def staff_reaching(area_code: str, *roles: str) -> list[User]:
    """Who holds one of these roles over the area today, in the order of their accounts."""
    held = RoleAssignment.objects.in_force(timezone.localdate()).filter(role__in=roles, user__is_active=True)
    reaching = {one.user_id: one.user for one in held.select_related("user", "area") if _covers(one, area_code)}
    return [reaching[number] for number in sorted(reaching)]


def _covers(assignment: RoleAssignment, area_code: str) -> bool:
    return assignment.area is not None and area_code.startswith(assignment.area.prefix)
