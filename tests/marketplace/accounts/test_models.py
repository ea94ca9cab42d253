"""People, their sealed numbers, and roles that hold from a day to a day and over an area."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.actions import set_phone
from marketplace.accounts.enums import AREA_ROLES, STAFF_ROLES, Role
from marketplace.accounts.models import PhoneIdentity, RoleAssignment, User
from tests.factories import (
    CITY,
    PANZHOU,
    SHUANGSHUI,
    SHUANGSHUI_COMMUNITY,
    SHUICHENG,
    ZHONGSHAN,
    a_user,
    an_area,
    give_role,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def assignment(
    user: User, role: str, *, area: str = "", valid_from: date = TODAY, valid_to: date | None = None
) -> RoleAssignment:
    place = an_area(area) if area else None
    return RoleAssignment.objects.create(user=user, role=role, area=place, valid_from=valid_from, valid_to=valid_to)


def test_user_address_is_kept_in_lower_case():
    assert User.objects.create_user("Wu.XiaoMei@Example.COM").email == "wu.xiaomei@example.com"


def test_users_without_an_address_do_not_collide():
    first, second = User.objects.create_user(display_name="甲"), User.objects.create_user("", display_name="乙")
    assert (first.email, second.email) == (None, None)


def test_user_with_a_taken_address_is_impossible():
    a_user(email="wu@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("WU@example.com")


def test_user_without_a_name_is_called_a_new_user():
    assert [str(User()), str(User(display_name="吴晓梅"))] == ["新用户", "吴晓梅"]


def test_superuser_may_do_everything():
    user = User.objects.create_superuser("root@example.com", "x" * 12)
    assert (user.is_superuser, user.is_staff, user.check_password("x" * 12)) == (True, True, True)


def test_phone_identity_shows_itself_masked():
    identity = set_phone(a_user(), "138 0013 8000")
    identity = PhoneIdentity.objects.get(pk=identity.pk)
    assert (identity.number, str(identity)) == ("13800138000", "138****8000")


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
    ],
)
def test_roles_hold_from_their_first_day_to_their_last(valid_from, valid_to, holds):
    assignment(a_user(), Role.VOLUNTEER, valid_from=valid_from, valid_to=valid_to)
    assert RoleAssignment.objects.in_force(TODAY).exists() is holds


def test_user_roles_are_those_in_force_today():
    user, today = a_user(), timezone.localdate()
    assignment(user, Role.VOLUNTEER, valid_from=today)
    assignment(user, Role.ORGANIZATION, valid_from=today - timedelta(days=9), valid_to=today - timedelta(days=1))
    assert user.roles == {Role.VOLUNTEER}
    assert (user.has_role(Role.VOLUNTEER, Role.BUREAU), user.has_role(Role.ORGANIZATION)) == (True, False)


@pytest.mark.parametrize(
    ("roles", "acting"),
    [
        ((), ""),
        ((Role.VOLUNTEER,), Role.VOLUNTEER),
        ((Role.VOLUNTEER, Role.SITE_KEEPER, Role.GROUP_LEADER), Role.SITE_KEEPER),
    ],
)
def test_acting_role_is_the_widest(roles, acting):
    user = a_user()
    for role in roles:
        give_role(user, role)
    assert user.acting_role == acting


@pytest.mark.parametrize(
    ("area", "reached"),
    [
        (CITY, [CITY, ZHONGSHAN, SHUICHENG, SHUANGSHUI, SHUANGSHUI_COMMUNITY, PANZHOU]),
        (SHUICHENG, [SHUICHENG, SHUANGSHUI, SHUANGSHUI_COMMUNITY]),
        (SHUANGSHUI, [SHUANGSHUI, SHUANGSHUI_COMMUNITY]),
        (SHUANGSHUI_COMMUNITY, [SHUANGSHUI_COMMUNITY]),
    ],
)
@pytest.mark.parametrize("role", sorted(AREA_ROLES))
def test_area_scope_is_independent_of_the_role(role, area, reached):
    user = a_user(role=role, area=area)
    everywhere = [CITY, ZHONGSHAN, SHUICHENG, SHUANGSHUI, SHUANGSHUI_COMMUNITY, PANZHOU]
    assert [code for code in everywhere if user.reaches(code)] == reached


def test_a_role_reaches_only_its_own_area():
    user = a_user(role=Role.TOWNSHIP, area=SHUANGSHUI)
    give_role(user, Role.COUNTY, PANZHOU)
    assert (user.reaches(PANZHOU, Role.COUNTY), user.reaches(PANZHOU, Role.TOWNSHIP)) == (True, False)
    assert user.reaches(SHUANGSHUI, Role.COUNTY) is False


def test_roles_without_an_area_reach_nowhere():
    user = a_user(role=Role.VOLUNTEER)
    assert (user.area_prefixes(), user.reaches(SHUANGSHUI)) == ([], False)


@pytest.mark.parametrize("role", sorted(AREA_ROLES))
def test_an_area_role_without_an_area_is_impossible(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        assignment(a_user(), role)


def test_a_role_is_held_once_in_an_area():
    user = a_user(role=Role.COUNTY, area=SHUICHENG)
    with pytest.raises(IntegrityError), transaction.atomic():
        assignment(user, Role.COUNTY, area=SHUICHENG)
    assert str(assignment(user, Role.COUNTY, area=PANZHOU)).startswith("县级民政工作人员")


def test_staff_are_those_who_act_for_an_authority():
    assert sorted(STAFF_ROLES) == ["bureau", "county", "supervisor", "township"]
    assert {Role.VILLAGE} == AREA_ROLES - STAFF_ROLES
