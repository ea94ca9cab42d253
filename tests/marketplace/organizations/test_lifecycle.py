"""Every status × every step × every role of an organization."""

import pytest

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.organizations import actions
from marketplace.organizations.enums import OrganizationStatus
from marketplace.organizations.models import Membership, Organization
from marketplace.organizations.queries import (
    organization_story,
    organizations_of,
    verifying_office,
    waiting_for_verification,
    why_returned,
)
from marketplace.organizations.steps import STEPS
from marketplace.workflow.refusals import Refused
from marketplace.workflow.steps import open_steps
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
from tests.lifecycles import members, strangers, who_passes

pytestmark = pytest.mark.django_db

MEMBERS = {"colleague", "bureau and colleague"}
VERIFIERS = {"county", "bureau"}
TAKE = {
    "submit": lambda organization, who: actions.submit_organization(organization, actor=who),
    "return": lambda organization, who: actions.return_organization(organization, actor=who, remark="代码不一致"),
    "verify": lambda organization, who: actions.verify_organization(organization, actor=who),
    "suspend": lambda organization, who: actions.suspend_organization(organization, actor=who, remark="收到投诉"),
    "restore": lambda organization, who: actions.restore_organization(organization, actor=who),
}
ALLOWED = {
    ("submit", "draft"): MEMBERS,
    ("submit", "returned"): MEMBERS,
    ("return", "submitted"): VERIFIERS,
    ("verify", "submitted"): VERIFIERS,
    ("suspend", "active"): VERIFIERS,
    ("restore", "suspended"): VERIFIERS,
}
LEADS_TO = {
    "submit": "submitted",
    "return": "returned",
    "verify": "active",
    "suspend": "suspended",
    "restore": "active",
}


def an_organization_with_people(status):
    organization = an_organization(status=status)
    a_paper(organization)
    return organization, {**members(organization), **strangers()}


@pytest.mark.parametrize("status", OrganizationStatus.values)
@pytest.mark.parametrize("step", TAKE)
def test_step_is_taken_by_whom_and_when_the_table_says(step, status):
    organization, people = an_organization_with_people(status)

    def take(person):
        TAKE[step](Organization.objects.get(pk=organization.pk), person)
        assert Organization.objects.get(pk=organization.pk).status == LEADS_TO[step]

    assert who_passes(people, take) == ALLOWED.get((step, status), set())


@pytest.mark.parametrize("status", OrganizationStatus.values)
def test_page_offers_exactly_the_steps_that_pass(status):
    organization, people = an_organization_with_people(status)

    offered = {(step.slug, name) for name, person in people.items() for step in open_steps(organization, person, STEPS)}

    assert offered == {(step, name) for (step, at), names in ALLOWED.items() if at == status for name in names}


def fields(**changes):
    return {
        "name": "水城同心社会工作服务中心",
        "uscc": "52520200MJD00002XQ",
        "form": "service_org",
        "area": an_area(SHUICHENG),
        **changes,
    }


def test_who_registers_an_organization_becomes_its_administrator():
    person = a_user("机构小何")

    organization = actions.create_organization(actor=person, categories=[a_category()], **fields())

    assert (organization.status, list(organization.categories.all())) == ("draft", [a_category()])
    membership = Membership.objects.get()
    assert (membership.organization, membership.user, membership.role) == (organization, person, "admin")
    assert User.objects.get(pk=person.pk).roles == {Role.ORGANIZATION}
    assert list(organizations_of(person)) == [organization]


@pytest.mark.parametrize(
    ("step", "status", "subject", "words"),
    [
        ("return", "submitted", "「%s」的登记资料需要补正", "代码不一致"),
        ("verify", "submitted", "「%s」通过核验，可以发布项目了", ""),
        ("suspend", "active", "「%s」已被暂停", "收到投诉"),
        ("restore", "suspended", "「%s」已恢复", ""),
    ],
)
def test_decision_is_told_to_everybody_who_works_there(step, status, subject, words):
    organization, people = an_organization_with_people(status)

    TAKE[step](organization, people["county"])

    told = {(message.recipient, message.subject, message.body, message.link) for message in Message.objects.all()}
    link = f"/desk/organizations/{organization.pk}/"
    assert told == {(people[name], subject % organization, words, link) for name in MEMBERS}


