"""A guardian agrees, for one season, that somebody under age serves: by a link that works once, or on paper."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.sealing import keyed_hash
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.privacy.actions import forget_identity, give_consent, keep_identity
from marketplace.privacy.enums import Method, Purpose, Whose
from marketplace.privacy.models import Consent, Identity
from marketplace.privacy.sealed import Person
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import Refused, refuse_if

from .. import rules
from ..models import GuardianInvitation, Season, Volunteer
from .profiles import last_moment_of

TOKEN_BYTES = 32


@transaction.atomic
def invite_guardian(volunteer: Volunteer, *, actor: Any, season: Season, name: str, phone: str) -> str:
    """The token of a link that works once: it is shown now and never again. Earlier links for the season end."""
    refuse_if(rules.refuse_inviting_guardian(volunteer, actor, season, timezone.localdate()))
    for earlier in volunteer.guardian_invitations.filter(season=season, answered_at=None):
        forget_identity(earlier.guardian, actor=actor)
        earlier.delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    GuardianInvitation.objects.create(
        volunteer=volunteer,
        guardian=_guardian(volunteer, name, phone, actor),
        season=season,
        token_hash=keyed_hash(token),
        ends_at=timezone.now() + timedelta(days=settings.GUARDIAN_LINK_DAYS),
    )
    record("volunteer.guardian_invited", volunteer, actor=actor, season=season.pk)
    return token


@transaction.atomic
def agree_as_guardian(invitation: GuardianInvitation) -> Consent:
    """Who opened the link read the risks and agrees; the link is used up."""
    fresh = lock(invitation)
    refuse_if(rules.refuse_answer_of_guardian(fresh, timezone.now()))
    fresh.answered_at = timezone.now()
    fresh.save(update_fields=["answered_at"])
    tell(fresh.volunteer.user, lambda: _("监护人已经同意您参加志愿服务"), link="/search/")
    return _consent(fresh.volunteer, fresh.guardian, fresh.season, Method.ONLINE, actor=None)


@transaction.atomic
def record_paper_consent(volunteer: Volunteer, *, actor: Any, season: Season, name: str, phone: str) -> Consent:
    """Staff saw the signature of the guardian on paper."""
    refuse_if(rules.refuse_paper_consent(volunteer, actor, season, timezone.localdate()))
    return _consent(volunteer, _guardian(volunteer, name, phone, actor), season, Method.PAPER, actor=actor)


def _guardian(volunteer: Volunteer, name: str, phone: str, actor: Any) -> Identity:
    person = Person(name=name, phone=phone)
    return keep_identity(person, whose=Whose.GUARDIAN, area=volunteer.base_area, actor=actor, is_minor=False)


def _consent(volunteer: Volunteer, guardian: Identity, season: Season, method: str, *, actor: Any) -> Consent:
    return give_consent(
        purpose=Purpose.MINOR_SERVICE,
        subject=volunteer.user,
        guardian=guardian,
        method=method,
        valid_until=last_moment_of(season.ends_on),
        actor=actor,
    )


def open_invitation(token: str) -> GuardianInvitation:
    """The invitation behind a link. Raises Refused where there is none, or none any more: the words are the same."""
    found = GuardianInvitation.objects.filter(token_hash=keyed_hash(token)).select_related("volunteer__user", "season")
    invitation = found.first()
    if invitation is None or rules.refuse_answer_of_guardian(invitation, timezone.now()):
        raise Refused(rules.link_is_over())
    return invitation
