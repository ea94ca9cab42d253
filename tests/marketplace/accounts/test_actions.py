"""Making accounts, giving and ending roles: one Event each, none with personal data in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.accounts.actions import change_phone, create_account, end_role, grant_role, set_password, set_phone
from marketplace.accounts.enums import Role
from marketplace.accounts.limits import account_key_of, begin_attempt
from marketplace.accounts.models import PhoneIdentity, User
from marketplace.accounts.queries import user_by_phone
from marketplace.history.models import Event
from marketplace.workflow.refusals import Refused
from tests.factories import SHUICHENG, a_bureau_clerk, a_user, an_area

pytestmark = pytest.mark.django_db
TAKEN = "这个手机号码已经登记在另一个账号下。"


def events() -> list[tuple]:
    return list(Event.objects.values_list("verb", "subject_type", "details"))


def test_create_account_makes_a_person_who_can_sign_in():
    user = create_account(display_name="吴晓梅", email="Wu@example.com", phone="138 0013 8000", password="shan-qiao-12")
    user = User.objects.get(pk=user.pk)
    assert (user.display_name, user.email, user.phone_identity.number) == ("吴晓梅", "wu@example.com", "13800138000")
    assert (user.check_password("shan-qiao-12"), user.roles, user.phone_identity.verified_at) == (
        True,
        frozenset(),
        None,
    )
    assert events() == [("user.created", "user", {})]


def test_create_account_takes_a_hash_that_was_computed_before():
    model = a_user()
    user = create_account(display_name="甲", email="a@example.com", password_hash=model.password)
    assert User.objects.get(pk=user.pk).password == model.password


def test_create_account_with_a_taken_number_makes_nothing():
    create_account(display_name="甲", phone="13800138000")
    with pytest.raises(Refused, match=TAKEN):
        create_account(display_name="乙", email="b@example.com", phone="+8613800138000")
    assert User.objects.count() == 1


@pytest.mark.parametrize("number", ["", "1380013800", "0858-8220000"])
def test_set_phone_refuses_what_is_no_number(number):
    with pytest.raises(Refused, match="请填写 11 位手机号码，例如 13800138000。"):
        set_phone(a_user(), number)


def test_set_phone_again_replaces_the_number():
    user = a_user()
    set_phone(user, "13800138000", verified=True)
    set_phone(user, "13900139000")
    identity = PhoneIdentity.objects.get()
    assert (identity.number, identity.verified_at) == ("13900139000", None)
    assert [user_by_phone("13800138000"), user_by_phone("13900139000")] == [None, user]


def test_change_phone_is_told_in_history_without_the_number():
    user = a_user()
    change_phone(user, "13900139000", actor=user)
    assert (user_by_phone("13900139000"), events()) == (user, [("user.phone_changed", "user", {})])


def test_change_phone_to_somebody_elses_is_refused():
    set_phone(a_user(), "13800138000")
    user = a_user()
    with pytest.raises(Refused, match=TAKEN):
        change_phone(user, "13800138000", actor=user)
    assert events() == []


def test_set_password_makes_old_guesses_worthless(settings):
    user = a_user()
    for _turn in range(settings.LOGIN_FAILURES_PER_ACCOUNT):
        begin_attempt(account_key_of(user)).fail()
    set_password(user, "xin-mi-ma-34", actor=user)
    begin_attempt(account_key_of(user)).succeed()
    assert User.objects.get(pk=user.pk).check_password("xin-mi-ma-34")
    assert events() == [("user.password_set", "user", {})]


def test_grant_role_holds_from_today_and_is_told_in_history():
    clerk, user = a_bureau_clerk(), a_user()
    assert user.roles == frozenset()
    given = grant_role(user, Role.COUNTY, actor=clerk, area=an_area(SHUICHENG))
    assert (given.valid_from, given.valid_to, given.granted_by) == (timezone.localdate(), None, clerk)
    assert user.roles == {Role.COUNTY}
    assert events() == [("role.granted", "roleassignment", {"role": "county", "user": user.pk})]


def test_grant_role_again_changes_nothing():
    clerk, user = a_bureau_clerk(), a_user()
    first = grant_role(user, Role.COUNTY, actor=clerk, area=an_area(SHUICHENG))
    assert grant_role(user, Role.COUNTY, actor=clerk, area=an_area(SHUICHENG)) == first
    assert len(events()) == 1


def test_grant_role_to_oneself_is_refused_and_changes_nothing():
    clerk = a_bureau_clerk()
    with pytest.raises(Refused, match="不能给自己授权"):
        grant_role(clerk, Role.SUPERVISOR, actor=clerk, area=an_area())
    assert (clerk.roles, events()) == ({Role.BUREAU}, [])


def test_end_role_closes_its_doors_at_once():
    clerk, user = a_bureau_clerk(), a_user()
    given = grant_role(user, Role.COUNTY, actor=clerk, area=an_area(SHUICHENG))
    end_role(given, actor=clerk)
    assert given.valid_to == timezone.localdate() - timedelta(days=1)
    assert User.objects.get(pk=user.pk).roles == frozenset()
    assert [verb for verb, _type, _details in events()] == ["role.ended", "role.granted"][::-1]


def test_end_role_then_grant_again_opens_them_again():
    clerk, user = a_bureau_clerk(), a_user()
    end_role(grant_role(user, Role.COUNTY, actor=clerk, area=an_area(SHUICHENG)), actor=clerk)
    grant_role(user, Role.COUNTY, actor=clerk, area=an_area(SHUICHENG))
    assert User.objects.get(pk=user.pk).roles == {Role.COUNTY}
