"""Complaining, looking the answer up, and answering."""

from __future__ import annotations

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.safeguarding.actions import answer_complaint, complain
from marketplace.safeguarding.models import Complaint
from marketplace.safeguarding.sealed import details_of, secret_of
from tests.factories import (
    CITY,
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_program,
    a_shift,
    a_site,
    a_township_clerk,
    a_user,
    an_organization,
)
from tests.factories.safeguarding import a_complaint
from tests.lifecycles import members

pytestmark = pytest.mark.django_db
LOOKUP = "/complaint/"
QUEUE = "/desk/complaints/"
SAID = {"kind": "charged_money", "words": "领队收了二十元材料费", "contact": "a@example.com"}


def form_for(code):
    return f"/complain/?about={code}"


def page_of(complaint):
    return reverse("desk_complaint", args=[complaint.pk])


def subjects():
    shift = a_shift()
    program = a_program(status="approved")
    return {
        f"shift-{shift.pk}": shift.site.area,
        f"program-{program.pk}": program.organization.area,
        f"organization-{program.organization_id}": program.organization.area,
        f"servicesite-{shift.site_id}": shift.site.area,
    }


def test_everybody_complains_about_what_everybody_reads(client):
    for code, area in subjects().items():
        page = client.post(form_for(code), SAID, follow=True)

        complaint = Complaint.objects.first()
        assert page.redirect_chain == [(f"{LOOKUP}?receipt={complaint.receipt}", 302)]
        assert (complaint.area, f"{complaint.subject_type}-{complaint.subject_id}") == (area, code)
        assert [complaint.receipt in page.text, secret_of(complaint) in page.text] == [True, True]
    assert Complaint.objects.count() == 4


@pytest.mark.parametrize(
    "code", ["", "shift", "shift-", "shift-0", "user-1", "shift-1x", "shift-²", f"shift-{'9' * 40}", "organization--1"]
)
def test_what_there_is_not_can_not_be_complained_about(client, code):
    assert client.get("/complain/", {"about": code}).status_code == 404


@pytest.mark.parametrize("make", [lambda: a_program(), lambda: an_organization(status="draft")])
def test_what_is_not_public_does_not_show_through(client, make):
    record = make()

    assert client.get(form_for(f"{record._meta.model_name}-{record.pk}")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"), [({"kind": ""}, "kind"), ({"words": " "}, "words"), ({"words": "长" * 601}, "words")]
)
def test_complaint_without_a_kind_or_words_is_asked_for_them(client, changes, field):
    organization = an_organization()

    page = client.post(form_for(f"organization-{organization.pk}"), {**SAID, **changes})

    assert (list(page.context["form"].errors), Complaint.objects.count()) == ([field], 0)


def test_words_and_contact_stand_sealed_and_history_names_nobody():
    person = a_user("投诉人")
    complaint = complain(an_organization(), actor=person, kind="safety", words="楼梯没有扶手", contact="13800138000")

    stored = serializers.serialize("json", [*Complaint.objects.all(), *Event.objects.all()])
    assert not any(word in stored for word in ("楼梯没有扶手", "13800138000", "投诉人"))
    assert details_of(complaint) == {"words": "楼梯没有扶手", "contact": "13800138000"}
    assert [event.actor_id for event in Event.objects.about(complaint)] == [None]


def test_those_who_answer_are_told_and_those_concerned_are_not():
    organization = an_organization()
    members(organization)
    answerers = {a_bureau_clerk(), a_county_clerk()}
    a_county_clerk(PANZHOU)

    complaint = complain(organization, actor=None, kind="safety", words="楼梯没有扶手")

    messages = Message.objects.all()
    assert {message.recipient for message in messages} == answerers
    assert {message.link for message in messages} == {page_of(complaint)}


def test_answer_is_due_after_working_days(settings):
    settings.COMPLAINT_ANSWER_WORKDAYS = 1
    soon = complain(an_organization(), actor=None, kind="safety", words="楼梯没有扶手")
    settings.COMPLAINT_ANSWER_WORKDAYS = 30
    late = complain(an_organization(), actor=None, kind="safety", words="楼梯没有扶手")

    assert (late.answer_due_at - soon.answer_due_at).days >= 39


