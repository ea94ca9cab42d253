"""The page on which a need is stated: what a browser sends, what is kept, and what is said when it is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.needs.actions import return_need
from marketplace.needs.models import Need
from tests.factories import (
    a_category,
    a_need,
    a_site,
    a_skill,
    a_township_clerk,
    a_user,
    a_village_worker,
)

pytestmark = pytest.mark.django_db


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


def weeks(**changes):
    """What a browser sends of the part that repeats."""
    first = a_day()
    data = {"days": [str(first.weekday())], "every": "1", "first_on": first.isoformat(), "begins": "09:00"}
    data |= {"ends": "11:30", "places": "4", "times": "3", "until_on": "", "left_out": ""}
    return {f"weekly-{name}": value for name, value in {**data, **changes}.items()}


def test_need_is_repeated_weekly_without_the_days_left_out(client, site, keeper):
    left_out = a_day(14)
    data = sheet(site, {"on": a_day(8).isoformat()}, **weeks(left_out=f"{left_out.month}月{left_out.day}日"))
    signed_in(client, keeper).post(reverse("desk_need_new"), data)

    need = Need.objects.get()
    assert spans(need) == [(f"{a_day(days):%m-%d} 09:00", places) for days, places in ((7, 4), (8, 3), (21, 4))]
    assert [window.series_id is None for window in need.windows.all()] == [False, True, False]
    assert need.series.get().left_out == [left_out.isoformat()]


def test_series_comes_back_into_the_form_as_it_was_typed(client, site, keeper):
    signed_in(client, keeper).post(reverse("desk_need_new"), sheet(site, button="draft", **weeks(every="2")))
    sheet_again = client.get(reverse("desk_need_edit", args=[Need.objects.get().pk])).context["sheet"]

    weekly = sheet_again.weekly
    assert sheet_again.uses_weekly
    assert (weekly["days"].value(), weekly["every"].value(), weekly["times"].value()) == (
        [str(a_day().weekday())],
        "2",
        "3",
    )
    assert [row["on"].value() for row in sheet_again.rows.forms] == [None, None, None]


def test_refused_weeks_are_named_in_the_summary_and_nothing_is_lost(client, site, keeper):
    data = sheet(site, **weeks(days=[], left_out="随便"))
    page = signed_in(client, keeper).post(reverse("desk_need_new"), data)

    assert page.context["sheet"].row_errors == [{"text": "每周哪几天：请勾选每周哪几天。", "href": "#weekly"}]
    assert page.context["sheet"].weekly["left_out"].value() == "随便"
    assert Need.objects.count() == 0


def test_same_moment_in_a_row_and_in_the_weeks_is_refused(client, site, keeper):
    page = signed_in(client, keeper).post(
        reverse("desk_need_new"), sheet(site, {"on": a_day(7).isoformat()}, **weeks())
    )

    assert "在上面已经单独填了，请去掉一处。" in page.context["sheet"].row_errors[0]["text"]
    assert Need.objects.count() == 0


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
        ({"on": a_day().isoformat(), "ends": "08:00"}, "时间段 1：结束时间要晚于开始时间。"),
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

    assert "这里还没有可以选的地点" in page.text


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
