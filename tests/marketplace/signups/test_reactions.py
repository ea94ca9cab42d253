"""What earlier stages cause here: a cancelled shift, a finding about somebody, a profile that was changed."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded
from marketplace.messaging.models import Message
from marketplace.privacy.actions import keep_own_identity, withdraw_consent
from marketplace.privacy.models import Consent
from marketplace.privacy.sealed import Person
from marketplace.shifts.actions import adopt_shift, cancel_shift, move_shift
from marketplace.shifts.models import Shift
from marketplace.signups.actions import sign_up
from marketplace.signups.models import SignUp
from marketplace.sites.actions import close_site
from marketplace.volunteers.actions import change_volunteer, record_clearance
from marketplace.volunteers.models import ClearanceKind, Restriction
from tests.factories import a_need, a_program, a_shift, a_signup, a_site, a_township_clerk, a_volunteer

pytestmark = pytest.mark.django_db


def state(signup) -> str:
    return SignUp.objects.get(pk=signup.pk).status


def taken(shift) -> int:
    return Shift.objects.get(pk=shift.pk).places_taken


def join(shift, volunteer=None) -> SignUp:
    volunteer = volunteer or a_volunteer(cleared=True)
    return sign_up(shift, volunteer=volunteer, actor=volunteer.user, acknowledged_risks=True)


def newest(signup) -> Message:
    return Message.objects.filter(recipient=signup.volunteer.user).first()


def test_a_cancelled_shift_releases_and_tells_everybody():
    shift = a_shift(places=1)
    signups = [join(shift) for _person in range(3)]

    cancel_shift(shift, actor=None, reason="weather")

    assert [state(signup) for signup in signups] == ["cancelled"] * 3
    assert taken(shift) == 0
    for signup in signups:
        told = newest(signup)
        assert told.subject == f"活动取消：{shift.title}"
        assert told.body.splitlines()[-2:] == ["天气或道路原因", "同一周还能去的场次，请看下面的链接。"]
        assert told.link == f"/desk/signups/{signup.pk}/alternatives/"
        assert Event.objects.about(signup).last().reason == "shift_cancelled"


def test_a_cancelled_shift_leaves_what_had_ended_alone():
    gone = a_signup(status="withdrawn")

    cancel_shift(gone.shift, actor=None, reason="weather")

    assert state(gone) == "withdrawn"
    assert newest(gone) is None


def test_a_closed_site_releases_those_who_would_come():
    shift = a_shift()
    signup = join(shift)

    close_site(shift.site, actor=a_township_clerk(), remark="屋顶维修")

    assert state(signup) == "cancelled"


def record(volunteer, result: str) -> None:
    record_clearance(
        volunteer,
        ClearanceKind.objects.get(code="record_check"),
        actor=a_township_clerk(),
        result=result,
        checked_on=timezone.localdate(),
    )


def test_a_finding_ends_the_promises_to_children_and_the_place_goes_on():
    shift = a_shift(places=1, clearance_required=True)
    signup, waiting = join(shift), join(shift)

    record(signup.volunteer, "not_clear")

    assert (state(signup), state(waiting), taken(shift)) == ("cancelled", "confirmed", 1)
    told = newest(signup)
    assert told.subject == f"报名已取消：{shift.title}"
    assert told.body.splitlines()[-2] == "还差 1 项：无违法犯罪记录查询。"
    assert Event.objects.about(signup).last().reason == "no_longer_allowed"


@pytest.mark.parametrize("result", ["clear", "pending"])
def test_a_renewal_ends_nothing(result):
    signup = join(a_shift(clearance_required=True))

    record(signup.volunteer, result)

    assert state(signup) == "confirmed"


def test_a_finding_leaves_shifts_without_children_and_past_ones_alone():
    volunteer = a_volunteer(cleared=True)
    open_to_all = join(a_shift(), volunteer)
    past = a_signup(shift=a_shift(in_hours=-5, clearance_required=True), volunteer=volunteer)

    record(volunteer, "not_clear")

    assert (state(open_to_all), state(past)) == ("confirmed", "confirmed")


def a_guardian_agrees(volunteer) -> Consent:
    return Consent.objects.create(
        subject=volunteer.user,
        purpose="minor_service",
        version="1",
        given_at=timezone.now() - timedelta(days=1),
        valid_until=timezone.now() + timedelta(days=90),
    )


def change_age(volunteer, age_group: str) -> None:
    change_volunteer(volunteer, actor=volunteer.user, skills=(), free_times=(), age_group=age_group)


@pytest.mark.parametrize("demand", [{"clearance_required": True}, {"adults_only": True}])
def test_a_profile_corrected_to_a_minors_ends_what_is_for_adults(demand):
    volunteer = a_volunteer(cleared=True)
    guarded = join(a_shift(**demand), volunteer)
    open_to_all = join(a_shift(in_hours=200), volunteer)
    a_guardian_agrees(volunteer)

    change_age(volunteer, "youth")

    assert (state(guarded), state(open_to_all)) == ("cancelled", "confirmed")
    assert newest(guarded).body.splitlines()[-2] == "这个场次需要年满 18 岁。"


def test_a_profile_saved_again_ends_nothing():
    volunteer = a_volunteer(cleared=True)
    signup = join(a_shift(clearance_required=True), volunteer)

    change_age(volunteer, "adult")

    assert state(signup) == "confirmed"


def test_places_are_counted_before_others_hear_of_a_change():
    """Search counts the places of a shift when it hears of a sign-up's end."""
    site = a_site()
    shift = a_shift(program=a_program(status="approved"), site=site, places=1)
    join(shift)
    heard = []

    def listen(event, record, **_kwargs):
        if event.verb.startswith("signup."):
            heard.append((event.verb, taken(shift)))

    event_recorded.connect(listen, sender=SignUp)
    try:
        cancel_shift(shift, actor=None, reason="place")
    finally:
        event_recorded.disconnect(listen, sender=SignUp)

    assert heard == [("signup.cancelled", 0)]


