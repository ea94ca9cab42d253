"""The pages on which a need is stated, followed and decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.needs.actions import return_need
from marketplace.needs.models import Need
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_category,
    a_county_clerk,
    a_keeper,
    a_need,
    a_shift,
    a_site,
    a_skill,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return a_site(name="双水社区儿童之家")


@pytest.fixture
def keeper(site):
    return a_keeper(site)


def signed_in(client, user):
    client.force_login(user)
    return client


def a_day(days: int = 7):
    return timezone.localdate() + timedelta(days=days)


def sheet(site, *rows, button="submit", **changes):
    """What a browser sends: the fields, three rows of time of which `rows` are filled in, and the button."""
    data = {
        "site": site.pk,
        "title": "周六上午课业辅导",
        "category": a_category().pk,
        "audience": "children",
        "summary": "陪小学生写作业，答疑。",
        "clearance_required": "on",
        "urgency": "normal",
        "windows-TOTAL_FORMS": max(3, len(rows)),
        "windows-INITIAL_FORMS": 0,
        button: "yes",
    }
    for number in range(max(3, len(rows))):
        row = {"begins": "09:00", "ends": "11:30", "places": "3", "weeks": "1"}
        row.update(rows[number] if number < len(rows) else {})
        data.update({f"windows-{number}-{name}": value for name, value in row.items()})
    data.update(changes)
    return {name: value for name, value in data.items() if value is not None}


def spans(need):
    return [
        (timezone.localtime(window.starts_at).strftime("%m-%d %H:%M"), window.places) for window in need.windows.all()
    ]


def test_new_need_is_handed_in_at_once(client, site, keeper):
    page = signed_in(client, keeper).post(
        reverse("desk_need_new"), sheet(site, {"on": a_day().isoformat()}), follow=True
    )

    need = Need.objects.get()
    assert page.redirect_chain == [(reverse("desk_need", args=[need.pk]), 302)]
    assert (need.status, need.raised_by, need.site, need.title) == ("submitted", keeper, site, "周六上午课业辅导")
    assert spans(need) == [(f"{a_day():%m-%d} 09:00", 3)]
    assert "已提交。工作人员会在 3 个工作日内核实" in page.text


def test_new_need_is_kept_as_a_draft(client, site, keeper):
    signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, button="draft"))

    need = Need.objects.get()
    assert (need.status, list(need.windows.all())) == ("draft", [])


def test_row_is_repeated_weekly(client, site, keeper):
    rows = [{"on": a_day().isoformat(), "weeks": "3", "places": "4"}]
    signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, *rows, button="draft"))

    assert spans(Need.objects.get()) == [(f"{a_day(days):%m-%d} 09:00", 4) for days in (7, 14, 21)]


def test_another_row_keeps_what_was_typed_and_checks_nothing(client, site, keeper):
    data = sheet(site, {"on": "2020-01-01", "begins": "14:00"}, button="another_row", title="", skills=[a_skill().pk])
    page = signed_in(client, keeper).post(reverse("desk_need_new"), data)

    rows = page.context["sheet"].rows
    assert len(rows.forms) == 4
    assert (rows.forms[0]["on"].value(), rows.forms[0]["begins"].value()) == ("2020-01-01", "14:00")
    assert page.context["form"]["summary"].value() == "陪小学生写作业，答疑。"
    assert page.context["form"]["skills"].value() == [str(a_skill().pk)]
    assert "error-summary" not in page.text
    assert Need.objects.count() == 0


def test_rows_that_were_shown_filled_may_come_back_empty(client, site, keeper):
    data = sheet(site, {"on": a_day().isoformat()}, **{"windows-INITIAL_FORMS": 3})
    signed_in(client, keeper).post(reverse("desk_need_new"), data)

    assert spans(Need.objects.get()) == [(f"{a_day():%m-%d} 09:00", 3)]


def test_row_that_was_ticked_off_makes_no_window(client, site, keeper):
    rows = [{"on": a_day().isoformat()}, {"on": "2020-01-01", "DELETE": "on"}]
    signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, *rows))

    assert spans(Need.objects.get()) == [(f"{a_day():%m-%d} 09:00", 3)]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"on": "2020-01-01"}, "时间段 1：开始时间已经过去，请选择以后的时间。"),
        ({"on": "2099-01-02", "ends": "08:00"}, "时间段 1：结束时间要晚于开始时间。"),
        ({"begins": "14:00"}, "时间段 1：请选择日期；不要这一行就勾选「去掉」。"),
        ({"on": "下周六"}, "时间段 1：请按 2026-11-28 的样子填写日期。"),
    ],
)
def test_refused_row_is_named_in_the_summary_and_nothing_is_lost(client, site, keeper, row, sentence):
    page = signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, row))

    assert Need.objects.count() == 0
    assert [error["text"] for error in page.context["sheet"].row_errors] == [sentence]
    assert sentence in page.text
    assert page.context["form"]["title"].value() == "周六上午课业辅导"


def test_two_rows_at_the_same_time_are_refused(client, site, keeper):
    day = a_day().isoformat()
    page = signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, {"on": day}, {"on": day}))

    assert [error["text"] for error in page.context["sheet"].row_errors] == [
        "有两行是同一天同一时间，请合并成一行，把人数加起来。"
    ]
    assert Need.objects.count() == 0


@pytest.mark.parametrize("field", ["title", "summary", "risk_disclosure"])
def test_phone_number_in_public_text_is_refused_beside_its_field(client, site, keeper, field):
    data = sheet(site, {"on": a_day().isoformat()}, **{field: "找陈老师 13800138000"})
    page = signed_in(client, keeper).post(reverse("desk_need_new"), data)

    assert page.context["form"].errors == {field: ["这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"]}
    assert Need.objects.count() == 0


def test_need_without_times_cannot_be_handed_in_but_is_not_lost(client, site, keeper):
    page = signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site))

    assert page.context["form"].non_field_errors() == ["还差一项：至少填写一个时间段。"]
    assert page.context["form"]["title"].value() == "周六上午课业辅导"
    assert Need.objects.count() == 0
    assert Event.objects.count() == 0


def test_only_site_is_taken_for_granted(client, site, keeper):
    form = signed_in(client, keeper).get(reverse("desk_need_new")).context["form"]

    assert (form["site"].value(), form["audience"].value(), form["clearance_required"].value()) == (
        site.pk,
        "children",
        True,
    )
    assert form.fields["site"].widget.is_hidden


def test_village_worker_chooses_among_the_sites_of_the_village(client, site):
    point = a_site(kind="village", name="双水社区")
    a_site(area="520204002", name="别的社区的点")
    worker = a_village_worker()

    form = signed_in(client, worker).get(reverse("desk_need_new")).context["form"]
    assert set(form.fields["site"].queryset) == {site, point}

    data = sheet(point, {"on": a_day().isoformat()}, audience="elders", clearance_required=None)
    client.post(reverse("desk_need_new"), data)
    need = Need.objects.get()
    assert (need.site, need.audience, need.status) == (point, "elders", "submitted")


@pytest.mark.parametrize(
    ("extra", "is_open"), [({}, False), ({"risk_disclosure": "请结伴前往。"}, True), ({"people_served": "许多"}, True)]
)
def test_optional_fields_are_in_sight_when_they_have_something_to_say(client, site, keeper, extra, is_open):
    page = signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, title="", **extra))

    assert page.context["sheet"].uses_extras is is_open


@pytest.mark.parametrize(("rows", "is_open"), [([{"on": "2099-01-02"}], False), ([{}, {"on": "2020-01-01"}], True)])
def test_rows_behind_the_first_are_in_sight_when_they_are_used(client, site, keeper, rows, is_open):
    page = signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, *rows, title=""))

    assert page.context["sheet"].uses_more_rows is is_open


def test_site_of_somebody_else_cannot_be_chosen(client, keeper):
    page = signed_in(client, keeper).post(reverse("desk_need_new"), sheet(a_site(), {"on": a_day().isoformat()}))

    assert page.context["form"].errors == {"site": ["请在列出的地点里选择。"]}


def test_person_without_a_site_is_told_whom_to_ask(client):
    page = signed_in(client, a_user(role="site_keeper")).get(reverse("desk_need_new"))

    assert "还没有由您负责的地点" in page.text


def test_returned_need_is_changed_and_handed_in_again(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="submitted", windows=2)
    return_need(need, actor=a_township_clerk(), remark="请补充几个人")
    url = reverse("desk_need_edit", args=[need.pk])

    page = signed_in(client, keeper).get(url)
    assert "请补充几个人" in page.text
    assert len(page.context["sheet"].rows.forms) == 3

    client.post(url, sheet(site, {"on": a_day().isoformat(), "places": "5"}, title="改过的题目"))
    need = Need.objects.get()
    assert (need.status, need.title, spans(need)) == ("submitted", "改过的题目", [(f"{a_day():%m-%d} 09:00", 5)])


def test_submitted_need_cannot_be_edited(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="submitted")
    page = signed_in(client, keeper).get(reverse("desk_need_edit", args=[need.pk]))

    assert page.status_code == 409
    assert "提交后不能修改" in page.text


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


def test_volunteer_has_no_business_here(client, site, keeper):
    need = a_need(site=site, raised_by=keeper, status="published")
    signed_in(client, a_volunteer().user)

    assert [
        client.get(reverse("desk_needs")).status_code,
        client.get(reverse("desk_need", args=[need.pk])).status_code,
        client.post(reverse("need_step", args=[need.pk, "withdraw"])).status_code,
    ] == [403, 403, 403]


def test_supervisor_reads_and_nothing_else(client):
    need = a_need(status="submitted")
    signed_in(client, a_user(role="supervisor", area="520200"))

    assert client.get(reverse("desk_need", args=[need.pk])).status_code == 200
    assert client.post(reverse("need_step", args=[need.pk, "verify"])).status_code == 403
    assert client.get(reverse("desk_need_new")).status_code == 403


LIST_QUERIES = 10
DETAIL_QUERIES = {"published": 14, "submitted": 18}


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
