"""The desk pages of programs: who sees which, which buttons stand there, what they do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.organizations.models import Membership
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
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
    a_user,
    a_volunteer,
    an_organization,
    give_role,
)

pytestmark = pytest.mark.django_db
LIST = "/desk/programs/"


@pytest.fixture
def member():
    return a_user("机构小何")


@pytest.fixture
def organization(member):
    return an_organization(member=member)


def signed_in(client, user):
    client.force_login(user)
    return client


def page_of(program):
    return reverse("desk_program", args=[program.pk])


def step_of(program, step):
    return reverse("program_step", args=[program.pk, step])


def a_handed_in_program(organization, **fields):
    program = a_program(status="submitted", organization=organization, **fields)
    a_shift(program=program, published_at=None)
    return program


def test_list_shows_a_members_programs_newest_first(client, member, organization):
    older, newer = (a_program(organization=organization, status=status) for status in ("draft", "approved"))
    a_program(status="approved")

    page = signed_in(client, member).get(LIST)

    assert list(page.context["page"].object_list) == [newer, older]
    assert [(chip["label"], chip["count"], chip["is_on"]) for chip in page.context["chips"]] == [
        ("草稿", 1, False),
        ("进行中", 1, False),
    ]
    assert reverse("desk_program_new") in page.text


def test_list_keeps_one_status(client, member, organization):
    draft = a_program(organization=organization)
    a_program(organization=organization, status="approved")

    page = signed_in(client, member).get(LIST, {"status": "draft"})

    assert list(page.context["page"].object_list) == [draft]
    assert [chip["url"] for chip in page.context["chips"] if chip["is_on"]] == [LIST]


def test_list_ignores_a_status_that_is_none(client, member, organization):
    program = a_program(organization=organization)

    page = signed_in(client, member).get(LIST, {"status": "<script>"})

    assert list(page.context["page"].object_list) == [program]


def test_list_counts_shifts_and_places_without_the_cancelled(client, member, organization):
    program = a_program(organization=organization, status="approved")
    a_shift(program=program, places=3, places_taken=2)
    a_shift(program=program, places=4)
    a_shift(program=program, places=50, status="cancelled")

    [row] = signed_in(client, member).get(LIST).context["page"].object_list

    assert (row.shift_count, row.places_taken, row.places) == (2, 2, 7)


def test_list_of_staff_is_their_area_without_drafts(client):
    theirs = [a_program(status=status) for status in ("submitted", "approved", "returned")]
    a_program(status="draft")
    a_program(status="submitted", organization=an_organization(area=PANZHOU, member=a_user()))

    page = signed_in(client, a_county_clerk()).get(LIST)

    assert set(page.context["page"].object_list) == set(theirs)
    assert reverse("desk_program_new") not in page.text


@pytest.mark.parametrize("programs", [1, 3])
def test_list_takes_the_same_queries_for_any_number(client, member, organization, django_assert_num_queries, programs):
    for _ in range(programs):
        a_shift(program=a_program(organization=organization, status="approved"))
    signed_in(client, member)

    with django_assert_num_queries(8):
        client.get(LIST)


def test_empty_list_says_what_to_do_next(client, member, organization):
    page = signed_in(client, member).get(LIST)

    assert "还没有项目" in page.text
    assert "发布项目" in page.text


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "approved", "ended", "cancelled"])
@pytest.mark.parametrize("who", ["other organization", "other county", "volunteer"])
def test_program_of_another_is_not_found_on_the_desk(client, status, who):
    people = {
        "other organization": lambda: an_organization(member=a_user()).memberships.get().user,
        "other county": lambda: a_county_clerk(PANZHOU),
        "volunteer": lambda: a_volunteer().user,
    }
    program = a_program(status=status)

    page = signed_in(client, people[who]()).get(page_of(program))

    assert page.status_code == (403 if who == "volunteer" else 404)


def test_draft_is_not_shown_to_staff(client):
    assert signed_in(client, a_bureau_clerk()).get(page_of(a_program())).status_code == 404


def test_former_member_sees_it_no_more(client, member, organization):
    program = a_program(organization=organization)
    Membership.objects.filter(user=member).update(ended_on=timezone.localdate())

    assert signed_in(client, member).get(page_of(program)).status_code == 404


@pytest.mark.parametrize(
    ("status", "who", "buttons"),
    [
        ("draft", "member", ["submit", "cancel"]),
        ("returned", "member", ["submit", "cancel"]),
        ("submitted", "member", ["cancel"]),
        ("approved", "member", ["cancel"]),
        ("ended", "member", []),
        ("cancelled", "member", []),
        ("submitted", "county", ["approve", "return"]),
        ("submitted", "bureau", ["approve", "return"]),
        ("submitted", "supervisor", []),
        ("approved", "bureau", []),
    ],
)
def test_page_offers_the_steps_that_are_open(client, member, organization, status, who, buttons):
    program = a_program(status=status, organization=organization)
    people = {
        "member": lambda: member,
        "county": a_county_clerk,
        "bureau": a_bureau_clerk,
        "supervisor": lambda: a_user(role="supervisor", area="520200"),
    }

    page = signed_in(client, people[who]()).get(page_of(program))

    assert [item["step"].slug for item in page.context["steps"]] == buttons
    assert page.context["may_edit"] == (who == "member" and status in {"draft", "returned"})


def test_page_of_a_decision_has_checklist_clock_and_rivals(client, organization):
    contested = a_shift(in_hours=400)
    program = a_handed_in_program(organization, approve_due_at=timezone.now() + timedelta(days=14))
    rival = a_handed_in_program(an_organization(member=a_user()), title="另一个项目")
    for one in (program, rival):
        one.wanted_shifts.add(contested)

    page = signed_in(client, a_bureau_clerk()).get(page_of(program))

    assert page.context["days_left"] > 0
    assert [(check.label, check.is_fine) for check in page.context["checks"]] == [
        ("组织已经核验", True),
        ("标题说的是志愿服务", True),
        ("做什么、怎么做写得太短", False),
        ("公开文字里没有手机号和身份证号", True),
        ("写了风险提示", True),
        ("风险一般，没有要求保险", True),
        ("2 个场次在以后", True),
        ("不是每场都要求审查", False),
        ("别的项目也想承接", False),
    ]
    assert "「另一个项目」也在等审核，谁先通过归谁。" in page.text


def test_page_says_why_a_clerk_who_works_there_may_not_decide(client, organization):
    clerk = a_bureau_clerk()
    Membership.objects.create(organization=organization, user=clerk)
    give_role(clerk, "organization")
    program = a_handed_in_program(organization)

    page = signed_in(client, clerk).get(page_of(program))

    assert [item["step"].slug for item in page.context["steps"]] == ["cancel"]
    assert page.context["bar_note"] == "您与这个组织有关，应当回避，请同事审核。"
    assert page.context["bar_note"] in page.text


@pytest.mark.parametrize(
    ("status", "may"), [("draft", False), ("approved", True), ("ended", True), ("cancelled", False)]
)
def test_program_that_ran_is_offered_for_copying(client, member, organization, status, may):
    program = a_program(status=status, organization=organization)

    page = signed_in(client, member).get(page_of(program)).text

    assert (f"/desk/programs/new/?copy={program.pk}" in page) == may


def test_member_finds_roster_and_cancellation_beside_each_shift(client, member, organization):
    program = a_program(status="approved", organization=organization)
    open_shift, past = a_shift(program=program), a_shift(program=program, in_hours=-5)

    page = signed_in(client, member).get(page_of(program)).text

    assert reverse("roster", args=[open_shift.pk]) in page
    assert reverse("roster", args=[past.pk]) in page
    assert reverse("cancel_shift", args=[open_shift.pk]) in page
    assert reverse("cancel_shift", args=[past.pk]) not in page


def test_staff_find_neither(client, organization):
    program = a_program(status="approved", organization=organization)
    shift = a_shift(program=program)

    page = signed_in(client, a_bureau_clerk()).get(page_of(program)).text

    assert reverse("roster", args=[shift.pk]) not in page
    assert reverse("cancel_shift", args=[shift.pk]) not in page


@pytest.mark.parametrize("shifts", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_shifts(
    client, member, organization, django_assert_num_queries, shifts
):
    program = a_program(status="approved", organization=organization)
    for _ in range(shifts):
        a_shift(program=program, skills=("homework",))
    signed_in(client, member)

    with django_assert_num_queries(18):
        client.get(page_of(program))


def test_approval_publishes_and_says_so(client, organization):
    program = a_handed_in_program(organization)

    page = signed_in(client, a_county_clerk()).post(step_of(program, "approve"), follow=True)

    assert page.redirect_chain == [(page_of(program), 302)]
    assert "已通过。各场次都可以报名了，也已告诉组织方。" in page.text
    assert Program.objects.get().status == "approved"
    assert Shift.objects.public().count() == 1


def test_approval_of_a_contested_shift_is_refused_in_words(client, organization):
    contested = a_shift()
    program = a_handed_in_program(organization)
    program.wanted_shifts.add(contested)
    Shift.objects.filter(pk=contested.pk).update(program=a_program(status="approved"))

    page = signed_in(client, a_county_clerk()).post(
        step_of(program, "approve"), headers={"referer": f"http://testserver{page_of(program)}"}, follow=True
    )

    assert page.redirect_chain == [(page_of(program), 303)]
    assert "已被认领、取消或已开始，请从项目里去掉这一场。" in page.text
    assert Program.objects.get(pk=program.pk).status == "submitted"


def test_return_keeps_ticked_reasons_and_own_words(client, member, organization):
    program = a_handed_in_program(organization)
    words = {"reasons": ["时间或地点不清楚，请逐场核对"], "remark": "第二场在哪里？"}
    signed_in(client, a_county_clerk()).post(step_of(program, "return"), words)

    page = signed_in(client, member).get(page_of(program))

    assert page.context["why_returned"] == "时间或地点不清楚，请逐场核对\n第二场在哪里？"
    assert [entry["what"] for entry in page.context["entries"]] == ["退回修改"]


def test_return_without_a_word_is_refused(client, organization):
    program = a_handed_in_program(organization)

    page = signed_in(client, a_county_clerk()).post(step_of(program, "return"))

    assert page.status_code == 409
    assert "请写明原因，对方才知道为什么、接下来怎么办。" in page.text
    assert Program.objects.get().status == "submitted"


@pytest.mark.parametrize("slug", ["end", "delete", "approved"])
def test_step_that_is_not_in_the_table_does_nothing(client, member, organization, slug):
    program = a_program(status="approved", organization=organization)

    assert signed_in(client, member).post(step_of(program, slug)).status_code == 404
    assert Program.objects.get().status == "approved"


def test_step_is_not_taken_by_looking(client, member, organization):
    program = a_program(organization=organization)

    assert signed_in(client, member).get(step_of(program, "submit")).status_code == 403
    assert Program.objects.get().status == "draft"


def cancel_page(shift):
    return reverse("cancel_shift", args=[shift.pk])


@pytest.mark.parametrize("who", ["member", "keeper"])
def test_shift_is_called_off_by_those_who_receive_the_people(client, member, organization, who):
    site = a_site()
    shift = a_shift(program=a_program(status="approved", organization=organization), site=site)
    signup = a_signup(shift=shift)
    person = member if who == "member" else a_keeper(site)

    page = signed_in(client, person).get(cancel_page(shift))
    assert "1 人已经报名。取消后不能恢复，他们会立刻收到消息。" in page.text

    page = client.post(cancel_page(shift), {"reason": "weather", "remark": "凝冻"}, follow=True)
    assert page.redirect_chain == [(reverse("shift", args=[shift.pk]), 302)]
    assert "已取消这一场，报名的人都收到了消息。" in page.text
    assert Shift.objects.get().status == "cancelled"
    assert SignUp.objects.get(pk=signup.pk).status == "cancelled"
    assert signup.volunteer.user.messages.get().subject == f"活动取消：{shift.title}"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "请选择原因，报名的人会看到。"),
        ({"reason": "program_cancelled"}, "请在列出的原因里选择。"),
        ({"reason": "bored"}, "请在列出的原因里选择。"),
    ],
)
def test_shift_is_not_called_off_without_one_of_the_reasons(client, member, organization, data, sentence):
    shift = a_shift(program=a_program(status="approved", organization=organization))

    page = signed_in(client, member).post(cancel_page(shift), {"remark": "凝冻", **data})

    assert page.context["form"].errors == {"reason": [sentence]}
    assert page.context["form"]["remark"].value() == "凝冻"
    assert Shift.objects.get().status == "open"


def test_stranger_is_refused_in_words(client):
    shift = a_shift(program=a_program(status="approved"))
    stranger = an_organization(member=a_user()).memberships.get().user

    for page in (
        signed_in(client, stranger).get(cancel_page(shift)),
        client.post(cancel_page(shift), {"reason": "weather"}),
    ):
        assert page.status_code == 409
        assert "由活动的组织方或活动地点的负责人取消。" in page.text
    assert Shift.objects.get().status == "open"


def test_shift_of_a_draft_is_not_found(client, member, organization):
    shift = a_shift(program=a_program(organization=organization), published_at=None)

    assert signed_in(client, member).get(cancel_page(shift)).status_code == 404


def test_adopted_shift_is_called_off_for_need_and_program(client, member, organization):
    need = a_need(status="published", windows=0)
    shift = a_shift(need=need, program=a_program(status="approved", organization=organization))

    signed_in(client, member).post(cancel_page(shift), {"reason": "too_few"})

    assert Shift.objects.get().status == "cancelled"
    need = type(need).objects.get(pk=need.pk)
    assert need.status == "published"
