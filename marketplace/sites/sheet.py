"""A sheet of sites, read and compared with what stands: what it would make, change and leave, and what is wrong with it.

Nothing is written here. An empty cell leaves what stands; a site is known again by its code, else by its name and area.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.geography.enums import AreaLevel, Datum, Precision
from marketplace.geography.models import AdminArea
from marketplace.geography.point import Point
from marketplace.geography.queries import bounds_of, find_in_address
from marketplace.geography.rules import refuse_point, warn_point
from marketplace.workflow.refusals import Refused

from .enums import SiteKind
from .models import ServiceSite
from .rules import refuse_area

Cells = Mapping[str, str]

CODE, NAME, KIND, AREA_CODE, AREA, RELOCATION = "编号", "名称", "类型", "所在地代码", "所在地", "所属安置点"
LNG, LAT, DATUM = "经度", "纬度", "坐标系"
TEXTS = {"公开地址": "address", "开放时间": "opening_hours", "资料来源": "source_note"}
NUMBERS = {"户数": "households", "人数": "residents", "面积": "floor_area_m2", "可容纳人数": "capacity"}
HEADINGS = (
    CODE,
    NAME,
    KIND,
    AREA_CODE,
    AREA,
    "公开地址",
    LNG,
    LAT,
    DATUM,
    RELOCATION,
    *NUMBERS,
    "开放时间",
    "资料来源",
)
FIRST_LINE = 2
LARGEST = {"capacity": 32767}
LARGEST_NUMBER = 2_147_483_647


@dataclass
class SiteRow:
    """One line: the site it means (None: a new one), the values that differ from what stands, or what is wrong."""

    line: int
    cells: Cells
    site: ServiceSite | None = None
    values: dict[str, Any] = field(default_factory=dict)
    point: Point | None = None
    error: str = ""
    warning: str = ""

    @property
    def name(self) -> str:
        return self.cells.get(NAME, "")

    @property
    def is_new(self) -> bool:
        return not self.error and self.site is None

    @property
    def is_change(self) -> bool:
        return not self.error and self.site is not None and bool(self.values or self.point)

    @property
    def changes(self) -> list[dict[str, Any]]:
        """As components/diff.html shows them."""
        shown = [_difference(self.site, name, value) for name, value in self.values.items()]
        return [*shown, _moved(self.site, self.point)] if self.point else shown


@dataclass(frozen=True)
class Plan:
    rows: list[SiteRow]

    @property
    def new(self) -> list[SiteRow]:
        return [row for row in self.rows if row.is_new]

    @property
    def changed(self) -> list[SiteRow]:
        return [row for row in self.rows if row.is_change]

    @property
    def wrong(self) -> list[SiteRow]:
        return [row for row in self.rows if row.error]

    @property
    def unchanged_count(self) -> int:
        return len(self.rows) - len(self.new) - len(self.changed) - len(self.wrong)

    @property
    def errors(self) -> dict[int, str]:
        """Line of the sheet → what to correct there."""
        return {row.line: row.error for row in self.wrong}


def read_plan(rows: Sequence[Cells], actor: Any) -> Plan:
    """What these rows would do. Raises Refused where the sheet lacks the columns without which no row can be read."""
    headings = set(rows[0]) if rows else set()
    missing = [name for name in (NAME, KIND) if name not in headings]
    if missing or not headings & {AREA_CODE, AREA}:
        raise Refused(
            _("表格里少了这几列：%(columns)s。请下载模板，按模板填写。")
            % {"columns": "、".join([*missing, *([] if headings & {AREA_CODE, AREA} else [AREA_CODE])])}
        )
    reader = _Reader(rows, actor)
    return Plan([reader.read(line, cells) for line, cells in enumerate(rows, FIRST_LINE) if any(cells.values())])


class _Wrong(Exception):
    """The sentence for one row."""


class _Reader:
    """Reads row after row, with what one needs to know of the database and of the rows before."""

    def __init__(self, rows: Sequence[Cells], actor: Any) -> None:
        self.actor = actor
        self.seen: dict[Any, int] = {}
        codes = {cells.get(AREA_CODE, "") for cells in rows}
        self.areas = {area.code: area for area in AdminArea.objects.filter(code__in=codes).select_related("parent")}
        self.named: dict[str, AdminArea | None] = {}
        self.bounds: dict[str, Any] = {}
        sites = list(ServiceSite.objects.select_related("area", "relocation_site"))
        self.by_code = {site.code: site for site in sites if site.code}
        self.by_place = {(site.name, site.area_code): site for site in sites}
        made = [cells for cells in rows if _kind_of(cells) == SiteKind.RELOCATION_SITE]
        self.relocation = {cells.get(heading, "") for cells in made for heading in (CODE, NAME)}

    def read(self, line: int, cells: Cells) -> SiteRow:
        row = SiteRow(line, cells)
        try:
            values = self._values(cells)
            self._find(row, values)
            row.point = self._point(row, values["area"])
            row.values = _different(row.site, values)
        except _Wrong as wrong:
            row.error = str(wrong)
        return row

    def _values(self, cells: Cells) -> dict[str, Any]:
        values: dict[str, Any] = {
            "name": _text(cells, NAME, "name") or _fail(_("请写名称。")),
            "kind": _kind(cells),
            "area": self._area(cells),
        }
        if code := _text(cells, CODE, "code"):
            values["code"] = code
        values |= {name: text for heading, name in TEXTS.items() if (text := _text(cells, heading, name))}
        values |= {name: _number(cells, heading, name) for heading, name in NUMBERS.items() if cells.get(heading)}
        if wanted := cells.get(RELOCATION):
            values["relocation_site"] = self._relocation_site(wanted)
        return values

    def _area(self, cells: Cells) -> AdminArea:
        code, text = cells.get(AREA_CODE, ""), cells.get(AREA, "")
        area = self.areas.get(code) if code else self._area_named(text)
        if area is None:
            _fail(_("找不到所在地，请填国家统计局的 12 位（村、社区）或 9 位（乡镇、街道）代码。"))
        assert area is not None
        if not area.is_current:
            _fail(_("%(area)s已经撤销，请填现在的代码。") % {"area": area.name})
        if area.level not in (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE):
            _fail(_("所在地要写到乡镇（街道）或村（社区）。"))
        if self.actor is not None and refuse_area(area.code, self.actor):
            _fail(_("%(area)s不在您管辖的地区里。") % {"area": area.full_name})
        return area

    def _area_named(self, text: str) -> AdminArea | None:
        if text and text not in self.named:
            self.named[text] = find_in_address(text)
        return self.named.get(text)

    def _find(self, row: SiteRow, values: dict[str, Any]) -> None:
        """The site that is meant, once in a sheet."""
        code, place = values.get("code"), (values["name"], values["area"].code)
        at_place = self.by_place.get(place)
        row.site = self.by_code.get(code) if code else at_place
        if row.site is None and at_place is not None:
            if at_place.code:
                _fail(_("这个地点已经登记过，编号是 %(code)s。") % {"code": at_place.code})
            row.site = at_place
        if row.site and self.actor is not None and refuse_area(row.site.area_code, self.actor):
            _fail(_("编号 %(code)s 是别的地区的地点。") % {"code": code})
        for key in filter(None, (code, place, row.site and row.site.pk)):
            if key in self.seen:
                _fail(_("与第 %(line)d 行是同一个地点。") % {"line": self.seen[key]})
            self.seen[key] = row.line

    def _point(self, row: SiteRow, area: AdminArea) -> Point | None:
        point = _typed_point(row.cells)
        if point is None:
            return None
        if area.code not in self.bounds:
            self.bounds[area.code] = bounds_of(area)
        bounds = self.bounds[area.code]
        if sentence := refuse_point(point, bounds):
            _fail(sentence)
        row.warning = warn_point(point, bounds) or ""
        stands = row.site and row.site.has_point and (row.site.lng, row.site.lat) == (point.lng, point.lat)
        return None if stands else point

    def _relocation_site(self, wanted: str) -> str | ServiceSite:
        """The one that stands; the code or name of one that this sheet makes."""
        found = self.by_code.get(wanted) or next(
            (site for (name, _area), site in self.by_place.items() if name == wanted), None
        )
        if found and found.kind == SiteKind.RELOCATION_SITE:
            return found
        if wanted not in self.relocation:
            _fail(_("找不到安置点「%(name)s」，请先登记它，或写它的编号。") % {"name": wanted})
        return wanted


def _fail(sentence: str) -> Any:
    raise _Wrong(sentence)


def _text(cells: Cells, heading: str, name: str) -> str:
    text = cells.get(heading, "")
    longest = ServiceSite._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
    if len(text) > longest:
        _fail(_("「%(heading)s」最多 %(length)d 个字。") % {"heading": heading, "length": longest})
    return text


def _kind_of(cells: Cells) -> str | None:
    """Sheets are written in Chinese, whatever the language of the page."""
    with translation.override("zh-hans"):
        kinds = {str(kind.label): kind.value for kind in SiteKind}
    return kinds.get(cells.get(KIND, ""))


def _kind(cells: Cells) -> str:
    with translation.override("zh-hans"):
        labels = "、".join(str(kind.label) for kind in SiteKind)
    return _kind_of(cells) or _fail(_("类型请写：%(kinds)s。") % {"kinds": labels})


def _number(cells: Cells, heading: str, name: str) -> int:
    typed = cells[heading].replace(",", "")
    if not (typed.isascii() and typed.isdigit() and int(typed[:12]) <= LARGEST.get(name, LARGEST_NUMBER)):
        _fail(_("「%(heading)s」请写一个数，不带单位。") % {"heading": heading})
    return int(typed)


def _typed_point(cells: Cells) -> Point | None:
    lng, lat, datum = cells.get(LNG, ""), cells.get(LAT, ""), cells.get(DATUM, "")
    if not lng and not lat:
        return None
    if not lng or not lat:
        _fail(_("经度和纬度要一起填。"))
    if datum not in Datum.values:
        _fail(_("请写明坐标系：GCJ-02（高德、腾讯）、BD-09（百度）或 WGS-84（手机定位、天地图）。"))
    degrees = _degrees(lng), _degrees(lat)
    return Point.in_datum(Datum(datum), *degrees, precision=Precision.ADDRESS, source=f"表格导入（{datum}）")


def _degrees(typed: str) -> float:
    try:
        degrees = float(typed)
    except ValueError:
        degrees = float("nan")
    return degrees if -180 <= degrees <= 180 else _fail(_("经纬度是两个数，例如 104.957 和 26.541。"))


def _different(site: ServiceSite | None, values: dict[str, Any]) -> dict[str, Any]:
    if site is None:
        return values
    return {name: value for name, value in values.items() if getattr(site, name) != value}


def _difference(site: ServiceSite | None, name: str, value: Any) -> dict[str, Any]:
    column: Any = ServiceSite._meta.get_field(name)
    return {"label": column.verbose_name, "before": _said(name, getattr(site, name, "")), "after": _said(name, value)}


def _said(name: str, value: Any) -> str:
    if name == "kind" and value:
        return str(SiteKind(value).label)
    return "" if value is None else str(value)


def _moved(site: ServiceSite | None, point: Point) -> dict[str, Any]:
    before = f"{site.lng:.6f}, {site.lat:.6f}" if site and site.has_point else ""
    return {"label": _("位置"), "before": before, "after": f"{point.lng:.6f}, {point.lat:.6f}"}
