"""Search for other programs."""

from datetime import datetime, timedelta

import pytest

from marketplace.shifts.models import Shift
from search.entries import rebuild
from search.query import LONGEST_LIST, PAGE_SIZE
from tests.factories import a_need, a_program, a_shift, a_site, a_volunteer

pytestmark = pytest.mark.django_db


SLOT_PARAMETERS = {"on", "from", "to", "part", "clearance", "skill", "category", "area", "places"}


def ask(client, query: str = "") -> dict:
    response = client.get(f"/api/v1/search{query}")
    assert response.status_code == 200
    return response.json()


def test_a_need_with_its_best_slot(client):
    site = a_site(name="月亮湾儿童之家")
    shift = a_shift(need=a_need(status="published", title="周末课业辅导", site=site), places=4, places_taken=1)
    rebuild()
    answer = ask(client, "?q=课业辅导&lat=26.58&lng=104.957&km=10")
    start = shift.starts_at + timedelta(hours=8)
    score = answer["results"][0].pop("score")
    distance = answer["results"][0].pop("distance_km")
    assert answer == {
        "total": 1,
        "degraded": False,
        "reason": "",
        "results": [
            {
                "kind": "need",
                "id": shift.need_id,
                "title": "周末课业辅导",
                "url": f"/needs/{shift.need_id}/",
                "slot": {
                    "id": shift.pk,
                    "site": "月亮湾儿童之家",
                    "lat": 26.54,
                    "lng": 104.957,
                    "precision": "demo",
                    "start": f"{start:%Y-%m-%dT%H:%M:%S}+08:00",
                    "end": f"{start + timedelta(hours=2.5):%Y-%m-%dT%H:%M:%S}+08:00",
                    "places_left": 3,
                },
                "travel_min": 11,
                "reasons": ["距 4.4 公里 · 约 11 分钟"],
                "loose": False,
            }
        ],
    }
    assert score > 0
    assert distance == pytest.approx(4.448, abs=0.001)


def test_a_program_and_a_site_without_a_point(client):
    program = a_program(status="approved")
    a_shift(program=program, site=a_site(lng=None, lat=None, precision=""))
    rebuild()
    (hit,) = ask(client)["results"]
    assert (hit["kind"], hit["id"], hit["url"]) == ("program", program.pk, f"/programs/{program.pk}/")
    assert (hit["slot"]["lat"], hit["slot"]["lng"], hit["slot"]["precision"]) == (None, None, None)
    assert (hit["distance_km"], hit["travel_min"]) == (None, None)


def test_times_carry_their_offset(client):
    a_shift()
    rebuild()
    start = datetime.fromisoformat(ask(client)["results"][0]["slot"]["start"])
    assert start.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?on=never", "on"),
        ("?from=2026-11-28&to=2026-11-27", "to"),
        ("?lat=nan&lng=104", "lat"),
        ("?lat=26.5", "lng"),
        ("?km=10", "km"),
        ("?place=火星", "place"),
        ("?sort=distance", "sort"),
        ("?kind=site", "kind"),
        ("?skill=flying", "skill"),
        ("?q=!!!", "q"),
        ("?page=0", "page"),
    ],
)
def test_wrong_values_are_refused_with_their_name(client, query, name):
    response = client.get(f"/api/v1/search{query}")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    body = response.json()
    assert name in body["detail"]
    assert [error["loc"][1] for error in body["errors"]][0] == name


def test_a_place_whose_point_is_unsure_is_answered_by_its_division_and_said(client):
    a_shift()
    rebuild()
    answer = ask(client, "?place=尖山街道&km=5")
    assert (answer["total"], "位置待核实" in answer["reason"]) == (0, True)


def test_nearest_first_from_ones_own_place(client):
    far = a_shift(need=a_need(status="published", site=a_site(lng=105.3, lat=25.8)))
    near = a_shift(need=a_need(status="published", site=a_site()))
    rebuild()
    client.force_login(a_volunteer().user)
    assert [hit["slot"]["id"] for hit in ask(client, "?sort=distance")["results"]] == [near.pk, far.pk]


def test_a_page_past_the_end_is_empty(client):
    a_shift()
    rebuild()
    answer = ask(client, "?page=7")
    assert (answer["total"], answer["results"], answer["reason"]) == (1, [], "")
    assert ask(client, f"?page={LONGEST_LIST // PAGE_SIZE + 1}")["reason"] != ""


def test_what_the_database_no_longer_shows_is_neither_listed_nor_counted(client):
    a_shift()
    gone = a_shift()
    rebuild()
    Shift.objects.filter(pk=gone.pk).update(status="cancelled")
    answer = ask(client)
    assert (answer["total"], len(answer["results"])) == (1, 1)


def test_drafts_are_nobodys_business(client):
    a_shift(need=a_need(status="draft"), published_at=None)
    a_shift(program=a_program(status="submitted"), published_at=None)
    rebuild()
    assert ask(client)["total"] == 0


def test_the_api_documents_its_parameters(client):
    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/search"]["get"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert names == {"q", "place", "lat", "lng", "km", *SLOT_PARAMETERS, "kind", "sort", "page"}


@pytest.mark.parametrize("path", ["/search/", "/api/v1/search"])
def test_an_address_is_refused_exactly_after_its_limit(client, settings, path):
    assert settings.SEARCHES_PER_ADDRESS == 6000
    settings.SEARCHES_PER_ADDRESS = 3
    answers = [client.get(path) for _turn in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 55 <= int(answers[-1]["Retry-After"]) <= 60
    assert (answers[-1]["Content-Type"] == "application/problem+json") is path.startswith("/api/")
    assert client.get(path, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert client.get(path, headers={"X-Forwarded-For": "192.0.2.77"}).status_code == 429
    client.force_login(a_volunteer().user)
    assert client.get(path).status_code == 200
