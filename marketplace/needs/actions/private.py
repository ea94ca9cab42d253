"""Who is meant by a need: kept sealed by `privacy`, pointed to from here, and opened there only."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from marketplace.privacy.actions import give_consent, keep_identity
from marketplace.privacy.enums import Method, Purpose, Whose
from marketplace.privacy.sealed import Person

from ..enums import Audience, Channel
from ..models import Need, NeedPrivate

METHODS = {Channel.SELF: Method.ONLINE, Channel.PHONE: Method.PHONE, Channel.PAPER: Method.PAPER}


@transaction.atomic
def keep_private(need: Need, person: Person | None, *, actor: Any) -> None:
    """Seal what only staff may read, in place of what was there; None leaves it as it is.

    The person agreed by the way in which the need was told (个人信息保护法 §29).
    """
    if person is None:
        return
    private, _is_new = NeedPrivate.objects.select_related("identity").get_or_create(need=need)
    private.identity = keep_identity(
        person,
        whose=Whose.BENEFICIARY,
        area=need.site.area,
        actor=actor,
        identity=private.identity,
        is_minor=need.audience == Audience.CHILDREN,
    )
    private.save(update_fields=["identity"])
    method = METHODS[Channel(need.channel)]
    give_consent(purpose=Purpose.BENEFICIARY, identity=private.identity, method=method, actor=actor)
