"""Who speaks for a site, and who may change it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role

from .models import ServiceSite

STAFF = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)


def speaks_for(user: Any, site: ServiceSite) -> bool:
    """Whether the person may state needs and receive people for this site."""
    return ServiceSite.objects.spoken_for_by(user).filter(pk=site.pk).exists()


def keeps(user: Any, site: ServiceSite) -> bool:
    """Whether the person opens this site's door: the staff of its area speak for it, its keepers live with it."""
    return ServiceSite.objects.kept_by(user).filter(pk=site.pk).exists()


def refuse_change(site: ServiceSite, actor: Any) -> str | None:
    if not actor.reaches(site.area_code, *STAFF):
        return _("由所在地的乡镇、县级或市级工作人员办理。")
    return None
