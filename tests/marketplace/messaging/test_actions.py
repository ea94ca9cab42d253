"""The inbox, and the mail that follows it: once, outside quiet hours, again when it failed."""

import smtplib
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections, transaction

from marketplace.messaging.actions import ATTEMPTS, after_quiet_hours, deliver_mail, mark_read, tell
from marketplace.messaging.models import Message, OutgoingMail
from marketplace.messaging.queries import CLAIM_LASTS, due_mail
from tests.factories import a_user

NOON = "2026-11-23 12:00+08:00"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class BrokenServer(BaseEmailBackend):
    """A mail server that answers with an error."""

    def send_messages(self, _email_messages):
        raise smtplib.SMTPServerDisconnected("connection lost while talking to user@example.com")


@pytest.fixture
def broken_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"


def queued(**changes) -> OutgoingMail:
    """Mail that is due at NOON, with these columns changed."""
    with time_machine.travel(NOON, tick=False):
        piece = tell(a_user(), "报名成功", urgent=True).mail
    OutgoingMail.objects.filter(pk=piece.pk).update(**changes)
    piece.refresh_from_db()
    return piece


@pytest.mark.django_db
def test_tell_writes_the_inbox_and_queues_mail():
    person = a_user(email="chen@example.com")

    with time_machine.travel(NOON, tick=False):
        message = tell(person, "报名成功", body="11月28日 周六 09:00–11:30", link="/desk/signups/")

    assert list(Message.objects.visible_to(person)) == [message]
    assert (message.subject, message.body, message.link, message.read_at) == (
        "报名成功",
        "11月28日 周六 09:00–11:30",
        "/desk/signups/",
        None,
    )
    assert (message.mail.status, message.mail.due_at, message.mail.attempts) == ("queued", local("2026-11-23 12:00"), 0)
    assert mail.outbox == []


@pytest.mark.django_db
def test_tell_a_person_without_address_writes_the_inbox_only():
    person = a_user()
    person.email = None
    person.save()

    message = tell(person, "报名成功")

    assert list(Message.objects.visible_to(person)) == [message]
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_tell_is_undone_with_the_action_it_belongs_to():
    with transaction.atomic():
        tell(a_user(), "报名成功")
        transaction.set_rollback(True)

    assert (Message.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 20:59", "2026-11-23 20:59"),
        ("2026-11-23 21:00", "2026-11-24 08:00"),
        ("2026-11-23 23:59", "2026-11-24 08:00"),
        ("2026-11-24 00:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-12-31 22:00", "2027-01-01 08:00"),
    ],
)
def test_quiet_hours_hold_mail_until_eight(said, sent):
    assert after_quiet_hours(local(said)) == local(sent)


@pytest.mark.django_db
@pytest.mark.parametrize(("urgent", "due"), [(False, "2026-11-24 08:00"), (True, "2026-11-23 22:10")])
def test_urgent_mail_does_not_wait_for_the_morning(urgent, due):
    with time_machine.travel("2026-11-23 22:10+08:00", tick=False):
        message = tell(a_user(), "活动取消", urgent=urgent)

    assert message.mail.due_at == local(due)


@pytest.mark.django_db
def test_deliver_sends_what_is_due_and_nothing_else():
    with time_machine.travel(NOON, tick=False):
        tell(a_user(email="wu@example.com"), "报名成功", body="双水社区儿童之家", link="/desk/signups/")
    with time_machine.travel("2026-11-23 22:10+08:00", tick=False):
        tell(a_user(email="li@example.com"), "需求已发布")

    assert deliver_mail(local("2026-11-23 22:30")) == 1

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["wu@example.com"], "【对接】报名成功")
    assert letter.body == "双水社区儿童之家\n\nhttp://127.0.0.1:8000/desk/signups/\n\n—— 对接平台"
    assert deliver_mail(local("2026-11-24 08:00")) == 1
    assert [letter.to for letter in mail.outbox] == [["wu@example.com"], ["li@example.com"]]


