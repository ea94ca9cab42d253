"""Numbers to call: shipped, chosen, edited by the bureau alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.history.models import Event
from marketplace.safeguarding.actions import save_hotline
from marketplace.safeguarding.models import Hotline
from marketplace.safeguarding.queries import hotlines
from marketplace.safeguarding.reference import load_hotlines
from marketplace.workflow.refusals import Refused
from tests.factories import CITY, a_bureau_clerk, a_county_clerk, a_user
from tests.lifecycles import strangers, who_passes

pytestmark = pytest.mark.django_db
LIST = "/desk/hotlines/"


def sheet(**changes):
    return {
        "name": "市局值班",
        "name_en": "Bureau",
        "number": "0858-8200000",
        "use": "夜间",
        "source": "市局",
        **changes,
    }


def test_numbers_ship_with_their_source():
    assert {line.number for line in Hotline.objects.all()} == {"110", "120", "119", "12355", "12345", "12338", "12348"}
    assert Hotline.objects.filter(source="").count() == 0


def test_loading_again_keeps_what_was_edited():
    Hotline.objects.filter(code="youth").update(number="0858-12355")

    load_hotlines()

    assert Hotline.objects.get(code="youth").number == "0858-12355"
    assert Hotline.objects.count() == 7


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"for_emergencies": True}, ["110", "120", "119"]),
        ({"for_children": True}, ["110", "120", "12355", "12345", "12338"]),
        ({"for_children": True, "for_emergencies": True}, ["110", "120", "119", "12355", "12345", "12338"]),
        ({}, ["110", "120", "119", "12355", "12345", "12338", "12348"]),
    ],
)
def test_page_shows_the_numbers_it_asks_for(asked, numbers):
    assert [line.number for line in hotlines(**asked)] == numbers


def test_only_the_bureau_changes_a_number():
    line = Hotline.objects.get(code="youth")

    assert who_passes(strangers(), lambda person: save_hotline(line, actor=person, number="12356")) == {"bureau"}
    with pytest.raises(Refused):
        save_hotline(None, actor=a_county_clerk(), **sheet())


def test_bureau_adds_and_edits_on_its_page(client):
    client.force_login(a_bureau_clerk())

    client.post(reverse("desk_hotline_new"), sheet(for_emergencies="on"))
    added = Hotline.objects.last()
    client.post(reverse("desk_hotline", args=[added.pk]), sheet(number="0858-8200001"))

    added = Hotline.objects.get(pk=added.pk)
    assert (added.number, added.for_emergencies, added.position) == ("0858-8200001", False, 7)
    assert Event.objects.filter(verb="hotline.saved").count() == 2
    assert "0858-8200001" in client.get(LIST).text


@pytest.mark.parametrize("number", ["", "一一〇", "110;drop", "javascript:1", "１１０", "+86110"])
def test_number_that_can_not_be_dialled_is_refused(client, number):
    client.force_login(a_bureau_clerk())

    page = client.post(reverse("desk_hotline_new"), sheet(number=number))

    assert list(page.context["form"].errors) == ["number"]
    assert Hotline.objects.count() == 7


@pytest.mark.parametrize("make", [a_user, a_county_clerk, lambda: a_user(role="supervisor", area=CITY)])
def test_list_is_the_bureaus(client, make):
    client.force_login(make())

    assert client.get(LIST).status_code == 403
