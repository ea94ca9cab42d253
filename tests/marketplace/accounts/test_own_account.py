"""What people change about their own account: number, address, password, devices."""

import re
import smtplib
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from marketplace.accounts.actions import set_phone
from marketplace.accounts.models import PhoneIdentity, User
from marketplace.history.models import Event
from tests.factories import a_user

from .visits import EMAIL, PASSWORD, PHONE, a_person, errors, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
NEW = "xin-mi-ma-34"


class BrokenServer(BaseEmailBackend):
    """A mail server that answers with an error."""

    def send_messages(self, _email_messages):
        raise smtplib.SMTPServerDisconnected("connection lost")


@pytest.fixture
def person(client):
    """Somebody who has signed in."""
    person = a_person()
    sign_in(client)
    return person


def said(client: Client, path: str = "/accounts/") -> list[str]:
    return [str(message) for message in client.get(path).context["messages"]]


def link_in(letter) -> str:
    return urlsplit(re.search(r"http://\S+", letter.body)[0]).path


def confirm(client: Client, letter) -> None:
    client.post(link_in(letter))


# The overview


def test_the_overview_shows_the_number_masked_and_what_is_open(client, person):
    context = client.get("/accounts/").context
    assert (str(context["phone"]), context["is_confirmed"], context["has_second_factor"]) == (
        "138****8000",
        False,
        False,
    )
    assert context["session_count"] == 1
    assert PHONE not in client.get("/accounts/").content.decode()


def test_the_overview_of_somebody_with_a_number_alone(client):
    a_person(email=None)
    sign_in(client, PHONE)
    text = client.get("/accounts/").content.decode()
    assert ["添加邮箱" in text, "更换手机号" in text] == [True, True]


def test_the_desk_leads_to_the_overview(client, person):
    assert '<a href="/accounts/">账号与安全</a>' in client.get("/desk/").content.decode()


# The number


def test_the_number_is_changed_after_the_password(client, person):
    response = client.post("/accounts/phone/change/", {"phone": "139 0013 9000", "password": PASSWORD})
    assert response["Location"] == "/accounts/"
    assert PhoneIdentity.objects.get(user=person).number == "13900139000"
    assert "手机号已经换好，下次请用新号码登录。" in said(client)
    sign_in(Client(), "13900139000")
    assert Event.objects.filter(verb="user.phone_changed", actor_id=person.pk).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"phone": "13900139000", "password": "wrong"}, ["密码不对。"]),
        ({"phone": "1390013", "password": PASSWORD}, ["请填写 11 位手机号码，例如 13800138000。"]),
        ({"phone": "", "password": ""}, ["请填写新的手机号。", "请填写密码。"]),
    ],
)
def test_the_number_stays_where_something_is_wrong(client, person, fields, sentences):
    assert errors(client.post("/accounts/phone/change/", fields)) == sentences
    assert PhoneIdentity.objects.get(user=person).number == PHONE


def test_somebody_elses_number_is_refused_on_the_page_it_came_from(client, person):
    set_phone(a_user(), "13900139000")
    page = "http://testserver/accounts/phone/change/"
    response = client.post("/accounts/phone/change/", {"phone": "13900139000", "password": PASSWORD}, HTTP_REFERER=page)
    assert (response.status_code, response["Location"]) == (303, "/accounts/phone/change/")
    assert "这个手机号码已经登记在另一个账号下。" in said(client, "/accounts/phone/change/")


def test_wrong_passwords_on_an_open_screen_count_as_failures_of_the_account(client, person):
    for _turn in range(5):
        client.post("/accounts/phone/change/", {"phone": "13900139000", "password": "wrong"})
    assert client.post("/accounts/phone/change/", {"phone": "13900139000", "password": PASSWORD}).status_code == 429
    assert sign_in(Client()).status_code == 429


def test_numbers_cannot_be_tried_out_one_after_another(client, person):
    page = {"phone": "1390013", "password": PASSWORD}
    answers = [client.post("/accounts/phone/change/", page).status_code for _turn in range(11)]
    assert answers == [200] * 10 + [429]
    response = client.post("/accounts/phone/change/", page)
    assert (response["Retry-After"], "短时间里做得太多了" in response.content.decode()) == ("60", True)


# The address


def test_another_address_counts_once_it_is_confirmed(client, person):
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    client.post("/accounts/email/", {"email": "New@example.com", "action_add": "1"})
    assert User.objects.get(pk=person.pk).email == EMAIL
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == (["new@example.com"], "【对接】请确认您的邮箱")
    confirm(client, letter)
    assert User.objects.get(pk=person.pk).email == "new@example.com"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.com", True)]
    assert [(letter.subject, letter.to) for letter in mail.outbox[1:]] == [("【对接】邮箱已更换", [EMAIL])]
    newcomer = Client()
    sign_in(newcomer, "new@example.com")
    assert is_signed_in(newcomer) is True


def test_an_address_that_was_never_confirmed_is_replaced_at_once(client, person):
    client.post("/accounts/email/", {"email": "new@example.com", "action_add": "1"})
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.com", False)]
    newcomer = Client()
    sign_in(newcomer, "new@example.com")
    assert is_signed_in(newcomer) is True


