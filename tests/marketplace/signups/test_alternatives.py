"""Where to go instead of what was called off."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.shifts.actions import cancel_shift
from marketplace.shifts.models import Shift
from marketplace.signups.alternatives import alternatives_to
from marketplace.signups.models import SignUp
from tests.factories import a_need, a_program, a_shift, a_signup, a_site, a_volunteer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)  # a Sunday morning
MONDAY, SUNDAY_NIGHT = datetime(2026, 11, 22, 16, tzinfo=UTC), datetime(2026, 11, 29, 15, 30, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)


def at(moment: datetime, **fields) -> Shift:
    return a_shift(starts_at=moment, ends_at=moment + timedelta(hours=1), **fields)


def found(signup: SignUp) -> list[Shift]:
    return alternatives_to(signup, NOW)


def test_the_same_place_program_or_need_in_the_same_week():
    program = a_program(status="approved")
    need = a_need(status="published", windows=0)
    gone = at(WEDNESDAY, need=need, program=program)
    here = at(MONDAY, need=a_need(status="published", windows=0, site=gone.site))
    same_program = at(WEDNESDAY + timedelta(days=1), program=program, site=a_site())
    same_need = at(SUNDAY_NIGHT, need=need)
    at(WEDNESDAY)  # elsewhere
    at(MONDAY - timedelta(minutes=1), need=need)
    at(SUNDAY_NIGHT + timedelta(minutes=30), need=need)
    assert found(a_signup(shift=gone)) == [here, same_program, same_need]


def test_only_what_the_person_may_serve_and_has_a_place():
    need = a_need(status="published", windows=0)
    signup = a_signup(shift=at(WEDNESDAY, need=need))
    at(WEDNESDAY + timedelta(days=1), need=need, clearance_required=True)
    at(WEDNESDAY + timedelta(days=1), need=need, places=1, places_taken=1)
    at(WEDNESDAY + timedelta(days=1), need=need, published_at=None)
    held = at(WEDNESDAY + timedelta(days=2), need=need)
    a_signup(shift=held, volunteer=signup.volunteer, status="waitlisted")
    assert found(signup) == []


def test_one_click_signs_up_there(client):
    need = a_need(status="published", windows=0)
    gone, other = a_shift(need=need, in_hours=60), a_shift(need=need, in_hours=60.5)
    volunteer = a_volunteer()
    signup = a_signup(shift=gone, volunteer=volunteer)
    Shift.objects.filter(pk=other.pk).update(
        starts_at=gone.starts_at + timedelta(minutes=30), ends_at=gone.ends_at + timedelta(minutes=30)
    )
    cancel_shift(gone, actor=None, reason="weather")
    client.force_login(volunteer.user)
    page = client.get(f"/desk/signups/{signup.pk}/alternatives/").content.decode()
    assert f'action="/desk/shifts/{other.pk}/sign-up/"' in page
    client.post(f"/desk/shifts/{other.pk}/sign-up/", {"key": "one"})
    assert SignUp.objects.get(shift=other).status == "confirmed"
    empty = client.get(f"/desk/signups/{signup.pk}/alternatives/").content.decode()
    assert "这一周没有合适的了" in empty


def test_anothers_are_not_there(client):
    client.force_login(a_volunteer().user)
    assert client.get(f"/desk/signups/{a_signup().pk}/alternatives/").status_code == 404


def test_many_are_asked_for_as_often_as_one(client, django_assert_max_num_queries):
    need = a_need(status="published", windows=0)
    signup = a_signup(shift=at(WEDNESDAY, need=need))

    def queries() -> int:
        with django_assert_max_num_queries(40) as counted:
            assert found(SignUp.objects.select_related("shift__site", "volunteer").get(pk=signup.pk))
        return len(counted)

    at(WEDNESDAY + timedelta(days=1), need=need)
    first = queries()
    at(WEDNESDAY + timedelta(days=2), need=need)
    assert queries() == first
