"""Every refusal of the API is one kind of document, whoever refuses."""

import json

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from marketplace.middleware import ProblemMiddleware
from marketplace.problems import problem
from marketplace.workflow.refusals import Refused
from tests.factories import SHUICHENG, a_user


def refuses(_request: HttpRequest) -> HttpResponse:
    raise Refused("这个活动已经满员。")


def is_suspicious(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def fails(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


# Under names everybody may call; what is refused here is refused by the code itself.
urlpatterns = [
    path("api/v1/refuses", refuses, name="healthz"),
    path("api/v1/suspicious", is_suspicious, name="healthz"),
    path("api/v1/fails", fails, name="healthz"),
    path("", include("marketplace.urls")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
NOT_FOUND = "这个地址没有接口，请看 /api/v1/docs。"


def read(response) -> tuple:
    body = response.json()
    assert (response["Content-Type"], body["type"], body["status"]) == (
        "application/problem+json",
        "about:blank",
        response.status_code,
    )
    return body["status"], body["title"], body["detail"]


def test_problem_is_a_document_with_a_sentence_for_people():
    response = problem(409, "已经报过名了。", errors=[1])
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "已经报过名了。",
        "errors": [1],
    }
    assert "已经报过名了。" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/api/v1/areas/999999", (404, "Not Found", "没有找到，或者您看不到它。")),
        ("/api/v1/nothing", (404, "Not Found", NOT_FOUND)),
        ("/api/v1/nothing/", (404, "Not Found", NOT_FOUND)),
        ("/api/", (404, "Not Found", NOT_FOUND)),
        ("/api/v1/areas?limit=many", (422, "Unprocessable Entity", "有的参数不对：limit。")),
        ("/api/v1/areas?limit=0&offset=-1", (422, "Unprocessable Entity", "有的参数不对：limit、offset。")),
        ("/api/v1/refuses", (409, "Conflict", "这个活动已经满员。")),
        ("/api/v1/suspicious", (400, "Bad Request", "这个请求不能这样发。")),
    ],
)
def test_the_api_says_what_is_wrong(client, address, expected):
    assert read(client.get(address)) == expected


def test_a_failure_of_ours_is_a_problem_too():
    careless = Client(raise_request_exception=False)
    assert read(careless.get("/api/v1/fails")) == (500, "Internal Server Error", "这里出了问题，请稍后再试。")


def test_who_is_not_signed_in_and_who_may_not_are_told_apart(client):
    assert read(client.delete("/api/v1/areas")) == (401, "Unauthorized", "请先登录。")
    client.force_login(a_user(role="bureau", area=SHUICHENG))
    assert read(client.delete("/api/v1/areas")) == (403, "Forbidden", "这个账号不能这样做。")


def test_a_call_from_another_site_is_a_problem():
    strict = Client(enforce_csrf_checks=True)
    assert read(strict.post("/api/v1/nothing")) == (403, "Forbidden", "这个请求不能这样发。")


def test_a_host_that_is_not_ours_is_a_problem(client):
    assert read(client.get("/api/v1/areas", HTTP_HOST="elsewhere.example")) == (
        400,
        "Bad Request",
        "这个请求不能这样发。",
    )


def test_problems_follow_the_readers_language(client):
    client.cookies["language"] = "en"
    assert client.get("/api/v1/nothing").headers["Content-Language"] == "en"


@pytest.mark.parametrize(("address", "status"), [("/pages/", 404), ("/api/v1/areas", 200), ("/api/v1/areas", 301)])
def test_other_answers_are_left_alone(address, status):
    answer = HttpResponse("as it was", status=status)
    assert ProblemMiddleware(lambda _request: answer)(RequestFactory().get(address)) is answer


def test_the_documentation_is_open_and_lists_the_routes(client):
    assert client.get("/api/v1/docs").status_code == 200
    assert {"/api/v1/areas", "/api/v1/areas/{code}"} <= client.get("/api/v1/openapi.json").json()["paths"].keys()
