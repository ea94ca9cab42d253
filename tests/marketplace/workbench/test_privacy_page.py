"""What the privacy notice says, and that it says what holds."""

import pytest
from django.urls import reverse

from marketplace.privacy.notices import notices
from tests.factories import a_user

pytestmark = pytest.mark.django_db


def page(client) -> str:
    return client.get(reverse("privacy")).content.decode()


def test_every_version_stands_there_with_its_date(client):
    text = page(client)
    assert [notice for notice in notices() if f"第 {notice.version} 版，{notice.published_on}" not in text] == []


def test_figures_and_the_contact_are_those_of_the_settings(client, settings):
    settings.OPENING_HOURS, settings.DATA_REQUEST_WORKDAYS = 7, 9
    settings.PRIVACY_CONTACT = "个人信息保护负责人：数据科"
    text = page(client)
    assert ("7 小时后自动关闭" in text, "9 个工作日内答复" in text, "个人信息保护负责人：数据科" in text) == (True,) * 3


@pytest.mark.parametrize("anchor", ["minors", "versions"])
def test_what_others_link_to_is_there(client, anchor):
    assert f'id="{anchor}"' in page(client)


def test_whoever_is_signed_in_goes_straight_to_their_data(client):
    assert reverse("my_data") not in page(client)
    client.force_login(a_user())
    assert reverse("my_data") in page(client)
