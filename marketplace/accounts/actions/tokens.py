"""Access tokens: what a program of a person's own shows instead of a session. Only the keyed hash is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.workflow.refusals import Refused

from ..models import AccessToken, User
from ..sealing import keyed_hash

PREFIX = "duijie_"
MOST = 10
# When a token was used last is kept to the hour: a program that asks each second writes once.
USED_EVERY = timedelta(hours=1)


def tokens_of(user: Any) -> QuerySet[AccessToken]:
    """Those still in force, newest first."""
    return AccessToken.objects.filter(user=user, ended_at=None)


@transaction.atomic
def make_token(user: User, *, name: str) -> str:
    """A new token, told here and never again."""
    if tokens_of(user).count() >= MOST:
        raise Refused(_("最多同时使用 %(most)d 个令牌，请先停用不再用的。") % {"most": MOST})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(user=user, name=name, token_hash=_hash(secret))
    record("token.made", token, actor=user)
    return secret


@transaction.atomic
def end_token(token: AccessToken, *, actor: User) -> None:
    """From now on it opens nothing; ending it twice changes nothing."""
    if AccessToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        record("token.ended", token, actor=actor)


def user_of_bearer(secret: str) -> User | AnonymousUser:
    """Whose token this is; nobody's where it is unknown, was ended, or its account is closed."""
    token = AccessToken.objects.filter(token_hash=_hash(secret), ended_at=None, user__is_active=True)
    found = token.select_related("user").first()
    if found is None:
        return AnonymousUser()
    now = timezone.now()
    if found.used_at is None or found.used_at < now - USED_EVERY:
        AccessToken.objects.filter(pk=found.pk).update(used_at=now)
    return found.user


def _hash(secret: str) -> str:
    return keyed_hash(f"access-token {secret}")