def a_day_later(shift: Shift) -> None:
    later = {name: getattr(shift, name) + timedelta(days=1) for name in ("starts_at", "ends_at")}
    move_shift(shift, actor=None, **later)


def test_a_moved_shift_tells_those_whom_it_still_suits():
    shift = a_shift(places=1)
    coming, waiting = join(shift), join(shift)

    a_day_later(shift)

    assert (state(coming), state(waiting)) == ("confirmed", "waitlisted")
    for signup in (coming, waiting):
        told = newest(signup)
        assert (told.subject, told.link) == (f"活动改期：{shift.title}", f"/shifts/{shift.pk}/")
        assert told.body.endswith("现在改了。您的报名还在；去不了请尽早退出。")


def test_a_moved_shift_lets_go_whom_it_no_longer_suits():
    shift = a_shift(places=1)
    signup, waiting = join(shift), join(shift)
    elsewhere = a_shift(in_hours=96)
    join(elsewhere, signup.volunteer)

    a_day_later(shift)

    assert (state(signup), state(waiting), taken(shift)) == ("cancelled", "confirmed", 1)
    told = newest(signup)
    assert (told.subject, told.link) == (f"报名已取消：{shift.title}", f"/desk/signups/{signup.pk}/alternatives/")
    assert "与您已报名的" in told.body
    assert Event.objects.about(signup).last().reason == "shift_moved"


def test_a_guardian_who_no_longer_agrees_ends_the_promises():
    volunteer = a_volunteer(age_group="youth")
    consent = a_guardian_agrees(volunteer)
    signup = join(a_shift(), volunteer)

    withdraw_consent(consent, actor=volunteer.user)

    assert state(signup) == "cancelled"
    assert "监护人" in newest(signup).body


def test_a_restriction_ends_the_promises_at_its_place_alone():
    volunteer = a_volunteer()
    here, elsewhere = join(a_shift(), volunteer), join(a_shift(in_hours=200), volunteer)
    restriction = Restriction.objects.create(
        volunteer=volunteer, kind="site", site=here.shift.site, starts_on=timezone.localdate()
    )

    event_recorded.send(sender=Restriction, event=Event(verb="restriction.recorded"), record=restriction)

    assert (state(here), state(elsewhere)) == ("cancelled", "confirmed")


def test_words_are_written_in_the_language_of_whom_they_are_for():
    shift = a_shift()
    signup = join(shift)
    User.objects.filter(pk=signup.volunteer.user_id).update(language="en")

    cancel_shift(Shift.objects.get(pk=shift.pk), actor=None, reason="weather")

    told = newest(signup)
    assert told.body.splitlines()[0].startswith(("Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "))


def test_a_birth_date_put_right_releases_whoever_is_under_age_on_that_day():
    today = timezone.localdate()
    youth = a_volunteer(age_group="youth")
    grown_tomorrow = today + relativedelta(days=1, years=-18)
    keep_own_identity(Person(name="测小明", born_on=grown_tomorrow), user=youth.user, area=youth.base_area)
    shift = a_shift(adults_only=True)
    signup = join(shift, youth)

    later = grown_tomorrow + timedelta(days=200)
    keep_own_identity(Person(name="测小明", born_on=later), user=youth.user, area=youth.base_area)

    assert (state(signup), taken(shift)) == ("cancelled", 0)
    assert "这个场次需要年满 18 岁。" in newest(signup).body


def test_a_program_that_takes_over_releases_whoever_is_kept_from_its_organization():
    shift, program = (
        a_shift(need=a_need(status="published")),
        a_program(status="approved", risk_disclosure="山路湿滑。"),
    )
    kept, other = join(shift), join(shift)
    Restriction.objects.create(
        volunteer=kept.volunteer,
        kind="organization",
        organization=program.organization,
        starts_on=timezone.localdate(),
    )

    adopt_shift(shift, program, actor=None)

    assert [state(signup) for signup in (kept, other)] == ["cancelled", "confirmed"]
    assert newest(other).subject == f"请看新的风险提示：{program.title}"
    assert newest(other).body.splitlines()[-2] == "山路湿滑。"
