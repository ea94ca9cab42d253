"""Reporting harm, complaining, answering. A report is kept before anybody judges it, and nothing here takes one away."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.queries import staff_reaching
from marketplace.geography.enums import AreaLevel
from marketplace.geography.models import AdminArea
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.sites.models import ServiceSite
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.calendar import due_after
from marketplace.workflow.refusals import refuse_if, refuse_silence

from . import rules, subjects
from .enums import ReportChannel
from .models import Complaint, Hotline, MandatoryReport
from .queries import about_own
from .sealed import details_of, new_receipt, seal_details

# How long a device may have been without a network for its own clock to be believed.
OFFLINE_DAYS = 30


@transaction.atomic
def report_harm(
    *,
    actor: Any,
    key: str,
    site: Any = None,
    area: Any = None,
    channel: str = ReportChannel.PLATFORM,
    tapped_at: datetime | None = None,
) -> MandatoryReport:
    """Keep the report and call those who handle it; the same key again gives the first one again.

    `actor` may be None: then nobody knows who reported. History names no reporter either (未成年人保护法 §11).
    """
    now = timezone.now()
    site = site or _only_site_of(actor)
    receipt = new_receipt("B", timezone.localdate())
    report, created = MandatoryReport.objects.get_or_create(
        key=key,
        defaults={
            "area": site.area if site else area or _area_of(actor),
            "site": site,
            "channel": channel,
            "details_sealed": seal_details({"reporter": getattr(actor, "pk", None), "words": []}, receipt),
            "reported_at": _believed(tapped_at, now),
            "receipt": receipt,
        },
    )
    if created:
        record("mandatoryreport.reported", report, actor=None, channel=channel)
        _call_handlers(report)
    return report


def _only_site_of(actor: Any) -> Any:
    """Who opens one door alone and presses the button at their desk means that place."""
    if actor is None:
        return None
    kept = list(ServiceSite.objects.kept_by(actor).select_related("area")[:2])
    return kept[0] if len(kept) == 1 else None


def _area_of(actor: Any) -> AdminArea:
    """Where the reporter works, else the whole prefecture: the bureau is always called."""
    own = next((one.area for one in getattr(actor, "assignments", []) if one.area), None)
    return own or AdminArea.objects.current().get(level=AreaLevel.CITY)


def _believed(tapped_at: datetime | None, now: datetime) -> datetime:
    return tapped_at if tapped_at and now - timedelta(days=OFFLINE_DAYS) <= tapped_at <= now else now


def _call_handlers(report: MandatoryReport) -> None:
    def subject() -> str:
        return _("有人报告儿童可能受到侵害，请马上处理（%(receipt)s）") % {"receipt": report.receipt}

    link = f"/desk/reports/{report.pk}/"
    for person in staff_reaching(report.area_code, *rules.HANDLERS):
        if rules.refuse_handling(report, person) is None:
            tell(person, subject, body=report.area.full_name, link=link, urgent=True)


@transaction.atomic
def describe_report(
    report: MandatoryReport, *, situation: str = "", words: str = "", phone: str = ""
) -> MandatoryReport:
    """What the reporter adds afterwards; nothing that was said before is lost."""
    fresh = lock(report)
    details = details_of(fresh)
    if words.strip():
        details["words"].append(words.strip())
    details["phone"] = phone or details.get("phone", "")
    fresh.details_sealed = seal_details(details, fresh.receipt)
    fresh.situation = situation or fresh.situation
    fresh.save(update_fields=["details_sealed", "situation"])
    record("mandatoryreport.described", fresh, actor=None)
    return fresh


@transaction.atomic
def read_report(report: MandatoryReport, *, actor: Any) -> dict[str, Any]:
    """The sealed part, for those who handle it; each time is kept."""
    refuse_if(rules.refuse_handling(report, actor))
    record("mandatoryreport.read", report, actor=actor)
    return details_of(report)


@transaction.atomic
def take_up_report(report: MandatoryReport, *, actor: Any) -> MandatoryReport:
    """Somebody sees to it, and is named for it."""
    take_step(report, "taken_up", actor=actor, refuse=rules.refuse_handling)
    report.taken_up_by = actor
    report.save(update_fields=["taken_up_by"])
    return report


@transaction.atomic
def hand_on_report(report: MandatoryReport, *, actor: Any, remark: str) -> MandatoryReport:
    """Another authority has it: the remark says which, whom one spoke to, and their number."""
    refuse_if(refuse_silence(remark))
    return take_step(report, "handed_on", actor=actor, refuse=rules.refuse_handling, remark=remark)


@transaction.atomic
def complain(about: Any, *, actor: Any, kind: str, words: str, contact: str = "") -> Complaint:
    """Keep a complaint and start the clock of its answer; `actor` may be None."""
    receipt = new_receipt("T", timezone.localdate())
    complaint = Complaint.objects.create(
        area=subjects.area_of(about),
        subject_type=about._meta.model_name,
        subject_id=about.pk,
        kind=kind,
        details_sealed=seal_details({"words": words, "contact": contact}, receipt),
        made_by=actor,
        answer_due_at=due_after(timezone.now(), settings.COMPLAINT_ANSWER_WORKDAYS),
        receipt=receipt,
    )
    record("complaint.made", complaint, actor=None, kind=kind)
    for person in _answerers(complaint):
        tell(
            person,
            lambda: _("收到一件投诉，请按时答复（%(receipt)s）") % {"receipt": receipt},
            link=f"/desk/complaints/{complaint.pk}/",
        )
    return complaint


def _answerers(complaint: Complaint) -> list[Any]:
    staff = staff_reaching(complaint.area_code, *rules.HANDLERS)
    return [person for person in staff if not Complaint.objects.filter(about_own(person), pk=complaint.pk).exists()]


@transaction.atomic
def read_complaint(complaint: Complaint, *, actor: Any) -> dict[str, Any]:
    """The sealed words and contact, for those who answer; each time is kept."""
    refuse_if(rules.refuse_answer(complaint, actor))
    record("complaint.read", complaint, actor=actor)
    return details_of(complaint)


@transaction.atomic
def answer_complaint(complaint: Complaint, *, actor: Any, answer: str) -> Complaint:
    """The answer stands under the receipt, and who complained with an account is told."""
    refuse_if(refuse_silence(answer))
    take_step(complaint, "answered", actor=actor, refuse=rules.refuse_answer)
    complaint.answer, complaint.answered_by = answer.strip(), actor
    complaint.save(update_fields=["answer", "answered_by"])
    if complaint.made_by:
        link = f"/complaint/?receipt={complaint.receipt}"
        tell(
            complaint.made_by,
            lambda: _("您的投诉有答复了（%(receipt)s）") % {"receipt": complaint.receipt},
            body=complaint.answer,
            link=link,
        )
    return complaint


@transaction.atomic
def save_hotline(hotline: Hotline | None, *, actor: Any, **fields: Any) -> Hotline:
    """A number to call, written or changed by the bureau."""
    refuse_if(rules.refuse_hotline_change(actor))
    hotline = hotline or Hotline(position=Hotline.objects.count(), code=f"own-{secrets.token_hex(4)}")
    for name, value in fields.items():
        setattr(hotline, name, value)
    hotline.save()
    record("hotline.saved", hotline, actor=actor)
    return hotline
