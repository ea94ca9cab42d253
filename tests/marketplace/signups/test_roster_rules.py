"""Who may see who comes; and that nobody without clearance is let near a child's shift."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.shifts.models import Shift
from marketplace.signups.actions import open_roster, record_attendance
from marketplace.signups.queries import shifts_received_by
from marketplace.signups.rules import refuse_roster
from marketplace.volunteers.models import Clearance, ClearanceKind
from marketplace.workflow.refusals import Refused
from tests.factories import (
    CITY,
    SHUICHENG,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
    an_organization,
    clear,
    give_role,
)
from tests.factories.adults import two_adults

pytestmark = pytest.mark.django_db

NOT_YOURS = "名单只给活动地点和组织方的负责人看。"
NO_PROFILE = "这一场服务儿童，名单只给通过审查的人看。请先填写「我的资料」，再请乡镇（街道）登记审查结果。"


def a_childs_shift(**fields) -> Shift:
    return a_shift(program=a_program(status="approved"), site=a_site(), clearance_required=True, **fields)


def member_of(shift):
    return shift.program.organization.memberships.get().user


def check(volunteer, kind: str, *, until) -> None:
    Clearance.objects.create(
        volunteer=volunteer,
        kind=ClearanceKind.objects.get(code=kind),
        result="clear",
        checked_on=timezone.localdate() - timedelta(days=300),
        valid_until=until,
    )


def test_the_roster_is_for_those_who_receive_the_people():
    shift = a_shift(program=a_program(status="approved"), site=a_site())

    may = (a_keeper(shift.site), a_village_worker(), a_township_clerk(), member_of(shift))
    may_not = (
        a_user(),
        a_volunteer().user,
        a_signup(shift=shift).volunteer.user,
        a_county_clerk(SHUICHENG),
        a_bureau_clerk(CITY),
        a_keeper(a_site()),
        an_organization(member=a_user()).memberships.get().user,
    )

    assert [refuse_roster(shift, user) for user in may] == [None] * len(may)
    assert [refuse_roster(shift, user) for user in may_not] == [NOT_YOURS] * len(may_not)


def test_the_office_of_the_site_sees_who_comes_to_children():
    shift = a_childs_shift()

    assert [refuse_roster(shift, user) for user in (a_keeper(shift.site), a_village_worker(), a_township_clerk())] == [
        None,
        None,
        None,
    ]


def test_an_organizations_member_without_a_profile_does_not_see_who_comes_to_children():
    shift = a_childs_shift()

    assert refuse_roster(shift, member_of(shift)) == NO_PROFILE


def test_an_organizations_member_without_clearance_reads_what_is_missing():
    shift = a_childs_shift()
    volunteer = a_volunteer(user=member_of(shift))
    check(volunteer, "commitment", until=timezone.localdate() + timedelta(days=300))

    assert refuse_roster(shift, volunteer.user) == (
        "这一场服务儿童，名单只给通过审查的人看。"
        "还差 2 项：无违法犯罪记录查询、未成年人保护培训。由谁办理，请看「我的资料」。"
    )


def test_an_organizations_member_needs_the_clearance_on_the_day_of_the_shift():
    nine = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
    shift, day = a_childs_shift(starts_at=nine, ends_at=nine + timedelta(hours=2)), nine.date()
    volunteer = a_volunteer(user=member_of(shift))
    for kind in ("commitment", "training"):
        check(volunteer, kind, until=day + timedelta(days=30))
    check(volunteer, "record_check", until=day - timedelta(days=1))
    assert refuse_roster(shift, volunteer.user).count("无违法犯罪记录查询") == 1

    check(volunteer, "record_check", until=day)
    assert refuse_roster(shift, volunteer.user) is None


def test_a_cleared_member_of_the_organization_sees_who_comes_to_children():
    shift = a_childs_shift()
    volunteer = a_volunteer(user=member_of(shift), cleared=True)

    assert refuse_roster(shift, volunteer.user) is None


def test_a_minor_in_the_organization_does_not_see_who_comes_to_children():
    shift = a_childs_shift()
    volunteer = a_volunteer(user=member_of(shift), age_group="youth", cleared=True)

    assert "年满 18 岁" in refuse_roster(shift, volunteer.user)


def test_a_later_finding_closes_the_roster_again():
    shift = a_childs_shift()
    volunteer = a_volunteer(user=member_of(shift), cleared=True)
    Clearance.objects.create(
        volunteer=volunteer,
        kind=ClearanceKind.objects.get(code="record_check"),
        result="not_clear",
        checked_on=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=365),
    )

    assert "无违法犯罪记录查询" in refuse_roster(shift, volunteer.user)


def test_a_member_who_also_keeps_the_site_sees_it_by_office():
    shift = a_childs_shift()
    keeper = a_keeper(shift.site)
    give_role(keeper, "organization")
    shift.program.organization.memberships.create(user=keeper)

    assert refuse_roster(shift, keeper) is None


def test_attendance_at_a_childs_shift_asks_the_same():
    shift = a_childs_shift()
    signup, _other = two_adults(shift)
    member = member_of(shift)

    with pytest.raises(Refused) as refused:
        record_attendance(signup, actor=member, was_there=True, now=shift.starts_at)
    assert refused.value.sentence == NO_PROFILE

    clear(a_volunteer(user=member))
    assert record_attendance(signup, actor=member, was_there=True, now=shift.starts_at).status == "attended"


def test_opening_the_roster_is_kept():
    shift = a_shift()
    keeper = a_keeper(shift.site)

    open_roster(shift, actor=keeper)

    event = Event.objects.about(shift).get()
    assert (event.verb, event.actor_id, event.area_code) == ("shift.roster_opened", keeper.pk, shift.area_code)


def test_a_roster_that_was_refused_leaves_no_event():
    shift = a_shift()

    with pytest.raises(Refused, match=NOT_YOURS):
        open_roster(shift, actor=a_user())

    assert not Event.objects.about(shift).exists()


def test_shifts_received_by_is_the_same_circle():
    shift = a_shift(program=a_program(status="approved"), site=a_site())
    a_shift(program=shift.program, site=shift.site, published_at=None)
    a_shift(program=a_program(status="approved"), site=a_site(area="520201"))

    for user in (a_keeper(shift.site), a_village_worker(), a_township_clerk(), member_of(shift)):
        assert list(shifts_received_by(user)) == [shift], user
    for user in (a_user(), a_volunteer().user, a_bureau_clerk(), a_keeper(a_site(area="520201"))):
        assert shift not in shifts_received_by(user)
