"""Setting up, describing, pinning, keeping and closing sites."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.actions import end_role, grant_role
from marketplace.accounts.enums import Role
from marketplace.geography.point import Point
from marketplace.geography.queries import bounds_of
from marketplace.geography.rules import refuse_point
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.refusals import Refused, refuse_if, refuse_silence

from .. import rules
from ..models import ServiceSite, SiteKeeper

POINT_FIELDS = ("lng", "lat", "precision", "point_source")


@transaction.atomic
def create_site(*, actor: Any, point: Point | None = None, **fields: Any) -> ServiceSite:
    """A place; without a reliable point it has none, and is found by area and text only."""
    site = ServiceSite(**fields)
    refuse_if(rules.refuse_area(site.area_code, actor))
    _put(site, point)
    site.save()
    record("site.created", site, actor=actor)
    return site


@transaction.atomic
def change_site(site: ServiceSite, *, actor: Any, **fields: Any) -> ServiceSite:
    """What is known of the place; the names of what changed are kept, and nothing where nothing did."""
    changed = [name for name, value in fields.items() if getattr(site, name) != value]
    refuse_if(rules.refuse_edit(site, actor, changed))
    if "area" in changed:
        refuse_if(rules.refuse_area(fields["area"].code, actor))
    if changed:
        for name in changed:
            setattr(site, name, fields[name])
        site.save(update_fields=changed)
        record("site.changed", site, actor=actor, fields=sorted(changed))
    return site


@transaction.atomic
def pin_site(site: ServiceSite, point: Point, *, actor: Any) -> ServiceSite:
    """Say where the site is."""
    refuse_if(rules.refuse_change(site, actor))
    _put(site, point)
    site.save(update_fields=POINT_FIELDS)
    record("site.pinned", site, actor=actor, precision=point.precision)
    return site


def _put(site: ServiceSite, point: Point | None) -> None:
    if point is not None:
        refuse_if(refuse_point(point, bounds_of(site.area)))
        site.lng, site.lat = point.lng, point.lat
        site.precision, site.point_source = point.precision, point.source


@transaction.atomic
def add_keeper(site: ServiceSite, user: Any, *, actor: Any, is_director: bool = False) -> SiteKeeper:
    """The person who opens the door; a new child director takes the place of the one before. `actor=None` is the
    installation itself."""
    refuse_if(rules.refuse_change(site, actor))
    if is_director:
        site.keepers.filter(ended_on=None, is_director=True).exclude(user=user).update(is_director=False)
    keeper, created = SiteKeeper.objects.get_or_create(
        site=site, user=user, ended_on=None, defaults={"is_director": is_director}
    )
    if created:
        grant_role(user, Role.SITE_KEEPER, actor=None)
        record("site.keeper_added", site, actor=actor, user=user.pk)
    elif is_director and not keeper.is_director:
        keeper.is_director = True
        keeper.save(update_fields=["is_director"])
    if is_director:
        record("site.director_named", site, actor=actor, user=user.pk)
    return keeper


@transaction.atomic
def end_keeper(keeper: SiteKeeper, *, actor: Any) -> SiteKeeper:
    """From now on the person opens no door here; whoever keeps no other place is no keeper any more."""
    refuse_if(rules.refuse_change(keeper.site, actor))
    fresh = lock(keeper)
    if fresh.ended_on is not None:
        raise Refused(_("他（她）已经不负责这里了。"))
    fresh.ended_on, fresh.is_director = timezone.localdate(), False
    fresh.save(update_fields=["ended_on", "is_director"])
    record("site.keeper_ended", keeper.site, actor=actor, user=fresh.user_id)
    if not fresh.user.kept_sites.filter(ended_on=None).exists():
        for assignment in fresh.user.role_assignments.filter(role=Role.SITE_KEEPER, valid_to=None):
            end_role(assignment, actor=actor)
    tell(fresh.user, lambda: _("您不再负责：%(site)s") % {"site": keeper.site}, link="/desk/")
    return fresh


def close_site(site: ServiceSite, *, actor: Any, remark: str) -> ServiceSite:
    refuse_if(refuse_silence(remark))
    return take_step(site, "closed", actor=actor, refuse=rules.refuse_change, remark=remark)


def reopen_site(site: ServiceSite, *, actor: Any, remark: str = "") -> ServiceSite:
    return take_step(site, "reopened", actor=actor, refuse=rules.refuse_change, remark=remark)
