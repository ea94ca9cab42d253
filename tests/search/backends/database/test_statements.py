"""Questions as SQL: only what is asked becomes a condition, and every value is bound."""

from datetime import UTC, datetime, timedelta

import pytest

from search.backends.database.statements import FROM_PLACE, FROM_SLOTS, FROM_TEXT, all_of, any_of, statement
from search.query import Near, SearchQuery

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BITS = {"english": 0, "music": 3}


def test_nothing_asked_is_everything_to_come():
    assert statement(SearchQuery(), "", NOW, BITS) == (f"{FROM_SLOTS} WHERE s.starts > %s", [NOW.timestamp()])


def test_text_comes_first_and_leads_to_slots():
    assert statement(SearchQuery(), '"英语"', NOW, BITS) == (
        f"{FROM_TEXT} WHERE s.starts > %s",
        ['"英语"', NOW.timestamp()],
    )


@pytest.mark.parametrize(
    ("query", "clause", "values"),
    [
        (SearchQuery(starts_from=NOW + timedelta(1)), "s.starts >= %s", [(NOW + timedelta(1)).timestamp()]),
        (SearchQuery(starts_before=NOW + timedelta(1)), "s.starts < %s", [(NOW + timedelta(1)).timestamp()]),
        (SearchQuery(part="evening"), "s.part = %s", ["evening"]),
        (SearchQuery(without_clearance=True), "NOT s.needs_clearance", []),
        (SearchQuery(skills=frozenset({"english", "music"})), "s.skill_mask & %s <> 0", [9]),
        (SearchQuery(categories=frozenset({"b", "a"})), "(s.category = %s OR s.category = %s)", ["a", "b"]),
        (SearchQuery(area_prefixes=frozenset({"520204"})), "(s.area_code LIKE %s)", ["520204%"]),
        (SearchQuery(places=2), "s.places_left >= %s", [2]),
        (SearchQuery(kinds=frozenset({"need"})), "(s.kind = %s)", ["need"]),
    ],
)
def test_each_condition_is_one_clause(query, clause, values):
    assert statement(query, "", NOW, BITS) == (
        f"{FROM_SLOTS} WHERE s.starts > %s AND {clause}",
        [NOW.timestamp(), *values],
    )


def test_a_skill_nobody_ever_asked_for_matches_nothing():
    assert statement(SearchQuery(skills=frozenset({"new"})), "", NOW, BITS)[1] == [NOW.timestamp(), 0]


def test_a_circle_without_text_goes_through_the_rtree():
    sql, values = statement(SearchQuery(near=Near(104.9, 26.5, 10)), "", NOW, BITS)
    assert sql.startswith(FROM_PLACE)
    assert values[-1] == NOW.timestamp()
    assert sql.count("%s") == len(values)


def test_a_circle_with_text_only_narrows():
    sql, values = statement(SearchQuery(near=Near(104.9, 26.5, 10)), '"英语"', NOW, BITS)
    assert sql.startswith(FROM_TEXT)
    assert "s.lng BETWEEN %s AND %s" in sql
    assert sql.count("%s") == len(values)


def test_a_place_without_a_limit_is_no_condition():
    assert statement(SearchQuery(near=Near(104.9, 26.5)), "", NOW, BITS)[0] == f"{FROM_SLOTS} WHERE s.starts > %s"


def test_expressions_of_groups():
    assert all_of(((("英语",), ("外语",)), (("课业", "辅导"),))) == '(("英语") OR ("外语")) AND (("课业" AND "辅导"))'
    assert any_of(["英语", 'a"b']) == '"英语" OR "a""b"'
    assert all_of(()) == ""
