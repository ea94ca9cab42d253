"""A report is kept at once, whoever makes it; it names nobody, and only those who handle it are called."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.core import serializers
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message, OutgoingMail
from marketplace.safeguarding.actions import describe_report, read_report, report_harm
from marketplace.safeguarding.models import MandatoryReport
from marketplace.safeguarding.sealed import details_of
from tests.factories import (
    CITY,
    PANZHOU,
    SHUANGSHUI_COMMUNITY,
    SHUICHENG,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_site,
    a_user,
    a_village_worker,
    add_keeper,
    an_area,
)
from tests.factories.safeguarding import a_report

pytestmark = pytest.mark.django_db
KEY = "made-on-the-device-0001"


def test_report_says_who_when_where_how_and_gives_a_receipt():
    site, person, before = a_site(), a_user("志愿者小吴"), timezone.now()

    report = report_harm(actor=person, key=KEY, site=site, channel="police")

    assert (report.site, report.area, report.channel, report.status) == (site, site.area, "police", "reported")
    assert before <= report.reported_at <= timezone.now()
    assert details_of(report) == {"reporter": person.pk, "words": []}
    assert report.receipt.startswith(f"B{timezone.localdate():%y%m%d}-")


def test_the_same_key_is_the_same_report():
    site = a_site()
    a_county_clerk()

    first, again = (report_harm(actor=None, key=KEY, site=site) for _ in range(2))
    other = report_harm(actor=None, key=f"{KEY}-other", site=site)

    assert first == again
    assert first.receipt == again.receipt != other.receipt
    assert (MandatoryReport.objects.count(), Message.objects.count()) == (2, 2)


def test_nobody_can_be_read_from_the_record_or_its_history():
    person = a_user("不留名的人")
    report = report_harm(actor=person, key=KEY, site=a_site())
    describe_report(report, words="孩子手臂有伤", phone="13800138000")

    stored = serializers.serialize("json", [*MandatoryReport.objects.all(), *Event.objects.all()])
    events = Event.objects.about(report)

    assert [(event.verb, event.actor_id, event.actor_role) for event in events] == [
        ("mandatoryreport.reported", None, ""),
        ("mandatoryreport.described", None, ""),
    ]
    assert not any(word in stored for word in ("不留名的人", "孩子手臂有伤", "13800138000"))
    assert f'"reporter": {person.pk}' not in stored


def test_only_county_and_bureau_of_the_area_are_called_and_at_once():
    site = a_site()
    called = {a_bureau_clerk(), a_county_clerk()}
    a_county_clerk(PANZHOU)
    a_village_worker()
    add_keeper(site, a_user("站点小陈"))
    partial = a_user("市局兼职", role="bureau", area=CITY)
    add_keeper(site, partial)

    report = report_harm(actor=None, key=KEY, site=site)

    messages = Message.objects.all()
    assert {message.recipient for message in messages} == called
    assert {message.link for message in messages} == {f"/desk/reports/{report.pk}/"}
    assert {message.subject for message in messages} == {f"有人报告儿童可能受到侵害，请马上处理（{report.receipt}）"}
    assert all(mail.due_at <= timezone.now() for mail in OutgoingMail.objects.all())


def test_who_opens_one_door_alone_means_that_place():
    site = a_site()
    keeper = a_keeper(site)

    assert report_harm(actor=keeper, key=KEY).site == site
    add_keeper(a_site(), keeper)
    assert report_harm(actor=keeper, key=f"{KEY}-2").site is None


@pytest.mark.parametrize(
    ("make", "area"), [(a_village_worker, SHUANGSHUI_COMMUNITY), (a_user, CITY), (lambda: None, CITY)]
)
def test_report_without_a_place_goes_where_its_reporter_works_or_to_the_bureau(make, area):
    assert report_harm(actor=make(), key=KEY).area.code == area


def test_area_that_the_page_knows_is_kept():
    assert report_harm(actor=None, key=KEY, area=an_area(SHUICHENG)).area.code == SHUICHENG


@pytest.mark.parametrize(
    ("ago", "is_believed"),
    [(timedelta(hours=5), True), (timedelta(days=29), True), (timedelta(days=31), False), (timedelta(hours=-1), False)],
)
def test_time_of_the_tap_is_believed_within_reason(ago, is_believed):
    tapped_at = timezone.now() - ago

    report = report_harm(actor=None, key=KEY, tapped_at=tapped_at)

    assert (report.reported_at == tapped_at) == is_believed
    assert report.reported_at <= timezone.now()


def test_words_are_added_and_none_is_lost():
    report = a_report()

    describe_report(report, situation="r4", words="第一次", phone="13800138000")
    described = describe_report(report, words="第二次")

    assert details_of(described) == {
        "reporter": None,
        "words": ["看到伤痕", "第一次", "第二次"],
        "phone": "13800138000",
    }
    assert described.situation == "r4"


def test_each_opening_is_kept():
    report, clerk = a_report(), a_county_clerk()

    assert read_report(report, actor=clerk)["words"] == ["看到伤痕"]
    read_report(report, actor=clerk)

    opened = Event.objects.filter(verb="mandatoryreport.read")
    assert [(event.actor_id, event.area_code) for event in opened] == [(clerk.pk, SHUICHENG)] * 2


def test_sealed_part_belongs_to_its_report():
    report, other = a_report(), a_report()
    other.details_sealed = report.details_sealed

    with pytest.raises(InvalidTag):
        details_of(other)