@pytest.mark.django_db
def test_deliver_sends_a_piece_once():
    piece = queued()

    assert [deliver_mail(local("2026-11-23 12:01")) for _ in range(3)] == [1, 0, 0]

    piece.refresh_from_db()
    assert (piece.status, piece.attempts, piece.last_error, len(mail.outbox)) == ("sent", 1, "", 1)


def test_two_workers_at_once_send_a_piece_once(committed_db):
    for _ in range(5):
        queued()
    begin, sent = threading.Barrier(2), []

    def work() -> None:
        pieces = list(due_mail(local("2026-11-23 12:01")))
        begin.wait()
        try:
            sent.append((len(pieces), deliver_mail(local("2026-11-23 12:01"))))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(count for _seen, count in sent) == len(mail.outbox) == 5
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 5


@pytest.mark.django_db
def test_claimed_mail_is_left_to_its_worker():
    queued(status="sending", claimed_at=local("2026-11-23 12:00"), attempts=1)

    assert deliver_mail(local("2026-11-23 12:00") + CLAIM_LASTS) == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_mail_of_a_lost_worker_is_taken_up_again_under_the_same_id():
    piece = queued(status="sending", claimed_at=local("2026-11-23 12:00"), attempts=1)

    assert deliver_mail(local("2026-11-23 12:00") + CLAIM_LASTS + timedelta(seconds=1)) == 1

    piece.refresh_from_db()
    assert (piece.status, piece.attempts) == ("sent", 2)
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [
        f"<message-{piece.message_id}@example.org>"
    ]


@pytest.mark.django_db
def test_message_id_is_the_same_on_every_try(broken_server, settings):
    piece = queued()
    deliver_mail(local("2026-11-23 12:01"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    deliver_mail(local("2026-11-23 13:00"))

    assert mail.outbox[0].message()["Message-ID"] == f"<message-{piece.message_id}@example.org>"


@pytest.mark.django_db
@pytest.mark.parametrize(("attempts", "minutes"), [(0, 2), (1, 4), (4, 32), (8, 512)])
def test_failed_mail_waits_twice_as_long_each_time(broken_server, attempts, minutes):
    piece = queued(attempts=attempts)
    now = local("2026-11-23 12:30")

    assert deliver_mail(now) == 0

    piece.refresh_from_db()
    assert (piece.status, piece.attempts, piece.due_at) == ("queued", attempts + 1, now + timedelta(minutes=minutes))


@pytest.mark.django_db
def test_failed_mail_keeps_the_kind_of_error_and_no_address(broken_server):
    piece = queued()

    deliver_mail(local("2026-11-23 12:30"))

    piece.refresh_from_db()
    assert piece.last_error == "SMTPServerDisconnected"


@pytest.mark.django_db
def test_mail_is_given_up_after_ten_tries_and_the_inbox_keeps_the_message(broken_server):
    piece, now = queued(), local("2026-11-23 12:30")

    for _ in range(ATTEMPTS + 3):
        deliver_mail(now)
        now += timedelta(days=2)

    piece.refresh_from_db()
    assert (ATTEMPTS, piece.status, piece.attempts) == (10, "failed", 10)
    assert Message.objects.filter(pk=piece.message_id).exists()


@pytest.mark.django_db
def test_one_broken_letter_does_not_stop_the_others(broken_server):
    pieces = [queued() for _ in range(3)]

    assert deliver_mail(local("2026-11-23 12:30")) == 0

    assert [OutgoingMail.objects.get(pk=piece.pk).attempts for piece in pieces] == [1, 1, 1]


@pytest.mark.django_db
def test_mark_read_is_the_recipients_alone():
    person, stranger = a_user(), a_user()
    message = tell(person, "报名成功")

    mark_read(message, actor=stranger)
    message.refresh_from_db()
    assert message.read_at is None

    with time_machine.travel(NOON, tick=False):
        mark_read(message, actor=person)
    mark_read(message, actor=person)
    message.refresh_from_db()
    assert message.read_at == local("2026-11-23 12:00")
