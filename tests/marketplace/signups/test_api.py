"""Signing up and withdrawing by other programs."""

import json

import pytest
from django.test import Client

from marketplace.accounts.actions.tokens import end_token, make_token, tokens_of
from marketplace.api import api
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from tests.factories import a_program as a_charity_program
from tests.factories import a_shift, a_signup, a_user, a_volunteer

pytestmark = pytest.mark.django_db


class Program:
    """A program that acts for one person, by a token unless it is given a client."""

    def __init__(self, user, client: Client | None = None) -> None:
        self.client = client or Client()
        self.headers = {} if client else {"Authorization": f"Bearer {make_token(user, name='测试')}"}

    def sign_up(self, shift: int, key: str = "", body: object = None, **headers: str):
        sent = {"acknowledge_risks": True} if body is None else body
        headers = self.headers | ({"Idempotency-Key": key} if key else {}) | headers
        return self.client.post(
            f"/api/v1/shifts/{shift}/signups", json.dumps(sent), content_type="application/json", headers=headers
        )

    def withdraw(self, signup: int):
        return self.client.delete(f"/api/v1/signups/{signup}", headers=self.headers)


def a_program() -> Program:
    return Program(a_volunteer().user)


def refusal(response) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["detail"]


def test_a_place_and_then_the_waiting_list():
    shift = a_shift(places=1)
    answers = [a_program().sign_up(shift.pk) for _person in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    first, second, third = SignUp.objects.filter(shift=shift).order_by("pk")
    assert [answer.json() for answer in answers] == [
        {"id": first.pk, "status": "confirmed", "position": None},
        {"id": second.pk, "status": "waitlisted", "position": 1},
        {"id": third.pk, "status": "waitlisted", "position": 2},
    ]


def test_the_same_key_gives_the_first_answer_whatever_happened_since():
    shift = a_shift(places=1)
    ahead, program = a_program(), a_program()
    held = ahead.sign_up(shift.pk).json()["id"]
    first = program.sign_up(shift.pk, "k1")
    ahead.withdraw(held)
    again = program.sign_up(shift.pk, "k1")
    assert (again.status_code, again.content) == (201, first.content)
    assert SignUp.objects.get(pk=first.json()["id"]).status == "confirmed"
    assert SignUp.objects.filter(shift=shift).count() == 2


def test_the_same_key_for_another_shift_is_refused():
    program = a_program()
    program.sign_up(a_shift().pk, "k1")
    assert refusal(program.sign_up(a_shift(in_hours=200).pk, "k1"))[0] == 409


def test_a_key_is_its_persons_own():
    shift = a_shift()
    assert [a_program().sign_up(shift.pk, "k1").status_code for _person in range(2)] == [201, 201]


def test_the_risks_must_be_acknowledged():
    shift = a_shift(program=a_charity_program(status="approved"))
    program = a_program()
    status, said = refusal(program.sign_up(shift.pk, body={}))
    assert (status, said) == (409, "还差一步：请阅读风险提示，并勾选「我已了解以上风险」。")
    assert program.sign_up(shift.pk).status_code == 201


def test_a_rule_is_said_in_its_own_words():
    shift = a_shift(clearance_required=True)
    status, said = refusal(a_program().sign_up(shift.pk))
    assert status == 409
    assert said.startswith("还差 ")


def test_without_a_profile_the_next_step_is_said():
    assert refusal(Program(a_user()).sign_up(a_shift().pk)) == (409, "还差一步：请先填写志愿者资料。")


@pytest.mark.parametrize("shift", ["unpublished", "missing", "beyond"])
def test_a_shift_that_is_not_public_is_not_there(shift):
    number = {
        "unpublished": lambda: a_shift(published_at=None).pk,
        "missing": lambda: 999_999,
        "beyond": lambda: 10**30,
    }
    assert refusal(a_program().sign_up(number[shift]()))[0] == 404


@pytest.mark.parametrize("body", [[], "x", {"acknowledge_risks": "perhaps"}, {"acknowledge_risks": None}])
def test_a_body_that_is_none_is_not_taken(body):
    assert refusal(a_program().sign_up(a_shift().pk, body=body))[0] == 422


def test_a_key_that_is_too_long_is_not_taken():
    assert refusal(a_program().sign_up(a_shift().pk, "k" * 65))[0] == 422


def test_withdrawing_gives_the_place_back_and_does_so_once():
    shift = a_shift(places=1)
    program, waiting = a_program(), a_program()
    number = program.sign_up(shift.pk).json()["id"]
    next_one = waiting.sign_up(shift.pk).json()["id"]
    assert [program.withdraw(number).status_code for _turn in range(2)] == [204, 204]
    assert SignUp.objects.get(pk=next_one).status == "confirmed"
    assert Shift.objects.get(pk=shift.pk).places_taken == 1


def test_anothers_signup_is_not_there():
    signup = a_signup()
    assert refusal(a_program().withdraw(signup.pk))[0] == 404
    assert SignUp.objects.get(pk=signup.pk).status == "confirmed"


def test_what_is_over_is_refused_with_its_sentence():
    signup = a_signup(shift=a_shift(in_hours=-3))
    status, said = refusal(Program(signup.volunteer.user).withdraw(signup.pk))
    assert (status, said) == (409, "活动已经开始，不能退出；没有去的话请联系活动负责人。")


def test_nobody_signs_up_without_saying_who_they_are():
    program = Program(a_volunteer().user)
    program.headers = {}
    assert refusal(program.sign_up(a_shift().pk)) == (401, "请先登录。")
    assert refusal(program.withdraw(a_signup().pk)) == (401, "请先登录。")


@pytest.mark.parametrize("header", ["Bearer ", "Bearer wrong", "Basic eDp5", "Bearer \x00", "bearer 名"])
def test_a_token_that_opens_nothing_is_nobodys_even_beside_a_session(header):
    volunteer = a_volunteer()
    client = Client()
    client.force_login(volunteer.user)
    program = Program(volunteer.user, client)
    response = program.sign_up(a_shift().pk, Authorization=header)
    # A scheme that is not ours leaves the session as it is.
    assert response.status_code == (201 if header.startswith("Basic") else 401)


def test_a_token_that_was_ended_opens_nothing():
    volunteer = a_volunteer()
    program = Program(volunteer.user)
    end_token(tokens_of(volunteer.user).get(), actor=volunteer.user)
    assert refusal(program.sign_up(a_shift().pk))[0] == 401


def test_the_account_behind_a_token_must_be_open():
    volunteer = a_volunteer()
    program = Program(volunteer.user)
    volunteer.user.is_active = False
    volunteer.user.save()
    assert refusal(program.sign_up(a_shift().pk))[0] == 401


def test_a_token_opens_no_page():
    program = a_program()
    assert program.client.get("/desk/", headers=program.headers).status_code == 302


def test_by_session_with_the_csrf_token_of_the_cookie():
    volunteer, shift = a_volunteer(), a_shift()
    client = Client(enforce_csrf_checks=True)
    client.force_login(volunteer.user)
    client.get("/accounts/login/")
    page = client.get(f"/shifts/{shift.pk}/")
    assert page.status_code == 200
    program = Program(volunteer.user, client)
    assert refusal(program.sign_up(shift.pk))[0] == 403
    token = client.cookies["csrftoken"]
    assert not token["secure"]
    assert program.sign_up(shift.pk, **{"X-CSRFToken": token.value}).status_code == 201


def test_the_thirty_first_try_of_an_hour_is_refused(settings):
    assert settings.SIGNUPS_PER_PERSON == 30
    program, shift = a_program(), a_shift()
    answers = [program.sign_up(shift.pk) for _try in range(31)]
    assert [answer.status_code for answer in answers] == [201, *[409] * 29, 429]
    assert refusal(answers[-1])[1].startswith("做得太快了")
    assert 3590 <= int(answers[-1]["Retry-After"]) <= 3600
    assert a_program().sign_up(shift.pk).status_code == 201


def test_the_schema_says_what_is_taken_and_what_comes_back():
    schema = api.get_openapi_schema()
    post = schema["paths"]["/api/v1/shifts/{shift_id}/signups"]["post"]
    delete = schema["paths"]["/api/v1/signups/{signup_id}"]["delete"]
    assert sorted(map(str, post["responses"])) == ["201", "401", "403", "404", "409", "429"]
    assert sorted(map(str, delete["responses"])) == ["204", "401", "403", "404", "409", "429"]
    assert [parameter["name"] for parameter in post["parameters"]] == ["shift_id", "Idempotency-Key"]
    assert post["security"] == [{"Token": []}, {"SessionAuth": []}]
