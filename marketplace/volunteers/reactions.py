"""What a known birth date means for a profile, and what a closed account leaves of it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.privacy.models import Identity
from marketplace.privacy.queries import identity_of
from marketplace.workflow.refusals import Refused

from .actions.following import empty_profile, follow_identity
from .models import Volunteer, VolunteerGroup


@receiver(event_recorded, sender=Identity, dispatch_uid="volunteers.follow_birth_date")
def follow_birth_date(event: Event, record: Identity, **_kwargs: Any) -> None:
    """A birth date that is known decides the age group, also on the birthday itself."""
    volunteer = Volunteer.objects.filter(user_id=record.user_id).first() if record.user_id else None
    if volunteer and event.verb in ("identity.kept", "identity.changed", "identity.came_of_age"):
        follow_identity(volunteer, record)


@receiver(event_recorded, sender=Volunteer, dispatch_uid="volunteers.keep_birth_date")
def keep_birth_date(event: Event, record: Volunteer, **_kwargs: Any) -> None:
    """A profile that says otherwise is put right; the identity moves with the person."""
    if event.verb in ("volunteer.created", "volunteer.changed") and (identity := identity_of(record.user)):
        follow_identity(record, identity)


@receiver(event_recorded, sender=User, dispatch_uid="volunteers.empty_closed_profile")
def empty_closed_profile(event: Event, record: User, **_kwargs: Any) -> None:
    """Whoever leads a team hands it over first: its members would stand alone."""
    if event.verb != "user.closed":
        return
    if group := VolunteerGroup.objects.filter(leader__user=record).first():
        raise Refused(_("您还是「%(name)s」的负责人，请先把团队交给别人，再注销。") % {"name": group})
    if volunteer := Volunteer.objects.filter(user=record).first():
        empty_profile(volunteer, actor=record)
