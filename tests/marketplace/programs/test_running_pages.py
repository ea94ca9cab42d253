"""The pages of what is done while a program runs: a week to tick, insurance with its paper, risks, another time."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from marketplace.history.models import Event
from marketplace.programs.models import InsurancePolicy, Program
from marketplace.shifts.models import Shift
from marketplace.workbench.desks.organization import build
from tests.factories import (
    PANZHOU,
    a_county_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_site,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
STRANGERS = {"other member": lambda: an_organization(member=a_user()).memberships.get().user}


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


def a_day(days=7):
    return timezone.localdate() + timedelta(days=days)


def monday_of(day):
    return day - timedelta(days=day.weekday())


def week_of(program, day, *sites):
    query = "&".join([f"week={day.isoformat()}", *(f"site={site.pk}" for site in sites)])
    return f"{reverse('desk_program_week', args=[program.pk])}?{query}"


def ticks(*cells, **changes):
    hours = {"begins": "09:00", "ends": "11:30", "places": "3", "weeks": "1"}
    return {"cells": [f"{site.pk}:{day.isoformat()}" for site, day in cells], **hours, **changes}


def test_ticked_cells_become_shifts_at_their_sites_and_days(desk, organization):
    program, first, second = a_program(organization=organization), a_site(), a_site()
    monday = monday_of(a_day(14))
    cells = [(first, monday), (second, monday + timedelta(days=5))]

    page = desk.post(week_of(program, monday, first, second), ticks(*cells, weeks="2", task="读绘本"), follow=True)

    found = [(shift.site, timezone.localtime(shift.starts_at).date(), shift.task) for shift in program.shifts.all()]
    expected = [(site, day + timedelta(weeks=week), "读绘本") for week in (0, 1) for site, day in cells]
    assert found == expected
    assert set(program.shifts.values_list("published_at", flat=True)) == {None}
    assert "已加 4 场。" in page.text
    there = [shift for row in page.context["rows"] for cell in row["cells"] for shift in cell["shifts"]]
    assert len(there) == 2


def test_cells_of_an_approved_program_are_public_at_once(desk, organization):
    program, site = a_program(organization=organization, status="approved"), a_site()
    a_shift(program=program, site=site)
    monday = monday_of(a_day(14))

    page = desk.post(week_of(program, monday, a_site()), ticks((site, monday)), follow=True)

    assert [row["site"] for row in page.context["rows"]] == [site]
    assert page.context["more_sites"] == []
    assert Shift.objects.public().filter(program=program).count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"cells": []}, "cells", "还没有勾选日期，请在表里勾选要加的日子。"),
        ({"cells": ["999999:2026-11-28"]}, "cells", "勾选的格子不在这一周的表里，请重新勾选。"),
        ({"cells": ["<script>"]}, "cells", "勾选的格子不在这一周的表里，请重新勾选。"),
        ({"ends": "08:00"}, "__all__", "结束时间要晚于开始时间。"),
        ({"task": "请打 13800138000"}, "task", "这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"),
    ],
)
def test_refused_week_keeps_what_was_typed_and_adds_nothing(desk, organization, changes, field, sentence):
    program, site = a_program(organization=organization), a_site()
    monday = monday_of(a_day(14))

    page = desk.post(week_of(program, monday, site), {**ticks((site, monday)), **changes})

    assert page.context["form"].errors == {field: [sentence]}
    assert Shift.objects.count() == 0


@pytest.mark.parametrize("week", ["x", "0001-01-01", "9999-12-31", "2026-13-40", ""])
@pytest.mark.parametrize("site", ["x", "9" * 30, "-1", "０"])
def test_senseless_week_or_site_shows_a_week_all_the_same(desk, organization, week, site):
    program = a_program(organization=organization)

    page = desk.get(reverse("desk_program_week", args=[program.pk]), {"week": week, "site": site})

    assert (page.status_code, len(page.context["days"]), page.context["rows"]) == (200, 7, [])


def test_week_begins_with_the_first_shift_to_come_and_shows_what_would_be_adopted(desk, organization):
    program = a_program(organization=organization)
    own = a_shift(program=program, published_at=None, in_hours=24 * 20)
    wanted = a_shift(in_hours=24 * 20)
    program.wanted_shifts.add(wanted)

    page = desk.get(reverse("desk_program_week", args=[program.pk]))

    assert page.context["monday"] == monday_of(timezone.localdate(own.starts_at))
    assert {shift for row in page.context["rows"] for cell in row["cells"] for shift in cell["shifts"]} == {own, wanted}


@pytest.mark.parametrize("status", ["submitted", "ended", "cancelled"])
def test_week_of_what_is_not_written_or_running_is_closed(desk, organization, status):
    program = a_program(organization=organization, status=status)

    assert desk.get(reverse("desk_program_week", args=[program.pk])).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_week_takes_the_same_queries_for_any_number_of_sites(desk, organization, django_assert_num_queries, count):
    program = a_program(organization=organization)
    for _ in range(count):
        a_shift(program=program, published_at=None, in_hours=24 * 20)

    with django_assert_num_queries(12):
        desk.get(reverse("desk_program_week", args=[program.pk]))


def a_paper():
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    return SimpleUploadedFile("保单.png", picture.getvalue())


def policy_fields(**changes):
    days = {"starts_on": a_day(0).isoformat(), "ends_on": a_day(60).isoformat()}
    return {"insurer": "演示保险", "number": "PA-1", **days, **changes}


def test_policy_is_kept_with_its_paper_and_read_by_those_who_decide(desk, client, organization):
    program = a_program(organization=organization, status="submitted")
    url = reverse("desk_program_insurance", args=[program.pk])

    page = desk.post(url, policy_fields(paper=a_paper()), follow=True)
    policy = InsurancePolicy.objects.get()
    paper = reverse("insurance_paper", args=[policy.pk])
    assert (policy.insurer, policy.document is not None) == ("演示保险", True)
    assert paper in page.text

    client.force_login(a_county_clerk())
    answer = client.get(paper)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert b"".join(answer).startswith(b"\x89PNG")
    assert "no-store" in answer["Cache-Control"]
    assert Event.objects.filter(verb="document.read").count() == 1
    for stranger in (STRANGERS["other member"](), a_county_clerk(PANZHOU)):
        client.force_login(stranger)
        assert client.get(paper).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"insurer": ""}, "insurer"),
        ({"number": "9" * 41}, "number"),
        ({"starts_on": "x"}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"paper": SimpleUploadedFile("a.png", b"<script>alert(1)</script>")}, "paper"),
    ],
)
def test_impossible_policy_is_said_beside_its_field(desk, organization, changes, field):
    program = a_program(organization=organization)

    page = desk.post(reverse("desk_program_insurance", args=[program.pk]), policy_fields(**changes))

    assert list(page.context["form"].errors) == [field]
    assert InsurancePolicy.objects.count() == 0


def test_policy_is_taken_out_of_a_draft(desk, organization):
    program = a_program(organization=organization)
    policy = program.insurances.create(**policy_fields())

    page = desk.post(reverse("insurance_remove", args=[policy.pk]), follow=True)

    assert "已去掉这份保险" in page.text
    assert InsurancePolicy.objects.count() == 0


@pytest.mark.usefixtures("organization")
def test_policy_of_another_is_not_found(desk):
    policy = a_program().insurances.create(**policy_fields())

    assert desk.post(reverse("insurance_remove", args=[policy.pk])).status_code == 404
    assert InsurancePolicy.objects.count() == 1


def test_risks_are_said_anew_on_their_page(desk, organization):
    program = a_program(organization=organization, status="approved")
    url = reverse("desk_program_risks", args=[program.pk])
    assert desk.get(url).context["form"]["risk_disclosure"].value() == program.risk_disclosure

    same = desk.post(url, {"risk_disclosure": program.risk_disclosure})
    assert same.context["form"].errors == {"risk_disclosure": ["和原来写的一样，没有改动。"]}
    desk.post(url, {"risk_disclosure": "山上有凝冻，请走大路。"})
    program = Program.objects.get()
    assert (program.risk_disclosure, program.risk_version) == ("山上有凝冻，请走大路。", 2)


def move_fields(days=10, **changes):
    return {"on": a_day(days).isoformat(), "begins": "14:00", "ends": "16:00", "remark": "学校开会", **changes}


@pytest.mark.parametrize("who", ["member", "keeper"])
def test_shift_is_moved_by_those_who_receive_the_people(client, member, organization, who):
    site = a_site()
    shift = a_shift(program=a_program(status="approved", organization=organization), site=site)
    client.force_login(member if who == "member" else a_keeper(site))
    url = reverse("move_shift", args=[shift.pk])
    assert "site" not in client.get(url).context["form"].fields

    page = client.post(url, move_fields(), follow=True)

    moved = timezone.localtime(Shift.objects.get().starts_at)
    assert (moved.date(), moved.hour) == (a_day(10), 14)
    assert page.redirect_chain == [(reverse("shift", args=[shift.pk]), 302)]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"on": ""}, "on", "请选择日期。"),
        ({"on": "9999-12-31"}, "__all__", "时间最多提前一年安排，请选近一些的日期。"),
        ({"on": "2020-01-01"}, "__all__", "开始时间已经过去，请选择以后的时间。"),
        ({"remark": " "}, "remark", "请写一句为什么改。"),
        ({"site": "999999"}, "site", "请在列出的地点里选择。"),
    ],
)
def test_refused_move_keeps_what_was_typed(desk, organization, changes, field, sentence):
    program = a_program(status="approved", organization=organization)
    shift, _other = a_shift(program=program), a_shift(program=program)

    fields = move_fields(**{"site": shift.site_id, **changes})
    page = desk.post(reverse("move_shift", args=[shift.pk]), fields)

    assert page.context["form"].errors == {field: [sentence]}
    assert Shift.objects.get(pk=shift.pk).starts_at == shift.starts_at


def test_stranger_moves_nothing(client):
    shift = a_shift(program=a_program(status="approved"))
    client.force_login(STRANGERS["other member"]())

    for page in (
        client.get(reverse("move_shift", args=[shift.pk])),
        client.post(reverse("move_shift", args=[shift.pk])),
    ):
        assert page.status_code == 409


def test_adopted_shift_offers_no_other_place(desk, organization):
    program = a_program(status="approved", organization=organization)
    shift = a_shift(need=a_need(status="published", windows=0), program=program)
    a_shift(program=program)

    assert "site" not in desk.get(reverse("move_shift", args=[shift.pk])).context["form"].fields


def test_desk_tells_of_insurance_that_runs_out_and_of_missing_adults(member, organization):
    program = a_program(status="approved", organization=organization, risk_level="medium", title="助浴")
    a_shift(program=program, short_of_adults_at=timezone.now(), places_taken=3)
    calm = a_program(status="approved", organization=organization, risk_level="medium")
    a_shift(program=calm, places_taken=3)
    calm.insurances.create(insurer="演示保险", number="A1", starts_on=a_day(-1), ends_on=a_day(90))

    lines = [line["title"] for line in build(member, timezone.now())["today"]]

    assert lines == ["请续保险：助浴", "通过审查的成年人不够两位：助浴"]
