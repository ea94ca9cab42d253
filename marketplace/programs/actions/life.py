"""The life of a program: drafted, handed in, decided, ended. What is done while it runs stands in `running`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.needs.enums import NeedStatus
from marketplace.shifts.actions import adopt_shift, cancel_shift, create_shift, publish_shifts, release_shift
from marketplace.shifts.enums import CancelReason
from marketplace.shifts.models import Shift
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.calendar import due_after
from marketplace.workflow.refusals import refuse_if, refuse_silence

from .. import rules
from ..models import Program
from ..queries import past_programs

# Working days in which staff answer a submitted program.
APPROVE_WITHIN_WORKDAYS = 5


@dataclass(frozen=True)
class OwnShift:
    """A slot that the program brings itself."""

    site: Any
    starts_at: datetime
    ends_at: datetime
    places: int
    task: str = ""
    skills: tuple[Any, ...] = field(default=())
    languages: tuple[Any, ...] = field(default=())
    clearance_required: bool = False
    adults_only: bool = False


@transaction.atomic
def create_program(
    *, actor: Any, wanted_shifts: Iterable[Shift] = (), own_shifts: Sequence[OwnShift] = (), **fields: Any
) -> Program:
    """A draft with the needs' shifts it would adopt and the shifts of its own."""
    refuse_if(rules.refuse_creation(fields["organization"], actor))
    refuse_if(rules.refuse_public_texts(fields, own_shifts, fields["organization"].area_code))
    program = Program.objects.create(drafted_by=actor, **fields)
    program.wanted_shifts.set(wanted_shifts)
    lay_shifts(program, own_shifts, actor=actor)
    record("program.created", program, actor=actor)
    return program


@transaction.atomic
def change_program(
    program: Program,
    *,
    actor: Any,
    wanted_shifts: Iterable[Shift],
    own_shifts: Sequence[OwnShift],
    version: int | None = None,
    **fields: Any,
) -> Program:
    """Changes while it is a draft or was returned; its own shifts are unpublished then, so they are laid anew.

    `version` is the one the writer saw: what somebody wrote meanwhile is not lost without a word. None writes anyway.
    """
    fresh = lock(program)
    refuse_if(rules.refuse_edit(fresh, actor) or rules.refuse_stale(fresh, version))
    if "organization" in fields:
        refuse_if(rules.refuse_creation(fields["organization"], actor))
    refuse_if(rules.refuse_public_texts(fields, own_shifts, fresh.area_code))
    if _rewrites_risks(fresh, fields):
        fields["risk_version"] = fresh.risk_version + 1
    fields["version"] = fresh.version + 1
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(fields))
    fresh.wanted_shifts.set(wanted_shifts)
    fresh.shifts.filter(published_at=None, need=None).delete()
    lay_shifts(fresh, own_shifts, actor=actor)
    record("program.changed", fresh, actor=actor)
    return fresh


def _rewrites_risks(program: Program, fields: dict[str, Any]) -> bool:
    """Whether these are other words than those somebody was already shown; nobody reads a first draft."""
    is_new = fields.get("risk_disclosure", program.risk_disclosure) != program.risk_disclosure
    return is_new and program.submitted_at is not None


@transaction.atomic
def save_program(
    program: Program | None, *, actor: Any, is_final: bool, version: int | None = None, **values: Any
) -> Program:
    """What the form does: write a new program or change the given one, and hand it in where its author is done."""
    if program is None:
        saved = create_program(actor=actor, **values)
    else:
        saved = change_program(program, actor=actor, version=version, **values)
    return submit_program(saved, actor=actor) if is_final else saved


def lay_shifts(program: Program, own_shifts: Sequence[OwnShift], *, actor: Any) -> list[Shift]:
    """Shifts of its own, seen by nobody else yet."""
    return [create_shift(actor=actor, program=program, **vars(own)) for own in own_shifts]


