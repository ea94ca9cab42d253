"""Opening, pinning, keeping and closing sites."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from marketplace.accounts.actions import grant_role
from marketplace.accounts.enums import Role
from marketplace.geography.point import Point
from marketplace.history.actions import record
from marketplace.workflow.actions import take_step
from marketplace.workflow.refusals import refuse_if

from . import rules
from .models import ServiceSite, SiteKeeper


@transaction.atomic
def create_site(*, actor: Any, point: Point | None = None, **fields: Any) -> ServiceSite:
    """A place; without a reliable point it has none, and is found by area and text only."""
    site = ServiceSite(**fields)
    _put(site, point)
    site.save()
    record("site.created", site, actor=actor)
    return site


@transaction.atomic
def pin_site(site: ServiceSite, point: Point, *, actor: Any) -> ServiceSite:
    """Say where the site is."""
    refuse_if(rules.refuse_change(site, actor))
    _put(site, point)
    site.save(update_fields=["lng", "lat", "precision", "point_source"])
    record("site.pinned", site, actor=actor, precision=point.precision)
    return site


def _put(site: ServiceSite, point: Point | None) -> None:
    if point is not None:
        site.lng, site.lat = point.lng, point.lat
        site.precision, site.point_source = point.precision, point.source


@transaction.atomic
def add_keeper(site: ServiceSite, user: Any, *, actor: Any) -> SiteKeeper:
    """The person who opens the door; `actor=None` is the installation itself."""
    if actor is not None:
        refuse_if(rules.refuse_change(site, actor))
    keeper, created = SiteKeeper.objects.get_or_create(site=site, user=user, ended_on=None)
    if created:
        grant_role(user, Role.SITE_KEEPER, actor=None)
        record("site.keeper_added", site, actor=actor, user=user.pk)
    return keeper


def close_site(site: ServiceSite, *, actor: Any, remark: str) -> ServiceSite:
    return take_step(site, "closed", actor=actor, refuse=rules.refuse_change, remark=remark)


def reopen_site(site: ServiceSite, *, actor: Any, remark: str = "") -> ServiceSite:
    return take_step(site, "reopened", actor=actor, refuse=rules.refuse_change, remark=remark)
