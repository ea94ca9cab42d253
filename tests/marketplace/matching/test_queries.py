"""Records become facts: what is known of a person, of a shift, and which passes still count."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from marketplace.geography.models import TravelTime
from marketplace.matching.facts import Commitment, Restricted
from marketplace.matching.queries import people_facts, person_facts, required_clearances, shift_facts
from marketplace.privacy.actions import keep_identity
from marketplace.privacy.models import Consent
from marketplace.privacy.sealed import Person
from marketplace.programs.models import InsurancePolicy
from marketplace.shifts.models import Shift
from marketplace.volunteers.models import Availability, Clearance, ClearanceKind, Restriction, Volunteer
from marketplace.volunteers.queries import volunteer_of
from tests.factories import SHUANGSHUI, a_need, a_program, a_shift, a_site, a_volunteer, an_area, clear
from tests.factories.people import a_guardians_consent, a_language, a_season, declare, some_evidence

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


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
        Commitment(shift.pk, shift.starts_at, shift.ends_at, (shift.site.lng, shift.site.lat), "520204002005"),
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


def facts_of(volunteer):
    return person_facts(Volunteer.objects.get(pk=volunteer.pk))


def test_person_facts_is_read_anew_whatever_was_loaded_before():
    volunteer = a_volunteer()
    loaded = volunteer_of(volunteer.user)
    clear(volunteer)

    assert set(person_facts(loaded).clearances) == {"record_check", "commitment", "training"}


def test_person_facts_tells_languages_weekly_limit_and_area():
    volunteer = a_volunteer(weekly_limit=2)
    volunteer.languages.add(a_language("yi"))

    facts = facts_of(volunteer)

    assert (facts.languages, facts.weekly_limit, facts.area_code, facts.volunteer_id) == (
        frozenset({"yi"}),
        2,
        SHUANGSHUI,
        volunteer.pk,
    )


@pytest.mark.parametrize(("status", "counts"), [("submitted", False), ("accepted", True), ("refused", False)])
def test_person_facts_counts_only_papers_that_were_accepted(status, counts):
    volunteer = a_volunteer()
    some_evidence(volunteer, status=status, checked_on=TODAY, valid_until=TODAY + timedelta(days=9))

    assert facts_of(volunteer).qualified == ({"first_aid": ((TODAY, TODAY + timedelta(days=9)),)} if counts else {})


def test_person_facts_keeps_a_paper_without_an_end():
    volunteer = a_volunteer()
    some_evidence(volunteer, status="accepted", checked_on=TODAY)

    assert facts_of(volunteer).qualified == {"first_aid": ((TODAY, None),)}


def test_person_facts_tells_the_days_for_which_a_guardian_agreed():
    youth = a_volunteer(age_group="youth")
    season = a_season(starts_on=TODAY + timedelta(days=5), ends_on=TODAY + timedelta(days=90))
    a_guardians_consent(youth, season)

    assert facts_of(youth).guardian_agreed == ((season.starts_on, season.ends_on),)


def test_a_guardians_consent_counts_from_the_day_on_which_it_was_given():
    youth = a_volunteer(age_group="youth")
    season = a_season(starts_on=TODAY - timedelta(days=50), ends_on=TODAY + timedelta(days=90))
    a_guardians_consent(youth, season)

    assert facts_of(youth).guardian_agreed == ((TODAY, season.ends_on),)


def test_a_withdrawn_consent_of_a_guardian_counts_no_more():
    youth = a_volunteer(age_group="youth")
    consent = a_guardians_consent(youth, a_season())
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())

    assert facts_of(youth).guardian_agreed == ()


def test_person_facts_tells_restrictions():
    site, volunteer = a_site(), a_volunteer()
    Restriction.objects.create(volunteer=volunteer, kind="site", site=site, starts_on=TODAY)

    assert facts_of(volunteer).restrictions == (Restricted("site", site.pk, None, TODAY, None),)


def test_kinship_counts_for_both_whoever_declared_it():
    one, other, stranger = a_volunteer(), a_volunteer(), a_volunteer()
    declare(one, other)

    facts = people_facts([one, other, stranger])

    assert {pk: found.kin for pk, found in facts.items()} == {
        one.pk: frozenset({other.pk}),
        other.pk: frozenset({one.pk}),
        stranger.pk: frozenset(),
    }


def test_a_declaration_counts_once_it_was_recorded():
    recorded, waiting, silent = a_volunteer(), a_volunteer(), a_volunteer()
    declare(recorded)
    declare(waiting, is_recorded=False)

    facts = people_facts([recorded, waiting, silent])

    assert [facts[one.pk].has_declared_kin for one in (recorded, waiting, silent)] == [True, False, False]


def test_person_facts_tells_known_journeys_and_the_birthday():
    volunteer = a_volunteer(age_group="youth")
    TravelTime.objects.create(from_area=an_area(SHUANGSHUI), to_area=an_area("520203"), minutes=70, source="客运站")
    keep_identity(
        Person("吴小满", born_on=date(2009, 3, 4)),
        whose="volunteer",
        area=volunteer.base_area,
        actor=volunteer.user,
        user=volunteer.user,
    )

    facts = facts_of(volunteer)

    assert (facts.journeys, facts.adult_on) == ({(SHUANGSHUI, "520203"): 70}, date(2027, 3, 4))


def test_people_facts_takes_the_same_queries_for_one_and_for_three(django_assert_num_queries):
    people = [a_volunteer(skills=("homework", "english"), cleared=True) for _ in range(3)]
    for one in people:
        clear(one, days_ago=400)
        some_evidence(one, status="accepted", checked_on=TODAY)
        declare(one, people[0] if one is not people[0] else people[1])

    # people · skills · languages · free times · checks, their kinds · papers, their skills · restrictions · points ·
    # kinship · journeys
    with django_assert_num_queries(12):
        people_facts(people[:1])
    with django_assert_num_queries(12):
        people_facts(people)


def test_shift_facts_tells_languages_qualifications_and_whose_it_is():
    program = a_program()
    shift = a_shift(program=program, skills=("homework", "first_aid"))
    shift.languages.add(a_language("yi"))

    facts = shift_facts(shift, {})

    assert (facts.languages, facts.qualifications, facts.site_id, facts.organization_id, facts.area_code) == (
        {"yi": "彝语"},
        {"first_aid": "急救"},
        shift.site_id,
        program.organization_id,
        "520204002005",
    )


@pytest.mark.parametrize(("risk_level", "needed"), [("low", False), ("medium", True), ("high", True)])
def test_shift_facts_needs_insurance_from_medium_risk_on(risk_level, needed):
    assert shift_facts(a_shift(program=a_program(risk_level=risk_level)), {}).needs_insurance is needed


def test_a_home_visit_needs_insurance_and_adults():
    facts = shift_facts(a_shift(need=a_need(status="published", windows=0, is_home_visit=True)), {})

    assert (facts.needs_insurance, facts.is_insured, facts.adults_only) == (True, False, True)


@pytest.mark.parametrize(
    ("first", "last", "insured"), [(0, 0, True), (-9, 9, True), (1, 9, False), (-9, -1, False), (-9, 0, True)]
)
def test_shift_facts_is_insured_by_a_policy_that_holds_on_the_day(first, last, insured):
    shift = a_shift(program=a_program(risk_level="medium"))
    day = timezone.localtime(shift.starts_at).date()
    InsurancePolicy.objects.create(
        program=shift.program,
        insurer="测试财险",
        number="P1",
        starts_on=day + timedelta(days=first),
        ends_on=day + timedelta(days=last),
    )

    assert shift_facts(shift, {}).is_insured is insured


def test_shift_facts_takes_no_further_query_for_shifts_with_their_demands(django_assert_num_queries):
    for _ in range(3):
        shift = a_shift(program=a_program(risk_level="medium"), skills=("first_aid",))
        shift.languages.add(a_language("yi"))
    shifts = list(Shift.objects.public().with_parents().with_demands())

    with django_assert_num_queries(0):
        for shift in shifts:
            shift_facts(shift, {})
