"""Reads: numbers to call, the queues of reports and complaints. Whoever is concerned by one never finds it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.organizations.models import Organization
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite
from marketplace.workflow.queries import story

from .enums import ComplaintStatus, ReportStatus
from .models import Complaint, Hotline, MandatoryReport

REPORT_STORY = {
    "mandatoryreport.reported": _("收到报告"),
    "mandatoryreport.described": _("补充情况"),
    "mandatoryreport.read": _("打开报告"),
    "mandatoryreport.taken_up": _("受理"),
    "mandatoryreport.handed_on": _("移交"),
}
COMPLAINT_STORY = {
    "complaint.made": _("收到投诉"),
    "complaint.read": _("打开投诉"),
    "complaint.answered": _("答复"),
}


def hotlines(*, for_children: bool = False, for_emergencies: bool = False) -> QuerySet[Hotline]:
    """Numbers to call: those of the kinds that are asked for, all of them where none is."""
    asked = Q()
    if for_children:
        asked |= Q(for_children=True)
    if for_emergencies:
        asked |= Q(for_emergencies=True)
    return Hotline.objects.filter(asked)


def reports_handled_by(user: Any) -> QuerySet[MandatoryReport]:
    """Those of county and bureau in their area; never of a site the person keeps."""
    kept = ServiceSite.objects.kept_by(user).values("pk")
    handled = MandatoryReport.objects.handled_by(user).exclude(site__in=kept)
    return handled.select_related("area__parent", "site", "taken_up_by")


def reports_waiting_for(user: Any) -> QuerySet[MandatoryReport]:
    """Those nobody has taken up, the oldest first."""
    return reports_handled_by(user).filter(status=ReportStatus.REPORTED).order_by("reported_at", "id")


def complaints_handled_by(user: Any) -> QuerySet[Complaint]:
    """Those of county and bureau in their area; never about what the person runs or keeps."""
    handled = Complaint.objects.handled_by(user).exclude(about_own(user))
    return handled.select_related("area__parent", "answered_by")


def complaints_waiting_for(user: Any) -> QuerySet[Complaint]:
    """Those without an answer, the nearest deadline first."""
    return complaints_handled_by(user).filter(status=ComplaintStatus.OPEN).order_by("answer_due_at", "id")


def about_own(user: Any) -> Q:
    """Complaints about the person's organizations and sites, and about what takes place in them."""
    organizations = Organization.objects.of_member(user).values("pk")
    sites = ServiceSite.objects.kept_by(user).values("pk")
    shifts = Shift.objects.filter(Q(program__organization__in=organizations) | Q(site__in=sites)).order_by()
    concerned = {
        "organization": organizations,
        "servicesite": sites,
        "program": Program.objects.filter(organization__in=organizations).order_by().values("pk"),
        "shift": shifts.values("pk"),
    }
    own = Q(pk__in=[])
    for kind, numbers in concerned.items():
        own |= Q(subject_type=kind, subject_id__in=numbers)
    return own


def report_story(report: MandatoryReport) -> list[dict[str, Any]]:
    """Who did what with it, newest first."""
    return story(report, REPORT_STORY)


def complaint_story(complaint: Complaint) -> list[dict[str, Any]]:
    return story(complaint, COMPLAINT_STORY)
