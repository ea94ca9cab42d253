"""Making accounts, giving and ending roles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.messaging.models import Message
from marketplace.workflow.refusals import Refused, refuse_if

from ..limits import forget_failures
from ..models import AccessToken, PhoneIdentity, RoleAssignment, User
from ..phones import normalize_phone
from ..rules import refuse_closing, refuse_grant
from ..sealing import keyed_hash, seal

# Stands where a name stood; written once, read in every language.
CLOSED = "已注销"


@transaction.atomic
def create_account(
    *,
    display_name: str,
    email: str | None = None,
    phone: str = "",
    password: str | None = None,
    password_hash: str = "",
    agreed: bool = False,
) -> User:
    """A person who can sign in. `password_hash` takes a value that is hashed already (the demo's 300 accounts share one).

    `agreed` says that the person has just agreed to the privacy notice.
    """
    language = get_language() or settings.LANGUAGE_CODE
    user = User.objects.create_user(email, password, display_name=display_name, language=language)
    if password_hash:
        User.objects.filter(pk=user.pk).update(password=password_hash)
    if phone:
        set_phone(user, phone)
    details: dict[str, Any] = {"agreed": True} if agreed else {}
    record("user.created", user, actor=user, **details)
    return user


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    """What messages to the person are written in from now on. How a page looks is no event of the house."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)


@transaction.atomic
def set_phone(user: User, number: str, *, verified: bool = False) -> PhoneIdentity:
    """Keep the person's phone number, sealed. Refused where it is malformed or somebody else's."""
    normalized = normalize_phone(number)
    if normalized is None:
        raise Refused(_("请填写 11 位手机号码，例如 13800138000。"))
    fingerprint = keyed_hash(normalized)
    if PhoneIdentity.objects.filter(number_hash=fingerprint).exclude(user=user).exists():
        raise Refused(_("这个手机号码已经登记在另一个账号下。"))
    identity, _created = PhoneIdentity.objects.update_or_create(
        user=user,
        defaults={
            "number_sealed": seal(normalized),
            "number_hash": fingerprint,
            "verified_at": timezone.now() if verified else None,
        },
    )
    return identity


@transaction.atomic
def change_phone(user: User, number: str, *, actor: User) -> PhoneIdentity:
    """The person signs in with another number from now on."""
    identity = set_phone(user, number)
    record("user.phone_changed", user, actor=actor)
    return identity


@transaction.atomic
def set_password(user: User, password: str, *, actor: User) -> None:
    """A new password; what was tried with the old one no longer counts."""
    user.set_password(password)
    user.save(update_fields=["password"])
    forget_failures(user)
    record("user.password_set", user, actor=actor)


@transaction.atomic
def grant_role(user: User, role: str, *, actor: Any, area: Any = None) -> RoleAssignment:
    """Give a role from today on; giving it again changes nothing."""
    refuse_if(refuse_grant(user, role, area, actor))
    assignment, created = RoleAssignment.objects.get_or_create(
        user=user,
        role=role,
        area=area,
        valid_to=None,
        defaults={"valid_from": timezone.localdate(), "granted_by": actor},
    )
    if created:
        record("role.granted", assignment, actor=actor, role=role, user=user.pk)
        user.__dict__.pop("assignments", None)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, actor: Any) -> RoleAssignment:
    """The role ends with yesterday: from now on it opens no door."""
    assignment.valid_to = timezone.localdate() - timedelta(days=1)
    assignment.save(update_fields=["valid_to"])
    record("role.ended", assignment, actor=actor, role=assignment.role, user=assignment.user_id)
    return assignment


@transaction.atomic
def close_account(user: User, *, actor: User) -> None:
    """The person leaves: nothing that identifies them is left here, and later packages let go of what they hold.

    The row stays, without name, address and password, because what was done stays done (志愿服务条例 §19).
    Raises Refused where the person still stands for others; then nothing is changed.
    """
    refuse_if(refuse_closing(user, actor))
    record("user.closed", user, actor=actor)
    for assignment in RoleAssignment.objects.in_force(timezone.localdate()).filter(user=user):
        end_role(assignment, actor=actor)
    for held in (PhoneIdentity, EmailAddress, Authenticator):
        held.objects.filter(user=user).delete()
    Message.objects.filter(recipient=user).delete()
    AccessToken.objects.filter(user=user, ended_at=None).update(ended_at=timezone.now(), name="")
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.email, user.display_name, user.is_active = None, CLOSED, False
    user.set_unusable_password()
    user.last_login = None
    user.save()
