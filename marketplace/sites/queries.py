"""Reads about sites."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.documents.models import SheetImport
from marketplace.geography.models import AdminArea
from marketplace.workflow.queries import story

from .completeness import Kept
from .enums import SiteKind
from .models import ServiceSite, SiteKeeper
from .rules import STAFF

IMPORT_KIND = "sites"
IMPORTS_SHOWN = 10
STORY = {
    "site.created": _("登记"),
    "site.changed": _("修改资料"),
    "site.pinned": _("标出位置"),
    "site.keeper_added": _("有了负责人"),
    "site.director_named": _("确定儿童主任"),
    "site.keeper_ended": _("负责人不再负责"),
    "site.import_undone": _("撤销导入"),
    "servicesite.closed": _("关闭"),
    "servicesite.reopened": _("重新开放"),
}


def public_sites() -> QuerySet[ServiceSite]:
    """Every open site with its area."""
    return ServiceSite.objects.open().select_related("area__parent", "relocation_site")


def sites_spoken_for_by(user: Any) -> QuerySet[ServiceSite]:
    """The open sites for which this person may state needs."""
    return ServiceSite.objects.open().spoken_for_by(user).select_related("area")


def sites_worked_on_by(user: Any) -> QuerySet[ServiceSite]:
    """The sites on this person's desk, with their area."""
    return ServiceSite.objects.worked_on_by(user).select_related("area__parent", "relocation_site")


def with_keepers(sites: QuerySet[ServiceSite]) -> list[Kept]:
    """The sites and those who keep them today, by area and name."""
    present = SiteKeeper.objects.filter(ended_on=None).select_related("user")
    found = sites.prefetch_related(Prefetch("keepers", present, to_attr="present_keepers"))
    return [Kept(site, tuple(site.present_keepers)) for site in found.order_by("area__code", "name")]  # type: ignore[attr-defined]


def kept(site: ServiceSite) -> Kept:
    """The site and those who keep it today."""
    return Kept(site, tuple(site.keepers.filter(ended_on=None).select_related("user")))


def site_story(site: ServiceSite) -> list[dict[str, Any]]:
    """What happened to the site, newest first, for the timeline."""
    return story(site, STORY)


def unpinned(user: Any, *roles: str) -> QuerySet[ServiceSite]:
    """The open sites in this person's area of which nobody has said yet where they are."""
    areas = areas_of(user.area_prefixes(*roles))
    return ServiceSite.objects.open().filter(lng=None, area__in=areas)


def areas_for(user: Any) -> QuerySet[AdminArea]:
    """The townships and villages in which this person may set up places."""
    return areas_of(user.area_prefixes(*STAFF)).exclude(level__in=("city", "county"))


def areas_of(prefixes: Iterable[str]) -> QuerySet[AdminArea]:
    """The current divisions that these codes begin."""
    areas = AdminArea.objects.none()
    for prefix in prefixes:
        areas |= AdminArea.objects.current().filter(code__startswith=prefix)
    return areas


def relocation_sites_of(user: Any) -> QuerySet[ServiceSite]:
    """The relocation sites that a home in this person's area can belong to."""
    areas = areas_of(user.area_prefixes())
    return ServiceSite.objects.open().filter(kind=SiteKind.RELOCATION_SITE, area__in=areas.values("pk"))


def imports_by(user: Any) -> QuerySet[SheetImport]:
    """The last sheets of sites that this person took in."""
    return SheetImport.objects.filter(kind=IMPORT_KIND, imported_by=user).annotate(row_count=Count("rows"))
