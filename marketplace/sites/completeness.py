"""What is known of a site and what is still missing, in words, with who mends it. Pure: it asks the given site only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .enums import SiteKind
from .models import ServiceSite, SiteKeeper

HOME, RELOCATION, ELDERS = SiteKind.CHILDRENS_HOME, SiteKind.RELOCATION_SITE, SiteKind.ELDER_POINT
EVERY_KIND = frozenset(SiteKind)
STAFF_MENDS = _("乡镇（街道）工作人员")
KEEPER_MENDS = _("负责人或乡镇（街道）工作人员")


@dataclass(frozen=True)
class Kept:
    """A site and those who keep it today."""

    site: ServiceSite
    keepers: tuple[SiteKeeper, ...]

    @property
    def director(self) -> SiteKeeper | None:
        return next((keeper for keeper in self.keepers if keeper.is_director), None)


@dataclass(frozen=True)
class Wanted:
    """One thing that should be known of sites of these kinds. `missing` says that it is not, and `mends` who acts; `page` is
    the name of the URL where."""

    label: Any
    missing: Any
    mends: Any
    page: str
    kinds: frozenset[SiteKind]
    is_known: Callable[[Kept], Any]


@dataclass(frozen=True)
class Completeness:
    known: tuple[Wanted, ...]
    missing: tuple[Wanted, ...]

    @property
    def total(self) -> int:
        return len(self.known) + len(self.missing)

    @property
    def is_whole(self) -> bool:
        return not self.missing


WANTED = (
    Wanted(
        _("位置"),
        _("位置待核实，还没有在地图上标出"),
        STAFF_MENDS,
        "desk_site_pin",
        EVERY_KIND,
        lambda kept: kept.site.has_point,
    ),
    Wanted(
        _("儿童主任"),
        _("还没有儿童主任"),
        STAFF_MENDS,
        "desk_site",
        frozenset({HOME}),
        lambda kept: kept.director,
    ),
    Wanted(
        _("负责人"),
        _("还没有人负责开门和接待"),
        STAFF_MENDS,
        "desk_site",
        EVERY_KIND - {RELOCATION},
        lambda kept: kept.keepers,
    ),
    Wanted(
        _("公开地址"),
        _("没有写公开地址"),
        STAFF_MENDS,
        "desk_site_edit",
        EVERY_KIND,
        lambda kept: kept.site.address,
    ),
    Wanted(
        _("开放时间"),
        _("没有写什么时候开放"),
        KEEPER_MENDS,
        "desk_site_edit",
        frozenset({HOME, ELDERS}),
        lambda kept: kept.site.opening_hours,
    ),
    Wanted(
        _("可容纳人数"),
        _("没有写可以容纳多少人"),
        KEEPER_MENDS,
        "desk_site_edit",
        frozenset({HOME, ELDERS}),
        lambda kept: kept.site.capacity,
    ),
    Wanted(
        _("面积"),
        _("没有写面积"),
        KEEPER_MENDS,
        "desk_site_edit",
        frozenset({HOME}),
        lambda kept: kept.site.floor_area_m2,
    ),
    Wanted(
        _("户数和人数"),
        _("没有写安置了多少户、多少人"),
        STAFF_MENDS,
        "desk_site_edit",
        frozenset({RELOCATION}),
        lambda kept: kept.site.households and kept.site.residents,
    ),
    Wanted(
        _("资料来源"),
        _("没有写这些资料从哪里来"),
        STAFF_MENDS,
        "desk_site_edit",
        EVERY_KIND,
        lambda kept: kept.site.source_note,
    ),
)


def completeness(kept: Kept) -> Completeness:
    """What is wanted of a site of its kind, parted into what is known and what is not."""
    wanted = [one for one in WANTED if kept.site.kind in one.kinds]
    known = tuple(one for one in wanted if one.is_known(kept))
    return Completeness(known, tuple(one for one in wanted if one not in known))
