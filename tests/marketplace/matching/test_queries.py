"""Records become facts: what is known of a person, of a shift, and which passes still count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.matching.facts import Commitment
from marketplace.matching.queries import person_facts, required_clearances, shift_facts
from marketplace.volunteers.models import Availability, Clearance, ClearanceKind
from tests.factories import a_need, a_program, a_shift, a_site, a_volunteer, clear

pytestmark = pytest.mark.django_db


def test_person_facts_tells_what_the_profile_says():
    volunteer = a_volunteer(skills=("homework", "english"), radius_km=12)
    Availability.objects.create(volunteer=volunteer, weekday=5, part="morning")

    facts = person_facts(volunteer)

    assert (facts.is_adult, facts.skills, facts.free_times, facts.radius_km, facts.clearances) == (
        True,
        frozenset({"homework", "english"}),
        frozenset({(5, "morning")}),
        12,
        {},
    )
    assert facts.place is not None


@pytest.mark.parametrize(("age_group", "is_adult"), [("adult", True), ("youth", False), ("child", False)])
def test_person_facts_knows_who_is_of_age(age_group, is_adult):
    assert person_facts(a_volunteer(age_group=age_group)).is_adult is is_adult


def test_person_facts_holds_the_commitments_it_is_given():
    shift = a_shift()

    assert person_facts(a_volunteer(), [shift]).commitments == (
        Commitment(shift.pk, shift.starts_at, shift.ends_at, (shift.site.lng, shift.site.lat)),
    )


def record(volunteer, result: str, *, days_ago: int, kind: str = "record_check") -> Clearance:
    checked_on = timezone.localdate() - timedelta(days=days_ago)
    return Clearance.objects.create(
        volunteer=volunteer,
        kind=ClearanceKind.objects.get(code=kind),
        result=result,
        checked_on=checked_on,
        valid_until=checked_on + timedelta(days=365),
    )


def spans(volunteer) -> dict[str, int]:
    return {code: len(found) for code, found in person_facts(volunteer).clearances.items()}


def test_a_later_not_clear_ends_every_earlier_pass_of_its_kind_only():
    volunteer = a_volunteer(cleared=True)

    record(volunteer, "not_clear", days_ago=1)

    assert spans(volunteer) == {"record_check": 0, "commitment": 1, "training": 1}


def test_a_pass_after_a_not_clear_counts_again():
    volunteer = a_volunteer()
    record(volunteer, "clear", days_ago=30)
    record(volunteer, "not_clear", days_ago=20)
    record(volunteer, "clear", days_ago=10)

    assert spans(volunteer) == {"record_check": 1}


def test_a_not_clear_of_the_same_day_counts_when_it_was_recorded_later():
    volunteer = a_volunteer()
    record(volunteer, "clear", days_ago=3)
    record(volunteer, "not_clear", days_ago=3)

    assert spans(volunteer) == {"record_check": 0}


def test_a_renewal_under_way_does_not_end_the_pass_that_holds():
    volunteer = a_volunteer(cleared=True)
    record(volunteer, "pending", days_ago=0)

    assert spans(volunteer)["record_check"] == 1


def test_shift_facts_tells_what_serving_there_takes():
    shift = a_shift(skills=("homework",), clearance_required=True, places=4)
    clearances = required_clearances()

    facts = shift_facts(shift, clearances)

    assert (
        facts.clearances
        == clearances
        == {
            "record_check": "无违法犯罪记录查询",
            "commitment": "未成年人保护承诺书",
            "training": "未成年人保护培训",
        }
    )
    assert (facts.skills, facts.places, facts.places_taken) == ({"homework": "课业辅导"}, 4, 0)


def test_shift_facts_of_a_shift_without_demands():
    facts = shift_facts(a_shift(), required_clearances())

    assert (facts.clearances, facts.skills, facts.adults_only) == ({}, {}, False)


def test_a_shift_that_takes_clearances_is_for_adults_whatever_the_table_of_kinds_says():
    shift = a_shift(clearance_required=True)
    ClearanceKind.objects.update(is_required=False)

    assert shift_facts(shift, required_clearances()).adults_only is True


def test_shift_facts_is_urgent_when_its_need_is():
    urgent, calm = (a_need(status="published", windows=0, urgency=urgency) for urgency in ("urgent", "normal"))

    assert shift_facts(a_shift(need=urgent), {}).is_urgent is True
    assert shift_facts(a_shift(need=calm), {}).is_urgent is False
    assert shift_facts(a_shift(program=a_program()), {}).is_urgent is False


def test_shift_facts_has_no_place_where_the_point_is_not_known():
    site = a_site(lng=None, lat=None, precision="")

    assert shift_facts(a_shift(program=a_program(), site=site), {}).place is None


def test_person_facts_takes_the_same_queries_for_many_clearances(django_assert_num_queries):
    from marketplace.volunteers.queries import volunteer_of

    volunteer = a_volunteer(skills=("homework", "english"), cleared=True)
    clear(volunteer, days_ago=400)
    loaded = volunteer_of(volunteer.user)

    with django_assert_num_queries(1):  # the point of the township
        person_facts(loaded)
