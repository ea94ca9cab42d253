"""Profiles, and what staff saw of a check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.actions import grant_role
from marketplace.accounts.enums import Role
from marketplace.history.actions import record
from marketplace.history.models import Event
from marketplace.messaging.actions import tell
from marketplace.workflow.refusals import refuse_if
from marketplace.workflow.wording import say_day

from .. import rules
from ..models import Availability, Clearance, ClearanceKind, Volunteer
from ..queries import passes_ending_by


@transaction.atomic
def create_volunteer(
    *,
    actor: Any,
    skills: Iterable[Any] = (),
    languages: Iterable[Any] = (),
    free_times: Iterable[tuple[int, str]] = (),
    **fields: Any,
) -> Volunteer:
    """The acting person's own profile; `free_times` are (weekday, part) with 0 for Monday."""
    volunteer = Volunteer.objects.create(user=actor, **fields)
    _set_lists(volunteer, skills, languages, free_times)
    grant_role(actor, Role.VOLUNTEER, actor=None)
    record("volunteer.created", volunteer, actor=actor)
    return volunteer


@transaction.atomic
def change_volunteer(
    volunteer: Volunteer,
    *,
    actor: Any,
    skills: Iterable[Any],
    free_times: Iterable[tuple[int, str]],
    languages: Iterable[Any] = (),
    **fields: Any,
) -> Volunteer:
    """The person's own changes to their profile."""
    for name, value in fields.items():
        setattr(volunteer, name, value)
    volunteer.save(update_fields=list(fields))
    _set_lists(volunteer, skills, languages, free_times)
    record("volunteer.changed", volunteer, actor=actor)
    return volunteer


def _set_lists(
    volunteer: Volunteer, skills: Iterable[Any], languages: Iterable[Any], free_times: Iterable[tuple[int, str]]
) -> None:
    volunteer.skills.set(skills)
    volunteer.languages.set(languages)
    volunteer.availability.all().delete()
    Availability.objects.bulk_create(
        [Availability(volunteer=volunteer, weekday=weekday, part=part) for weekday, part in free_times]
    )


@transaction.atomic
def record_clearance(
    volunteer: Volunteer, kind: ClearanceKind, *, actor: Any, result: str, checked_on: date
) -> Clearance:
    """What staff saw of one check; it holds for as long as its kind says, counted from the day of the check."""
    refuse_if(rules.refuse_clearance_entry(volunteer, actor, checked_on, timezone.localdate()))
    clearance = Clearance.objects.create(
        volunteer=volunteer,
        kind=kind,
        result=result,
        checked_on=checked_on,
        valid_until=checked_on + relativedelta(months=kind.valid_months),
        recorded_by=actor,
    )
    record("clearance.recorded", clearance, actor=actor, kind=kind.code, result=result)
    return clearance


@transaction.atomic
def warn_of_ending_passes(today: date) -> int:
    """Whoever holds a pass that ends soon, and no later one, is told once. Returns how many were told."""
    ending = passes_ending_by(today, today + timedelta(days=settings.WARN_OF_ENDING_PASS_DAYS))
    told = Event.objects.filter(verb="clearance.warned", subject_type="clearance")
    known = set(told.filter(subject_id__in=[one.pk for one in ending]).values_list("subject_id", flat=True))
    fresh = [clearance for clearance in ending if clearance.pk not in known]
    for clearance in fresh:
        record("clearance.warned", clearance, actor=None)
        _tell_of_ending(clearance)
    return len(fresh)


def _tell_of_ending(clearance: Clearance) -> None:
    def subject() -> str:
        return _("%(kind)s快到期了") % {"kind": clearance.kind}

    def body() -> str:
        return _("有效期到 %(day)s。到期以后不能参加服务儿童的活动，请提前办理；由谁办理：%(who)s。") % {
            "day": say_day(clearance.valid_until),
            "who": clearance.kind.next_actor,
        }

    tell(clearance.volunteer.user, subject, body=body, link="/desk/profile/")


def last_moment_of(day: date) -> datetime:
    """The end of a day in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time.max))
