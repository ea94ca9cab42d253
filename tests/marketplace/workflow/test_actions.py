"""The one door of a status: locked, ruled, recorded, or not opened at all."""

import threading

import pytest
from django.db import connections

from marketplace.history.models import Event
from marketplace.sites.models import ServiceSite
from marketplace.workflow.actions import take_step
from marketplace.workflow.models import Remark
from marketplace.workflow.refusals import Refused, refuse_if
from tests.factories import a_bureau_clerk, a_site


def a_rule_that_says_no(_record, _actor):
    return "今天不行。"


@pytest.mark.django_db
def test_take_step_changes_the_status_and_writes_one_event():
    site, clerk = a_site(), a_bureau_clerk()

    same = take_step(site, "closed", actor=clerk, reason="roof", weeks=2)

    assert same is site
    assert site.status == ServiceSite.objects.get(pk=site.pk).status == "closed"
    [event] = Event.objects.about(site)
    assert (event.verb, event.actor_id, event.reason, event.details) == (
        "servicesite.closed",
        clerk.pk,
        "roof",
        {"weeks": 2},
    )


@pytest.mark.django_db
def test_take_step_keeps_the_remark_beside_its_event():
    site, clerk = a_site(), a_bureau_clerk()

    take_step(site, "closed", actor=clerk, remark="  屋顶漏水，修好再开。\n")

    remark = Remark.objects.get()
    assert (remark.text, remark.author, remark.event_id) == ("屋顶漏水，修好再开。", clerk, Event.objects.get().pk)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_take_step_without_words_keeps_no_remark(words):
    take_step(a_site(), "closed", actor=None, remark=words)

    assert Remark.objects.count() == 0


@pytest.mark.django_db
def test_take_step_that_does_not_start_here_names_the_present_status():
    site = a_site(status="closed")

    with pytest.raises(Refused) as refusal:
        take_step(site, "closed", actor=None, remark="又关一次")

    assert refusal.value.sentence == "现在的状态是「已关闭」，不能做这一步。请刷新页面看看最新情况。"
    assert (Event.objects.count(), Remark.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_take_step_asks_the_rule_before_anything_else():
    site = a_site(status="closed")

    with pytest.raises(Refused) as refusal:
        take_step(site, "closed", actor=None, refuse=a_rule_that_says_no)

    assert refusal.value.sentence == "今天不行。"


@pytest.mark.django_db
def test_rule_is_asked_about_the_record_as_it_is_now():
    site = a_site()
    stale = ServiceSite.objects.get(pk=site.pk)
    ServiceSite.objects.filter(pk=site.pk).update(name="新名字")
    seen = []

    take_step(stale, "closed", actor=None, refuse=lambda fresh, _actor: seen.append(fresh.name))

    assert seen == ["新名字"]
    assert ServiceSite.objects.get(pk=site.pk).name == "新名字"


@pytest.mark.django_db
def test_stale_copy_is_refused():
    site = a_site()
    stale = ServiceSite.objects.get(pk=site.pk)
    take_step(site, "closed", actor=None)

    with pytest.raises(Refused, match="已关闭"):
        take_step(stale, "closed", actor=None)

    assert [event.verb for event in Event.objects.about(site)] == ["servicesite.closed"]


def test_status_set_past_the_door_is_refused():
    with pytest.raises(AttributeError):
        ServiceSite(name="儿童之家").status = "closed"


def test_two_people_at_once_take_a_step_only_once(committed_db):
    site = a_site()
    begin, outcomes = threading.Barrier(2), []

    def close() -> None:
        copy = ServiceSite.objects.get(pk=site.pk)
        begin.wait()
        try:
            take_step(copy, "closed", actor=None)
            outcomes.append("closed")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["closed", "refused"]
    assert Event.objects.about(site).count() == 1


def test_refuse_if_raises_only_where_there_is_a_sentence():
    refuse_if(None)
    refuse_if("")
    with pytest.raises(Refused) as refusal:
        refuse_if("还差一项：培训。")

    assert str(refusal.value) == refusal.value.sentence == "还差一项：培训。"
