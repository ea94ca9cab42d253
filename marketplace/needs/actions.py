"""The life of a need, from the first draft to its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.shifts.actions import cancel_shift, create_shift, publish_shifts
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.calendar import due_after
from marketplace.workflow.refusals import refuse_if, refuse_silence

from . import rules
from .models import Need, NeedWindow
from .queries import past_needs

# Working days in which staff answer a submitted need.
VERIFY_WITHIN_WORKDAYS = 3

PUBLIC_TEXTS = ("title", "summary", "risk_disclosure")

Windows = Iterable[tuple[datetime, datetime, int]]


@transaction.atomic
def create_need(*, actor: Any, windows: Windows = (), skills: Iterable[Any] = (), **fields: Any) -> Need:
    """A draft of a site's need; `windows` are (start, end, places)."""
    refuse_if(rules.refuse_creation(fields["site"], actor))
    _refuse_public_texts(fields)
    need = Need.objects.create(raised_by=actor, **fields)
    _set_lists(need, windows, skills)
    record("need.created", need, actor=actor)
    return need


@transaction.atomic
def change_need(need: Need, *, actor: Any, windows: Windows, skills: Iterable[Any], **fields: Any) -> Need:
    """Changes while it is a draft or was returned."""
    fresh = lock(need)
    refuse_if(rules.refuse_edit(fresh, actor))
    if "site" in fields:
        refuse_if(rules.refuse_creation(fields["site"], actor))
    _refuse_public_texts(fields)
    if fields.get("risk_disclosure", fresh.risk_disclosure) != fresh.risk_disclosure:
        fields["risk_version"] = fresh.risk_version + 1
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(fields))
    _set_lists(fresh, windows, skills)
    record("need.changed", fresh, actor=actor)
    return fresh


@transaction.atomic
def save_need(need: Need | None, *, actor: Any, is_final: bool, **values: Any) -> Need:
    """What the form does: write a new need or change the given one, and hand it in where the person is done with it."""
    saved = change_need(need, actor=actor, **values) if need else create_need(actor=actor, **values)
    return submit_need(saved, actor=actor) if is_final else saved


def _refuse_public_texts(fields: dict[str, Any]) -> None:
    for name in PUBLIC_TEXTS:
        refuse_if(rules.refuse_public_text(fields.get(name, "")))


def _set_lists(need: Need, windows: Windows, skills: Iterable[Any]) -> None:
    need.skills.set(skills)
    need.windows.all().delete()
    NeedWindow.objects.bulk_create(
        [NeedWindow(need=need, starts_at=start, ends_at=end, places=places) for start, end, places in windows]
    )


@transaction.atomic
def submit_need(need: Need, *, actor: Any) -> Need:
    """Hand in; the clock of the answer starts."""
    now = timezone.now()
    take_step(need, "submitted", actor=actor, refuse=lambda fresh, who: rules.refuse_submission(fresh, who, now))
    need.submitted_at = now
    need.verify_due_at = due_after(now, VERIFY_WITHIN_WORKDAYS)
    need.save(update_fields=["submitted_at", "verify_due_at"])
    return need


@transaction.atomic
def return_need(need: Need, *, actor: Any, remark: str) -> Need:
    """Back for correction, everything kept, with the reason in words."""
    refuse_if(refuse_silence(remark))
    take_step(need, "returned", actor=actor, refuse=rules.refuse_verification, remark=remark)
    tell(need.raised_by, _("需求「%(title)s」被退回修改") % {"title": need.title}, body=remark, link=_link(need))
    return need


@transaction.atomic
def verify_need(need: Need, *, actor: Any, remark: str = "") -> Need:
    """Staff found it true and complete."""
    take_step(need, "verified", actor=actor, refuse=rules.refuse_verification, remark=remark)
    need.verified_by = actor
    need.save(update_fields=["verified_by"])
    return need


@transaction.atomic
def refer_need(need: Need, *, actor: Any, remark: str) -> Need:
    """Not for volunteers: the remark says which office takes it."""
    refuse_if(refuse_silence(remark))
    take_step(need, "referred", actor=actor, refuse=rules.refuse_verification, remark=remark)
    tell(need.raised_by, _("需求「%(title)s」已转介") % {"title": need.title}, body=remark, link=_link(need))
    return need


@transaction.atomic
def publish_need(need: Need, *, actor: Any) -> Need:
    """Everybody can see it, and each of its windows still to come becomes a shift at the site."""
    now = timezone.now()
    take_step(need, "published", actor=actor, refuse=lambda fresh, who: rules.refuse_publication_now(fresh, who, now))
    skills = list(need.skills.all())
    shifts = [
        create_shift(
            actor=actor,
            site=need.site,
            need=need,
            starts_at=window.starts_at,
            ends_at=window.ends_at,
            places=window.places,
            skills=skills,
            clearance_required=need.clearance_required,
        )
        for window in need.windows.all()
        if window.starts_at > now
    ]
    publish_shifts(shifts, actor=actor)
    tell(need.raised_by, _("需求「%(title)s」已发布") % {"title": need.title}, link=_link(need))
    return need


@transaction.atomic
def withdraw_need(need: Need, *, actor: Any, remark: str = "") -> Need:
    """No longer needed: its coming shifts that no program runs are cancelled with it."""
    take_step(
        need,
        "withdrawn",
        actor=actor,
        refuse=lambda fresh, who: rules.refuse_withdrawal(fresh, who, remark),
        remark=remark,
    )
    for shift in need.shifts.open().future(timezone.now()).filter(program=None):
        cancel_shift(shift, actor=actor, reason="need_withdrawn")
    return need


def fulfil_need(need: Need, *, actor: Any, remark: str = "") -> Need:
    """The site says that what was asked was done."""
    return take_step(need, "fulfilled", actor=actor, refuse=rules.refuse_speaking, remark=remark)


def expire_need(need: Need, *, actor: Any = None) -> Need:
    """The clock ends it."""
    return take_step(need, "expired", actor=actor, refuse=rules.refuse_expiry)


def expire_needs(now: datetime | None = None) -> int:
    """The clock ends what is past. Returns how many."""
    return sum(bool(expire_need(need)) for need in past_needs(now or timezone.now()))


def _link(need: Need) -> str:
    return f"/desk/needs/{need.pk}/"
