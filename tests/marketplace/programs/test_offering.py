"""The form in which a program is offered: nothing that was typed is lost, what can't be is said in words beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.programs.actions import return_program
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from tests.factories import (
    PANZHOU,
    ZHONGSHAN,
    a_category,
    a_county_clerk,
    a_need,
    a_program,
    a_shift,
    a_site,
    a_skill,
    a_user,
    add_member,
    an_organization,
)

pytestmark = pytest.mark.django_db
NEW = "/desk/programs/new/"


@pytest.fixture
def organization():
    return an_organization(name="水城同心社会工作服务中心")


@pytest.fixture
def member(organization):
    user = a_user("机构小何")
    add_member(organization, user)
    return user


@pytest.fixture
def desk(client, member):
    client.force_login(member)
    return client


def a_day(days: int = 7) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_row(**changes):
    return {"on": a_day(), "site": a_site().pk, **changes}


def sheet(organization, *rows, button="submit", wanted=(), **changes):
    """What a browser sends: the fields, three rows of which `rows` are filled in, and the button."""
    data = {
        "organization": organization.pk,
        "title": "双水课业陪伴",
        "category": a_category().pk,
        "summary": "周六上午陪孩子写作业。",
        "risk_disclosure": "山路较多，请结伴前往。",
        "risk_level": "low",
        "wanted_shifts": [shift.pk for shift in wanted],
        "shifts-TOTAL_FORMS": max(3, len(rows)),
        "shifts-INITIAL_FORMS": 0,
        button: "yes",
    }
    for number in range(max(3, len(rows))):
        row = {"begins": "09:00", "ends": "11:30", "places": "3", "weeks": "1"}
        row.update(rows[number] if number < len(rows) else {})
        data.update({f"shifts-{number}-{name}": value for name, value in row.items()})
    data.update(changes)
    return {name: value for name, value in data.items() if value is not None}


def spans(program):
    return [
        (timezone.localtime(shift.starts_at).strftime("%Y-%m-%d %H:%M"), shift.places) for shift in program.shifts.all()
    ]


def test_new_program_is_handed_in_at_once(desk, organization, member):
    wanted, site = a_shift(), a_site()
    row = a_row(
        site=site.pk, places="5", task="辅导作业", skills=[a_skill().pk], clearance_required="on", adults_only="on"
    )

    page = desk.post(NEW, sheet(organization, row, wanted=[wanted]), follow=True)

    program = Program.objects.get()
    assert page.redirect_chain == [(reverse("desk_program", args=[program.pk]), 302)]
    assert (program.status, program.drafted_by, program.organization) == ("submitted", member, organization)
    assert list(program.wanted_shifts.all()) == [wanted]
    [own] = program.shifts.all()
    assert (own.site, own.places, own.task, list(own.skills.all()), own.clearance_required, own.adults_only) == (
        site,
        5,
        "辅导作业",
        [a_skill()],
        True,
        True,
    )
    assert spans(program) == [(f"{a_day()} 09:00", 5)]
    assert "已提交。民政部门会在 5 个工作日内答复" in page.text


def test_draft_needs_no_more_than_a_name_and_a_category(desk, organization):
    page = desk.post(NEW, sheet(organization, button="draft", summary="", risk_disclosure=""), follow=True)

    program = Program.objects.get()
    assert (program.status, program.summary, program.risk_disclosure) == ("draft", "", "")
    assert "已存为草稿" in page.text


def test_enter_in_a_field_keeps_a_draft(desk):
    """The first button of the form is the one a browser presses."""
    a_shift()
    page = desk.get(NEW)

    buttons = page.text.split("<form method")[-1].split("<button")[1:]
    assert 'name="draft"' in buttons[0]


def test_row_is_repeated_weekly(desk, organization):
    desk.post(NEW, sheet(organization, a_row(weeks="3"), button="draft"))

    assert [day for day, _places in spans(Program.objects.get())] == [f"{a_day(days)} 09:00" for days in (7, 14, 21)]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": ["请写项目名称。"]}),
        ({"category": ""}, {"category": ["请选择服务类别。"]}),
        ({"summary": " "}, {"summary": ["请写明做什么、怎么做。"]}),
        (
            {"risk_disclosure": ""},
            {"risk_disclosure": ["请写风险提示；没有特别风险也请写明「无特别风险」和原因。"]},
        ),
        ({"title": "长" * 41}, {"title": ["请缩短到 40 字以内。"]}),
        (
            {"summary": "请打 13800138000"},
            {"summary": ["这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"]},
        ),
        ({"wanted_shifts": ["0"]}, {"wanted_shifts": ["选中的场次里有一场刚刚被认领、取消或已开始，请重新勾选。"]}),
        ({"wanted_shifts": ["x"]}, {"wanted_shifts": ["选中的场次里有一场找不到了，请重新勾选。"]}),
    ],
)
def test_refusals_stand_beside_their_fields_and_in_the_summary(desk, organization, changes, errors):
    page = desk.post(NEW, sheet(organization, a_row(), **changes))

    assert page.context["form"].errors == errors
    [[sentence]] = errors.values()
    assert page.text.count(sentence) == 2
    assert Program.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"on": "2020-01-01"}, "场次 1：开始时间已经过去，请选择以后的时间。"),
        ({"ends": "08:00"}, "场次 1：结束时间要晚于开始时间。"),
        ({"on": ""}, "场次 1：请选择日期；不要这一行就勾选「去掉」。"),
        ({"site": ""}, "场次 1：请选择地点。"),
        ({"site": "999999"}, "场次 1：请在列出的地点里选择。"),
        ({"task": "联系 13800138000"}, "场次 1：这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"),
    ],
)
def test_refused_row_is_named_in_the_summary_and_nothing_is_lost(desk, organization, row, sentence):
    wanted = a_shift()

    page = desk.post(NEW, sheet(organization, a_row(**row), wanted=[wanted]))

    assert [error["text"] for error in page.context["sheet"].row_errors] == [sentence]
    assert page.context["form"]["summary"].value() == "周六上午陪孩子写作业。"
    assert page.context["chosen"] == [wanted]
    assert Program.objects.count() == 0


def test_two_rows_at_the_same_place_and_time_are_refused(desk, organization):
    row = a_row()

    page = desk.post(NEW, sheet(organization, row, row))

    assert [error["text"] for error in page.context["sheet"].row_errors] == [
        "有两行是同一地点同一时间，请合并成一行，把名额加起来。"
    ]


def test_two_rows_at_the_same_time_in_two_places_are_fine(desk, organization):
    desk.post(NEW, sheet(organization, a_row(), a_row()))

    assert Program.objects.get().shifts.count() == 2


def test_closed_site_is_not_offered(desk, organization):
    closed = a_site(status="closed")

    page = desk.post(NEW, sheet(organization, a_row(site=closed.pk)))

    assert [error["text"] for error in page.context["sheet"].row_errors] == ["场次 1：请在列出的地点里选择。"]


def test_program_without_shifts_can_not_be_handed_in_but_is_not_lost(desk, organization):
    page = desk.post(NEW, sheet(organization))

    assert page.context["form"].non_field_errors() == [
        "还差一项：至少一个以后的场次，可以自己安排，也可以回应一个需求。"
    ]
    assert page.context["form"]["title"].value() == "双水课业陪伴"
    assert (Program.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(("button", "rows"), [("another_row", 4), ("find", 3)])
def test_another_row_and_the_filter_keep_what_was_typed_and_judge_nothing(desk, organization, button, rows):
    wanted = a_shift()
    data = sheet(
        organization, {"on": "2020-01-01", "begins": "14:00"}, button=button, wanted=[wanted], title="", area=PANZHOU
    )

    page = desk.post(NEW, data)

    typed = page.context["sheet"].rows.forms
    assert (len(typed), typed[0]["on"].value(), typed[0]["begins"].value()) == (rows, "2020-01-01", "14:00")
    assert page.context["form"]["summary"].value() == "周六上午陪孩子写作业。"
    assert (page.context["chosen"], page.context["offered"], page.context["area"]) == ([wanted], [], PANZHOU)
    assert "error-summary" not in page.text
    assert Program.objects.count() == 0


def test_row_that_was_ticked_off_makes_no_shift(desk, organization):
    desk.post(NEW, sheet(organization, a_row(), {"on": "2020-01-01", "DELETE": "on"}))

    assert spans(Program.objects.get()) == [(f"{a_day()} 09:00", 3)]


def a_shift_at(area, **need):
    return a_shift(need=a_need(status="published", windows=0, site=a_site(area=area), **need))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"near", "far", "cleaning"}),
        ({"area": ZHONGSHAN}, {"far"}),
        ({"text": "扫除"}, {"cleaning"}),
        ({"text": "双水街道"}, {"near", "cleaning"}),
        ({"area": ZHONGSHAN, "text": "扫除"}, set()),
        ({"area": "%", "text": "%"}, set()),
    ],
)
def test_needs_are_filtered_by_area_and_text(desk, query, found):
    shifts = {
        "near": a_shift_at("520204002005", title="课业辅导"),
        "far": a_shift_at("520201011", title="课业辅导"),
        "cleaning": a_shift_at("520204002005", title="大扫除"),
    }

    page = desk.get(NEW, query)

    assert {name for name, shift in shifts.items() if shift in page.context["offered"]} == found


def test_only_shifts_that_can_be_adopted_are_offered(desk):
    free = a_shift()
    a_shift(need=a_need(status="published", windows=0), program=a_program(status="approved"))
    a_shift(status="cancelled")
    a_shift(in_hours=-5)
    a_shift(published_at=None)
    a_shift(program=a_program(status="approved"))

    assert desk.get(NEW).context["offered"] == [free]


def test_urgent_needs_come_first_and_each_need_stays_together(desk):
    calm, urgent = (a_need(status="published", windows=0, urgency=urgency) for urgency in ("normal", "urgent"))
    first = a_shift(need=calm, in_hours=24)
    late, later = a_shift(need=urgent, in_hours=90), a_shift(need=urgent, in_hours=120)

    assert desk.get(NEW).context["offered"] == [late, later, first]


def test_need_of_the_address_is_ticked(desk):
    need = a_need(status="published", windows=0)
    shifts = [a_shift(need=need), a_shift(need=need, in_hours=96)]
    other = a_shift()

    page = desk.get(NEW, {"need": need.pk})

    assert (page.context["chosen"], page.context["offered"]) == (shifts, [other])


@pytest.mark.parametrize("need", ["x", "-1", "１", "9" * 30])
def test_senseless_need_in_the_address_ticks_nothing(desk, need):
    a_shift()

    assert desk.get(NEW, {"need": need}).context["chosen"] == []


@pytest.mark.parametrize("wanted", [["9" * 30], ["-1"], ["１２"]])
@pytest.mark.parametrize("button", ["find", "draft"])
def test_senseless_ticks_break_nothing(desk, organization, wanted, button):
    page = desk.post(NEW, sheet(organization, button=button, wanted_shifts=wanted))

    assert (page.status_code, page.context["chosen"]) == (200, [])


def test_copy_starts_from_the_texts_of_the_newest_program(desk, organization):
    a_program(organization=organization, title="更早的项目")
    newest = a_program(organization=organization, title="上一个项目", summary="做过的事", risk_disclosure="小心路滑")
    a_program(title="别家的项目")

    form = desk.get(NEW, {"copy": ""}).context["form"]

    shown = {name: form[name].value() for name in ("title", "summary", "risk_disclosure", "category")}
    assert shown == {
        "title": "上一个项目",
        "summary": "做过的事",
        "risk_disclosure": "小心路滑",
        "category": newest.category_id,
    }


def test_copy_of_a_named_program_of_ones_own(desk, organization):
    wanted = a_program(organization=organization, title="要复制的")
    a_program(organization=organization, title="更新的")
    others = a_program(status="approved", title="别家的项目")

    assert desk.get(NEW, {"copy": wanted.pk}).context["form"]["title"].value() == "要复制的"
    assert desk.get(NEW, {"copy": others.pk}).context["form"]["title"].value() is None


def test_copy_is_offered_only_where_there_is_something_to_copy(desk, organization):
    assert "照上次再办" not in desk.get(NEW).text
    program = a_program(organization=organization)
    assert "照上次再办" in desk.get(NEW).text
    assert "照上次再办" not in desk.get(reverse("desk_program_edit", args=[program.pk])).text


def test_only_organization_is_taken_for_granted(desk, organization):
    form = desk.get(NEW).context["form"]

    assert form.fields["organization"].widget.is_hidden
    assert form["organization"].value() == organization.pk


def test_member_of_two_organizations_chooses(desk, member, organization):
    other = an_organization()
    add_member(other, member)
    add_member(an_organization(status="submitted"), member)

    form = desk.get(NEW).context["form"]

    assert set(form.fields["organization"].queryset) == {organization, other}
    desk.post(NEW, sheet(other, a_row()))
    assert Program.objects.get().organization == other


def test_strangers_organization_can_not_be_chosen(desk):
    page = desk.post(NEW, sheet(an_organization(), a_row()))

    assert page.context["form"].errors == {"organization": ["请在您所在的组织里选择。"]}


def test_member_of_an_unverified_organization_is_told_what_to_wait_for(client):
    member = a_user()
    add_member(an_organization(status="submitted"), member)
    client.force_login(member)

    page = client.get(NEW)

    assert "还没有可以办项目的组织" in page.text
    assert "<form method" not in page.text.split("<main")[1]


def test_returned_program_is_changed_and_handed_in_again(desk, organization, member):
    program = a_program(organization=organization, status="submitted", drafted_by=member)
    a_shift(program=program, published_at=None, in_hours=200)
    return_program(program, actor=a_county_clerk(), remark="请写清路况")
    url = reverse("desk_program_edit", args=[program.pk])

    page = desk.get(url)
    assert "请写清路况" in page.text
    assert page.context["form"]["title"].value() == program.title
    assert page.context["sheet"].rows.forms[0]["site"].value() == program.shifts.get().site_id

    desk.post(url, sheet(organization, a_row(places="6"), title="改过的题目"))
    program = Program.objects.get()
    assert (program.status, program.title, program.risk_version) == ("submitted", "改过的题目", 1)
    assert spans(program) == [(f"{a_day()} 09:00", 6)]


def test_edit_shows_the_wanted_shifts_ticked(desk, organization, member):
    wanted = a_shift()
    program = a_program(organization=organization, drafted_by=member)
    program.wanted_shifts.add(wanted)

    page = desk.get(reverse("desk_program_edit", args=[program.pk]))

    assert page.context["chosen"] == [wanted]


@pytest.mark.parametrize("status", ["submitted", "approved", "ended", "cancelled"])
def test_program_that_was_handed_in_is_not_edited(desk, organization, member, status):
    program = a_program(organization=organization, status=status, drafted_by=member)

    page = desk.get(reverse("desk_program_edit", args=[program.pk]))

    assert page.status_code == 409
    assert "提交后不能修改；需要改动时请联系审核人员退回。" in page.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organizations_draft_is_not_found(desk, method):
    url = reverse("desk_program_edit", args=[a_program().pk])

    assert getattr(desk, method)(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_form_takes_the_same_queries_for_any_number_of_needs_and_sites(desk, django_assert_num_queries, count):
    for _ in range(count):
        a_shift(skills=("homework",))
    with django_assert_num_queries(15):
        desk.get(NEW)


def test_shift_once_adopted_is_dropped_and_said(desk, organization):
    contested = a_shift()
    Shift.objects.filter(pk=contested.pk).update(program=a_program(status="approved"))

    page = desk.post(NEW, sheet(organization, a_row(), wanted=[contested]))

    assert page.context["form"].errors == {
        "wanted_shifts": ["选中的场次里有一场刚刚被认领、取消或已开始，请重新勾选。"]
    }
    assert page.context["chosen"] == []
