"""Who handles reports, who answers complaints, and which records have to do with children. A report itself is never refused."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.needs.enums import Audience
from marketplace.sites.enums import SiteKind
from marketplace.sites.rules import keeps

from .models import Complaint, MandatoryReport
from .queries import about_own

HANDLERS = (Role.COUNTY, Role.BUREAU)


def is_for_children(record: Any) -> bool:
    """Whether a page about this site, need, program or shift is one where somebody may see a child come to harm."""
    kind = record._meta.model_name
    if kind == "servicesite":
        return record.kind == SiteKind.CHILDRENS_HOME
    if kind == "program":
        return record.category.for_children
    if kind == "shift":
        return record.clearance_required or is_for_children(record.site)
    return record.audience == Audience.CHILDREN or record.clearance_required or is_for_children(record.site)


def refuse_handling(report: MandatoryReport, actor: Any) -> str | None:
    """County and bureau of the area; whoever keeps the site stands back."""
    if not actor.reaches(report.area_code, *HANDLERS):
        return _("由当地的县级或市级民政部门处理。")
    if report.site and keeps(actor, report.site):
        return _("您是这个地点的负责人，应当回避，请同事处理。")
    return None


def refuse_answer(complaint: Complaint, actor: Any) -> str | None:
    """County and bureau of the area, never somebody who belongs to what is complained about."""
    if not actor.reaches(complaint.area_code, *HANDLERS):
        return _("由当地的县级或市级民政部门答复。")
    if Complaint.objects.filter(about_own(actor), pk=complaint.pk).exists():
        return _("投诉与您所在的组织或地点有关，应当回避，请同事答复。")
    return None


def refuse_hotline_change(actor: Any) -> str | None:
    """The numbers are the bureau's."""
    return None if actor.has_role(Role.BUREAU) else _("求助号码由市民政局修改。")
