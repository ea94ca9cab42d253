import pytest
from ninja.testing import TestClient

from marketplace.geography.api import router

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def client():
    return TestClient(router)


def test_areas_lists_every_current_division(client):
    page = client.get("/areas").json()
    assert (page["total"], len(page["results"])) == (1249, 100)
    assert page["results"][0]["code"] == "520200"


def test_areas_pages_through(client):
    first = client.get("/areas?limit=2").json()["results"]
    second = client.get("/areas?limit=2&offset=2").json()["results"]
    both = client.get("/areas?limit=4").json()["results"]
    assert [*first, *second] == both


def test_areas_of_a_level_below_a_division(client):
    page = client.get("/areas?level=township&parent=520201").json()
    assert page["total"] == 17
    assert {(one["level"], one["parent"]) for one in page["results"]} == {("township", "520201")}


def test_areas_answer_what_somebody_types(client):
    assert client.get("/areas?q=ss&level=township").json() == {
        "total": 1,
        "results": [
            {
                "code": "520204002",
                "name": "双水街道",
                "level": "township",
                "parent": "520204",
                "lat": 26.551542,
                "lng": 104.955179,
                "precision": "township",
            }
        ],
    }


def test_areas_without_reliable_point_have_none(client):
    page = client.get("/areas?level=township&parent=520204").json()
    without = {one["name"] for one in page["results"] if one["lat"] is None}
    assert without == {"尖山街道", "新桥街道", "以朵街道", "石龙街道", "红桥街道", "海坪街道"}


@pytest.mark.parametrize("query", ["?level=street", "?limit=0", "?limit=2001", "?offset=-1"])
def test_areas_refuse_what_makes_no_sense(client, query):
    assert client.get(f"/areas{query}").status_code == 422


@pytest.mark.parametrize("limit", [1, 100])
def test_areas_ask_a_constant_number_of_times(client, limit, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(f"/areas?limit={limit}")


def test_area_by_its_code(client):
    assert client.get("/areas/520204002005").json() == {
        "code": "520204002005",
        "name": "双水社区居民委员会",
        "level": "village",
        "parent": "520204002",
        "lat": 26.551542,
        "lng": 104.955179,
        "precision": "township",
    }


def test_area_former_one_stays_answerable(client):
    found = client.get("/areas/520221").json()
    assert (found["name"], found["precision"]) == ("水城县", "county")


def test_area_of_the_top_has_nothing_above(client):
    assert client.get("/areas/520200").json()["parent"] is None


def test_area_unknown_is_not_found(client):
    assert client.get("/areas/110101").status_code == 404
