"""The life of a need, from the first draft to its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.privacy.sealed import Person
from marketplace.shifts.actions import cancel_shift, create_shift, publish_shifts
from marketplace.shifts.enums import CancelReason
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.calendar import due_after
from marketplace.workflow.refusals import refuse_if, refuse_silence

from .. import rules
from ..models import Need, NeedSeries, NeedWindow
from ..queries import past_needs, people_in_charge, people_of_the_bureau, unanswered_emergencies
from ..series import Weekly, windows_of
from .private import keep_private

# Working days in which staff answer a submitted need.
VERIFY_WITHIN_WORKDAYS = 3

Windows = Iterable[tuple[datetime, datetime, int]]


@transaction.atomic
def create_need(
    *,
    actor: Any,
    windows: Windows = (),
    series: Iterable[Weekly] = (),
    skills: Iterable[Any] = (),
    languages: Iterable[Any] = (),
    person: Person | None = None,
    **fields: Any,
) -> Need:
    """A draft; `windows` are (start, end, places), `person` is who is meant and what only staff may read."""
    site = fields["site"]
    told = {name: fields[name] for name in ("audience", "channel") if name in fields}
    refuse_if(rules.refuse_creation(site, actor, **told) or rules.refuse_another(site, actor))
    _refuse_texts(fields, site, person)
    need = Need.objects.create(raised_by=actor, **fields)
    _set_lists(need, windows, series, skills, languages)
    keep_private(need, person, actor=actor)
    record("need.created", need, actor=actor)
    return need


@transaction.atomic
def change_need(
    need: Need,
    *,
    actor: Any,
    windows: Windows,
    skills: Iterable[Any],
    series: Iterable[Weekly] = (),
    languages: Iterable[Any] = (),
    person: Person | None = None,
    **fields: Any,
) -> Need:
    """Changes while it is a draft or was returned; what was read back before no longer counts."""
    fresh = lock(need)
    refuse_if(rules.refuse_edit(fresh, actor))
    if "site" in fields:
        audience = fields.get("audience", fresh.audience)
        channel = fields.get("channel", fresh.channel)
        refuse_if(rules.refuse_creation(fields["site"], actor, audience=audience, channel=channel))
    refuse_if(None if person else rules.refuse_stale_private(fresh, fields))
    _refuse_texts(fields, fields.get("site", fresh.site), person)
    if fields.get("risk_disclosure", fresh.risk_disclosure) != fresh.risk_disclosure:
        fields["risk_version"] = fresh.risk_version + 1
    for name, value in {**fields, "read_back_at": None}.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=[*fields, "read_back_at"])
    _set_lists(fresh, windows, series, skills, languages)
    keep_private(fresh, person, actor=actor)
    record("need.changed", fresh, actor=actor)
    return fresh


@transaction.atomic
def save_need(need: Need | None, *, actor: Any, is_final: bool, **values: Any) -> Need:
    """What the form does: write a new need or change the given one, and hand it in where the person is done with it."""
    saved = change_need(need, actor=actor, **values) if need else create_need(actor=actor, **values)
    return submit_need(saved, actor=actor) if is_final else saved


def _refuse_texts(fields: dict[str, Any], site: Any, person: Person | None) -> None:
    names = [person.name] if person else []
    refuse_if(next(iter(rules.refused_texts(fields, site.area_code, names=names).values()), None))


def _set_lists(
    need: Need, windows: Windows, series: Iterable[Weekly], skills: Iterable[Any], languages: Iterable[Any]
) -> None:
    windows, series = list(windows), list(series)
    refuse_if(rules.refuse_times_asked(windows, series))
    need.skills.set(skills)
    need.languages.set(languages)
    need.windows.all().delete()
    need.series.all().delete()
    rows = [_window(need, window) for window in windows]
    for weekly in series:
        kept = NeedSeries.objects.create(need=need, **{**vars(weekly), "left_out": list(weekly.left_out)})
        rows += [_window(need, window, series=kept) for window in windows_of(kept)]
    NeedWindow.objects.bulk_create(rows)


def _window(need: Need, window: tuple[datetime, datetime, int], *, series: NeedSeries | None = None) -> NeedWindow:
    start, end, places = window
    return NeedWindow(need=need, series=series, starts_at=start, ends_at=end, places=places)


@transaction.atomic
def confirm_need(need: Need, *, actor: Any) -> Need:
    """It was read back on the phone and the other person said yes: kept with its moment, and handed in."""
    fresh = lock(need)
    refuse_if(rules.refuse_reading_back(fresh, actor))
    fresh.read_back_at = timezone.now()
    fresh.save(update_fields=["read_back_at"])
    record("need.read_back", fresh, actor=actor)
    return submit_need(fresh, actor=actor)


@transaction.atomic
def submit_need(need: Need, *, actor: Any) -> Need:
    """Hand in; the clock of the answer starts, for an emergency that of hours."""
    now = timezone.now()
    take_step(need, "submitted", actor=actor, refuse=lambda fresh, who: rules.refuse_submission(fresh, who, now))
    need.submitted_at = now
    need.verify_due_at = (
        now + timedelta(hours=settings.EMERGENCY_ANSWER_HOURS)
        if need.is_emergency
        else due_after(now, VERIFY_WITHIN_WORKDAYS)
    )
    need.save(update_fields=["submitted_at", "verify_due_at"])
    if need.is_emergency:
        _call_staff(need)
    return need


def _call_staff(need: Need) -> None:
    """An emergency is told at once, at night too."""
    subject = _("危急需求，请马上打电话核实：%(title)s") % {"title": need.title}
    body = _("%(hours)s 小时内要有答复：核实后转介给经办部门，或退回。地点：%(site)s。") % {
        "hours": settings.EMERGENCY_ANSWER_HOURS,
        "site": need.site,
    }
    for person in people_in_charge(need.area_code):
        tell(person, subject, body=body, link=_link(need), urgent=True)


@transaction.atomic
def chase_emergency(need: Need) -> None:
    """Nobody answered in time: the bureau is told, once."""
    record("need.chased", need, actor=None)
    subject = _("危急需求超过时限没有答复：%(title)s") % {"title": need.title}
    body = _("乡镇和区县还没有答复，请马上过问。地点：%(site)s。") % {"site": need.site}
    for person in people_of_the_bureau():
        tell(person, subject, body=body, link=_link(need), urgent=True)


def chase_emergencies(now: datetime | None = None) -> int:
    """The clock looks after those that wait. Returns how many."""
    late = list(unanswered_emergencies(now or timezone.now()))
    for need in late:
        chase_emergency(need)
    return len(late)


@transaction.atomic
def return_need(need: Need, *, actor: Any, remark: str) -> Need:
    """Back for correction, everything kept, with the reason in words."""
    refuse_if(refuse_silence(remark))
    take_step(need, "returned", actor=actor, refuse=rules.refuse_verification, remark=remark)
    tell(
        need.raised_by, lambda: _("需求「%(title)s」被退回修改") % {"title": need.title}, body=remark, link=_link(need)
    )
    return need


@transaction.atomic
def verify_need(need: Need, *, actor: Any, remark: str = "") -> Need:
    """Staff found it true and complete."""
    take_step(need, "verified", actor=actor, refuse=rules.refuse_verified, remark=remark)
    need.verified_by = actor
    need.save(update_fields=["verified_by"])
    return need


@transaction.atomic
def refer_need(need: Need, *, actor: Any, remark: str) -> Need:
    """Not for volunteers: the remark says which office takes it."""
    refuse_if(refuse_silence(remark))
    take_step(need, "referred", actor=actor, refuse=rules.refuse_verification, remark=remark)
    tell(need.raised_by, lambda: _("需求「%(title)s」已转介") % {"title": need.title}, body=remark, link=_link(need))
    return need


@transaction.atomic
def publish_need(need: Need, *, actor: Any) -> Need:
    """Everybody can see it, and each of its windows still to come becomes a shift at the site."""
    now = timezone.now()
    take_step(need, "published", actor=actor, refuse=lambda fresh, who: rules.refuse_publication_now(fresh, who, now))
    skills, languages = list(need.skills.all()), list(need.languages.all())
    shifts = [
        create_shift(
            actor=actor,
            site=need.site,
            need=need,
            starts_at=window.starts_at,
            ends_at=window.ends_at,
            places=window.places,
            skills=skills,
            languages=languages,
            clearance_required=need.clearance_required,
            adults_only=need.is_home_visit,
        )
        for window in need.windows.all()
        if window.starts_at > now
    ]
    publish_shifts(shifts, actor=actor)
    tell(need.raised_by, lambda: _("需求「%(title)s」已发布") % {"title": need.title}, link=_link(need))
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
    _cancel_coming(need, actor, CancelReason.NEED_WITHDRAWN)
    return need


@transaction.atomic
def fulfil_need(need: Need, *, actor: Any, remark: str = "") -> Need:
    """What was asked was done: coming shifts that no program runs are no longer needed."""
    take_step(need, "fulfilled", actor=actor, refuse=rules.refuse_speaking, remark=remark)
    _cancel_coming(need, actor, CancelReason.NEED_FULFILLED)
    return need


def _cancel_coming(need: Need, actor: Any, reason: str) -> None:
    """Those who signed up are told by their own package."""
    for shift in need.shifts.open().future(timezone.now()).filter(program=None):
        cancel_shift(shift, actor=actor, reason=reason)


def expire_need(need: Need, *, actor: Any = None, now: datetime | None = None) -> Need:
    """The clock ends it."""
    moment = now or timezone.now()
    return take_step(need, "expired", actor=actor, refuse=lambda fresh, who: rules.refuse_expiry(fresh, who, moment))


def expire_needs(now: datetime | None = None) -> int:
    """The clock ends what is past. Returns how many."""
    moment = now or timezone.now()
    return sum(bool(expire_need(need, now=moment)) for need in past_needs(moment))


def _link(need: Need) -> str:
    return f"/desk/needs/{need.pk}/"
