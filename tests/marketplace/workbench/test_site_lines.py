"""Places that nobody has pinned yet: the first task of the township, and of nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.workbench.desks import staff
from marketplace.workbench.site_lines import pin_lines
from tests.factories import PANZHOU, a_county_clerk, a_need, a_site, a_township_clerk, a_user

pytestmark = pytest.mark.django_db


def lines(user) -> list:
    return [(line.title, line.url) for line in pin_lines(user, timezone.now())]


def test_a_single_place_leads_to_its_map():
    site = a_site(name="双水新村", lng=None, lat=None)
    a_site(lng=None, lat=None, area=PANZHOU)
    a_site(lng=None, lat=None, status="closed")

    assert lines(a_township_clerk()) == [("标出位置：双水新村", reverse("desk_site_pin", args=[site.pk]))]


def test_several_places_lead_to_their_list():
    a_site(lng=None, lat=None)
    a_site(lng=None, lat=None)
    assert lines(a_township_clerk()) == [("2 个地点还没有标出位置", reverse("desk_sites") + "?show=unpinned")]


@pytest.mark.parametrize("make", [a_county_clerk, a_user])
def test_others_are_not_asked(make):
    a_site(lng=None, lat=None)
    assert lines(make()) == []


def test_pinning_comes_before_needs_that_wait_longer():
    a_need(status="submitted", verify_due_at=timezone.now() - timezone.timedelta(days=9))
    a_site(name="双水新村", lng=None, lat=None)
    today = staff.build(a_township_clerk(), timezone.now())["today"]

    assert [line["title"].partition("：")[0] for line in today] == ["标出位置", "核实"]
