"""The report button stands on every page about children, and on no other; numbers cost nothing where they aren't shown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    a_category,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_site,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
BUTTON = "孩子有危险？强制报告"


def elder_site():
    return a_site(kind="elder_point")


def for_elders(**fields):
    return a_need(
        status="published", site=elder_site(), audience="elders", category=a_category("companionship"), **fields
    )


@pytest.mark.parametrize(
    ("make", "url_name", "is_shown"),
    [
        (a_site, "site", True),
        (elder_site, "site", False),
        (lambda: a_need(status="published"), "need", True),
        (for_elders, "need", False),
        (lambda: for_elders(clearance_required=True), "need", True),
        (lambda: a_program(status="approved"), "program", True),
        (lambda: a_program(status="approved", category=a_category("meals")), "program", False),
        (a_shift, "shift", True),
        (lambda: a_shift(need=for_elders()), "shift", False),
        (lambda: a_shift(need=for_elders(), clearance_required=True), "shift", True),
    ],
)
def test_button_stands_where_children_are(client, make, url_name, is_shown):
    page = client.get(reverse(url_name, args=[make().pk]))

    assert (BUTTON in page.text) == is_shown
    assert ("tel:110" in page.text) == is_shown


def test_button_knows_the_place(client):
    shift = a_shift()

    page = client.get(reverse("shift", args=[shift.pk]))

    assert f'<input type="hidden" name="site" value="{shift.site_id}">' in page.text


def test_button_of_a_program_knows_whose_area_it_is(client):
    program = a_program(status="approved")

    page = client.get(reverse("program", args=[program.pk]))

    assert f'<input type="hidden" name="area" value="{program.organization.area.code}">' in page.text


def test_button_stands_on_the_roster_and_on_the_desk(client):
    shift = a_shift()
    client.force_login(a_keeper(shift.site))

    assert [BUTTON in client.get(url).text for url in (reverse("roster", args=[shift.pk]), "/desk/")] == [True, True]


def test_each_page_has_a_key_of_its_own(client):
    url = reverse("site", args=[a_site().pk])

    keys = {client.get(url).text.partition('name="key" value="')[2].partition('"')[0] for _ in range(2)}

    assert [len(key) for key in keys] == [32, 32]


def test_page_without_the_button_asks_for_no_numbers(client):
    url = reverse("site", args=[elder_site().pk])

    with CaptureQueriesContext(connection) as asked:
        client.get(url)

    assert [query["sql"] for query in asked if "hotline" in query["sql"]] == []


def test_numbers_are_links_that_dial():
    text = engines["django"].from_string("{% load safety %}{% hotlines for_emergencies=True %}").render({})

    assert [text.count(f'href="tel:{number}"') for number in ("110", "120", "119", "12355")] == [1, 1, 1, 0]


def test_complaint_is_one_link_away(client):
    program = a_program(status="approved")
    shift = a_shift(program=program, site=a_site())
    codes = {
        reverse("shift", args=[shift.pk]): f"shift-{shift.pk}",
        reverse("program", args=[program.pk]): f"program-{program.pk}",
        reverse("organization", args=[program.organization_id]): f"organization-{program.organization_id}",
        reverse("site", args=[shift.site_id]): f"servicesite-{shift.site_id}",
    }

    assert [url for url, code in codes.items() if f"/complain/?about={code}" not in client.get(url).text] == []


def test_organization_page_is_not_about_one_child(client):
    organization = an_organization(member=a_user())

    assert BUTTON not in client.get(reverse("organization", args=[organization.pk])).text
