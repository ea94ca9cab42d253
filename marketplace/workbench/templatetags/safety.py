"""The button that reports harm to a child, the way to complain, and numbers to call: `{% load safety %}`."""

import secrets
from typing import Any

from django import template

from marketplace.programs.models import Program
from marketplace.safeguarding import queries, subjects
from marketplace.safeguarding.enums import ReportChannel
from marketplace.safeguarding.rules import is_for_children
from marketplace.sites.models import ServiceSite

register = template.Library()


@register.inclusion_tag("safeguarding/_hotlines.html")
def hotlines(*, for_children: bool = False, for_emergencies: bool = False) -> dict[str, Any]:
    """`{% hotlines for_emergencies=True %}`: the numbers as links that dial."""
    return {"hotlines": queries.hotlines(for_children=for_children, for_emergencies=for_emergencies)}


@register.inclusion_tag("components/report_button.html")
def report_button(record: Any = None) -> dict[str, Any]:
    """`{% report_button shift %}`: nothing where the record has nothing to do with children; without a record always."""
    if record is not None and not is_for_children(record):
        return {"is_shown": False}
    return {"is_shown": True, **_tap(record)}


@register.inclusion_tag("safeguarding/_tap.html")
def report_form() -> dict[str, Any]:
    """The form of the button alone, for the page of reporting."""
    return _tap(None)


def _tap(record: Any) -> dict[str, Any]:
    """What the form needs. The key is made anew for each page; where scripts run, for each tap on the device."""
    site = record if isinstance(record, ServiceSite) else getattr(record, "site", None)
    return {
        "site": site,
        "area": record.organization.area if isinstance(record, Program) else None,
        "key": secrets.token_urlsafe(24),
        "channels": ReportChannel.choices,
        "hotlines": queries.hotlines(for_children=True, for_emergencies=True),
    }


@register.inclusion_tag("safeguarding/_complain.html")
def complain_link(record: Any) -> dict[str, Any]:
    """`{% complain_link program %}`: where one says what is wrong with it."""
    return {"code": subjects.code_of(record)}