def test_answer_stands_under_the_receipt_and_who_complained_is_told(client):
    person = a_user("投诉人")
    complaint = complain(an_organization(), actor=person, kind="safety", words="楼梯没有扶手")

    answer_complaint(complaint, actor=a_county_clerk(), answer="已装好扶手")

    message = Message.objects.get(recipient=person)
    assert (message.body, message.link) == ("已装好扶手", f"{LOOKUP}?receipt={complaint.receipt}")
    client.force_login(person)
    assert "已装好扶手" in client.get(message.link).text


def test_receipt_and_secret_open_the_answer_and_nothing_else(client):
    complaint = a_complaint(status="answered", answer="已退还二十元")
    typed = {"receipt": complaint.receipt.lower(), "secret": f" {secret_of(complaint).lower()} "}

    page = client.post(LOOKUP, typed)

    assert "已退还二十元" in page.text
    assert [word in page.text for word in ("收了二十元材料费", "13800138000", secret_of(complaint))] == [False] * 3


@pytest.mark.parametrize("make", [lambda: None, a_user, a_county_clerk])
def test_receipt_alone_opens_nothing(make):
    complaint = a_complaint(answer="已退还二十元", made_by=a_user("投诉人"))
    visitor = Client()
    if user := make():
        visitor.force_login(user)

    pages = [
        visitor.get(LOOKUP, {"receipt": complaint.receipt}),
        visitor.post(LOOKUP, {"receipt": complaint.receipt, "secret": "0123456789"}),
        visitor.post(LOOKUP, {"receipt": "T000000-NOSUCH", "secret": secret_of(complaint)}),
    ]

    assert [page.context["complaint"] for page in pages] == [None] * 3
    assert pages[1].context["form"].errors == pages[2].context["form"].errors


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (a_county_clerk, 200),
        (a_bureau_clerk, 200),
        (lambda: a_county_clerk(PANZHOU), 404),
        (a_township_clerk, 403),
        (lambda: a_user(role="supervisor", area=CITY), 403),
    ],
)
def test_complaint_is_opened_by_those_who_answer(client, make, status):
    complaint = a_complaint()
    client.force_login(make())

    assert client.get(page_of(complaint)).status_code == status


def test_colleague_of_the_organization_finds_neither_page_nor_line(client):
    organization = an_organization()
    complaint = a_complaint(about=organization)
    client.force_login(members(organization)["bureau and colleague"])

    assert client.get(page_of(complaint)).status_code == 404
    assert client.get(QUEUE).context["lines"] == []


def test_answering_from_the_page(client):
    complaint = a_complaint()
    client.force_login(a_county_clerk())
    assert "收了二十元材料费" in client.get(page_of(complaint)).text

    assert list(client.post(page_of(complaint), {"answer": ""}).context["form"].errors) == ["answer"]
    page = client.post(page_of(complaint), {"answer": "已退还，并暂停收费。"}, follow=True)

    assert Complaint.objects.get().status == "answered"
    assert page.text.count("已退还，并暂停收费。") == 1
    assert 'name="answer"' not in page.text


def test_complaint_about_what_has_closed_since_is_still_answered(client):
    site = a_site(status="closed", name="旧儿童之家")
    complaint = a_complaint(about=site)
    client.force_login(a_county_clerk())

    assert "旧儿童之家" in client.get(page_of(complaint)).text


@pytest.mark.parametrize("number", [1, 3])
def test_queue_takes_the_same_queries_for_any_number(client, django_assert_num_queries, number):
    for _ in range(number):
        a_complaint()
    client.force_login(a_county_clerk())

    with django_assert_num_queries(8):
        client.get(QUEUE)


def test_address_that_tells_too_much_has_to_wait(client, settings):
    settings.TELLINGS_PER_ADDRESS = 2
    url = form_for(f"organization-{an_organization().pk}")

    assert [client.post(url, SAID).status_code for _ in range(3)] == [302, 302, 429]
    assert Complaint.objects.count() == 2


def test_complaint_about_what_is_gone_is_still_answered(client):
    """A site that a sheet brought goes when the sheet is taken back; what was said about it stays."""
    site = a_site()
    complaint = complain(site, actor=None, kind="other", words="门一直锁着")
    site.delete()
    client.force_login(a_county_clerk())

    page = client.get(page_of(complaint))

    assert (page.status_code, "门一直锁着" in page.text, "已经删除" in page.text) == (200, True, True)
