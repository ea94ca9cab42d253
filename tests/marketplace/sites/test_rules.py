"""Who speaks for a site, and who keeps it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import timezone

from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import public_sites, sites_spoken_for_by
from marketplace.sites.rules import keeps, speaks_for
from tests.factories import (
    PANZHOU,
    SHUICHENG,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "speaks", "is_keeper"),
    [
        (a_keeper, True, True),
        (lambda _site: a_village_worker(), True, False),
        (lambda _site: a_township_clerk(), True, False),
        (lambda _site: a_keeper(), False, False),
        (lambda _site: a_village_worker("520204002001"), False, False),
        (lambda _site: a_township_clerk("520281001"), False, False),
        (lambda _site: a_county_clerk(), False, False),
        (lambda _site: a_bureau_clerk(), False, False),
        (lambda _site: a_user(), False, False),
    ],
)
def test_speaking_and_keeping(make, speaks, is_keeper):
    site = a_site()
    user = make(site)

    assert (speaks_for(user, site), keeps(user, site)) == (speaks, is_keeper)


def test_keeping_ends():
    site = a_site()
    user = a_keeper(site)
    site.keepers.update(ended_on=timezone.localdate())

    assert (speaks_for(user, site), keeps(user, site)) == (False, False)


def test_sites_spoken_for_are_open_and_come_once():
    site = a_site(name="甲")
    user = a_keeper(site)
    user.__dict__.pop("assignments", None)
    a_keeper(site)
    closed = a_site(status="closed")
    a_keeper(closed)
    worker = a_village_worker()

    assert list(sites_spoken_for_by(user)) == [site]
    assert list(sites_spoken_for_by(worker)) == [site]


def test_public_sites_are_the_open_ones():
    opened = a_site()
    a_site(status="closed")

    assert list(public_sites()) == [opened]


def test_point_of_a_site_is_whole_or_missing():
    with pytest.raises(IntegrityError, match="site_point_is_whole"):
        a_site(lng=104.9, lat=None)


def test_area_code_of_a_site_is_its_areas():
    site = a_site(area=PANZHOU)

    assert (site.area_code, site.area_code.startswith(SHUICHENG)) == (PANZHOU, False)
    assert str(ServiceSite.objects.get()) == site.name
