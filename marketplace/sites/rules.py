"""Who speaks for a site, and who may change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role

from .models import ServiceSite

STAFF = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)
IMPORTERS = (Role.COUNTY, Role.BUREAU)
# What those who live with the place know best.
KEEPER_FIELDS = ("opening_hours", "capacity", "floor_area_m2")


def speaks_for(user: Any, site: ServiceSite) -> bool:
    """Whether the person may state needs and receive people for this site."""
    return ServiceSite.objects.spoken_for_by(user).filter(pk=site.pk).exists()


def keeps(user: Any, site: ServiceSite) -> bool:
    """Whether the person opens this site's door: the staff of its area speak for it, its keepers live with it."""
    return ServiceSite.objects.kept_by(user).filter(pk=site.pk).exists()


def refuse_change(site: ServiceSite, actor: Any) -> str | None:
    return refuse_area(site.area_code, actor)


def refuse_area(area_code: str, actor: Any) -> str | None:
    """Whether places there are this person's to set up. `actor=None` is the installation itself."""
    if actor is not None and not actor.reaches(area_code, *STAFF):
        return _("由所在地的乡镇、县级或市级工作人员办理。")
    return None


def refuse_edit(site: ServiceSite, actor: Any, fields: Iterable[str]) -> str | None:
    """Staff change everything, those who speak for the place its hours and its size."""
    if refuse_change(site, actor) is None or (set(fields) <= set(KEEPER_FIELDS) and speaks_for(actor, site)):
        return None
    return _("这些资料由所在地的乡镇、县级或市级工作人员修改。")


def refuse_import(actor: Any) -> str | None:
    if actor is not None and not actor.has_role(*IMPORTERS):
        return _("表格由县级或市级民政工作人员导入。")
    return None
