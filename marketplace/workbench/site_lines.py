"""Places whose point is missing: nobody finds them by distance, so pinning them comes first on the township's desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.enums import Role
from marketplace.sites.queries import unpinned

from .today import TodayItem


def pin_lines(user: Any, now: datetime) -> Iterator[TodayItem]:
    """One line: the place itself, or the list of all of them."""
    if not user.has_role(Role.TOWNSHIP):
        return
    sites = list(unpinned(user, Role.TOWNSHIP))
    if len(sites) == 1:
        title, url = _("标出位置：%(site)s") % {"site": sites[0]}, reverse("desk_site_pin", args=[sites[0].pk])
    elif sites:
        title = ngettext("%(number)d 个地点还没有标出位置", "%(number)d 个地点还没有标出位置", len(sites)) % {
            "number": len(sites)
        }
        url = reverse("desk_sites") + "?show=unpinned"
    else:
        return
    yield TodayItem(title=title, url=url, when=now, note=_("没有位置就不能按距离找到"))
