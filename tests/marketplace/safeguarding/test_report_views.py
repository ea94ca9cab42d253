"""Pages of reports: one tap, the receipt, and the queue of those who handle them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.safeguarding.models import MandatoryReport
from marketplace.safeguarding.sealed import details_of
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_site,
    a_township_clerk,
    a_user,
    an_organization,
)
from tests.factories.safeguarding import a_report

pytestmark = pytest.mark.django_db
REPORT = "/report/"
QUEUE = "/desk/reports/"
JSON = {"accept": "application/json"}


def receipt_page(report):
    return reverse("report_receipt", args=[report.receipt])


def page_of(report):
    return reverse("desk_report", args=[report.pk])


def test_tap_is_answered_with_a_receipt(client):
    site = a_site()
    sent = {"key": "a-key-of-the-device", "site": site.pk, "channel": "police"}

    answer = client.post(REPORT, sent, headers=JSON)

    report = MandatoryReport.objects.get()
    assert (answer.status_code, answer.json()) == (201, {"receipt": report.receipt, "url": receipt_page(report)})
    assert (report.site, report.channel, report.key) == (site, "police", "a-key-of-the-device")


def test_form_without_a_script_leads_to_the_receipt(client):
    page = client.post(REPORT, {"key": "a-key-of-the-device", "channel": "platform"}, follow=True)

    report = MandatoryReport.objects.get()
    assert page.redirect_chain == [(receipt_page(report), 302)]
    assert report.receipt in page.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"key": "short", "channel": "pigeon", "site": "0", "area": "999999", "tapped_at": "yesterday"},
        {"key": "x" * 70, "site": "1' OR 1=1", "channel": "<script>"},
        {"key": "\x00" * 20, "site": "9" * 30, "tapped_at": "9" * 50},
    ],
)
def test_whatever_comes_with_it_the_report_is_kept(client, sent):
    assert client.post(REPORT, sent, headers=JSON).status_code == 201

    report = MandatoryReport.objects.get()
    assert (report.site, report.channel, len(report.key)) == (None, "platform", 32)


def test_page_holds_the_numbers_and_the_button(client):
    page = client.get(REPORT)

    assert [number in page.text for number in ("tel:110", "tel:120", "tel:12355", "tel:12345")] == [True] * 4
    assert page.text.count("data-report ") + page.text.count("data-report>") == 1


def test_forged_form_of_another_site_is_no_report():
    assert Client(enforce_csrf_checks=True).post(REPORT, {}).status_code == 403
    assert MandatoryReport.objects.count() == 0


def test_reporter_adds_words_after_the_report(client):
    client.post(REPORT, {"key": "a-key-of-the-device"})
    report = MandatoryReport.objects.get()

    page = client.post(receipt_page(report), {"situation": "r6", "words": "家里一周没有大人", "phone": ""}, follow=True)

    report = MandatoryReport.objects.get()
    assert (report.situation, details_of(report)["words"]) == ("r6", ["家里一周没有大人"])
    assert "家里一周没有大人" not in page.text


def test_words_that_are_too_long_stay_in_the_form(client):
    client.post(REPORT, {"key": "a-key-of-the-device"})
    report = MandatoryReport.objects.get()

    page = client.post(receipt_page(report), {"words": "长" * 601})

    assert list(page.context["form"].errors) == ["words"]
    assert details_of(MandatoryReport.objects.get())["words"] == []


def test_receipt_is_its_reporters_alone(client):
    reporter = a_user("报告人")
    report = a_report(reporter=reporter)

    def status(user):
        visitor = Client()
        if user:
            visitor.force_login(user)
        return visitor.get(receipt_page(report)).status_code

    assert status(reporter) == 200
    assert {status(other) for other in (None, a_user(), a_county_clerk(), a_keeper())} == {404}


def test_session_does_not_tell_which_report_is_whose(client):
    client.post(REPORT, {"key": "a-key-of-the-device"})
    report = MandatoryReport.objects.get()

    assert report.receipt not in str(dict(client.session))
    assert client.get(receipt_page(report)).status_code == 200


def test_anonymous_receipt_is_not_everybodys():
    report = a_report(reporter=None)

    assert Client().get(receipt_page(report)).status_code == 404
    assert Client().get("/report/B000000-NOSUCH/").status_code == 404


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (a_county_clerk, 200),
        (a_bureau_clerk, 200),
        (lambda: a_county_clerk(PANZHOU), 404),
        (a_township_clerk, 403),
        (a_keeper, 403),
        (lambda: a_user(role="supervisor", area="520200"), 403),
        (lambda: an_organization(member=a_user()).memberships.get().user, 403),
    ],
)
def test_report_is_opened_by_those_who_handle_it(client, make, status):
    report = a_report()
    client.force_login(make())

    assert client.get(page_of(report)).status_code == status


def test_page_shows_what_was_said_and_who_said_it(client):
    report = a_report(reporter=a_user("报告人"), site=a_site(name="双水儿童之家"))
    client.force_login(a_county_clerk())

    page = client.get(page_of(report))

    assert [word in page.text for word in ("看到伤痕", "报告人", "双水儿童之家")] == [True] * 3
    assert [entry["what"] for entry in page.context["entries"]] == ["打开报告"]


def test_taking_up_and_handing_on(client):
    report, clerk = a_report(), a_county_clerk()
    client.force_login(clerk)

    client.post(reverse("report_step", args=[report.pk, "take-up"]))
    client.post(reverse("report_step", args=[report.pk, "hand-on"]), {"reasons": ["已报公安机关"], "remark": "编号 17"})

    report = MandatoryReport.objects.get()
    assert (report.status, report.taken_up_by) == ("handed_on", clerk)
    assert client.post(reverse("report_step", args=[report.pk, "delete"])).status_code == 404


@pytest.mark.parametrize("method", ["delete", "put", "patch"])
def test_nothing_takes_a_report_away(client, method):
    report = a_report(reporter=(clerk := a_bureau_clerk()))
    client.force_login(clerk)

    assert {getattr(client, method)(url).status_code for url in (page_of(report), receipt_page(report))} == {403}
    assert MandatoryReport.objects.count() == 1


def test_queue_keeps_one_status(client):
    waiting = a_report()
    a_report(status="handed_on")
    client.force_login(a_county_clerk())

    assert len(client.get(QUEUE).context["page"].object_list) == 2
    assert list(client.get(QUEUE, {"status": "reported"}).context["page"].object_list) == [waiting]


@pytest.mark.parametrize("number", [1, 3])
def test_queue_takes_the_same_queries_for_any_number(client, django_assert_num_queries, number):
    for _ in range(number):
        a_report(site=a_site())
    client.force_login(a_county_clerk())

    with django_assert_num_queries(7):
        client.get(QUEUE)
