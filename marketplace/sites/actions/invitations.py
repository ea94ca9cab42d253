"""Asking somebody to keep a site. Nothing is kept until they agree, so whoever asks never learns who has an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.queries import user_by_login
from marketplace.messaging.actions import tell
from marketplace.workflow.refusals import Refused, refuse_if

from ..models import ServiceSite, SiteKeeper
from ..rules import refuse_change
from .life import add_keeper

SALT = "sites.keeper"


@dataclass(frozen=True)
class Invitation:
    site: ServiceSite
    asked_by: Any
    is_director: bool


@transaction.atomic
def invite_keeper(site: ServiceSite, login: str, *, actor: Any, is_director: bool = False) -> None:
    """Ask the person behind an e-mail address or a phone number; where there is nobody, nothing happens."""
    refuse_if(refuse_change(site, actor))
    user = user_by_login(login)
    if user is None or not user.is_active:
        return
    token = signing.dumps([site.pk, user.pk, actor.pk, is_director, _times_ended(site, user.pk)], salt=SALT)
    tell(
        user,
        lambda: _("请您负责：%(site)s") % {"site": site},
        body=lambda: (
            _("%(name)s请您负责这个地点：开门、接待来的人、说明那里需要什么。愿意的话请打开链接确认。")
            % {"name": actor}
        ),
        link=reverse("keep_site", args=[token]),
    )


def read_invitation(token: str, user: Any) -> Invitation | None:
    """What this person was asked; None where the link is not theirs, too old, from before their keeping was ended, or
    whoever asked may no longer."""
    try:
        site_id, invited, asked_by, is_director, ended = signing.loads(
            token, salt=SALT, max_age=timedelta(days=settings.KEEPER_INVITATION_DAYS)
        )
    except signing.BadSignature:
        return None
    site = ServiceSite.objects.select_related("area").filter(pk=site_id).first()
    inviter = get_user_model().objects.filter(pk=asked_by, is_active=True).first()
    if invited != user.pk or site is None or inviter is None or refuse_change(site, inviter):
        return None
    if _times_ended(site, user.pk) != ended:
        return None
    return Invitation(site, inviter, is_director)


def _times_ended(site: ServiceSite, user: int) -> int:
    """How often the person was told that they keep the site no longer: an earlier link must not bring them back."""
    return site.keepers.filter(user=user).exclude(ended_on=None).count()


def accept_invitation(invitation: Invitation | None, *, actor: Any) -> SiteKeeper:
    """The person agrees, and keeps the site from today on."""
    if invitation is None:
        raise Refused(_("这个链接已经失效。请联系乡镇（街道）工作人员再发一次。"))
    return add_keeper(invitation.site, actor, actor=invitation.asked_by, is_director=invitation.is_director)
