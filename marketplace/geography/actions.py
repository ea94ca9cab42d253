"""Reference data into the tables. Each loader may run again: rows are matched by code and brought up to date.

They write no Event: they hold public facts that come with the release, and nobody decides anything by them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import models, transaction

from .datums import to_wgs84
from .distance import great_circle_km
from .enums import AreaLevel, BoxRelation, Confidence, Datum, PointMethod
from .models import AdminArea, AreaBox, AreaPoint
from .point import Box
from .spelling import initials_of, names_of, pinyin_of, short_name, spellings_of

DATA = Path(__file__).resolve().parent.parent / "data"
YEAR_ONLY = "起止日期只知年份，记为当年 1 月 1 日"

Row = dict[str, str]


@transaction.atomic
def load_areas() -> int:
    """Current and former divisions; the number of divisions loaded."""
    rows = _rows("divisions")
    former = _rows("divisions_former")
    former_names = defaultdict(list)
    for row in _rows("divisions_former_names"):
        former_names[row["code"]].append(row["former_name"])
    since = {row["successor_code"]: row["valid_to"] for row in former}
    names = {row["code"]: row["name"] for row in rows}
    for level in AreaLevel:
        ids = _area_ids()
        areas = [
            _area(row, names, former_names[row["code"]], since.get(row["code"]), ids)
            for row in [*rows, *former]
            if row["level"] == level
        ]
        _upsert(AdminArea, areas, matched_by=["code"])
    _link_successors(former)
    return len(rows) + len(former)


@transaction.atomic
def load_points() -> int:
    """Reference points of townships and, for when they are asked for, of counties; the number of points loaded."""
    ids = _area_ids()
    points = [_township_point(row, ids[row["code"]]) for row in _rows("townships")]
    points += [_county_point(row, ids[row["code"]]) for row in _rows("county_boxes")]
    _upsert(AreaPoint, points, matched_by=["area"])
    return len(points)


@transaction.atomic
def load_boxes() -> int:
    """Boxes of the prefecture, its counties and townships; the number of boxes loaded."""
    ids = _area_ids()
    boxes = [_box(row, ids[row["code"]], row["name"], BoxRelation.SAME_NAME) for row in _rows("county_boxes")]
    boxes += [_box(row, ids[row["code"]], row["box_name"], row["relation"]) for row in _rows("township_boxes")]
    _upsert(AreaBox, boxes, matched_by=["area", "name"])
    return len(boxes)


def _area(
    row: Row, names: dict[str, str], former_names: list[str], since: str | None, ids: dict[str, int]
) -> AdminArea:
    level = AreaLevel(row["level"])
    name, short = row["name"], short_name(row["name"], level)
    above = [names[row["code"][:length]] for length in (6, 9) if length < len(row["code"])]
    valid_from, valid_to = row.get("valid_from") or since, row.get("valid_to")
    return AdminArea(
        code=row["code"],
        name=name,
        short_name=short,
        full_name="".join([*above, short if level == AreaLevel.VILLAGE else name]),
        level=level,
        parent_id=ids.get(row["parent_code"]),
        valid_from=valid_from or None,
        valid_to=valid_to or None,
        pinyin=pinyin_of(name),
        initials=initials_of(name),
        former_names="、".join(former_names),
        spellings=spellings_of([*names_of(name, level), *former_names]),
        note=YEAR_ONLY if valid_from or valid_to else "",
    )


def _link_successors(former: Iterable[Row]) -> None:
    ids = _area_ids()
    for row in former:
        AdminArea.objects.filter(code=row["code"]).update(successor_id=ids[row["successor_code"]])


def _township_point(row: Row, area_id: int) -> AreaPoint:
    return AreaPoint(
        area_id=area_id,
        lng=float(row["lng"]),
        lat=float(row["lat"]),
        source_datum=Datum.GCJ02 if "GCJ-02" in row["source"] else Datum.WGS84,
        method=PointMethod(row["precision"]),
        confidence=Confidence(row["confidence"]),
        radius_km=float(row["radius_km"]),
        source=row["source"],
        note=row["note"],
    )


def _county_point(row: Row, area_id: int) -> AreaPoint:
    lng, lat = to_wgs84(Datum(row["datum"]), float(row["lng"]), float(row["lat"]))
    box = _wgs84_box(row)
    return AreaPoint(
        area_id=area_id,
        lng=lng,
        lat=lat,
        source_datum=Datum(row["datum"]),
        method=PointMethod.REFERENCE_POINT,
        confidence=Confidence.MEDIUM,
        radius_km=round(great_circle_km((box.min_lng, box.min_lat), (box.max_lng, box.max_lat)) / 2, 1),
        source=row["source"],
    )


def _box(row: Row, area_id: int, name: str, relation: str) -> AreaBox:
    box = _wgs84_box(row)
    return AreaBox(
        area_id=area_id,
        name=name,
        relation=BoxRelation(relation),
        min_lng=box.min_lng,
        min_lat=box.min_lat,
        max_lng=box.max_lng,
        max_lat=box.max_lat,
        source_datum=Datum(row["datum"]),
        source=row["source"],
    )


def _wgs84_box(row: Row) -> Box:
    sides = (float(row[side]) for side in ("min_lng", "min_lat", "max_lng", "max_lat"))
    return Box.in_datum(Datum(row["datum"]), *sides)


def _rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _area_ids() -> dict[str, int]:
    return dict(AdminArea.objects.values_list("code", "pk"))


def _upsert(model: type[models.Model], records: list[Any], *, matched_by: list[str]) -> None:
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    changed = [name for name in fields if name not in matched_by]
    model._default_manager.bulk_create(records, update_conflicts=True, unique_fields=matched_by, update_fields=changed)
