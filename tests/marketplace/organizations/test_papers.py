"""Papers: handed in, read by members and by those who verify, taken away only while the registration is filled in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.documents.models import Document
from marketplace.history.models import Event
from marketplace.organizations import actions
from marketplace.organizations.enums import OrganizationStatus
from marketplace.organizations.models import Organization, OrganizationPaper
from marketplace.workflow.refusals import Refused
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_township_clerk,
    a_user,
    an_organization,
)
from tests.factories.papers import PDF, a_paper, a_pdf
from tests.lifecycles import members, strangers, who_passes

pytestmark = pytest.mark.django_db
MISSING = "还差登记证书：请上传以后再提交，民政部门核验时要看。"


def upload_page(organization):
    return reverse("organization_papers", args=[organization.pk])


def file_of(paper):
    return reverse("organization_paper", args=[paper.organization_id, paper.pk])


def removal_of(paper):
    return reverse("organization_paper_remove", args=[paper.organization_id, paper.pk])


def signed_in(user):
    visitor = Client()
    visitor.force_login(user)
    return visitor


@pytest.mark.parametrize(
    ("papers", "sentence"),
    [
        ([], MISSING),
        ([("charter", None)], MISSING),
        ([("certificate", -1)], MISSING),
        ([("certificate", 0)], ""),
        ([("certificate", None)], ""),
        ([("certificate", -1), ("certificate", 30)], ""),
    ],
)
def test_registration_is_handed_in_with_a_certificate_that_holds(papers, sentence):
    member = a_user()
    organization = an_organization(status="draft", member=member)
    for kind, days in papers:
        last = None if days is None else timezone.localdate() + timedelta(days=days)
        a_paper(organization, kind=kind, valid_until=last)

    try:
        actions.submit_organization(organization, actor=member)
        said = ""
    except Refused as refusal:
        said = refusal.sentence

    assert said == sentence
    assert Organization.objects.get().status == ("draft" if sentence else "submitted")


def test_form_without_a_certificate_says_what_is_missing_and_keeps_what_was_typed(client):
    client.force_login(a_user())
    sheet = {"name": "水城同心中心", "form": "service_org", "uscc": "52520200MJD00002XQ", "area": "1", "submit": "yes"}
    area = client.get(reverse("desk_organization_new")).context["form"].fields["area"].queryset.first()

    page = client.post(reverse("desk_organization_new"), {**sheet, "area": area.pk})

    assert page.context["form"].non_field_errors() == [MISSING]
    assert page.context["form"]["name"].value() == "水城同心中心"
    assert Organization.objects.count() == 0


def test_draft_says_what_is_missing_until_it_is_there():
    member = a_user()
    organization = an_organization(status="draft", member=member)
    visitor = signed_in(member)
    page = reverse("desk_organization", args=[organization.pk])
    assert MISSING in visitor.get(page).text

    visitor.post(upload_page(organization), {"kind": "certificate", "upload": a_pdf()})

    assert MISSING not in visitor.get(page).text


@pytest.mark.parametrize("status", OrganizationStatus.values)
def test_papers_are_added_by_members_and_taken_away_while_it_is_filled_in(status):
    organization = an_organization(status=status)
    people = {**members(organization), **strangers()}
    paper = a_paper(organization)
    own = {"colleague", "bureau and colleague"}

    def add(person):
        actions.add_paper(organization, a_pdf(), kind="charter", actor=person)

    def remove(person):
        actions.remove_paper(OrganizationPaper.objects.get(pk=paper.pk), actor=person)

    assert who_passes(people, add) == (set() if status == "submitted" else own)
    assert who_passes(people, remove) == (own if status in {"draft", "returned"} else set())


def test_upload_is_kept_under_a_name_of_ours():
    member = a_user()
    organization = an_organization(status="returned", member=member)

    signed_in(member).post(
        upload_page(organization),
        {"kind": "charter", "upload": a_pdf("../../张三的身份证.pdf"), "valid_until": "2099-12-31"},
    )

    paper = OrganizationPaper.objects.get()
    assert (paper.kind, f"{paper.valid_until}", paper.document.title) == ("charter", "2099-12-31", "章程")
    assert "张三" not in paper.document.file.name
    assert [event.verb for event in Event.objects.about(organization)] == ["organization.paper_added"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"upload": a_pdf(content=b"<script>alert(1)</script>")}, "upload"),
        ({"upload": a_pdf(content=b"")}, "upload"),
        ({"upload": a_pdf(content=b"PK\x03\x04zipped")}, "upload"),
        ({}, "upload"),
        ({"upload": a_pdf(), "kind": "passport"}, "kind"),
        ({"upload": a_pdf(), "valid_until": "2000-01-01"}, "valid_until"),
    ],
)
def test_what_is_no_paper_is_refused_beside_its_field(sent, field):
    member = a_user()
    organization = an_organization(status="draft", member=member)

    page = signed_in(member).post(upload_page(organization), {"kind": "certificate", **sent})

    assert list(page.context["form"].errors) == [field]
    assert (OrganizationPaper.objects.count(), Document.objects.count()) == (0, 0)


def a_kept_paper():
    """With a file, of an organization that was handed in."""
    member = a_user("机构小何")
    organization = an_organization(status="draft", member=member)
    paper = actions.add_paper(organization, a_pdf(), kind="certificate", actor=member)
    actions.submit_organization(organization, actor=member)
    return paper, member


def test_paper_is_read_by_members_and_by_those_who_verify():
    paper, member = a_kept_paper()

    def status(user):
        answer = signed_in(user).get(file_of(paper))
        assert b"".join(answer) if answer.status_code == 200 else True
        return answer.status_code

    assert {status(user) for user in (member, a_county_clerk(), a_bureau_clerk())} == {200}
    other = an_organization(member=a_user()).memberships.get().user
    assert {status(user) for user in (other, a_county_clerk(PANZHOU))} == {404}
    assert {status(user) for user in (a_user(), a_keeper(), a_township_clerk())} == {403}
    assert {status(a_user(role="supervisor", area="520200"))} == {403}


def test_drafts_paper_is_nobody_elses():
    organization = an_organization(status="draft")

    assert signed_in(a_county_clerk()).get(file_of(a_paper(organization))).status_code == 404


def test_paper_is_saved_never_shown_and_each_reading_is_kept():
    paper, _member = a_kept_paper()
    clerk = a_county_clerk()

    answer = signed_in(clerk).get(file_of(paper))

    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    read = Event.objects.get(verb="document.read")
    assert (read.actor_id, read.subject_type, read.subject_id) == (clerk.pk, "organization", paper.organization_id)


def test_paper_is_found_under_its_own_organization_alone():
    paper, member = a_kept_paper()
    own = an_organization(member=member)

    wrong = reverse("organization_paper", args=[own.pk, paper.pk])

    assert signed_in(member).get(wrong).status_code == 404


def test_page_takes_a_paper_away():
    member = a_user()
    organization = an_organization(status="draft", member=member)
    paper = actions.add_paper(organization, a_pdf(), kind="certificate", actor=member)

    signed_in(member).post(removal_of(paper))

    assert (OrganizationPaper.objects.count(), Document.objects.count()) == (0, 0)


def test_return_keeps_every_paper_and_every_word():
    paper, member = a_kept_paper()
    before = Organization.objects.values("name", "uscc", "about").get()

    actions.return_organization(paper.organization, actor=a_county_clerk(), remark="证书看不清")

    assert Organization.objects.values("name", "uscc", "about").get() == before
    assert list(OrganizationPaper.objects.all()) == [paper]
    actions.submit_organization(paper.organization, actor=member)


def test_clock_of_the_verification_runs_in_working_days(settings):
    settings.ORGANIZATION_VERIFY_WORKDAYS = 5
    paper, _member = a_kept_paper()

    organization = Organization.objects.get()
    assert organization.submitted_at is not None
    page = signed_in(a_county_clerk()).get(reverse("desk_organization", args=[paper.organization_id]))
    assert page.context["days_left"] == 5
