"""Opening, pinning, keeping and closing sites."""

from __future__ import annotations

import pytest

from marketplace.geography.enums import Precision
from marketplace.geography.point import Point
from marketplace.history.models import Event
from marketplace.sites import actions
from marketplace.sites.models import ServiceSite, SiteKeeper
from marketplace.workflow.queries import last_remark
from marketplace.workflow.refusals import Refused
from tests.factories import PANZHOU, a_bureau_clerk, a_county_clerk, a_site, a_township_clerk, a_user, an_area

pytestmark = pytest.mark.django_db


def written(site):
    return [(event.verb, event.actor_id) for event in Event.objects.about(site)]


def a_point(**fields) -> Point:
    return Point(**{"lng": 104.957, "lat": 26.54, "precision": Precision.TOWNSHIP, "source": "乡镇点位", **fields})


def test_create_site_takes_its_point_with_precision_and_source():
    clerk = a_township_clerk()
    site = actions.create_site(
        actor=clerk, point=a_point(), name="双水社区儿童之家", kind="childrens_home", area=an_area()
    )

    assert (site.lng, site.lat, site.precision, site.point_source) == (104.957, 26.54, "township", "乡镇点位")
    assert site.has_point
    assert written(site) == [("site.created", clerk.pk)]


def test_site_without_a_reliable_point_has_none():
    site = actions.create_site(actor=None, name="以朵社区", kind="village", area=an_area())

    assert (site.has_point, site.precision) == (False, "")


def test_pin_site_is_for_staff_of_the_area():
    site, clerk = a_site(lng=None, lat=None), a_township_clerk()
    actions.pin_site(site, a_point(), actor=clerk)

    kept = ServiceSite.objects.get()
    assert (kept.lng, kept.lat) == (104.957, 26.54)
    assert written(site) == [("site.pinned", clerk.pk)]
    with pytest.raises(Refused, match="由所在地的乡镇、县级或市级工作人员办理"):
        actions.pin_site(site, a_point(), actor=a_county_clerk(PANZHOU))


def test_add_keeper_gives_the_role_once():
    site, user, clerk = a_site(), a_user(), a_township_clerk()
    first = actions.add_keeper(site, user, actor=clerk)

    assert actions.add_keeper(site, user, actor=clerk) == first
    assert user.roles == {"site_keeper"}
    assert list(ServiceSite.objects.kept_by(user)) == [site]
    assert written(site) == [("site.keeper_added", clerk.pk)]


def test_add_keeper_is_refused_to_a_stranger():
    with pytest.raises(Refused):
        actions.add_keeper(a_site(), a_user(), actor=a_user(role="volunteer"))

    assert SiteKeeper.objects.count() == 0


def test_site_is_closed_and_opened_again_with_words():
    site, clerk = a_site(), a_bureau_clerk()
    actions.close_site(site, actor=clerk, remark="屋顶漏水")

    assert (ServiceSite.objects.get().status, last_remark(site)) == ("closed", "屋顶漏水")
    assert list(ServiceSite.objects.open()) == []

    actions.reopen_site(site, actor=clerk)
    assert list(ServiceSite.objects.open()) == [site]
    assert written(site) == [("servicesite.closed", clerk.pk), ("servicesite.reopened", clerk.pk)]
