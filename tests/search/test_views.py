"""The search page: whole and as a fragment, for everybody, whatever is typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.entries import rebuild
from tests.factories import a_need, a_program, a_shift, a_site, a_user, a_volunteer

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}
FIELDS = ["q", "place", "lat", "lng", "km", "on", "from", "to", "part", "clearance", "skill", "category", "area"]
FIELDS += ["places", "kind", "sort", "page", "box", "unknown"]
# What breaks other searches.
NASTY = [
    '"',
    "'",
    '"a',
    "a AND",
    "NEAR(",
    "a* OR ^b",
    "(((",
    "tokens:a",
    "-",
    "NULL",
    "\0",
    "\ud800",
    "nan",
    "inf",
    "1e309",
    "-1",
    "9" * 400,
    "长" * 10_000,
    "a " * 5_000,
    "%",
    "_",
    "\\",
    "; DROP TABLE search_searchslot",
    "2026-13-45",
    "0000-00-00",
    "９９",
    "😀",
    "\u202e\u200b",
]


def page(client, query: str = "", **more) -> str:
    response = client.get(f"/search/{query}", **more)
    assert response.status_code == 200
    return response.content.decode()


def some_hits(count: int) -> None:
    for number in range(count):
        title = f"周末课业辅导第{number}期"
        if number % 2:
            a_shift(program=a_program(status="approved", title=title), skills=("english",), in_hours=72 + number)
        else:
            a_shift(need=a_need(status="published", title=title), clearance_required=True, in_hours=72 + number)
    rebuild()


def test_the_page_shows_what_is_near_when_and_why(client):
    a_shift(need=a_need(status="published", title="周末课业辅导", site=a_site(name="月亮湾儿童之家")))
    rebuild()
    html = page(client, "?q=课業輔導&place=双水街道&km=20")
    for words in (
        "1 个活动",
        "周末课业辅导",
        "月亮湾儿童之家",
        "直线",
        "公里",
        "约",
        "还差 3 人",
        "为什么推荐",
        "报名",
    ):
        assert words in html
    assert "距离从双水街道算起" in html


def test_the_fragment_is_a_part_of_the_page(client):
    some_hits(1)
    whole, fragment = page(client, "?q=课业"), page(client, "?q=课业", headers=FRAGMENT)
    assert "<html" in whole
    assert "<html" not in fragment
    assert '<article class="card"' in fragment


def test_the_fragment_tells_the_browser_the_tidy_address(client):
    response = client.get("/search/?q=a&km=&place=&page=2", headers=FRAGMENT)
    assert response["HX-Push-Url"] == "/search/?q=a"
    assert "HX-Request" in response["Vary"]


def test_wrong_values_are_left_out_with_a_notice(client):
    some_hits(1)
    html = page(client, "?on=never&part=night")
    assert "「哪一天」没有算进条件" in html
    assert "「时段」没有算进条件" in html
    assert "1 个活动" in html


def test_when_nothing_is_found_the_page_says_what_would_find_something(client):
    a_shift(need=a_need(status="published", title="围棋", summary="每周一次", site=a_site(lng=104.957, lat=26.54)))
    rebuild()
    html = page(client, "?q=围棋&lat=26.8&lng=104.957&km=20")
    assert "放宽到 40 公里" in html
    assert "不限地点" in html
    assert "不限内容" not in html


def test_an_empty_market_has_an_empty_page(client):
    assert "现在没有可以报名的活动" in page(client)


def test_a_page_past_the_end_is_empty(client):
    some_hits(2)
    html = page(client, "?page=9")
    assert "这一页没有内容" in html
    assert "<article" not in html


def test_pages_are_linked_with_their_question(client):
    some_hits(21)
    html = page(client, "?places=1")
    assert "places=1&amp;page=2" in html


def test_loose_ones_stand_apart(client):
    a_shift(need=a_need(status="published", title="围棋入门", summary="每周一次"))
    rebuild()
    html = page(client, "?q=围棋 毛笔")
    assert "0 个活动" in html
    assert "也许相关" in html


def test_a_volunteer_sees_what_is_missing(client):
    a_shift(skills=("english",))
    rebuild()
    client.force_login(a_volunteer().user)
    html = page(client)
    assert "需要会：英语" in html
    assert "距离从您常住的双水街道算起" in html


def test_what_begins_while_the_index_still_holds_it_is_not_shown(client, time_machine):
    shift = a_shift(in_hours=72)
    rebuild()
    time_machine.move_to(shift.starts_at)
    assert "现在没有可以报名的活动" in page(client)


def test_the_map_has_the_same_sites_as_the_list(client):
    site = a_site(name="月亮湾儿童之家")
    a_shift(need=a_need(status="published", site=site))
    a_shift(need=a_need(status="published", site=site))
    a_shift(need=a_need(status="published", site=a_site(lng=None, lat=None)))
    rebuild()
    data = client.get("/search/").context["map_data"]
    (point,) = data["points"]
    assert (point["id"], point["count"], point["longitude"], point["latitude"]) == (site.pk, 2, 104.957, 26.540)
    assert len(data["places"]) == 86 + 4
    assert "尖山" not in [place["name"] for place in data["places"]]


@pytest.mark.parametrize("who", ["anonymous", "somebody", "volunteer"])
def test_query_count_does_not_grow_with_the_hits(client, who, django_assert_max_num_queries):
    people = {"somebody": a_user, "volunteer": lambda: a_volunteer(skills=("english",)).user}
    if who in people:
        client.force_login(people[who]())
    counts = []
    for more in (3, 27):
        some_hits(more)
        client.get("/search/")
        with django_assert_max_num_queries(36) as captured:
            cards = client.get("/search/").context["cards"]
        counts.append((len(cards), len(captured)))
    assert [cards for cards, _queries in counts] == [3, 20]
    assert counts[0][1] == counts[1][1]


@pytest.mark.parametrize("value", NASTY)
def test_what_breaks_others_breaks_nothing(client, value):
    written = value.encode("utf-8", "surrogatepass")
    assert client.get("/search/", {"q": written}).status_code == 200
    assert client.get("/search/", dict.fromkeys(FIELDS, written)).status_code == 200


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text() | st.sampled_from(NASTY), max_size=3), max_size=6))
def test_any_input_is_answered(client, asked):
    bytes_of = {name: [value.encode("utf-8", "surrogatepass") for value in values] for name, values in asked.items()}
    assert client.get("/search/", bytes_of).status_code == 200
    assert client.get("/api/v1/search", bytes_of).status_code in (200, 422)


def test_the_fragment_stays_small(client):
    some_hits(25)
    assert len(client.get("/search/", headers=FRAGMENT).content) < 75_000
