"""The inbox: newest first, unread ones marked, opening is reading, nobody else's."""

import pytest
from django.urls import reverse

from marketplace.messaging.actions import tell
from marketplace.messaging.models import Message
from marketplace.messaging.views import MESSAGES_A_PAGE
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return a_user()


@pytest.fixture
def mine(client, person):
    client.force_login(person)
    return client


def test_the_inbox_shows_the_newest_first(mine, person):
    tell(a_user(), "别人的")
    first, second = tell(person, "报名成功"), tell(person, "活动取消")

    response = mine.get(reverse("inbox"))

    assert list(response.context["page"]) == [second, first]
    assert response.content.decode().count('class="status status-info"') == 2


def test_an_empty_inbox_says_what_will_be_there(mine):
    assert "还没有消息" in mine.get(reverse("inbox")).content.decode()


def test_opening_a_message_marks_it_read_and_lowers_the_count(mine, person):
    letter, other = (
        tell(person, "报名成功", body="11月28日 周六\n双水社区", link="/shifts/1/"),
        tell(person, "活动取消"),
    )

    shown = mine.get(reverse("message", args=[letter.pk]))

    html = shown.content.decode()
    assert "报名成功" in html
    assert "<p>11月28日 周六<br>双水社区</p>" in html
    assert 'href="/shifts/1/"' in html
    assert list(Message.objects.visible_to(person).unread()) == [other]
    assert str(shown.context["unread_count"]) == "1"


def test_reading_again_keeps_the_first_time(mine, person):
    letter = tell(person, "报名成功")
    mine.get(reverse("message", args=[letter.pk]))
    first = Message.objects.get(pk=letter.pk).read_at

    mine.get(reverse("message", args=[letter.pk]))

    assert first is not None
    assert Message.objects.get(pk=letter.pk).read_at == first


def test_a_message_without_a_link_has_no_button(mine, person):
    assert "打开看看" not in mine.get(reverse("message", args=[tell(person, "报名成功").pk])).content.decode()


def test_anothers_message_is_not_there_and_stays_unread(mine):
    letter = tell(a_user(), "别人的")

    assert mine.get(reverse("message", args=[letter.pk])).status_code == 404
    assert Message.objects.get(pk=letter.pk).read_at is None


def test_words_of_a_message_are_never_markup(mine, person):
    letter = tell(person, "<b>报名</b>", body="<script>1</script>")

    html = mine.get(reverse("message", args=[letter.pk])).content.decode()

    assert "<script>1" not in html
    assert "<b>报名" not in html


@pytest.mark.parametrize("name", ["inbox", "message"])
def test_the_inbox_needs_somebody_signed_in(client, name):
    url = reverse(name, args=[1] if name == "message" else [])

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_the_inbox_asks_as_often_for_many_as_for_one(mine, person, django_assert_num_queries):
    tell(person, "报名成功")
    mine.get(reverse("inbox"))
    with django_assert_num_queries(6):
        mine.get(reverse("inbox"))
    for _number in range(MESSAGES_A_PAGE + 5):
        tell(person, "报名成功")
    with django_assert_num_queries(6):
        shown = mine.get(reverse("inbox"))
    assert len(shown.context["page"]) == MESSAGES_A_PAGE
    assert len(mine.get(reverse("inbox"), {"page": 2}).context["page"]) == 6
