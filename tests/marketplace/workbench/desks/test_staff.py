"""The desk of the bureau's side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.needs.models import Need
from marketplace.programs.models import Program
from marketplace.workbench.desks import staff as desk
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    add_member,
    an_organization,
)
from tests.factories.safeguarding import a_complaint, a_report

pytestmark = pytest.mark.django_db


def a_supervisor():
    return a_user(role="supervisor", area="520200")


def built(user):
    return desk.build(user, timezone.now())


def titles(user):
    return [line["title"] for line in built(user)["today"]]


def due(record, **later):
    column = "verify_due_at" if isinstance(record, Need) else "approve_due_at"
    type(record).objects.filter(pk=record.pk).update(**{column: timezone.now() + timedelta(**later)})
    return record


@pytest.fixture
def work():
    """One of each kind that waits for a decision, and some that don't."""
    due(a_need(status="submitted", title="待核实"), days=3)
    due(a_need(status="verified", title="待发布"), days=2)
    a_need(status="draft")
    a_need(status="published")
    due(a_program(status="submitted", title="课后陪伴"), days=1)
    a_program(status="approved")
    an_organization(status="submitted", name="凉都社工")


@pytest.mark.parametrize("make", [a_user, a_keeper, a_village_worker])
def test_desk_is_not_for_others(make):
    assert built(make()) is None


def test_county_decides_about_all_three_nearest_deadline_first(work):
    assert titles(a_county_clerk()) == ["核验组织：凉都社工", "审核项目：课后陪伴", "发布：待发布", "核实：待核实"]


def test_bureau_sees_the_whole_prefecture(work):
    assert len(titles(a_bureau_clerk())) == 4


def test_township_decides_about_needs_alone(work):
    assert titles(a_township_clerk()) == ["发布：待发布", "核实：待核实"]


def test_other_areas_have_nothing_to_do_with_it(work):
    assert titles(a_county_clerk(PANZHOU)) == []
    assert titles(a_township_clerk("520281001")) == []


def test_supervisor_sees_the_area_and_nothing_to_decide(client, work):
    user = a_supervisor()
    context = built(user)

    assert (context["today"], context["may_decide"], context["may_state"]) == ([], False, False)
    client.force_login(user)
    page = client.get(reverse("desk"))
    assert "地区情况" in page.text
    assert "今天要做" not in page.text


def test_own_need_and_own_program_wait_for_a_colleague():
    clerk = a_county_clerk()
    a_need(status="submitted", raised_by=clerk)
    a_program(status="submitted", drafted_by=clerk)

    assert titles(clerk) == []


def test_lines_lead_to_the_decision_with_their_clock():
    need = due(a_need(status="submitted", title="课业辅导"), days=0)

    line = built(a_county_clerk())["today"][0]
    assert (line["title"], line["url"], line["days_left"]) == (
        "核实：课业辅导",
        reverse("desk_need", args=[need.pk]),
        0,
    )


def test_program_line_leads_to_its_decision():
    program = due(a_program(status="submitted"), days=1)

    assert built(a_county_clerk())["today"][0]["url"] == reverse("desk_program", args=[program.pk])
    assert Program.objects.count() == 1


def test_long_queue_is_cut_and_counted(client, monkeypatch):
    monkeypatch.setattr(desk, "LINES_SHOWN", 2)
    for number in range(3):
        due(a_need(status="submitted"), days=number + 1)
    user = a_county_clerk()

    context = built(user)
    assert (len(context["today"]), context["waiting_count"]) == (2, 3)
    client.force_login(user)
    assert "一共 3 件，先列最早到期的 2 件。" in client.get(reverse("desk")).text


def test_head_counts_all_and_each_kind_leads_to_its_list(client, work):
    a_report()
    a_complaint()
    user = a_county_clerk()

    assert [(chip["label"], chip["count"], chip["url"]) for chip in built(user)["queues"]] == [
        ("强制报告", 1, "/desk/reports/?status=reported"),
        ("需求", 2, "/desk/needs/"),
        ("项目", 1, "/desk/programs/?status=submitted"),
        ("社会组织", 1, "/desk/organizations/?status=submitted"),
        ("投诉", 1, "/desk/complaints/?status=open"),
    ]
    client.force_login(user)
    assert '今天要做 <span class="count count-quiet">6</span>' in client.get(reverse("desk")).text


def test_reports_of_harm_stand_first_whatever_else_is_late(client, monkeypatch):
    due(a_need(status="submitted", title="课业辅导"), days=-30)
    report = a_report()

    assert titles(a_county_clerk()) == [f"马上处理：有人报告儿童可能受到侵害（{report.receipt}）", "核实：课业辅导"]


@pytest.mark.parametrize("make", [a_township_clerk, a_supervisor])
def test_reports_and_complaints_are_not_on_other_desks(client, make):
    report, complaint = a_report(), a_complaint()
    client.force_login(make())

    page = client.get(reverse("desk")).text

    assert [word in page for word in (report.receipt, complaint.receipt, "/desk/reports/")] == [False] * 3


def test_complaint_line_has_its_clock_and_spares_who_is_concerned():
    organization = an_organization()
    complaint = a_complaint(about=organization)
    clerk = a_county_clerk()

    (line,) = built(clerk)["today"]
    assert (line["title"], line["url"]) == (
        f"答复投诉：收取费用（{complaint.receipt}）",
        f"/desk/complaints/{complaint.pk}/",
    )
    assert line["days_left"] is not None
    add_member(organization, clerk)
    assert titles(a_county_clerk()) != titles(clerk) == []


def test_numbers_are_edited_from_the_bureaus_desk(client):
    for user, is_there in ((a_bureau_clerk(), True), (a_county_clerk(), False)):
        client.force_login(user)
        assert ("/desk/hotlines/" in client.get(reverse("desk")).text) == is_there


def test_figures_count_the_area():
    site = a_site()
    need = a_need(site=site, status="published", windows=0)
    a_signup(shift=a_shift(need=need, places=5))
    a_shift(need=need, in_hours=24 * 8, places=9)
    a_need(site=site, status="submitted")

    figures = built(a_county_clerk())["figures"]
    assert [(figure["label"], figure["value"]) for figure in figures] == [
        ("待核实", 1),
        ("已核实", 0),
        ("已发布", 1),
        ("7 天内的场次", 1),
        ("还差几人", 4),
    ]
    assert [figure["value"] for figure in built(a_county_clerk(PANZHOU))["figures"]] == [0, 0, 0, 0, 0]


def test_shifts_are_those_of_the_area_in_seven_days():
    near = a_shift()
    a_shift(in_hours=24 * 8)
    a_shift(status="cancelled")
    a_shift(need=a_need(site=a_site(area="520281001"), status="published"))

    assert list(built(a_township_clerk())["shifts"]) == [near]


def test_township_may_state_a_need_itself(client):
    client.force_login(a_township_clerk())
    assert reverse("desk_need_new") in client.get(reverse("desk")).text

    client.force_login(a_county_clerk())
    assert reverse("desk_need_new") not in client.get(reverse("desk")).text


@pytest.mark.parametrize("number", [1, 3])
def test_desk_takes_the_same_queries_however_much_waits(client, django_assert_num_queries, number):
    for _ in range(number):
        due(a_need(status="submitted"), days=2)
        due(a_program(status="submitted"), days=1)
        an_organization(status="submitted")
        a_shift()
        a_report(site=a_site())
        a_complaint()
    client.force_login(a_county_clerk())

    with django_assert_num_queries(24):
        client.get(reverse("desk"))
