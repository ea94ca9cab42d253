"""What an event holds, and that it is written with what it tells of or not at all."""

from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection, transaction
from django.utils.functional import SimpleLazyObject

from marketplace.accounts.models import User
from marketplace.history.actions import put_off, record, together
from marketplace.history.models import Event
from marketplace.history.signals import event_recorded, work_ended
from marketplace.sites.actions import close_site
from marketplace.sites.models import ServiceSite
from marketplace.workflow.refusals import Refused
from tests.factories import SHUANGSHUI_COMMUNITY, a_bureau_clerk, a_site, a_user


@contextmanager
def listening(handler):
    """`handler` hears what is recorded about sites."""
    event_recorded.connect(handler, sender=ServiceSite)
    try:
        yield
    finally:
        event_recorded.disconnect(handler, sender=ServiceSite)


@pytest.mark.django_db
def test_record_keeps_who_what_when_and_where():
    with time_machine.travel("2026-10-09 09:30+08:00", tick=False):
        clerk, site = a_bureau_clerk(), a_site()
        event = record("site.pinned", site, actor=clerk, reason="survey", precision="address")

    stored = Event.objects.filter(pk=event.pk).values().get()
    assert stored.pop("at").isoformat() == "2026-10-09T01:30:00+00:00"
    assert stored == {
        "id": event.pk,
        "verb": "site.pinned",
        "actor_id": clerk.pk,
        "actor_role": "bureau",
        "subject_type": "servicesite",
        "subject_id": site.pk,
        "area_code": SHUANGSHUI_COMMUNITY,
        "reason": "survey",
        "details": {"precision": "address"},
    }


@pytest.mark.django_db
def test_record_by_the_clock_has_no_actor():
    event = record("site.closed", a_site(), actor=None)

    assert (event.actor_id, event.actor_role) == (None, "")


@pytest.mark.django_db
def test_record_of_a_subject_without_area_leaves_the_area_open():
    assert record("user.created", a_user(), actor=None).area_code == ""


@pytest.mark.django_db
def test_event_outlives_what_it_tells_of():
    site = a_site()
    event = record("site.created", site, actor=None)
    pk = site.pk

    site.delete()

    assert Event.objects.get(pk=event.pk).subject_id == pk


@pytest.mark.django_db
def test_about_gives_the_events_of_one_record_oldest_first():
    site, other = a_site(), a_site()
    for verb, subject in (("site.created", site), ("site.created", other), ("site.pinned", site)):
        record(verb, subject, actor=None)

    assert [event.verb for event in Event.objects.about(site)] == ["site.created", "site.pinned"]


def test_record_outside_a_transaction_is_refused(committed_db):
    site = a_site()

    with pytest.raises(RuntimeError, match="transaction"):
        record("site.created", site, actor=None)

    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_reaction_hears_the_event_inside_the_transaction():
    heard = []

    def listen(event, record, **_kwargs):
        heard.append((event.verb, record.pk, transaction.get_connection().in_atomic_block))

    site = a_site()
    with listening(listen):
        close_site(site, actor=a_bureau_clerk(), remark="屋顶漏水")

    assert heard == [("servicesite.closed", site.pk, True)]


def test_reaction_that_fails_undoes_the_action(committed_db):
    """With real commits: neither the status nor the event nor the remark is left."""
    site, clerk = a_site(), a_bureau_clerk()

    def fail(**_kwargs):
        raise LookupError("the later stage could not follow")

    with listening(fail), pytest.raises(LookupError):
        close_site(site, actor=clerk, remark="屋顶漏水")

    assert ServiceSite.objects.get(pk=site.pk).status == "open"
    assert Event.objects.count() == 0


@pytest.mark.django_db
def test_work_recorded_together_ends_once_and_inside_its_transaction():
    ended = []

    def listen(put_off, **_kwargs):
        ended.append({work: sorted(keys) for work, keys in put_off.items()})
        assert connection.in_atomic_block

    work_ended.connect(listen)
    try:
        with together():
            assert put_off("index", {2, 1})
            with together():
                assert put_off("index", {3})
        assert not put_off("index", {4})
    finally:
        work_ended.disconnect(listen)

    assert ended == [{"index": [1, 2, 3]}]


@pytest.mark.django_db
def test_work_that_fails_leaves_nothing_to_do():
    site, stranger = a_site(), a_user()
    with pytest.raises(Refused), together():
        close_site(site, actor=stranger, remark="屋顶漏水")
    assert not put_off("index", {2})


@pytest.mark.django_db
def test_what_a_request_passes_on_is_heard_of_like_the_record_itself():
    """`request.user` is a proxy: reactions to User must run for it too."""
    heard = []
    user = a_user()

    def hear(event, record, **_):
        heard.append(event.verb)

    event_recorded.connect(hear, sender=User)
    try:
        with transaction.atomic():
            record("user.waved", SimpleLazyObject(lambda: user), actor=user)
    finally:
        event_recorded.disconnect(hear, sender=User)
    assert heard == ["user.waved"]
