"""Every status × every step × every role, of reports and of complaints; who concerned stands back."""

import pytest

from marketplace.safeguarding import actions
from marketplace.safeguarding.enums import ComplaintStatus, ReportStatus
from marketplace.safeguarding.models import Complaint, MandatoryReport
from marketplace.safeguarding.queries import (
    complaint_story,
    complaints_handled_by,
    complaints_waiting_for,
    report_story,
    reports_handled_by,
    reports_waiting_for,
)
from marketplace.safeguarding.steps import STEPS
from marketplace.workflow.refusals import Refused
from marketplace.workflow.steps import open_steps
from tests.factories import (
    CITY,
    PANZHOU,
    SHUICHENG,
    a_bureau_clerk,
    a_county_clerk,
    a_program,
    a_shift,
    a_site,
    a_user,
    add_keeper,
    an_organization,
)
from tests.factories.safeguarding import a_complaint, a_report
from tests.lifecycles import members, strangers, who_passes

pytestmark = pytest.mark.django_db

HANDLERS = {"county", "bureau"}
TAKE = {
    "take-up": lambda report, who: actions.take_up_report(report, actor=who),
    "hand-on": lambda report, who: actions.hand_on_report(report, actor=who, remark="已报双水派出所"),
}
ALLOWED = {("take-up", "reported"), ("hand-on", "reported"), ("hand-on", "taken_up")}
LEADS_TO = {"take-up": "taken_up", "hand-on": "handed_on"}


def people_of(site):
    """Strangers of every role, who keeps the site, and a clerk of the bureau who keeps it too."""
    keeper, partial = a_user("站点小陈"), a_user("市局小李兼职", role="bureau", area=CITY)
    add_keeper(site, keeper)
    add_keeper(site, partial)
    return {**strangers(), "keeper": keeper, "bureau and keeper": partial}


@pytest.mark.parametrize("status", ReportStatus.values)
@pytest.mark.parametrize("step", TAKE)
def test_step_of_a_report_is_taken_by_whom_and_when_the_table_says(step, status):
    site = a_site()
    report, people = a_report(site=site, status=status), people_of(site)

    def take(person):
        TAKE[step](MandatoryReport.objects.get(pk=report.pk), person)
        assert MandatoryReport.objects.get(pk=report.pk).status == LEADS_TO[step]

    assert who_passes(people, take) == (HANDLERS if (step, status) in ALLOWED else set())


@pytest.mark.parametrize("status", ReportStatus.values)
def test_page_of_a_report_offers_exactly_the_steps_that_pass(status):
    site = a_site()
    report, people = a_report(site=site, status=status), people_of(site)

    offered = {(step.slug, name) for name, person in people.items() for step in open_steps(report, person, STEPS)}

    assert offered == {(step, name) for step, at in ALLOWED if at == status for name in HANDLERS}


@pytest.mark.parametrize("status", ReportStatus.values)
def test_reports_are_read_by_whom_they_are_handled(status):
    site = a_site()
    report, people = a_report(site=site, status=status), people_of(site)

    assert {name for name, person in people.items() if report in reports_handled_by(person)} == HANDLERS
    assert who_passes(people, lambda person: actions.read_report(report, actor=person)) == HANDLERS


def test_report_is_taken_up_by_name_and_handed_on_with_words():
    report, clerk = a_report(), a_county_clerk()

    actions.take_up_report(report, actor=clerk)
    actions.hand_on_report(report, actor=clerk, remark="已报双水派出所，接警编号 17")

    assert MandatoryReport.objects.get().taken_up_by == clerk
    assert [(entry["what"], entry["why"]) for entry in report_story(report)] == [
        ("移交", "已报双水派出所，接警编号 17"),
        ("受理", ""),
    ]


def test_report_is_not_handed_on_in_silence():
    report = a_report()

    with pytest.raises(Refused, match="请写明原因"):
        actions.hand_on_report(report, actor=a_county_clerk(), remark=" ")

    assert MandatoryReport.objects.get().status == "reported"


def test_reports_wait_for_their_area_the_oldest_first():
    first, second = a_report(), a_report()
    a_report(status="taken_up")
    elsewhere = a_report(area=PANZHOU)

    assert list(reports_waiting_for(a_county_clerk())) == [first, second]
    assert list(reports_waiting_for(a_county_clerk(PANZHOU))) == [elsewhere]
    assert len(reports_waiting_for(a_bureau_clerk())) == 3


def complained_about(kind):
    """What is complained about, and who belongs to it."""
    if kind == "servicesite":
        site = a_site()
        keeper, partial = a_user("站点小陈"), a_user("市局小李兼职", role="bureau", area=CITY)
        add_keeper(site, keeper)
        add_keeper(site, partial)
        return site, {"colleague": keeper, "bureau and colleague": partial}
    organization = an_organization()
    people = members(organization)
    program = a_program(status="approved", organization=organization)
    subjects = {"organization": organization, "program": program, "shift": a_shift(program=program)}
    return subjects[kind], people


@pytest.mark.parametrize("status", ComplaintStatus.values)
@pytest.mark.parametrize("kind", ["organization", "program", "shift", "servicesite"])
def test_complaint_is_read_and_answered_by_those_it_is_not_about(kind, status):
    about, own = complained_about(kind)
    complaint, people = a_complaint(about=about, status=status), {**strangers(), **own}

    def answer(person):
        actions.answer_complaint(Complaint.objects.get(pk=complaint.pk), actor=person, answer="已退还")
        assert Complaint.objects.get(pk=complaint.pk).status == "answered"

    assert {name for name, person in people.items() if complaint in complaints_handled_by(person)} == HANDLERS
    assert who_passes(people, lambda person: actions.read_complaint(complaint, actor=person)) == HANDLERS
    assert who_passes(people, answer) == (HANDLERS if status == "open" else set())


def test_who_belongs_to_it_is_told_why_a_colleague_answers():
    about, own = complained_about("organization")

    with pytest.raises(Refused, match="应当回避，请同事答复"):
        actions.answer_complaint(a_complaint(about=about), actor=own["bureau and colleague"], answer="没有这回事")


def test_complaint_is_not_answered_in_silence():
    complaint = a_complaint()

    with pytest.raises(Refused, match="请写明原因"):
        actions.answer_complaint(complaint, actor=a_county_clerk(), answer="  ")

    assert (Complaint.objects.get().status, Complaint.objects.get().answer) == ("open", "")


def test_complaints_wait_in_the_order_of_their_deadlines():
    late, soon = a_complaint(), a_complaint()
    Complaint.objects.filter(pk=soon.pk).update(answer_due_at=soon.made_at)
    a_complaint(status="answered")
    a_complaint(area=PANZHOU)

    assert list(complaints_waiting_for(a_county_clerk(SHUICHENG))) == [soon, late]


def test_story_of_a_complaint_names_who_answered_and_not_who_complained():
    complaint = actions.complain(an_organization(), actor=a_user("投诉人"), kind="safety", words="楼梯没有扶手")
    clerk = a_county_clerk()
    actions.read_complaint(complaint, actor=clerk)
    actions.answer_complaint(complaint, actor=clerk, answer="已装好扶手")

    assert [(entry["what"], str(entry["who"])) for entry in complaint_story(complaint)] == [
        ("答复", "区县小王"),
        ("打开投诉", "区县小王"),
        ("收到投诉", "系统"),
    ]
