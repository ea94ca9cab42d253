"""Finding people by what they type, however they write it."""

import pytest
from allauth.account.models import EmailAddress

from marketplace.accounts.actions import set_phone
from marketplace.accounts.queries import plain_login, user_by_email, user_by_login, user_by_phone
from tests.factories import a_user


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (" Wu@Example.COM ", "wu@example.com"),
        ("＋８６ 138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("13800138", "13800138"),
        ("", ""),
    ],
)
def test_plain_login_has_one_form_for_each_login(typed, plain):
    assert plain_login(typed) == plain


@pytest.mark.django_db
def test_user_is_found_by_phone_and_by_address():
    user = a_user(email="wu@example.com")
    set_phone(user, "13800138000")
    a_user(email="other@example.com")
    assert [user_by_phone("+86 138 0013 8000"), user_by_email("WU@example.com")] == [user, user]
    assert [user_by_login("138-0013-8000"), user_by_login(" Wu@example.com")] == [user, user]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "13900139000", "nobody@example.com", "吴晓梅"])
def test_nobody_is_found_by_what_nobody_has(typed):
    set_phone(a_user(email="wu@example.com"), "13800138000")
    assert [user_by_phone(typed), user_by_email(typed), user_by_login(typed)] == [None, None, None]


@pytest.mark.django_db
def test_an_address_that_waits_to_be_confirmed_belongs_to_nobody_yet_but_opens_its_account():
    asker = a_user(email="old@example.com")
    EmailAddress.objects.create(user=asker, email="new@example.com")
    assert [user_by_email("new@example.com"), user_by_login("new@example.com")] == [None, asker]
    owner = a_user(email="new@example.com")
    assert [user_by_email("new@example.com"), user_by_login("new@example.com")] == [owner, owner]
