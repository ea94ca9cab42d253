"""The desk joins the parts of a person's roles; the pages that explain are there for everybody."""

from html import unescape

import pytest
from django.urls import reverse

from marketplace.messaging.actions import tell
from tests.factories import a_group, a_keeper, a_user, a_volunteer

pytestmark = pytest.mark.django_db


def test_the_desk_needs_somebody_signed_in(client):
    assert client.get("/desk/").url == f"{reverse('account_login')}?next=/desk/"


def test_the_desk_joins_the_parts_of_all_roles(client):
    leader = a_volunteer()
    group = a_group(leader=leader)
    keeper = a_keeper()
    client.force_login(leader.user)
    mine = unescape(client.get("/desk/").content.decode())
    client.force_login(keeper)
    theirs = unescape(client.get("/desk/").content.decode())

    assert mine.index("今天要做") < mine.index(group.name)
    assert group.name not in theirs
    assert "我的活动" not in theirs


def test_the_desk_counts_unread_messages(client):
    user = a_user()
    client.force_login(user)
    assert "没有未读消息" in client.get("/desk/").content.decode()

    tell(user, "报名成功")

    assert "1 条未读消息" in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("help", ["我是志愿者", "我带一支志愿队", "我是社会组织", "我是民政工作人员", "12345"]),
        ("privacy", ["谁能看到我的信息", "138****8000", "儿童和老人", "查看、更正、删除"]),
    ],
)
def test_the_pages_that_explain_are_for_everybody(client, name, words):
    html = unescape(client.get(reverse(name)).content.decode())

    assert [word for word in words if word not in html] == []


@pytest.mark.parametrize("name", ["help", "privacy"])
def test_the_pages_that_explain_ask_nothing_of_the_database(client, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse(name))
