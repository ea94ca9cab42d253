"""Taking in a sheet of sites, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from marketplace.documents.actions import add_import_row, end_import, start_import
from marketplace.documents.models import SheetImport, SheetImportRow
from marketplace.history.actions import record
from marketplace.history.models import Event
from marketplace.workflow.refusals import Refused, refuse_if

from ..enums import SiteKind
from ..models import ServiceSite
from ..queries import IMPORT_KIND
from ..rules import refuse_import
from ..sheet import Plan, SiteRow
from .life import POINT_FIELDS, change_site, create_site, pin_site

RELATIONS = ("area", "relocation_site")


@dataclass
class Undone:
    """What an undo did: how many sites went and how many were as before, and the names of those that were left alone."""

    removed: int = 0
    restored: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def take_in(plan: Plan, *, sha256: str, actor: Any) -> SheetImport:
    """Make and change what the plan says, all of it or nothing; rows with errors are left out. `actor=None` is the
    installation itself."""
    refuse_if(refuse_import(actor))
    if not plan.new and not plan.changed:
        raise Refused(_("表格里没有新的内容，什么都不用改。"))
    sheet_import = start_import(IMPORT_KIND, sha256, actor=actor)
    # Homes name the relocation site they belong to, which may come later in the sheet.
    rows = sorted([*plan.new, *plan.changed], key=lambda row: row.values.get("kind") != SiteKind.RELOCATION_SITE)
    for row in rows:
        _take_in_row(sheet_import, row, actor)
    return sheet_import


def _take_in_row(sheet_import: SheetImport, row: SiteRow, actor: Any) -> None:
    values = {**row.values}
    if isinstance(wanted := values.get("relocation_site"), str):
        values["relocation_site"] = ServiceSite.objects.filter(
            Q(code=wanted) | Q(name=wanted), kind=SiteKind.RELOCATION_SITE
        ).first()
    before = _standing(row.site, values, row.point) if row.site else None
    site = row.site or create_site(actor=actor, point=row.point, **values)
    if row.site:
        change_site(site, actor=actor, **values)
        if row.point:
            pin_site(site, row.point, actor=actor)
    add_import_row(sheet_import, number=row.line, subject=site, before=before)
    record("site.imported", site, actor=actor, sheet_import=sheet_import.pk)


def _standing(site: ServiceSite, values: dict[str, Any], point: Any) -> dict[str, Any]:
    """What the row is about to change, as plain values."""
    names = [*values, *(POINT_FIELDS if point else ())]
    columns = [f"{name}_id" if name in RELATIONS else name for name in names]
    return {column: getattr(site, column) for column in columns}


@transaction.atomic
def undo_import(sheet_import: SheetImport, *, actor: Any) -> Undone:
    """What the sheet made goes and what it changed is as before, unless somebody has changed it since."""
    refuse_if(refuse_import(actor))
    end_import(sheet_import, actor=actor)
    undone = Undone()
    for row in sheet_import.rows.order_by("-pk"):
        site = ServiceSite.objects.filter(pk=row.subject_id).first()
        if site is not None:
            _undo_row(row, site, undone, actor)
    return undone


def _undo_row(row: SheetImportRow, site: ServiceSite, undone: Undone, actor: Any) -> None:
    if _is_touched(row, site):
        undone.kept.append(site.name)
    elif row.before is not None:
        for column, value in row.before.items():
            setattr(site, column, value)
        site.save(update_fields=[column.removesuffix("_id") for column in row.before])
        record("site.import_undone", site, actor=actor, sheet_import=row.sheet_import_id)
        undone.restored += 1
    elif _removed(site, actor, row.sheet_import_id):
        undone.removed += 1
    else:
        undone.kept.append(site.name)


def _is_touched(row: SheetImportRow, site: ServiceSite) -> bool:
    """Whether anything happened to the site after this sheet came in."""
    events = Event.objects.about(site)
    imported = events.filter(verb="site.imported", details__sheet_import=row.sheet_import_id).last()
    return imported is None or events.filter(pk__gt=imported.pk).exists()


def _removed(site: ServiceSite, actor: Any, sheet_import_id: int) -> bool:
    """A site that something rests on stays."""
    try:
        with transaction.atomic():
            record("site.import_undone", site, actor=actor, sheet_import=sheet_import_id)
            site.delete()
    except ProtectedError:
        return False
    return True
