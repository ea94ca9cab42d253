"""Profiles, clearances and groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.actions import grant_role
from marketplace.accounts.enums import Role
from marketplace.history.actions import record
from marketplace.workflow.refusals import refuse_if

from . import rules
from .models import Availability, Clearance, ClearanceKind, GroupMember, Volunteer, VolunteerGroup


@transaction.atomic
def create_volunteer(
    *, actor: Any, skills: Iterable[Any] = (), free_times: Iterable[tuple[int, str]] = (), **fields: Any
) -> Volunteer:
    """The acting person's own profile; `free_times` are (weekday, part) with 0 for Monday."""
    volunteer = Volunteer.objects.create(user=actor, **fields)
    _set_lists(volunteer, skills, free_times)
    grant_role(actor, Role.VOLUNTEER, actor=None)
    record("volunteer.created", volunteer, actor=actor)
    return volunteer


@transaction.atomic
def change_volunteer(
    volunteer: Volunteer, *, actor: Any, skills: Iterable[Any], free_times: Iterable[tuple[int, str]], **fields: Any
) -> Volunteer:
    """The person's own changes to their profile."""
    for name, value in fields.items():
        setattr(volunteer, name, value)
    volunteer.save(update_fields=list(fields))
    _set_lists(volunteer, skills, free_times)
    record("volunteer.changed", volunteer, actor=actor)
    return volunteer


def _set_lists(volunteer: Volunteer, skills: Iterable[Any], free_times: Iterable[tuple[int, str]]) -> None:
    volunteer.skills.set(skills)
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
def create_group(*, actor: Any, leader: Volunteer, **fields: Any) -> VolunteerGroup:
    """A team, its leader the first member."""
    group = VolunteerGroup.objects.create(leader=leader, **fields)
    GroupMember.objects.create(group=group, volunteer=leader)
    grant_role(leader.user, Role.GROUP_LEADER, actor=None)
    record("group.created", group, actor=actor)
    return group


@transaction.atomic
def add_group_member(group: VolunteerGroup, volunteer: Volunteer, *, actor: Any) -> GroupMember:
    refuse_if(rules.refuse_group_change(group.leader, actor))
    member, created = GroupMember.objects.get_or_create(group=group, volunteer=volunteer)
    if created:
        record("group.member_added", group, actor=actor, volunteer=volunteer.pk)
    return member
