"""The index's rows: made from the database alone, written whole for each need or program that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from marketplace.matching.scoring import part_of
from marketplace.needs.enums import Urgency
from marketplace.shifts.models import Shift

from .backends.database.tables import refill
from .masks import Bits, bits_for, mask_of
from .models import SearchParent, SearchSlot
from .queries import indexed_shifts
from .query import Kind
from .text import analysis_version, tokens_of, words_of

Rows = tuple[list[SearchParent], list[SearchSlot]]

PARENT_FIELDS = [field.name for field in SearchParent._meta.concrete_fields if not field.primary_key]
SLOT_FIELDS = [field.name for field in SearchSlot._meta.concrete_fields if not field.primary_key]
# Entries are words in the language of the records, whoever's action writes them.
LANGUAGE = "zh-hans"
REBUILT_AT_ONCE = 200


def key_of(kind: str, record_id: int) -> int:
    """The index's key of a need (even) or program (odd)."""
    return 2 * record_id + (kind == Kind.PROGRAM)


def record_of(key: int) -> tuple[Kind, int]:
    """Which need or program a key stands for."""
    return (Kind.PROGRAM if key % 2 else Kind.NEED), key // 2


def keys_of(shifts: Iterable[Shift]) -> set[int]:
    """Every need and program that these shifts are or were found under."""
    needs = {key_of(Kind.NEED, shift.need_id) for shift in shifts if shift.need_id}
    return needs | {key_of(Kind.PROGRAM, shift.program_id) for shift in shifts if shift.program_id}


def keys_with(shift_id: int) -> set[int]:
    """The need or program under which the index holds this shift, which may be another one by now."""
    return set(SearchSlot.objects.filter(pk=shift_id).values_list("parent_id", flat=True))


@transaction.atomic
def write_entries(keys: Iterable[int]) -> None:
    """Bring the entries of these needs and programs up to date; what can't be found has none."""
    keys = set(keys)
    parents, slots = rows_of(_shifts_under(keys))
    stale = SearchSlot.objects.filter(parent__in=keys).exclude(shift_id__in=[slot.shift_id for slot in slots])
    stale.delete()
    _save(parents, slots)
    SearchParent.objects.filter(pk__in=keys).exclude(pk__in=[parent.pk for parent in parents]).delete()


def write_places(shift_id: int) -> None:
    """A place was taken or came free: the one number that changes most often, without cutting any text."""
    counted = Shift.objects.filter(pk=shift_id).values_list("places", "places_taken")
    for places, taken in counted:
        SearchSlot.objects.filter(pk=shift_id).update(places_left=places - taken)


@transaction.atomic
def rebuild(progress: Callable[[int], Any] = lambda _count: None) -> tuple[int, int]:
    """The whole index anew, and every reader sees the old one until it is done. How many parents and slots it has."""
    SearchSlot.objects.all().delete()
    SearchParent.objects.all().delete()
    keys = sorted(keys_of(indexed_shifts()))
    for start in range(0, len(keys), REBUILT_AT_ONCE):
        some = keys[start : start + REBUILT_AT_ONCE]
        write_entries(some)
        progress(len(some))
    refill()
    return SearchParent.objects.count(), SearchSlot.objects.count()


def rows_of(shifts: Iterable[Shift]) -> Rows:
    """The rows that stand for these shifts, unsaved."""
    grouped: dict[int, list[Shift]] = defaultdict(list)
    for shift in shifts:
        kind = Kind.PROGRAM if shift.program_id else Kind.NEED
        grouped[key_of(kind, shift.program_id or shift.need_id or 0)].append(shift)
    bits = bits_for(skill.code for found in grouped.values() for shift in found for skill in shift.skills.all())
    with translation.override(LANGUAGE):
        parents = [_parent_row(key, found) for key, found in grouped.items()]
        slots = [_slot_row(key, shift, bits) for key, found in grouped.items() for shift in found]
    return parents, slots


def _shifts_under(keys: set[int]) -> Iterable[Shift]:
    """Two steps, because in one SQLite would look through all open shifts instead of these few."""
    by_kind: dict[Kind, list[int]] = {Kind.NEED: [], Kind.PROGRAM: []}
    for key in keys:
        kind, record_id = record_of(key)
        by_kind[kind].append(record_id)
    needs, programs = by_kind[Kind.NEED], by_kind[Kind.PROGRAM]
    under = Shift.objects.filter(Q(need__in=needs) | Q(program__in=programs)).values_list("pk", "program_id")
    ids = [pk for pk, program in under if program is None or program in programs]
    return indexed_shifts().filter(pk__in=ids) if ids else ()


def _save(parents: list[SearchParent], slots: list[SearchSlot]) -> None:
    written: dict[str, Any] = {"update_conflicts": True, "batch_size": 500}
    SearchParent.objects.bulk_create(parents, unique_fields=["id"], update_fields=PARENT_FIELDS, **written)
    SearchSlot.objects.bulk_create(slots, unique_fields=["shift_id"], update_fields=SLOT_FIELDS, **written)


def _parent_row(key: int, shifts: list[Shift]) -> SearchParent:
    record = shifts[0].parent
    return SearchParent(
        id=key,
        title_words=" ".join(words_of(record.title)),
        tokens=tokens_of(record.title, _body(record, shifts)),
        analysis=analysis_version(),
    )


def _body(record: Any, shifts: list[Shift]) -> list[str]:
    """All that tells what, for whom, by whom and where; each thing once, in an order that a rebuild repeats."""
    said = [record.summary, record.category.name, record.category.name_en]
    said += [record.get_audience_display()] if shifts[0].need and not shifts[0].program else []
    said += [record.organization.name, record.organization.short_name] if shifts[0].program else []
    for shift in shifts:
        site = shift.site
        said += [shift.task, site.name, site.get_kind_display(), site.area.full_name]
        said += [word for skill in shift.skills.all() for word in (skill.name, skill.name_en)]
    return list(dict.fromkeys(filter(None, said)))


def _slot_row(key: int, shift: Shift, bits: Bits) -> SearchSlot:
    return SearchSlot(
        shift_id=shift.pk,
        parent_id=key,
        kind=record_of(key)[0],
        category=shift.parent.category.code,
        area_code=shift.site.area_code,
        lng=shift.site.lng,
        lat=shift.site.lat,
        starts=int(shift.starts_at.timestamp()),
        ends=int(shift.ends_at.timestamp()),
        part=part_of(timezone.localtime(shift.starts_at).hour),
        places=shift.places,
        places_left=shift.places_left,
        skill_mask=mask_of((skill.code for skill in shift.skills.all()), bits),
        needs_clearance=shift.clearance_required,
        is_urgent=bool(shift.need and shift.need.urgency == Urgency.URGENT),
    )
