"""A copy of everything that is held about a person, for that person (个人信息保护法 §45).

One line of KEPT for each table that tells of them; what they did for others (decided, recorded, uploaded for an
organization) is the history of those records, not of the person.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import AccessToken, PhoneIdentity, RoleAssignment
from marketplace.history.actions import record
from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.organizations.models import Membership
from marketplace.privacy.models import Consent, DataRequest, IdentityOpening
from marketplace.privacy.queries import own_person, own_words
from marketplace.safeguarding.models import Complaint
from marketplace.signups.models import SignUp
from marketplace.sites.models import SiteKeeper
from marketplace.volunteers.models import (
    Availability,
    Clearance,
    GroupMember,
    GuardianInvitation,
    Kinship,
    KinshipDeclaration,
    Restriction,
    SkillEvidence,
    Volunteer,
)

FILE_NAME = "duijie-my-data.zip"
DATA_NAME, NOTE_NAME = "data.json", "README.txt"


@dataclass(frozen=True)
class Kept:
    """Rows of a table that tell of a person: whose `owner` is they, with these columns."""

    model: type[models.Model]
    owner: str
    columns: tuple[str, ...]


KEPT = (
    Kept(EmailAddress, "user", ("email", "verified")),
    Kept(UserSession, "user", ("created_at", "last_seen_at", "ip", "user_agent")),
    Kept(AccessToken, "user", ("name", "made_at", "used_at", "ended_at")),
    Kept(RoleAssignment, "user", ("role", "area__name", "valid_from", "valid_to")),
    Kept(Consent, "subject", ("purpose", "version", "method", "given_at", "valid_until", "withdrawn_at")),
    Kept(IdentityOpening, "identity__user", ("asked_at", "status", "reason", "open_until")),
    Kept(Membership, "user", ("organization__name", "role", "started_on", "ended_on")),
    Kept(SiteKeeper, "user", ("site__name", "is_director", "started_on", "ended_on")),
    Kept(
        Volunteer,
        "user",
        ("age_group", "base_area__name", "radius_km", "weekly_limit", "skills__name", "languages__name", "created_at"),
    ),
    Kept(Availability, "volunteer__user", ("weekday", "part")),
    Kept(Clearance, "volunteer__user", ("kind__name", "result", "checked_on", "valid_until")),
    Kept(SkillEvidence, "volunteer__user", ("skill__name", "status", "valid_until", "checked_on")),
    Kept(Restriction, "volunteer__user", ("kind", "site__name", "organization__name", "starts_on", "ends_on")),
    Kept(KinshipDeclaration, "volunteer__user", ("declared_at", "recorded_on")),
    Kept(Kinship, "declaration__volunteer__user", ("relation",)),
    Kept(GuardianInvitation, "volunteer__user", ("season__name", "made_at", "ends_at", "answered_at")),
    Kept(GroupMember, "volunteer__user", ("group__name", "joined_on", "agreed_at")),
    Kept(
        SignUp,
        "volunteer__user",
        ("shift__need__title", "shift__program__title", "shift__site__name", "shift__starts_at", "status", "joined_at"),
    ),
    Kept(Complaint, "made_by", ("receipt", "kind", "made_at", "status", "answer")),
    Kept(Message, "recipient", ("subject", "body", "sent_at", "read_at")),
)


def held_about(user: Any) -> dict[str, Any]:
    """Everything, by the name of its table; what is sealed is opened, because it is the person's own."""
    phone = PhoneIdentity.objects.filter(user=user).first()
    person = own_person(user)
    held: dict[str, Any] = {
        "account": {
            "display_name": user.display_name,
            "email": user.email,
            "phone": phone.number if phone else None,
            "date_joined": user.date_joined,
            "last_login": user.last_login,
        },
        "identity": asdict(person) if person else None,
        "datarequest": [
            {"asked_at": one.asked_at, "status": one.status, "text": own_words(one)}
            for one in DataRequest.objects.filter(subject=user)
        ],
        "event": list(Event.objects.filter(actor_id=user.pk).values("at", "verb", "subject_type", "subject_id")),
    }
    for kept in KEPT:
        rows = kept.model._default_manager.filter(**{kept.owner: user})
        held[str(kept.model._meta.model_name)] = list(rows.values(*kept.columns))
    return held


@transaction.atomic
def make_copy(user: Any, *, now: datetime | None = None) -> bytes:
    """A zip with the data as JSON and a note that says what it is; that it was made is an event."""
    record("user.copied", user, actor=user)
    moment = timezone.localtime(now or timezone.now())
    note = _("这是 %(at)s 为您做的副本，里面是平台保存的关于您的全部信息。请自己保管，不要转发。") % {
        "at": f"{moment:%Y-%m-%d %H:%M}"
    }
    data = json.dumps(held_about(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(DATA_NAME, data)
        package.writestr(NOTE_NAME, note)
    return out.getvalue()