@pytest.mark.parametrize("step", ["return", "suspend"])
@pytest.mark.parametrize("words", ["", "  "])
def test_decision_against_the_organization_needs_words(step, words):
    status = "submitted" if step == "return" else "active"
    organization = an_organization(status=status)
    act = actions.return_organization if step == "return" else actions.suspend_organization

    with pytest.raises(Refused) as refusal:
        act(organization, actor=a_county_clerk(), remark=words)

    assert refusal.value.sentence == "请写明原因，对方才知道为什么、接下来怎么办。"
    assert Organization.objects.get().status == status


@pytest.mark.parametrize(("clerk", "office"), [(a_bureau_clerk, "六盘水市民政局"), (a_county_clerk, "水城区民政部门")])
def test_who_verified_and_when_is_kept(clerk, office):
    organization, person = an_organization(status="submitted"), clerk()

    actions.verify_organization(organization, actor=person)

    organization = Organization.objects.get()
    assert (organization.verified_by, organization.verified_on is not None) == (person, True)
    assert verifying_office(organization) == office


@pytest.mark.parametrize("status", OrganizationStatus.values)
def test_what_was_handed_in_is_not_changed(status):
    member = a_user()
    organization = an_organization(member=member, status=status)
    may = status in {"draft", "returned"}

    try:
        actions.change_organization(organization, actor=member, categories=[a_category()], about="新的简介")
    except Refused as refusal:
        said = refusal.sentence
    else:
        said = ""

    assert said == ("" if may else "提交后不能修改；需要改动时请联系登记地区的民政部门退回。")
    assert Organization.objects.get().about == ("新的简介" if may else "")
    assert Event.objects.filter(verb="organization.changed").count() == may


def test_stranger_changes_nothing():
    organization = an_organization(status="draft", member=a_user())

    with pytest.raises(Refused, match="只有这个组织的工作人员可以办理"):
        actions.change_organization(organization, actor=a_user(), categories=[], about="新的简介")


def test_colleague_is_added_once_by_a_colleague():
    member, colleague = a_user(), a_user()
    organization = an_organization(member=member)

    first = actions.add_member(organization, colleague, actor=member)
    second = actions.add_member(organization, colleague, actor=member)

    assert first == second
    assert Event.objects.filter(verb="organization.member_added").count() == 1
    with pytest.raises(Refused):
        actions.add_member(organization, a_user(), actor=a_user())


def test_save_hands_in_where_its_author_is_done():
    person = a_user()

    draft = actions.save_organization(None, actor=person, is_final=False, categories=[], **fields())
    handed_in = actions.save_organization(
        draft, actor=person, is_final=True, categories=[], certificate=a_pdf(), **fields(about="做什么")
    )

    assert (draft.pk, handed_in.status, handed_in.about) == (handed_in.pk, "submitted", "做什么")


def test_story_and_reason_of_a_return():
    organization, people = an_organization_with_people("draft")
    actions.submit_organization(organization, actor=people["colleague"])
    actions.return_organization(organization, actor=people["county"], remark="代码不一致")

    told = [(entry["what"], entry["who"], entry["why"]) for entry in organization_story(organization)]
    assert told == [("退回补正", people["county"], "代码不一致"), ("提交核验", people["colleague"], "")]
    assert why_returned(organization) == "代码不一致"
    actions.submit_organization(organization, actor=people["colleague"])
    assert why_returned(organization) == ""


def test_queue_is_the_persons_area_oldest_first():
    first, second = an_organization(status="submitted"), an_organization(status="submitted")
    an_organization(status="submitted", area=PANZHOU)
    an_organization(status="active")

    assert list(waiting_for_verification(a_county_clerk())) == [first, second]
    assert list(waiting_for_verification(a_user())) == []
