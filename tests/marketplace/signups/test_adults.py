"""Two cleared, unrelated adults at every shift with children."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.shifts.models import Shift
from marketplace.signups.actions import open_roster, record_attendance, watch, withdraw_signup
from marketplace.signups.adults import adults_missing, refuse_without_adults, say_adults_missing
from marketplace.signups.models import SignUp
from marketplace.signups.tasks import flag_short_shifts
from marketplace.workflow.refusals import Refused
from tests.factories import (
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_volunteer,
)
from tests.factories.adults import an_adult, two_adults
from tests.factories.people import declare

pytestmark = pytest.mark.django_db
ONE, TWO = "还差 1 名通过审查、互不是亲属的成人", "还差 2 名通过审查、互不是亲属的成人"


def a_childs_shift(**fields) -> Shift:
    return a_shift(**{"clearance_required": True, "places": 6, **fields})


def missing(shift: Shift) -> int:
    return adults_missing([shift])[shift.pk]


def come(shift: Shift, *volunteers, status: str = "confirmed") -> None:
    for volunteer in volunteers:
        a_signup(shift=shift, volunteer=volunteer, status=status)


def test_nobody_one_and_two():
    shift = a_childs_shift()
    assert missing(shift) == 2
    come(shift, an_adult())
    assert missing(shift) == 1
    come(shift, an_adult())
    assert (missing(shift), refuse_without_adults(shift)) == (0, None)


@pytest.mark.parametrize(("status", "left"), [("offered", 1), ("waitlisted", 1), ("withdrawn", 1), ("cancelled", 1)])
def test_who_has_not_promised_does_not_count(status, left):
    shift = a_childs_shift()
    come(shift, an_adult())
    come(shift, an_adult(), status=status)
    assert missing(shift) == left


def test_who_is_not_cleared_or_declared_nothing_does_not_make_a_pair():
    shift = a_childs_shift()
    come(shift, an_adult(), a_volunteer(), a_volunteer(cleared=True))
    assert missing(shift) == 1
    unrecorded = a_volunteer(cleared=True)
    declare(unrecorded, is_recorded=False)
    come(shift, unrecorded)
    assert missing(shift) == 1


def test_relatives_are_one_between_them():
    shift, mother = a_childs_shift(), an_adult()
    son = a_volunteer(cleared=True)
    declare(son, mother)
    come(shift, mother, son)
    assert missing(shift) == 1
    come(shift, an_adult())
    assert missing(shift) == 0


def test_other_shifts_need_none():
    assert (missing(a_shift()), say_adults_missing(0)) == (0, "")


def test_many_shifts_are_counted_in_as_many_queries_as_one(django_assert_num_queries, django_assert_max_num_queries):
    shifts = [a_childs_shift(in_hours=72 + 24 * number) for number in range(3)]
    for shift in shifts:
        two_adults(shift)
    fresh = Shift.objects.with_parents().with_demands()
    one, all_of_them = fresh.filter(pk=shifts[0].pk), fresh.filter(pk__in=[shift.pk for shift in shifts])
    list(one), list(all_of_them)
    with django_assert_max_num_queries(30) as first:
        adults_missing(one.all())
    with django_assert_num_queries(len(first)):
        assert set(adults_missing(all_of_them.all()).values()) == {0}


def test_without_them_there_is_no_roster_and_nobody_is_named(client):
    shift = a_childs_shift()
    come(shift, an_adult())
    keeper = a_keeper(shift.site)
    client.force_login(keeper)
    page = client.get(f"/desk/shifts/{shift.pk}/roster/").content.decode()
    assert ONE in page
    assert "审查过的人" not in page
    with pytest.raises(Refused, match=ONE):
        open_roster(shift, actor=keeper)
    assert not Event.objects.filter(verb="shift.roster_opened").exists()

    come(shift, an_adult())
    assert "审查过的人" in client.get(f"/desk/shifts/{shift.pk}/roster/").content.decode()
    assert Event.objects.filter(verb="shift.roster_opened").count() == 1


def test_without_them_it_is_not_held():
    shift = a_childs_shift(in_hours=-1)
    signup = a_signup(shift=shift, volunteer=an_adult())
    keeper = a_keeper(shift.site)
    with pytest.raises(Refused, match=ONE):
        record_attendance(signup, actor=keeper, was_there=True)
    shift.refresh_from_db(fields=["places_taken"])
    assert Shift.objects.get(pk=shift.pk).status == "open"
    come(shift, an_adult())
    for one in SignUp.objects.filter(shift=shift):
        record_attendance(one, actor=keeper, was_there=True)
    assert Shift.objects.get(pk=shift.pk).status == "held"


def flagged(shift: Shift) -> bool:
    return Shift.objects.get(pk=shift.pk).short_of_adults_at is not None


@pytest.mark.parametrize(("hours", "is_flagged"), [(23, True), (26, False), (-1, False)])
def test_the_clock_looks_a_day_ahead(hours, is_flagged):
    shift = a_childs_shift(in_hours=hours)
    flag_short_shifts()
    assert flagged(shift) is is_flagged


def test_those_who_run_it_are_told_once_and_the_flag_goes_again():
    keeper = a_keeper()
    site = keeper.kept_sites.get().site
    program = a_program(status="approved")
    need = a_need(status="published", site=site, windows=0, raised_by=keeper)
    shift = a_childs_shift(need=need, program=program, in_hours=20)
    assert [flag_short_shifts(), flag_short_shifts()] == [1, 0]
    member = program.organization.memberships.get().user
    told = Message.objects.filter(subject=f"快到了，还缺成人：{shift.title}")
    assert sorted(told.values_list("recipient", flat=True)) == sorted([keeper.pk, member.pk])
    assert TWO in told.first().body

    first, _second = two_adults(shift)
    assert [flag_short_shifts(), flagged(shift)] == [1, False]
    withdraw_signup(first, actor=first.volunteer.user)
    assert [flag_short_shifts(), flagged(shift), told.count()] == [1, True, 4]
    verbs = [event.verb for event in Event.objects.about(shift) if "adults" in event.verb]
    assert verbs == ["shift.short_of_adults", "shift.adults_found", "shift.short_of_adults"]


def test_the_shifts_page_says_it_without_names(client):
    shift = a_childs_shift(in_hours=20)
    come(shift, an_adult())
    assert ONE not in client.get(f"/shifts/{shift.pk}/").content.decode()
    flag_short_shifts()
    page = client.get(f"/shifts/{shift.pk}/").content.decode()
    assert (ONE in page, "审查过的人" in page) == (True, False)


def test_the_clock_is_exact_at_a_day():
    shift = a_childs_shift()
    at = shift.starts_at - timedelta(hours=24)
    assert [watch.flag_short_shifts(at - timedelta(seconds=1)), watch.flag_short_shifts(at)] == [0, 1]
    assert timezone.localtime(Shift.objects.get(pk=shift.pk).short_of_adults_at) == timezone.localtime(at)


def test_whoever_kept_the_place_before_is_not_told():
    keeper = a_keeper()
    site = keeper.kept_sites.get().site
    former = a_keeper(site)
    former.kept_sites.update(ended_on=timezone.localdate())
    a_shift(need=a_need(status="published", site=site, windows=0), clearance_required=True, in_hours=12)

    flag_short_shifts()

    told = Message.objects.filter(subject__startswith="快到了").values_list("recipient", flat=True)
    assert (keeper.pk in told, former.pk in told) == (True, False)
