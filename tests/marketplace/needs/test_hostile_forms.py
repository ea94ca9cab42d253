"""What a browser would never send: answered with the form, nothing written, and never with a failure of the house."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.needs.models import Need
from tests.factories import a_category, a_need, a_site, a_user, a_village_worker

pytestmark = pytest.mark.django_db

HUGE = "9" * 40
NASTY = ("-1", HUGE, "1e5", "\x00", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "１", "\ud800")


@pytest.fixture
def point():
    return a_site(kind="village", name="双水社区")


@pytest.fixture
def worker(client, point):
    worker = a_village_worker()
    client.force_login(worker)
    return worker


def sheet(point, **changes):
    data = {
        "channel": "self",
        "site": point.pk,
        "title": "陪老人去卫生院",
        "category": a_category().pk,
        "audience": "elders",
        "summary": "陪老人换药。",
        "urgency": "normal",
        "windows-TOTAL_FORMS": 1,
        "windows-INITIAL_FORMS": 0,
        "windows-0-on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "windows-0-begins": "09:00",
        "windows-0-ends": "11:00",
        "windows-0-places": "1",
        "submit": "yes",
    }
    return {**data, **changes}


CHOICES = ("channel", "site", "category", "audience", "urgency", "skills", "languages", "people_served")
ROW = ("windows-0-on", "windows-0-begins", "windows-0-ends", "windows-0-places")


@pytest.mark.parametrize("value", [value for value in NASTY if value not in ("１", "\ud800")])
@pytest.mark.parametrize("name", [*CHOICES, *ROW])
def test_nasty_choice_is_refused(client, point, worker, name, value):
    page = client.post(reverse("desk_need_new"), sheet(point, **{name: value}))

    assert (page.status_code, Need.objects.count()) == (200, 0)


@pytest.mark.parametrize("total", ["-1", "0", "99999", "many", ""])
def test_rows_are_as_many_as_the_house_counts(client, point, worker, total):
    answer = client.post(reverse("desk_need_new"), sheet(point, **{"windows-TOTAL_FORMS": total}))

    assert answer.status_code in {200, 302}
    assert sum(need.windows.count() for need in Need.objects.all()) <= 1


@pytest.mark.parametrize("name", ["title", "summary", "risk_disclosure"])
def test_markup_in_a_public_text_is_shown_as_text(client, point, worker, name):
    client.post(reverse("desk_need_new"), sheet(point, **{name: "<b onclick=x>陪老人</b>"}))
    page = client.get(reverse("desk_need", args=[Need.objects.get().pk])).text

    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;陪老人&lt;/b&gt;" in page


def test_empty_post_is_answered_with_the_form(client, worker):
    page = client.post(reverse("desk_need_new"), {})

    assert (page.status_code, Need.objects.count()) == (200, 0)


@pytest.mark.parametrize("name", ["status", "verified_by", "raised_by", "read_back_at", "verify_due_at", "is_demo"])
def test_fields_that_are_not_asked_for_are_not_taken(client, point, worker, name):
    client.post(reverse("desk_need_new"), sheet(point, **{name: "1", "submit": "yes"}))

    need = Need.objects.get()
    assert (need.status, need.verified_by, need.raised_by, need.read_back_at, need.is_demo) == (
        "submitted",
        None,
        worker,
        None,
        False,
    )


@pytest.mark.parametrize(
    "query", ["status=x&urgency=x", f"page={HUGE}", "urgency=urgent&audience=%00", "channel=' OR 1"]
)
def test_list_answers_any_question(client, worker, query):
    assert client.get(f"{reverse('desk_needs')}?{query}").status_code == 200


def test_filters_keep_what_they_name_and_the_chips_keep_the_filters(client, point, worker):
    urgent = a_need(site=point, raised_by=worker, urgency="urgent", audience="elders", channel="phone")
    a_need(site=point, raised_by=worker)
    page = client.get(reverse("desk_needs"), {"urgency": "urgent", "channel": "phone", "audience": "elders"})

    assert list(page.context["page"].object_list) == [urgent]
    [chip] = page.context["chips"]
    assert (chip["count"], chip["url"]) == (1, "?status=draft&urgency=urgent&audience=elders&channel=phone")
    chosen = client.get(reverse("desk_needs") + chip["url"])
    assert chosen.context["chips"][0]["url"] == f"{reverse('desk_needs')}?urgency=urgent&audience=elders&channel=phone"


@pytest.mark.parametrize("url_name", ["desk_need", "desk_need_edit", "desk_need_read_back"])
def test_number_that_no_database_holds_is_not_found(client, worker, url_name):
    assert client.get(reverse(url_name, args=[int(HUGE)])).status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_form_takes_the_same_queries_for_any_number_of_sites(client, django_assert_num_queries, number):
    for _ in range(number):
        a_site(kind="elder_point")
    client.force_login(a_user())

    with django_assert_num_queries(13):
        client.get(reverse("desk_need_new"))


def test_strangers_sign_in_first(client):
    for url_name in ("desk_needs", "desk_need_new", "desk_need_paper_form", "desk_need_import"):
        assert client.get(reverse(url_name)).status_code == 302