@transaction.atomic
def submit_program(program: Program, *, actor: Any) -> Program:
    """Hand in; the clock of the answer starts."""
    now = timezone.now()
    take_step(program, "submitted", actor=actor, refuse=lambda fresh, who: rules.refuse_submission(fresh, who, now))
    program.submitted_at = now
    program.approve_due_at = due_after(now, APPROVE_WITHIN_WORKDAYS)
    program.save(update_fields=["submitted_at", "approve_due_at"])
    return program


@transaction.atomic
def return_program(program: Program, *, actor: Any, remark: str) -> Program:
    """Back for correction, everything kept, with the reason in words."""
    refuse_if(refuse_silence(remark))
    take_step(program, "returned", actor=actor, refuse=rules.refuse_decision, remark=remark)
    tell(
        program.drafted_by,
        lambda: _("项目「%(title)s」被退回修改") % {"title": program.title},
        body=remark,
        link=_link(program),
    )
    return program


@transaction.atomic
def approve_program(program: Program, *, actor: Any, remark: str = "") -> Program:
    """It may run: it adopts the needs' shifts it asked for, and its own become public.

    One that was adopted elsewhere meanwhile refuses the whole.
    """
    now = timezone.now()
    take_step(
        program,
        "approved",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_approval(fresh, who, now),
        remark=remark,
    )
    program.approved_by = actor
    program.save(update_fields=["approved_by"])
    for shift in program.wanted_shifts.select_related("site__area"):
        adopt_shift(shift, program, actor=actor)
    publish_shifts(program.shifts.open().future(now).filter(published_at=None), actor=actor)
    tell(program.drafted_by, lambda: _("项目「%(title)s」已通过审核") % {"title": program.title}, link=_link(program))
    return program


@transaction.atomic
def cancel_program(program: Program, *, actor: Any, remark: str = "") -> Program:
    """It won't run: adopted shifts go back to their needs, its own are cancelled."""
    take_step(
        program,
        "cancelled",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_stopping(fresh, who, remark),
        remark=remark,
    )
    _let_go_of_shifts(program, actor=actor)
    return program


@transaction.atomic
def stop_program(program: Program, *, reason: str) -> Program:
    """It can't run on, without its people's doing; they are told."""
    take_step(program, "cancelled", actor=None, reason=reason)
    _let_go_of_shifts(program, actor=None)
    tell(
        program.drafted_by,
        lambda: _("项目「%(title)s」已停止") % {"title": program.title},
        link=_link(program),
        urgent=True,
    )
    return program


def _let_go_of_shifts(program: Program, *, actor: Any) -> None:
    """Back to their needs; what belongs to no need that still asks for it won't happen."""
    for shift in program.shifts.open().future(timezone.now()).select_related("site__area", "need"):
        if shift.need and shift.need.status == NeedStatus.PUBLISHED:
            release_shift(shift, actor=actor)
        else:
            cancel_shift(shift, actor=actor, reason=CancelReason.PROGRAM_CANCELLED)


def call_off_shift(shift: Shift, *, actor: Any, reason: str, remark: str = "", now: datetime | None = None) -> Shift:
    """One day of a program or a need won't happen; everybody who signed up is told why."""
    moment = now or timezone.now()
    return cancel_shift(
        shift,
        actor=actor,
        reason=reason,
        remark=remark,
        refuse=lambda fresh, who: rules.refuse_cancellation(fresh, who, moment),
    )


def end_program(program: Program, *, actor: Any = None) -> Program:
    """The clock ends it."""
    return take_step(program, "ended", actor=actor, refuse=rules.refuse_ending)


def end_programs(now: datetime | None = None) -> int:
    """The clock ends approved programs whose last shift has passed. Returns how many."""
    return sum(bool(end_program(program)) for program in past_programs(now or timezone.now()))


def _link(program: Program) -> str:
    return f"/desk/programs/{program.pk}/"
