"""What everybody reads of programs: complete, true, and nobody's name on it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from marketplace.workflow.wording import say_day
from tests.factories import (
    a_bureau_clerk,
    a_category,
    a_need,
    a_program,
    a_shift,
    a_site,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db


def a_running_program(**fields):
    organization = an_organization(
        member=a_user("何社工本人"), name="水城同心社会工作服务中心", verified_on=date(2026, 3, 5)
    )
    clerk = a_bureau_clerk()
    return a_program(status="approved", organization=organization, approved_by=clerk, **fields)


def page_of(client, program):
    return client.get(reverse("program", args=[program.pk]))


def test_page_tells_what_who_risks_shifts_and_needs(client):
    program = a_running_program(
        title="双水课业陪伴", summary="陪孩子写作业。", risk_disclosure="山路较多，请结伴前往。"
    )
    need = a_need(status="published", windows=0, title="周六课业辅导")
    adopted = a_shift(need=need, program=program)
    own = a_shift(program=program, in_hours=96, places=4, places_taken=1, task="带读绘本")
    a_shift(program=program, in_hours=-5)
    a_shift(program=program, status="cancelled")
    a_shift(program=program, published_at=None)

    page = page_of(client, program)

    assert list(page.context["shifts"]) == [adopted, own]
    assert list(page.context["needs"]) == [need]
    for words in ("陪孩子写作业。", "山路较多，请结伴前往。", "带读绘本", "还差 3 人", "周六课业辅导", "看这一场"):
        assert words in page.text
    assert f"{say_day(date(2026, 3, 5))} 由民政部门核验登记信息" in page.text
    assert reverse("shift", args=[own.pk]) in page.text


def test_page_names_no_person(client):
    program = a_running_program(drafted_by=a_user("起草的小何"))
    a_shift(program=program, site=a_site(keeper=a_user("站点小陈本人")))

    page = page_of(client, program).text

    for name in ("何社工本人", "起草的小何", "市局小李", "站点小陈本人", "@example.com"):
        assert name not in page


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "cancelled"])
def test_program_that_is_not_public_is_not_found(client, status):
    program = a_program(status=status)

    assert page_of(client, program).status_code == 404
    client.force_login(program.drafted_by)
    assert page_of(client, program).status_code == 404


def test_ended_program_offers_other_programs(client):
    program = a_running_program()
    program = a_program(status="ended", organization=program.organization)

    page = page_of(client, program)

    assert page.status_code == 200
    assert "这个项目已经结束" in page.text


def test_running_program_without_shifts_ahead_says_so(client):
    assert "现在没有能报名的场次" in page_of(client, a_running_program()).text


@pytest.mark.parametrize(("is_demo", "times"), [(True, 1), (False, 0)])
def test_demo_program_is_marked(client, is_demo, times):
    page = page_of(client, a_running_program(is_demo=is_demo)).text

    assert page.split('<main id="main"')[1].count("演示数据") == times


def test_position_to_be_checked_is_said(client):
    program = a_running_program()
    a_shift(program=program, site=a_site(lng=None, lat=None))

    assert "位置待核实" in page_of(client, program).text


@pytest.mark.parametrize("shifts", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_shifts(client, django_assert_num_queries, shifts):
    program = a_running_program()
    for _ in range(shifts):
        a_shift(program=program, need=a_need(status="published", windows=0), skills=("homework",))

    with django_assert_num_queries(7):
        page_of(client, program)


def test_list_shows_running_programs_the_soonest_first(client):
    late, soon, idle = (a_program(status="approved") for _ in range(3))
    a_shift(program=late, in_hours=200, places=5, places_taken=1)
    a_shift(program=soon, in_hours=24)
    a_shift(program=soon, in_hours=300)
    a_program(status="ended")
    a_program(status="submitted")

    page = client.get(reverse("programs"))

    assert list(page.context["page"].object_list) == [soon, late, idle]
    assert [program.places_left for program in page.context["page"].object_list] == [6, 4, 0]


def test_list_keeps_one_category(client):
    cleaning = a_program(status="approved", category=a_category("reading"))
    a_program(status="approved")

    page = client.get(reverse("programs"), {"category": "reading"})

    assert list(page.context["page"].object_list) == [cleaning]
    assert [(chip["label"], chip["count"], chip["is_on"], chip["url"]) for chip in page.context["chips"]] == [
        (a_category().name, 1, False, "?category=tutoring"),
        (a_category("reading").name, 1, True, "/programs/"),
    ]


def test_list_of_a_category_nobody_offers_leads_back(client):
    page = client.get(reverse("programs"), {"category": "<script>"})

    assert "这一类现在没有项目" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("programs", [1, 3])
def test_list_takes_the_same_queries_for_any_number(client, django_assert_num_queries, programs):
    for _ in range(programs):
        a_shift(program=a_program(status="approved"))

    with django_assert_num_queries(4):
        client.get(reverse("programs"))
