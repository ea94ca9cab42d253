"""What is done with a program beside its form: more shifts, another time for one, risks said anew, insurance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.documents.actions import delete_document, keep_document
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.shifts.actions import move_shift, publish_shifts
from marketplace.shifts.models import Shift
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import refuse_if
from marketplace.workflow.wording import say_when

from .. import rules
from ..enums import ProgramStatus
from ..models import InsurancePolicy, Program
from ..queries import keepers_of
from .life import OwnShift, lay_shifts


@transaction.atomic
def add_shifts(
    program: Program, own_shifts: Sequence[OwnShift], *, actor: Any, now: datetime | None = None
) -> list[Shift]:
    """More shifts of its own: of a draft they wait with it, of an approved program they are public at once."""
    fresh, moment = lock(program), now or timezone.now()
    refuse_if(rules.refuse_more_shifts(fresh, own_shifts, actor))
    laid = lay_shifts(fresh, own_shifts, actor=actor)
    if fresh.status == ProgramStatus.APPROVED:
        refuse_if(rules.refuse_uncovered(fresh, laid))
        publish_shifts([shift for shift in laid if shift.starts_at > moment], actor=actor)
    fresh.version += 1
    fresh.save(update_fields=["version"])
    record("program.shifts_added", fresh, actor=actor, shifts=len(laid))
    return laid


@transaction.atomic
def reschedule_shift(
    shift: Shift,
    *,
    starts_at: datetime,
    ends_at: datetime,
    site: Any = None,
    actor: Any,
    remark: str = "",
    now: datetime | None = None,
) -> Shift:
    """One day takes place at another time, or at another of the program's sites; both sides are told."""
    before = say_when(shift.starts_at, shift.ends_at)
    moved = move_shift(
        shift,
        starts_at=starts_at,
        ends_at=ends_at,
        site=site,
        actor=actor,
        remark=remark,
        refuse=lambda fresh, who: rules.refuse_rescheduling(fresh, starts_at, ends_at, site, who),
        now=now,
    )
    after = f"{say_when(moved.starts_at, moved.ends_at)} · {moved.site}"
    for person in _those_concerned(moved, actor):
        tell(
            person,
            lambda: _("活动改了时间：%(title)s") % {"title": moved.title},
            body=lambda: _("原来：%(before)s\n现在：%(after)s") % {"before": before, "after": after},
            link=f"/shifts/{moved.pk}/",
            urgent=True,
        )
    return moved


def _those_concerned(shift: Shift, actor: Any) -> list[Any]:
    """Who opens the door and who wrote the program, but for the one who did it."""
    people = {keeper.pk: keeper for keeper in keepers_of(shift.site)}
    if shift.program:
        people[shift.program.drafted_by_id] = shift.program.drafted_by
    people.pop(actor.pk, None)
    return list(people.values())


@transaction.atomic
def revise_risks(program: Program, *, risk_disclosure: str, actor: Any) -> Program:
    """Risks change while it runs (志愿服务条例 §12): a new version, public at once.

    Whoever signed up is asked to read it, by their own package; so is the person who approved the program.
    """
    fresh = lock(program)
    refuse_if(rules.refuse_new_risks(fresh, risk_disclosure, actor))
    fresh.risk_disclosure = risk_disclosure.strip()
    fresh.risk_version += 1
    fresh.save(update_fields=["risk_disclosure", "risk_version"])
    record("program.risks_revised", fresh, actor=actor, risk_version=fresh.risk_version)
    if fresh.approved_by:
        tell(
            fresh.approved_by,
            lambda: _("项目「%(title)s」改了风险提示") % {"title": fresh.title},
            body=fresh.risk_disclosure,
            link=f"/desk/programs/{fresh.pk}/",
        )
    return fresh


@transaction.atomic
def add_insurance(program: Program, *, actor: Any, paper: Any = None, **fields: Any) -> InsurancePolicy:
    """A policy and, where it is at hand, its paper. Fields: insurer, number, starts_on, ends_on."""
    refuse_if(rules.refuse_insuring(program, actor))
    document = keep_document(paper, title=_("保险单"), actor=actor) if paper else None
    policy = InsurancePolicy.objects.create(program=program, document=document, **fields)
    record("program.insured", program, actor=actor, policy=policy.pk)
    return policy


@transaction.atomic
def remove_insurance(policy: InsurancePolicy, *, actor: Any) -> None:
    """A slip of the pen, as long as nobody relied on it."""
    program, document = policy.program, policy.document
    refuse_if(rules.refuse_edit(program, actor))
    policy.delete()
    if document:
        delete_document(document, actor=actor)
    record("program.insurance_removed", program, actor=actor)
