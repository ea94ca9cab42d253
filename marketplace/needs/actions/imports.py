"""Needs from a spreadsheet: taken in as drafts, the same row again being the same need, and taken back as a whole."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.documents.actions import add_import_row, end_import, start_import
from marketplace.documents.models import SheetImport, SheetImportRow
from marketplace.history.actions import record
from marketplace.history.models import Event
from marketplace.organizations.models import ServiceCategory
from marketplace.sites.models import ServiceSite
from marketplace.workflow.refusals import Refused

from ..enums import NeedStatus
from ..forms.spreadsheet import RowRead
from ..models import Need
from ..rules import EDITABLE
from ..series import Weekly
from .life import change_need, create_need, withdraw_need

KIND = "needs"
TEXTS = ("title", "audience", "summary", "clearance_required", "is_home_visit", "people_served", "urgency")
FIELDS = (*TEXTS, "risk_disclosure")
NEW, CHANGED, SAME, SETTLED, WRONG = "new", "changed", "same", "settled", "wrong"


def outcome(read: RowRead) -> str:
    """What taking the row in would do."""
    if read.error:
        return WRONG
    need = _known(read)
    if need is None:
        return NEW
    if need.status not in EDITABLE:
        return SETTLED
    return SAME if _plain(read.values) == _plain_need(need) else CHANGED


@transaction.atomic
def import_needs(read: list[RowRead], *, sha256: str, actor: Any) -> Counter[str]:
    """Good rows become drafts, or change the drafts that they made before; the others stay out. Returns how many of each."""
    counts: Counter[str] = Counter()
    sheet_import = None
    for one in read:
        result = outcome(one)
        counts[result] += 1
        if result in (NEW, CHANGED):
            sheet_import = sheet_import or start_import(KIND, sha256, actor=actor)
            _take_in(one, sheet_import, actor)
    return counts


def _take_in(read: RowRead, sheet_import: SheetImport, actor: Any) -> None:
    need = _known(read)
    before = _plain_need(need) if need else None
    saved = change_need(need, actor=actor, **read.values) if need else create_need(actor=actor, **read.values)
    add_import_row(sheet_import, number=read.number, subject=saved, before=before)
    record("need.imported", saved, actor=actor, sheet_import=sheet_import.pk)


@transaction.atomic
def undo_import(sheet_import: SheetImport, *, actor: Any) -> int:
    """Drafts it made are withdrawn, drafts it changed are as before; what was changed or handed in since
    stays. Returns how many stayed."""
    if sheet_import.imported_by_id != actor.pk:
        raise Refused(_("由导入的人撤销。"))
    end_import(sheet_import, actor=actor)
    return sum(not _take_back(row, actor) for row in sheet_import.rows.order_by("-number"))


def _take_back(row: SheetImportRow, actor: Any) -> bool:
    need = Need.objects.filter(pk=row.subject_id, status__in=EDITABLE).first()
    if need is None or _is_touched(row, need):
        return False
    if row.before is None:
        withdraw_need(need, actor=actor, remark=_("撤销导入"))
    else:
        change_need(need, actor=actor, **_values(row.before))
    return True


def _is_touched(row: SheetImportRow, need: Need) -> bool:
    """Whether anything happened to the need after this sheet came in."""
    events = Event.objects.about(need)
    imported = events.filter(verb="need.imported", details__sheet_import=row.sheet_import_id).last()
    return imported is None or events.filter(pk__gt=imported.pk).exists()


def imports_of(user: Any) -> Any:
    """The person's own imports, the newest first."""
    return SheetImport.objects.filter(kind=KIND, imported_by=user)


def _known(read: RowRead) -> Need | None:
    """The need that this row made before, by its place and title."""
    rows = SheetImportRow.objects.filter(sheet_import__kind=KIND, sheet_import__undone_at=None)
    needs = Need.objects.filter(site=read.values["site"], title=read.values["title"], pk__in=rows.values("subject_id"))
    return (
        needs.exclude(status=NeedStatus.WITHDRAWN).prefetch_related("skills", "languages", "windows", "series").first()
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values of an action as JSON can hold them, and as two of them compare."""
    return {
        **{name: values[name] for name in FIELDS},
        "site": values["site"].pk,
        "category": values["category"].pk,
        "skills": sorted(skill.pk for skill in values["skills"]),
        "languages": sorted(language.pk for language in values["languages"]),
        "windows": sorted([start.isoformat(), end.isoformat(), places] for start, end, places in values["windows"]),
        "series": [_plain_series(one) for one in values["series"]],
    }


def _plain_need(need: Need) -> dict[str, Any]:
    single = [window for window in need.windows.all() if window.series_id is None]
    return _plain(
        {
            **{name: getattr(need, name) for name in (*FIELDS, "site", "category")},
            "skills": need.skills.all(),
            "languages": need.languages.all(),
            "windows": [
                (timezone.localtime(row.starts_at), timezone.localtime(row.ends_at), row.places) for row in single
            ],
            "series": need.series.all(),
        }
    )


def _plain_series(series: Any) -> dict[str, Any]:
    return {
        "starts_at": timezone.localtime(series.starts_at).isoformat(),
        "ends_at": timezone.localtime(series.ends_at).isoformat(),
        "places": series.places,
        "rule": series.rule,
        "left_out": list(series.left_out),
    }


def _values(plain: dict[str, Any]) -> dict[str, Any]:
    """What the action took once, from what was kept of it."""
    moment = datetime.fromisoformat
    return {
        **{name: plain[name] for name in FIELDS},
        "site": ServiceSite.objects.get(pk=plain["site"]),
        "category": ServiceCategory.objects.get(pk=plain["category"]),
        "skills": plain["skills"],
        "languages": plain["languages"],
        "windows": [(moment(start), moment(end), places) for start, end, places in plain["windows"]],
        "series": [
            Weekly(
                starts_at=moment(one["starts_at"]),
                ends_at=moment(one["ends_at"]),
                places=one["places"],
                rule=one["rule"],
                left_out=tuple(one["left_out"]),
            )
            for one in plain["series"]
        ],
    }
