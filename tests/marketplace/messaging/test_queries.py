"""Who sees which messages, and which mail is due."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from marketplace.messaging.actions import mark_read, tell
from marketplace.messaging.models import Message, OutgoingMail
from marketplace.messaging.queries import due_mail, inbox, unread_count
from marketplace.messaging.tasks import deliver_due_mail
from tests.factories import a_bureau_clerk, a_user

pytestmark = pytest.mark.django_db


def test_inbox_holds_ones_own_messages_newest_first():
    person = a_user()
    first, second = tell(person, "第一条"), tell(person, "第二条")
    tell(a_user(), "别人的")

    assert list(inbox(person)) == [second, first]


@pytest.mark.parametrize("stranger", [a_user, a_bureau_clerk, AnonymousUser])
def test_inbox_shows_nobody_elses_messages(stranger):
    tell(a_user(), "报名成功")

    assert list(inbox(stranger())) == []


def test_unread_count_falls_as_messages_are_read():
    person = a_user()
    messages = [tell(person, "一"), tell(person, "二")]
    tell(a_user(), "别人的")
    assert unread_count(person) == 2

    mark_read(messages[0], actor=person)

    assert unread_count(person) == 1


def test_due_mail_comes_in_the_order_in_which_it_fell_due():
    now = timezone.now()
    early, late, later = (tell(a_user(), "提醒").mail for _ in range(3))
    for piece, minutes in ((early, 30), (late, 10), (later, -10)):
        OutgoingMail.objects.filter(pk=piece.pk).update(due_at=now - timedelta(minutes=minutes))

    assert list(due_mail(now)) == [early, late]


@pytest.mark.parametrize("status", ["sent", "failed"])
def test_due_mail_leaves_out_what_is_finished(status):
    piece = tell(a_user(), "提醒", urgent=True).mail
    OutgoingMail.objects.filter(pk=piece.pk).update(status=status)

    assert list(due_mail(timezone.now() + timedelta(days=1))) == []


def test_task_delivers_what_is_due(mailoutbox):
    tell(a_user(email="wu@example.com"), "报名成功", urgent=True)

    assert deliver_due_mail() == 1

    assert [letter.to for letter in mailoutbox] == [["wu@example.com"]]
    assert Message.objects.get().mail.status == "sent"
