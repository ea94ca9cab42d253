"""A draft that keeps itself, shows itself and is made again from an earlier one: two tabs never undo each other unsaid."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.programs.forms.rows import rows_of, weeks_until_ahead
from marketplace.programs.models import Program
from marketplace.programs.queries import program_story
from tests.factories import a_bureau_clerk, a_need, a_program, a_shift, a_site, a_user, an_organization

from .test_offering import NEW, a_row, sheet, spans

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return a_user("机构小何")


@pytest.fixture
def organization(member):
    return an_organization(member=member)


@pytest.fixture
def desk(client, member):
    client.force_login(member)
    return client


def edit(program):
    return reverse("desk_program_edit", args=[program.pk])


def test_form_that_keeps_itself_makes_one_draft(desk, organization):
    answer = desk.post(NEW, sheet(organization, a_row(), button="autosave")).json()

    program = Program.objects.get()
    assert (program.status, answer["version"], answer["edit_url"]) == ("draft", 1, edit(program))
    assert answer["preview_url"] == reverse("desk_program_preview", args=[program.pk])
    assert answer["said"] == f"已自动保存 {timezone.localtime():%H:%M}"

    again = desk.post(
        answer["edit_url"], sheet(organization, a_row(), button="autosave", title="新名字", version=1)
    ).json()
    program = Program.objects.get()
    assert (again["version"], program.version, program.title, program.shifts.count()) == (2, 2, "新名字", 1)


@pytest.mark.parametrize(
    ("changes", "row", "sentence"),
    [
        ({"title": ""}, {}, "还没有保存：请写项目名称。"),
        ({}, {"site": ""}, "还没有保存：场次 1：请选择地点。"),
        ({"risk_level": "none"}, {}, "还没有保存：请在列出的风险程度里选择。"),
        ({"summary": "请打 13800138000"}, {}, "还没有保存：这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"),
    ],
)
def test_what_can_not_be_kept_yet_is_said_and_nothing_is_written(desk, organization, changes, row, sentence):
    page = desk.post(NEW, sheet(organization, a_row(**row), button="autosave", **changes))

    assert (page.status_code, page.json()) == (409, {"said": sentence})
    assert Program.objects.count() == 0


def test_second_tab_does_not_undo_the_first_without_a_word(desk, organization, member):
    program = a_program(organization=organization, drafted_by=member)
    desk.post(edit(program), sheet(organization, button="autosave", title="第一个窗口", version=1))

    late = desk.post(edit(program), sheet(organization, button="autosave", title="第二个窗口", version=1))
    assert (late.status_code, late.json()["said"].partition("：")[2][:13]) == (409, "这个项目刚在别的窗口或由同")
    page = desk.post(edit(program), sheet(organization, button="draft", title="第二个窗口", version=1))
    assert "这个项目刚在别的窗口或由同事改过。" in page.text
    assert (page.context["form"]["title"].value(), page.context["form"]["version"].value()) == ("第二个窗口", 2)
    assert Program.objects.get().title == "第一个窗口"

    desk.post(edit(program), sheet(organization, button="draft", title="第二个窗口", version=2))
    assert Program.objects.get().title == "第二个窗口"


@pytest.mark.parametrize("version", ["x", "-1", "9" * 30])
def test_senseless_version_breaks_nothing(desk, organization, member, version):
    program = a_program(organization=organization, drafted_by=member, title="原来的")

    assert desk.post(edit(program), sheet(organization, button="autosave", version=version)).status_code == 409
    assert Program.objects.get().title == "原来的"


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_program_that_was_handed_in_keeps_nothing(desk, organization, member, status):
    program = a_program(organization=organization, drafted_by=member, status=status, title="原来的")

    assert desk.post(edit(program), sheet(organization, button="autosave")).status_code == 409
    assert Program.objects.get().title == "原来的"


def test_many_changes_in_a_row_are_one_line_of_the_story(desk, organization, member):
    program = a_program(organization=organization, drafted_by=member)
    for version in (1, 2, 3):
        desk.post(edit(program), sheet(organization, button="autosave", version=version))

    assert [entry["what"] for entry in program_story(program)] == ["修改内容"]


def test_risks_of_a_first_draft_stay_the_first_version(desk, organization, member):
    program = a_program(organization=organization, drafted_by=member)

    desk.post(edit(program), sheet(organization, button="autosave", risk_disclosure="雨天路滑。"))

    assert Program.objects.get().risk_version == 1


def test_preview_keeps_the_draft_and_shows_its_public_page(desk, organization):
    page = desk.post(NEW, sheet(organization, a_row(task="读绘本"), button="preview"), follow=True)

    program = Program.objects.get()
    assert page.redirect_chain == [(reverse("desk_program_preview", args=[program.pk]), 302)]
    for words in ("这是预览", "周六上午陪孩子写作业。", "读绘本", "山路较多"):
        assert words in page.text
    assert reverse("shift", args=[program.shifts.get().pk]) not in page.text


def test_preview_beside_the_form_is_a_fragment(desk, organization, member):
    program = a_program(organization=organization, drafted_by=member)
    wanted = a_shift(need=a_need(status="published", windows=0, title="扫除"))
    program.wanted_shifts.add(wanted)

    page = desk.get(reverse("desk_program_preview", args=[program.pk]), headers={"HX-Request": "true"})

    assert "<html" not in page.text
    assert page.context["shifts"] == [wanted]
    assert "扫除" in page.text


def test_draft_is_previewed_by_nobody_else(client, organization):
    url = reverse("desk_program_preview", args=[a_program(organization=organization).pk])

    for stranger in (an_organization(member=a_user()).memberships.get().user, a_bureau_clerk()):
        client.force_login(stranger)
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_preview_takes_the_same_queries_for_any_number(desk, organization, member, django_assert_num_queries, count):
    program = a_program(organization=organization, drafted_by=member)
    for number in range(count):
        a_shift(program=program, published_at=None, in_hours=72 + number)

    with django_assert_num_queries(11):
        desk.get(reverse("desk_program_preview", args=[program.pk]))


def a_series(program, *, weeks, first_in_days=-21, **fields):
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=first_in_days)
    site = fields.pop("site", None) or a_site()
    return [
        a_shift(
            program=program,
            site=site,
            starts_at=start + timedelta(weeks=week),
            ends_at=start + timedelta(weeks=week, hours=2),
            **fields,
        )
        for week in range(weeks)
    ]


def test_another_round_keeps_weekdays_and_roles_in_the_weeks_to_come(desk, organization):
    before = a_program(organization=organization, status="ended", title="上一轮", risk_level="medium")
    site = a_site()
    [first, *_] = a_series(before, weeks=3, site=site, task="读绘本", places=5, skills=("homework",))
    a_series(before, weeks=1, status="cancelled")
    a_series(before, weeks=1, site=a_site(status="closed"))
    a_shift(need=a_need(status="published", windows=0), program=before)

    page = desk.get(NEW, {"copy": before.pk})

    form, [row, *_] = page.context["form"], page.context["sheet"].rows.forms
    assert (form["title"].value(), form["risk_level"].value(), form["copied_from"].value()) == (
        "上一轮",
        "medium",
        before.pk,
    )
    on = row["on"].value()
    assert (on > timezone.localdate(), on.weekday()) == (True, timezone.localdate(first.starts_at).weekday())
    assert on - timezone.localdate() <= timedelta(days=7)
    assert [row[name].value() for name in ("weeks", "places", "site", "task")] == [3, 5, site.pk, "读绘本"]
    assert [form["on"].value() for form in page.context["sheet"].rows.forms[1:]] == [None, None]


def test_another_round_is_remembered(desk, organization):
    before = a_program(organization=organization, status="ended")

    desk.post(NEW, sheet(organization, a_row(weeks="2"), button="draft", copied_from=before.pk))

    program = Program.objects.get(status="draft")
    assert (program.copied_from, len(spans(program))) == (before, 2)


def test_round_of_a_stranger_is_not_copied_from(desk, organization):
    page = desk.post(NEW, sheet(organization, button="draft", copied_from=a_program(status="approved").pk))

    assert "copied_from" in page.context["form"].errors


def test_what_is_alike_each_week_is_one_row_and_what_is_not_another():
    program = a_program()
    a_series(program, weeks=3, first_in_days=7, site=(site := a_site()))
    a_series(program, weeks=2, first_in_days=7, site=site, task="手工")
    a_series(program, weeks=1, first_in_days=35, site=site)

    rows = rows_of(program.shifts.prefetch_related("skills", "languages"))

    assert [(row["weeks"], row["task"]) for row in rows] == [(3, ""), (2, "手工"), (1, "")]


@pytest.mark.parametrize(("first_in_days", "weeks"), [(1, 0), (-1, 1), (-6, 1), (-8, 2), (-70, 11)])
def test_shifts_move_by_as_few_weeks_as_will_do(first_in_days, weeks):
    shifts = a_series(a_program(), weeks=2, first_in_days=first_in_days)
    now = timezone.localtime().replace(hour=12)

    assert weeks_until_ahead(shifts, now) == weeks
