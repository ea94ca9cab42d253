"""Pages everybody reads: needs, sites, organizations with what one can join there; true, and nobody's name on them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.organizations.actions import verify_organization
from marketplace.workflow.wording import say_day
from tests.factories import (
    PANZHOU,
    SHUICHENG,
    ZHONGSHAN,
    a_bureau_clerk,
    a_category,
    a_county_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_site,
    a_user,
    an_area,
    an_organization,
)

pytestmark = pytest.mark.django_db


def body(page):
    return page.text.split('<main id="main"')[1].split("</main>")[0]


def show(client, name, record):
    return client.get(reverse(name, args=[record.pk]))


def a_published_need(**fields):
    return a_need(status="published", windows=0, verified_by=a_county_clerk(), **fields)


# Needs


def test_need_tells_what_where_and_when_one_can_come(client):
    site = a_site(name="双水社区儿童之家", lng=None, lat=None)
    need = a_published_need(
        title="周六课业辅导",
        summary="陪小学生写作业。",
        site=site,
        people_served=20,
        skills=("homework",),
        clearance_required=True,
        risk_disclosure="山路较多",
    )
    later, sooner = a_shift(need=need, in_hours=96), a_shift(need=need, in_hours=24)
    a_shift(need=need, status="cancelled")

    page = show(client, "need", need)

    assert list(page.context["shifts"]) == [sooner, later]
    for words in (
        "周六课业辅导",
        "陪小学生写作业。",
        "双水社区儿童之家",
        "大约 20 人受益",
        "会课业辅导",
        "年满 18 岁，要先通过未成年人保护审查",
        "山路较多",
        "位置待核实",
        "当地工作人员核实过",
    ):
        assert words in body(page)
    assert reverse("shift", args=[sooner.pk]) in body(page)


def test_need_names_no_person(client):
    site = a_site(keeper=a_user("站点小陈本人"))
    need = a_published_need(site=site, raised_by=a_user("提出的小周"))
    a_shift(need=need)

    page = show(client, "need", need).text

    for name in ("站点小陈本人", "提出的小周", "区县小王"):
        assert name not in page


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "verified", "withdrawn", "referred"])
def test_need_that_is_not_public_is_not_found(client, status):
    need = a_need(status=status)

    assert show(client, "need", need).status_code == 404
    client.force_login(need.raised_by)
    assert show(client, "need", need).status_code == 404


@pytest.mark.parametrize("status", ["fulfilled", "expired"])
def test_need_that_is_over_shows_no_shifts(client, status):
    need = a_need(status=status, windows=0)
    a_shift(need=need)

    page = show(client, "need", need)

    assert list(page.context["shifts"]) == []
    assert "这个需求已经结束" in body(page)


def test_need_shows_which_programs_took_it_on_once(client):
    need, program = a_published_need(), a_program(status="approved")
    for hours in (24, 48):
        a_shift(need=need, program=program, in_hours=hours)

    assert list(show(client, "need", need).context["programs"]) == [program]


@pytest.mark.parametrize(
    ("organization", "is_adopted", "may"),
    [("active", False, True), ("active", True, False), ("submitted", False, False), (None, False, False)],
)
def test_need_invites_organizations_that_can_take_it_on(client, organization, is_adopted, may):
    need = a_published_need()
    a_shift(need=need, program=a_program(status="approved") if is_adopted else None)
    person = a_user()
    if organization:
        an_organization(member=person, status=organization)
    client.force_login(person)

    page = show(client, "need", need)

    assert (f"/desk/programs/new/?need={need.pk}" in body(page)) == may


def test_visitor_is_not_invited_to_offer_programs(client):
    need = a_published_need()
    a_shift(need=need)

    assert "/desk/" not in body(show(client, "need", need))


@pytest.mark.parametrize("number", [1, 3])
def test_need_takes_the_same_queries_for_any_number_of_shifts(client, django_assert_num_queries, number):
    need = a_published_need(skills=("homework",))
    for hours in range(number):
        a_shift(need=need, in_hours=24 + hours, program=a_program(status="approved"), skills=("homework",))

    with django_assert_num_queries(9):
        show(client, "need", need)


# Sites


def test_site_tells_where_when_open_what_is_needed_and_what_comes(client):
    home = a_site(name="福泽家园", kind="relocation_site")
    site = a_site(
        name="福泽家园儿童之家",
        relocation_site=home,
        address="双水街道福泽家园 3 栋",
        opening_hours="周一至周五 16:30–19:00",
        capacity=20,
    )
    need = a_published_need(site=site, title="周六课业辅导", urgency="urgent")
    a_need(site=site, title="还没核实的需求", status="submitted")
    coming = a_shift(need=need)
    a_shift(need=need, status="cancelled")

    page = show(client, "site", site)

    assert (list(page.context["needs"]), list(page.context["shifts"])) == ([need], [coming])
    for words in ("双水街道福泽家园 3 栋", "周一至周五 16:30–19:00", "20 人", "周六课业辅导", "紧急", "看这一场"):
        assert words in body(page)
    assert reverse("site", args=[home.pk]) in body(page)
    assert "还没核实的需求" not in body(page)
    assert "位置待核实" not in body(page)


def test_site_without_a_reliable_point_says_so(client):
    assert "位置待核实，地图上没有标出" in body(show(client, "site", a_site(lng=None, lat=None)))


def test_closed_site_takes_nobody(client):
    site = a_site(status="closed")
    a_shift(program=a_program(status="approved"), site=site)
    a_published_need(site=site)

    page = show(client, "site", site)

    assert "这个地点已经关闭，不再接受报名。" in body(page)
    assert (list(page.context["shifts"]), list(page.context["needs"])) == ([], [])


def test_site_names_no_person_and_no_coordinates(client):
    site = a_site(keeper=a_user("站点小陈本人"))

    page = show(client, "site", site).text

    assert "站点小陈本人" not in page
    assert "104.957" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_site_takes_the_same_queries_for_any_number_of_shifts(client, django_assert_num_queries, number):
    site = a_site()
    for hours in range(number):
        need = a_published_need(site=site, skills=("homework",))
        a_shift(need=need, in_hours=24 + hours, program=a_program(status="approved"), skills=("homework",))

    with django_assert_num_queries(7):
        show(client, "site", site)


def test_sites_are_listed_by_county_and_township_with_what_one_can_join(client):
    busy, idle = a_site(name="忙的"), a_site(name="闲的", lng=None, lat=None)
    far = a_site(name="远的", area="520201011")
    a_site(name="关了的", status="closed")
    for hours in (24, 48):
        a_shift(program=a_program(status="approved"), site=busy, in_hours=hours)
    a_shift(program=a_program(status="approved"), site=idle, status="cancelled")

    page = client.get(reverse("sites"))

    assert [(site, site.shift_count) for site in page.context["page"].object_list] == [(far, 0), (busy, 2), (idle, 0)]
    assert [(chip["label"], chip["count"]) for chip in page.context["chips"]] == [("钟山", 1), ("水城", 2)]
    for words in ("双水街道", "2 场可报名", "近期没有活动", "位置待核实"):
        assert words in body(page)


def test_sites_of_one_county(client):
    a_site()
    far = a_site(area="520201011")

    page = client.get(reverse("sites"), {"county": ZHONGSHAN})

    assert list(page.context["page"].object_list) == [far]
    assert [(chip["label"], chip["is_on"], chip["url"]) for chip in page.context["chips"]] == [
        ("钟山", True, "?"),
        ("水城", False, f"?county={SHUICHENG}"),
    ]


def test_county_without_sites_leads_back(client):
    a_site()

    assert "这里还没有开放的服务地点" in body(client.get(reverse("sites"), {"county": "<b>"}))


@pytest.mark.parametrize(("is_demo", "count"), [(True, 1), (False, 0)])
def test_demo_sites_are_marked(client, is_demo, count):
    site = a_site(is_demo=is_demo)

    assert body(client.get(reverse("sites"))).count("演示数据") == count
    assert body(show(client, "site", site)).count("演示数据") == count


@pytest.mark.parametrize("number", [1, 3])
def test_sites_take_the_same_queries_for_any_number(client, django_assert_num_queries, number):
    for _ in range(number):
        a_shift()

    with django_assert_num_queries(4):
        client.get(reverse("sites"))


# Organizations


def test_organization_tells_who_verified_it_and_when_and_what_it_runs(client):
    organization = an_organization(
        status="submitted", member=a_user("何社工本人"), name="水城同心社会工作服务中心", about="陪伴搬迁社区的孩子。"
    )
    organization.categories.set([a_category()])
    verify_organization(organization, actor=a_bureau_clerk())
    running, ended = (a_program(status=status, organization=organization) for status in ("approved", "ended"))
    a_program(status="draft", organization=organization, title="还在写的项目")
    a_shift(program=running)

    page = show(client, "organization", organization)

    assert list(page.context["programs"]) == [running, ended]
    for words in (
        "六盘水市民政局",
        say_day(timezone.localdate()),
        organization.uscc,
        "陪伴搬迁社区的孩子。",
        a_category().name,
    ):
        assert words in body(page)
    for words in ("还在写的项目", "何社工本人", "市局小李"):
        assert words not in page.text


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "suspended"])
def test_organization_that_is_not_verified_is_not_found(client, status):
    member = a_user()
    organization = an_organization(status=status, member=member)

    assert show(client, "organization", organization).status_code == 404
    client.force_login(member)
    assert show(client, "organization", organization).status_code == 404


def test_organizations_are_listed_with_what_one_can_join(client):
    busy = an_organization(name="甲中心", member=a_user())
    idle = an_organization(name="乙中心", area=PANZHOU)
    an_organization(name="丙中心", status="submitted")
    program = a_program(status="approved", organization=busy)
    a_program(status="draft", organization=busy)
    for hours in (24, 48):
        a_shift(program=program, in_hours=hours)
    a_shift(program=program, status="cancelled")

    page = client.get(reverse("organizations"))

    listed = {(row.name, row.program_count, row.shift_count) for row in page.context["page"].object_list}
    assert listed == {("甲中心", 1, 2), ("乙中心", 0, 0)}
    assert "1 个项目，2 场可报名" in body(page)
    assert [(chip["label"], chip["count"]) for chip in page.context["chips"]] == [
        (an_area(SHUICHENG).short_name, 1),
        (an_area(PANZHOU).short_name, 1),
    ]
    assert idle in page.context["page"].object_list


def test_organizations_of_one_county(client):
    an_organization()
    far = an_organization(area=PANZHOU)

    page = client.get(reverse("organizations"), {"county": PANZHOU})

    assert list(page.context["page"].object_list) == [far]


@pytest.mark.parametrize("number", [1, 3])
def test_organizations_take_the_same_queries_for_any_number(client, django_assert_num_queries, number):
    for _ in range(number):
        an_organization().categories.set([a_category()])

    with django_assert_num_queries(5):
        client.get(reverse("organizations"))


def test_keeper_reads_the_same_pages_as_everybody(client):
    site = a_site()
    client.force_login(a_keeper(site))

    assert show(client, "site", site).status_code == 200
