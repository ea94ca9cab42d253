"""The pages on which an organization registers, follows its registration, and is decided."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.organizations.actions import return_organization
from marketplace.organizations.models import Organization
from tests.factories import (
    PANZHOU,
    SHUICHENG,
    a_bureau_clerk,
    a_category,
    a_county_clerk,
    a_user,
    an_area,
    an_organization,
)
from tests.factories.papers import a_paper, a_pdf

pytestmark = pytest.mark.django_db
NEW = "/desk/organizations/new/"
LIST = "/desk/organizations/"


def signed_in(client, user):
    client.force_login(user)
    return client


def page_of(organization):
    return reverse("desk_organization", args=[organization.pk])


def step_of(organization, step):
    return reverse("organization_step", args=[organization.pk, step])


def sheet(button="submit", **changes):
    return {
        "name": "水城同心社会工作服务中心",
        "short_name": "同心中心",
        "form": "service_org",
        "uscc": "52520200MJD00002XQ",
        "area": an_area(SHUICHENG).pk,
        "categories": [a_category().pk],
        "about": "陪伴搬迁社区的孩子。",
        "certificate": a_pdf(),
        button: "yes",
        **changes,
    }


def test_anybody_with_an_account_registers_an_organization(client):
    person = a_user()

    page = signed_in(client, person).post(NEW, sheet(), follow=True)

    organization = Organization.objects.get()
    assert page.redirect_chain == [(page_of(organization), 302)]
    assert (organization.status, organization.uscc, organization.memberships.get().user) == (
        "submitted",
        "52520200MJD00002XQ",
        person,
    )
    assert "已提交。登记地区的民政部门核验后，结果会发到「消息」。" in page.text


def test_draft_is_kept(client):
    signed_in(client, a_user()).post(NEW, sheet(button="draft"))

    assert Organization.objects.get().status == "draft"


@pytest.mark.parametrize(
    "typed",
    ["52520200mjd00002xq", " 52520200 MJD00002XQ ", "５２５２０２００ＭＪＤ００００２ＸＱ", "52520200\u3000MJD00002XQ"],
)
def test_code_is_taken_as_people_copy_it(client, typed):
    signed_in(client, a_user()).post(NEW, sheet(uscc=typed))

    assert Organization.objects.get().uscc == "52520200MJD00002XQ"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"uscc": "52520200MJD00002XX"}, {"uscc": ["代码的校验位对不上，多半有一位写错了，请对照登记证书再看一遍。"]}),
        ({"uscc": "5252"}, {"uscc": ["统一社会信用代码是 18 位，现在填了 4 位。"]}),
        ({"uscc": "52520200MJD00002XQ1"}, {"uscc": ["统一社会信用代码是 18 位，现在填了 19 位。"]}),
        ({"form": "foundation"}, {"uscc": ["基金会的代码以 53 开头，请检查代码或组织形式。"]}),
        ({"uscc": ""}, {"uscc": ["请填写统一社会信用代码。"]}),
        ({"name": " "}, {"name": ["请填写登记证书上的名称。"]}),
        ({"form": ""}, {"form": ["请选择组织形式。"]}),
        ({"area": ""}, {"area": ["请选择登记地区。"]}),
    ],
)
def test_refusals_stand_beside_their_fields_and_in_the_summary(client, changes, errors):
    page = signed_in(client, a_user()).post(NEW, sheet(**changes))

    assert page.context["form"].errors == errors
    [[sentence]] = errors.values()
    assert page.text.count(sentence) == 2
    assert page.context["form"]["about"].value() == "陪伴搬迁社区的孩子。"
    assert Organization.objects.count() == 0


def test_code_that_is_known_leads_to_the_colleagues(client):
    an_organization(uscc="52520200MJD00002XQ")

    page = signed_in(client, a_user()).post(NEW, sheet())

    assert page.context["form"].errors == {
        "uscc": ["这个代码已经登记过了。请联系您单位的负责人把您加进来，不用再登记一次。"]
    }


def test_township_is_no_place_of_registration(client):
    page = signed_in(client, a_user()).post(NEW, sheet(area=an_area().pk))

    assert list(page.context["form"].errors) == ["area"]


def test_returned_registration_is_mended_and_handed_in_again(client):
    member = a_user()
    organization = an_organization(member=member, status="submitted", uscc="52520200MJD00002XQ")
    return_organization(organization, actor=a_county_clerk(), remark="简介没有说清做什么")
    url = reverse("desk_organization_edit", args=[organization.pk])

    page = signed_in(client, member).get(url)
    assert "简介没有说清做什么" in page.text
    assert page.context["form"]["uscc"].value() == "52520200MJD00002XQ"

    client.post(url, sheet(about="每周六陪孩子写作业。"))
    organization = Organization.objects.get()
    assert (organization.status, organization.about) == ("submitted", "每周六陪孩子写作业。")


@pytest.mark.parametrize("status", ["submitted", "active", "suspended"])
def test_what_was_handed_in_is_not_edited(client, status):
    member = a_user()
    organization = an_organization(member=member, status=status)

    page = signed_in(client, member).get(reverse("desk_organization_edit", args=[organization.pk]))

    assert page.status_code == 409
    assert "提交后不能修改" in page.text


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "active", "suspended"])
@pytest.mark.parametrize("url_name", ["desk_organization", "desk_organization_edit"])
def test_organization_of_others_is_not_found_on_the_desk(client, status, url_name):
    organization = an_organization(status=status, member=a_user())
    stranger = an_organization(member=a_user()).memberships.get().user

    assert signed_in(client, stranger).get(reverse(url_name, args=[organization.pk])).status_code == 404


@pytest.mark.parametrize(
    ("area", "status", "found"),
    [
        (SHUICHENG, "submitted", 200),
        (SHUICHENG, "draft", 404),
        (PANZHOU, "submitted", 404),
        (PANZHOU, "active", 404),
    ],
)
def test_staff_open_what_was_handed_in_within_their_area(client, area, status, found):
    organization = an_organization(status=status, area=SHUICHENG)

    assert signed_in(client, a_county_clerk(area)).get(page_of(organization)).status_code == found


@pytest.mark.parametrize(
    ("status", "who", "buttons"),
    [
        ("draft", "member", ["submit"]),
        ("returned", "member", ["submit"]),
        ("submitted", "member", []),
        ("submitted", "county", ["verify", "return"]),
        ("active", "county", ["suspend"]),
        ("active", "member", []),
        ("suspended", "county", ["restore"]),
        ("submitted", "supervisor", []),
    ],
)
def test_page_offers_the_steps_that_are_open(client, status, who, buttons):
    member = a_user("机构小何")
    organization = an_organization(member=member, status=status)
    a_paper(organization)
    people = {
        "member": lambda: member,
        "county": a_county_clerk,
        "supervisor": lambda: a_user(role="supervisor", area="520200"),
    }

    page = signed_in(client, people[who]()).get(page_of(organization))

    assert [item["step"].slug for item in page.context["steps"]] == buttons
    assert [str(member.user) for member in page.context["members"]] == ["机构小何"]


def test_verification_and_suspension_with_words(client):
    organization = an_organization(status="submitted", member=a_user())
    signed_in(client, a_bureau_clerk())

    page = client.post(step_of(organization, "verify"), follow=True)
    assert "已通过核验，组织可以发布项目了，也已告诉他们。" in page.text

    client.post(step_of(organization, "suspend"), {"reasons": ["收到投诉，正在核实"], "remark": "两周内答复"})
    organization = Organization.objects.get()
    page = client.get(page_of(organization))
    assert organization.status == "suspended"
    assert [entry["why"] for entry in page.context["entries"]] == ["收到投诉，正在核实\n两周内答复", ""]


@pytest.mark.parametrize("slug", ["delete", "verified", "edit-it"])
def test_step_that_is_not_in_the_table_does_nothing(client, slug):
    organization = an_organization(status="submitted")

    assert signed_in(client, a_county_clerk()).post(step_of(organization, slug)).status_code == 404


def test_list_of_a_member_and_of_staff(client):
    member = a_user()
    own = an_organization(member=member, status="draft", name="一")
    waiting = an_organization(status="submitted", name="二")
    an_organization(status="submitted", area=PANZHOU, name="三")

    page = signed_in(client, member).get(LIST)
    assert list(page.context["page"].object_list) == [own]
    assert NEW in page.text

    page = signed_in(client, a_county_clerk()).get(LIST)
    assert list(page.context["page"].object_list) == [waiting]
    assert NEW not in page.text


def test_list_keeps_one_status(client):
    waiting, active = an_organization(status="submitted"), an_organization()
    signed_in(client, a_county_clerk())

    page = client.get(LIST, {"status": "submitted"})

    assert list(page.context["page"].object_list) == [waiting]
    assert {(chip["label"], chip["count"], chip["is_on"]) for chip in page.context["chips"]} == {
        ("待核验", 1, True),
        ("已核验", 1, False),
    }
    assert active not in page.context["page"].object_list


def test_person_without_an_organization_is_told_the_way_in(client):
    page = signed_in(client, a_user()).get(LIST)

    assert "您还不在任何组织里" in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(client, django_assert_num_queries, number):
    for _ in range(number):
        an_organization()
    signed_in(client, a_county_clerk())

    with django_assert_num_queries(7):
        client.get(LIST)
