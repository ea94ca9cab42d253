"""The pages on which needs are listed, followed and decided."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.needs.models import Need
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_need,
    a_shift,
    a_township_clerk,
    a_user,
    a_volunteer,
)

pytestmark = pytest.mark.django_db


def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("url_name", ["desk_need", "desk_need_edit"])
@pytest.mark.parametrize("status", ["draft", "submitted", "published"])
def test_need_of_another_site_is_not_found(client, keeper, url_name, status):
    need = a_need(status=status)

    assert signed_in(client, keeper).get(reverse(url_name, args=[need.pk])).status_code == 404


def test_step_on_a_need_of_another_site_is_not_found(client, keeper):
    need = a_need(status="submitted")

    assert signed_in(client, keeper).post(reverse("need_step", args=[need.pk, "withdraw"])).status_code == 404
    assert Need.objects.get(pk=need.pk).status == "submitted"


def test_draft_is_not_shown_to_staff(client):
    need = a_need(status="draft")

    assert signed_in(client, a_county_clerk()).get(reverse("desk_need", args=[need.pk])).status_code == 404


def buttons(page):
    return [item["step"].slug for item in page.context["steps"]]


@pytest.mark.parametrize(
    ("status", "who", "expected"),
    [
        ("draft", "keeper", ["submit", "withdraw"]),
        ("submitted", "keeper", ["withdraw"]),
        ("submitted", "township", ["verify", "return", "refer", "withdraw"]),
        ("submitted", "bureau", ["verify", "return", "refer"]),
        ("submitted", "supervisor", []),
        ("verified", "township", ["publish", "withdraw"]),
        ("published", "keeper", ["fulfil", "withdraw"]),
        ("published", "bureau", []),
        ("fulfilled", "keeper", []),
    ],
)
def test_page_offers_the_steps_that_are_open(client, site, keeper, status, who, expected):
    need = a_need(site=site, raised_by=keeper, status=status)
    people = {
        "keeper": lambda: keeper,
        "township": a_township_clerk,
        "bureau": a_bureau_clerk,
        "supervisor": lambda: a_user(role="supervisor", area="520200"),
    }

    page = signed_in(client, people[who]()).get(reverse("desk_need", args=[need.pk]))
    assert buttons(page) == expected


def test_page_says_why_the_raiser_may_not_verify(client, site):
    clerk = a_township_clerk()
    need = a_need(site=site, raised_by=clerk, status="submitted")

    page = signed_in(client, clerk).get(reverse("desk_need", args=[need.pk]))
    assert buttons(page) == ["withdraw"]
    assert "这是您自己提出的需求，应当由另一位工作人员核实。" in page.text


def test_verifying_leads_to_publishing_and_to_shifts(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="submitted", windows=2)
    signed_in(client, a_township_clerk())

    page = client.post(reverse("need_step", args=[need.pk, "verify"]), follow=True)
    assert buttons(page)[0] == "publish"
    assert "已核实。" in page.text

    page = client.post(reverse("need_step", args=[need.pk, "publish"]), follow=True)
    assert [shift.places for shift in page.context["shifts"]] == [3, 3]
    assert Need.objects.get(pk=need.pk).status == "published"


def test_return_keeps_ticked_reasons_and_own_words(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="submitted")
    words = {"reasons": ["请补充风险提示，例如路况、是否需要结伴"], "remark": "下雨天怎么办？"}
    signed_in(client, a_county_clerk()).post(reverse("need_step", args=[need.pk, "return"]), words)

    page = signed_in(client, keeper).get(reverse("desk_need", args=[need.pk]))
    assert page.context["why_returned"] == "请补充风险提示，例如路况、是否需要结伴\n下雨天怎么办？"
    assert [entry["what"] for entry in page.context["entries"]] == ["退回修改"]


def test_return_without_a_word_is_refused_on_the_page_it_came_from(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="submitted")
    url = reverse("desk_need", args=[need.pk])
    page = signed_in(client, a_county_clerk()).post(
        reverse("need_step", args=[need.pk, "return"]), headers={"referer": f"http://testserver{url}"}, follow=True
    )

    assert page.redirect_chain == [(url, 303)]
    assert "请写明原因，对方才知道为什么、接下来怎么办。" in page.text
    assert Need.objects.get(pk=need.pk).status == "submitted"


@pytest.mark.parametrize("slug", ["expire", "delete", "edit"])
def test_step_that_is_not_in_the_table_does_nothing(client, site, keeper, slug):
    need = a_need(site=site, raised_by=keeper, status="published")

    page = signed_in(client, keeper).post(reverse("need_step", args=[need.pk, slug]))
    assert page.status_code in {404, 409}
    assert Need.objects.get(pk=need.pk).status == "published"


def test_step_is_not_taken_by_a_link(client, site, keeper):
    need = a_need(site=site, raised_by=keeper)

    assert signed_in(client, keeper).get(reverse("need_step", args=[need.pk, "submit"])).status_code in {403, 405}


def test_list_keeps_one_status(client, site, keeper):
    drafted, published = (a_need(site=site, raised_by=keeper, status=status) for status in ("draft", "published"))
    a_need(status="published")
    signed_in(client, keeper)

    page = client.get(reverse("desk_needs"))
    assert list(page.context["page"].object_list) == [published, drafted]
    assert [(chip["label"], chip["count"]) for chip in page.context["chips"]] == [("草稿", 1), ("已发布", 1)]

    page = client.get(reverse("desk_needs"), {"status": "draft"})
    assert list(page.context["page"].object_list) == [drafted]


def test_list_of_staff_is_that_of_their_area_without_drafts(client):
    near, draft = a_need(status="submitted"), a_need(status="draft")

    page = signed_in(client, a_county_clerk()).get(reverse("desk_needs"))
    assert list(page.context["page"].object_list) == [near]
    page = signed_in(client, a_county_clerk(PANZHOU)).get(reverse("desk_needs"))
    assert "还没有需求" in page.text
    assert draft.title not in page.text


def test_volunteer_finds_nobody_elses_need_here(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="published")
    signed_in(client, a_volunteer().user)

    assert list(client.get(reverse("desk_needs")).context["page"].object_list) == []
    assert [
        client.get(reverse("desk_need", args=[need.pk])).status_code,
        client.post(reverse("need_step", args=[need.pk, "withdraw"])).status_code,
    ] == [404, 404]


def test_supervisor_reads_and_nothing_else(client):
    need = a_need(status="submitted")
    signed_in(client, a_user(role="supervisor", area="520200"))

    assert client.get(reverse("desk_need", args=[need.pk])).status_code == 200
    assert client.post(reverse("need_step", args=[need.pk, "verify"])).status_code == 409
    assert Need.objects.get().status == "submitted"


LIST_QUERIES = 11
DETAIL_QUERIES = {"published": 18, "submitted": 25}


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_however_long(client, django_assert_num_queries, number):
    for _ in range(number):
        a_need(status="submitted", windows=number)
    signed_in(client, a_county_clerk())

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("desk_needs"))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("status", DETAIL_QUERIES)
def test_page_takes_the_same_queries_however_full(client, site, django_assert_num_queries, status, number):
    need = a_need(site=site, status=status, windows=number, skills=("homework", "english", "music")[:number])
    for hours in range(number):
        a_shift(need=need, in_hours=48 + hours, skills=("homework",))
        a_need(site=site, status="published")
    signed_in(client, a_township_clerk())

    with django_assert_num_queries(DETAIL_QUERIES[status]):
        client.get(reverse("desk_need", args=[need.pk]))
