"""Who gives roles, and the demo's accounts, which open nothing outside the demo."""

import pytest

from marketplace.accounts.demo import DEMO_PASSWORD
from marketplace.accounts.enums import AREA_ROLES, Role
from marketplace.accounts.models import User
from marketplace.accounts.rules import refuse_demo_account, refuse_grant
from tests.factories import CITY, SHUICHENG, a_bureau_clerk, a_county_clerk, a_user, an_area

OWN_ROLES = sorted(set(Role.values) - AREA_ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(AREA_ROLES))
def test_the_bureau_gives_area_roles_to_others(role):
    assert refuse_grant(a_user(), role, an_area(SHUICHENG), a_bureau_clerk()) is None


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(AREA_ROLES))
def test_nobody_gives_themselves_an_area_role(role):
    clerk = a_bureau_clerk()
    assert refuse_grant(clerk, role, an_area(CITY), clerk) == "不能给自己授权，请另一位市局工作人员办理。"


@pytest.mark.django_db
@pytest.mark.parametrize("giver", [role for role in Role.values if role != Role.BUREAU])
def test_only_the_bureau_gives_area_roles(giver):
    someone = a_user(role=giver, area=SHUICHENG if giver in AREA_ROLES else "")
    assert refuse_grant(a_user(), Role.COUNTY, an_area(SHUICHENG), someone) == "这一角色由市民政局授予。"


@pytest.mark.django_db
def test_an_area_role_needs_an_area():
    assert refuse_grant(a_user(), Role.VILLAGE, None, a_bureau_clerk()) == "请选择这一角色管辖的地区。"


@pytest.mark.django_db
@pytest.mark.parametrize("role", OWN_ROLES)
def test_roles_without_an_area_come_with_what_people_do(role):
    user = a_user()
    assert refuse_grant(user, role, None, user) is None


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_the_installation_itself_gives_any_role(role):
    assert refuse_grant(a_user(), role, an_area(CITY), None) is None


@pytest.mark.django_db
def test_a_county_clerk_of_the_same_area_is_not_the_bureau():
    assert refuse_grant(a_user(), Role.TOWNSHIP, an_area(SHUICHENG), a_county_clerk()) == "这一角色由市民政局授予。"


@pytest.mark.parametrize(
    ("email", "password", "is_demo", "sentence"),
    [
        ("bureau@example.org", DEMO_PASSWORD, False, "演示账号只能在演示环境里使用。"),
        ("volunteer300@example.org", DEMO_PASSWORD, False, "演示账号只能在演示环境里使用。"),
        ("bureau@example.org", DEMO_PASSWORD, True, None),
        ("bureau@example.org", "another password", False, None),
        ("li@example.com", DEMO_PASSWORD, False, None),
        (None, DEMO_PASSWORD, False, None),
    ],
)
def test_demo_accounts_open_nothing_outside_the_demo(email, password, is_demo, sentence):
    assert refuse_demo_account(User(email=email), password, is_demo=is_demo) == sentence
