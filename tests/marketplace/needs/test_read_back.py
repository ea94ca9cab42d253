"""A need told on the phone: the script that is read out, the yes that is kept, and nothing handed in without it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.needs import actions
from marketplace.needs.models import Need
from marketplace.needs.script import read_back_script
from marketplace.privacy.models import Consent
from marketplace.privacy.sealed import Person
from marketplace.workflow.refusals import Refused
from tests.factories import a_category, a_county_clerk, a_need, a_site, a_skill, a_township_clerk, a_village_worker
from tests.factories.people import a_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def point():
    return a_site(kind="village", name="双水社区")


@pytest.fixture
def worker():
    return a_village_worker()


@pytest.fixture
def call(point, worker):
    return a_need(site=point, raised_by=worker, audience="elders", channel="phone", title="陪老人去卫生院")


def test_need_from_the_phone_is_not_handed_in_before_it_was_read_back(call, worker):
    with pytest.raises(Refused, match="要先念给对方听，对方确认以后再提交"):
        actions.submit_need(call, actor=worker)
    assert Need.objects.get().status == "draft"


@pytest.mark.parametrize("channel", ["self", "paper"])
def test_other_ways_in_need_no_reading_back(point, worker, channel):
    need = a_need(site=point, raised_by=worker, channel=channel)

    assert actions.submit_need(need, actor=worker).status == "submitted"
    with pytest.raises(Refused, match="只有电话代填的需求要念给对方确认"):
        actions.confirm_need(a_need(site=point, raised_by=worker, channel=channel), actor=worker)


def test_yes_is_kept_with_its_moment_and_hands_it_in(call, worker):
    need = actions.confirm_need(call, actor=worker)

    assert need.status == "submitted"
    assert (timezone.now() - Need.objects.get().read_back_at).total_seconds() < 5
    assert [event.verb for event in Event.objects.about(need)] == ["need.read_back", "need.submitted"]


def test_yes_to_a_need_without_times_leaves_no_trace(point, worker):
    need = a_need(site=point, raised_by=worker, channel="phone", windows=0)

    with pytest.raises(Refused, match="至少填写一个时间段"):
        actions.confirm_need(need, actor=worker)
    assert (Need.objects.get().read_back_at, Event.objects.count()) == (None, 0)


@pytest.mark.parametrize("status", ["submitted", "verified", "published", "withdrawn"])
def test_yes_comes_before_handing_in(point, worker, status):
    need = a_need(site=point, raised_by=worker, channel="phone", status=status)

    with pytest.raises(Refused):
        actions.confirm_need(need, actor=worker)
    assert Need.objects.get().read_back_at is None


def test_what_was_changed_afterwards_is_read_back_again(call, worker):
    actions.confirm_need(call, actor=worker)
    actions.return_need(call, actor=a_township_clerk(), remark="请补充几个人")
    windows = [(window.starts_at, window.ends_at, 2) for window in call.windows.all()]
    changed = actions.change_need(call, actor=worker, windows=windows, skills=[])

    assert changed.read_back_at is None
    with pytest.raises(Refused, match="要先念给对方听"):
        actions.submit_need(changed, actor=worker)


def test_script_says_what_was_typed_and_nothing_that_is_sealed(call, worker):
    call.languages.add(a_language())
    call.skills.add(a_skill())
    Need.objects.filter(pk=call.pk).update(is_home_visit=True, risk_disclosure="山路较多。")
    person = Person(name="王秀英", phone="13800138000", address="双水社区三组", notes="听力不好")
    actions.keep_private(Need.objects.get(), person, actor=worker)

    said = "\n".join(read_back_script(Need.objects.get()))
    for text in (
        "陪老人去卫生院",
        "这是为老年人的「",
        "双水社区",
        "都是年满十八岁的",
        str(a_language()),
        str(a_skill()),
        "山路较多。",
        "8000",
    ):
        assert text in said
    for text in ("王秀英", "13800138000", "三组", "听力不好"):
        assert text not in said


def test_script_of_a_short_need_is_short(point, worker):
    need = a_need(site=point, raised_by=worker, channel="phone", windows=0)

    assert len(read_back_script(need)) == 7
    assert "还没有说定时间。" in read_back_script(need)


def test_form_leads_to_the_script_and_the_script_hands_in(client, point, worker):
    client.force_login(worker)
    day = timezone.localdate() + timedelta(days=7)
    data = {
        "channel": "phone",
        "site": point.pk,
        "title": "陪老人去卫生院",
        "category": a_category().pk,
        "audience": "elders",
        "summary": "陪老人换药，来回约两小时。",
        "urgency": "normal",
        "windows-TOTAL_FORMS": 1,
        "windows-INITIAL_FORMS": 0,
        "windows-0-on": day.isoformat(),
        "windows-0-begins": "09:00",
        "windows-0-ends": "11:00",
        "windows-0-places": "1",
        "submit": "yes",
    }
    page = client.post(reverse("desk_need_new"), data, follow=True)
    need = Need.objects.get()
    url = reverse("desk_need_read_back", args=[need.pk])

    assert page.redirect_chain == [(url, 302)]
    assert need.status == "draft"
    assert "陪老人换药，来回约两小时。" in page.text
    assert url in client.get(reverse("desk_need", args=[need.pk])).text

    client.post(url)
    assert Need.objects.get().status == "submitted"
    assert Consent.objects.count() == 0


def test_script_is_for_those_who_speak_for_the_place(client, call):
    client.force_login(a_county_clerk())
    assert client.post(reverse("desk_need_read_back", args=[call.pk])).status_code == 403

    client.force_login(a_village_worker("520204002001"))
    assert client.get(reverse("desk_need_read_back", args=[call.pk])).status_code == 404
    assert Need.objects.get().read_back_at is None


def test_form_on_paper_has_every_category_and_language(client, worker):
    client.force_login(worker)
    page = client.get(reverse("desk_need_paper_form"))

    assert str(a_language()) in page.text
    assert str(a_category()) in page.text
    assert "只有核实人员能看" in page.text