def test_a_change_of_address_is_taken_back(client, person):
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    client.post("/accounts/email/", {"email": "new@example.com", "action_add": "1"})
    client.post("/accounts/email/", {"email": "new@example.com", "action_remove": "1"})
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(EMAIL, True)]
    assert User.objects.get(pk=person.pk).email == EMAIL


def test_somebody_with_a_number_alone_adds_an_address(client):
    person = a_person(email=None)
    sign_in(client, PHONE)
    client.post("/accounts/email/", {"email": EMAIL, "action_add": "1"})
    assert User.objects.get(pk=person.pk).email is None
    confirm(client, mail.outbox[-1])
    assert User.objects.get(pk=person.pk).email == EMAIL


def test_several_people_give_up_their_unconfirmed_address(client):
    for number, login in enumerate(("one@example.com", "two@example.com")):
        a_person(email=login, phone="")
        somebody = Client()
        sign_in(somebody, login)
        somebody.get("/accounts/email/")
        response = somebody.post("/accounts/email/", {"email": f"other{number}@example.com", "action_add": "1"})
        assert response.status_code == 302
        sign_in(Client(), f"other{number}@example.com")
    assert User.objects.filter(email="").count() == 0


def test_the_confirmation_is_sent_again_on_request(client, person):
    client.get("/accounts/email/")
    client.post("/accounts/email/", {"email": EMAIL, "action_send": "1"})
    assert [letter.to for letter in mail.outbox] == [[EMAIL]]
    assert said(client, "/accounts/email/") == [f"确认邮件已发到 {EMAIL}，请打开里面的链接。"]


def test_an_address_another_account_signs_in_with_stays_theirs(client, person):
    owner = a_person(email="luo@example.com", phone="")
    client.post("/accounts/email/", {"email": "luo@example.com", "action_add": "1"})
    confirm(client, mail.outbox[-1])
    assert User.objects.get(pk=owner.pk).email == "luo@example.com"
    assert EmailAddress.objects.filter(email="luo@example.com", verified=True).count() == 0
    assert said(client)[-1].startswith("luo@example.com 已经属于另一个账号，没有改动。")


def test_a_void_link_says_what_to_do(client):
    text = client.get("/accounts/confirm-email/abc:def/").content.decode()
    assert ["链接已经失效" in text, "重新发送确认邮件" in text] == [True, True]


# The password


def test_the_password_is_changed_and_the_owner_told(client, person):
    elsewhere = Client()
    sign_in(elsewhere)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert [client.get("/accounts/").status_code, elsewhere.get("/accounts/").status_code] == [200, 302]
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("【对接】密码已修改", [EMAIL])
    assert Event.objects.filter(verb="user.password_set", actor_id=person.pk).count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"oldpassword": "wrong", "password1": NEW, "password2": NEW}, ["现在的密码不对。"]),
        ({"oldpassword": PASSWORD, "password1": "", "password2": ""}, ["请填写新密码。", "请填写再输入一次新密码。"]),
    ],
)
def test_the_password_stays_where_something_is_wrong(client, person, fields, wrong):
    assert errors(client.post("/accounts/password/change/", fields)) == wrong
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_forgotten_password_is_set_anew_by_mail(client):
    person = a_person()
    response = client.post("/accounts/password/reset/", {"email": "WU@example.com"})
    assert response["Location"] == "/accounts/password/reset/done/"
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([EMAIL], "【对接】找回密码")
    form = client.get(link_in(letter))["Location"]
    assert "set-password" in form
    client.post(form, {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert [letter.subject for letter in mail.outbox] == ["【对接】找回密码", "【对接】密码已重设"]
    assert "链接已经失效" in client.get(link_in(letter)).content.decode()


def test_a_new_password_by_mail_opens_a_closed_account(client):
    a_person()
    for _turn in range(5):
        sign_in(Client(), EMAIL, "wrong")
    client.post("/accounts/password/reset/", {"email": EMAIL})
    form = client.get(link_in(mail.outbox[0]))["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    sign_in(client, EMAIL, NEW)
    assert is_signed_in(client) is True


def test_an_unknown_address_is_answered_like_a_known_one(client):
    a_person()
    known = client.post("/accounts/password/reset/", {"email": EMAIL})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert [letter.subject for letter in mail.outbox] == ["【对接】找回密码", "【对接】这个邮箱没有账号"]


def test_a_mail_server_that_is_away_undoes_nothing(client, settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    response = client.post(
        "/accounts/signup/", {"display_name": "小吴", "email": EMAIL, "password1": PASSWORD, "agreed": "on"}
    )
    assert (response.status_code, User.objects.get().email) == (302, EMAIL)
    assert "邮件暂时发不出去，请过一会儿再试，或者打电话给我们。" in said(client, "/accounts/login/")


# Devices


def test_other_devices_are_shown_in_words_and_signed_out(client, person):
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile MicroMessenger/8.0")
    sign_in(phone)
    devices = client.get("/accounts/sessions/").context["devices"]
    assert [words for _session, words in devices] == ["不认识的浏览器", "微信 · 安卓手机"]
    client.post("/accounts/sessions/")
    assert "其他设备已经退出登录。" in said(client)
    assert [client.get("/accounts/").status_code, phone.get("/accounts/").status_code] == [200, 302]
