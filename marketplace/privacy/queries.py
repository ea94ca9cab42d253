"""Reads: identities of an area, requests that wait, consents, and whether a text names somebody who is known here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.enums import Role
from marketplace.accounts.sealing import unseal
from marketplace.workflow.queries import story

from .enums import CorrectionStatus, OpeningStatus, Whose
from .masking import mask_id_number, mask_name, mask_phone
from .models import Consent, DataRequest, Identity, IdentityOpening
from .names import name_hash, pieces
from .sealed import Person, open_sealed

STORY = {
    "identity.kept": _("登记"),
    "identity.changed": _("修改"),
    "identity.found": _("查找"),
    "identity.opening_asked": _("申请查看"),
    "identity.opened": _("查看"),
    "identity.came_of_age": _("年满 18 周岁"),
}
COUNTY_DIGITS = 6
HASHES_A_QUERY = 500
READERS = (Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)
ANSWERERS = (Role.TOWNSHIP, Role.COUNTY, Role.BUREAU)
APPROVERS = (Role.COUNTY, Role.BUREAU)


def in_areas_of(user: Any, *roles: str, field: str = "area__code") -> Q:
    """Records whose area one of these roles of the person covers."""
    covered = Q(pk__in=())
    for prefix in user.area_prefixes(*roles):
        covered |= Q(**{f"{field}__startswith": prefix})
    return covered


def known_names(text: str, area_code: str = "") -> set[str]:
    """The pieces of this text that are the name of somebody whose identity is kept, in the county where one is given."""
    hashes = {name_hash(piece): piece for piece in pieces(text)}
    listed = sorted(hashes)
    people = Identity.objects.filter(deleted_at=None, area__code__startswith=area_code[:COUNTY_DIGITS])
    found: set[str] = set()
    for start in range(0, len(listed), HASHES_A_QUERY):
        some = listed[start : start + HASHES_A_QUERY]
        found |= {hashes[value] for value in people.filter(name_hash__in=some).values_list("name_hash", flat=True)}
    return found


def identities_read_by(user: Any) -> QuerySet[Identity]:
    """Those of the person's area; what they hold stays sealed until an opening."""
    return Identity.objects.filter(in_areas_of(user, *READERS), deleted_at=None).select_related("area__parent")


def identity_of(user: Any) -> Identity | None:
    """The person's own identity."""
    return Identity.objects.filter(user=user, whose=Whose.VOLUNTEER, deleted_at=None).select_related("area").first()


def own_person(user: Any) -> Person | None:
    """What is kept of the person, for their own eyes."""
    identity = identity_of(user)
    return open_sealed(identity.person_sealed, identity.pk) if identity else None


def masked_person(identity: Identity) -> dict[str, str]:
    """What a list or a closed page may show."""
    person = open_sealed(identity.person_sealed, identity.pk)
    return {
        "name": mask_name(person.name),
        "id_number": mask_id_number(person.id_number),
        "phone": mask_phone(person.phone),
    }


def opening_in_force(identity: Identity, user: Any, now: datetime | None = None) -> IdentityOpening | None:
    """The person's own leave to look, while it lasts."""
    return identity.openings.filter(
        asked_by=user, status=OpeningStatus.GRANTED, open_until__gt=now or timezone.now()
    ).first()


def openings_seen_by(user: Any) -> QuerySet[IdentityOpening]:
    """Requests about people of the area of somebody who decides, also their own: the rule says why not."""
    covered = in_areas_of(user, *APPROVERS, field="identity__area__code")
    return IdentityOpening.objects.filter(covered).select_related("identity__area", "asked_by")


def waiting_openings(user: Any) -> QuerySet[IdentityOpening]:
    """Requests that this person may decide, the oldest first; never their own."""
    return (
        openings_seen_by(user)
        .filter(status=OpeningStatus.REQUESTED, identity__deleted_at=None)
        .exclude(asked_by=user)
        .exclude(identity__in=Identity.objects.filter(user=user))
        .order_by("asked_at", "pk")
    )


def identity_story(identity: Identity) -> list[dict[str, Any]]:
    """Who asked, who looked, and when, the newest first."""
    return story(identity, STORY)


def area_of(user: Any) -> Any:
    """Where the person works for an authority, if they do."""
    return next((assignment.area for assignment in user.assignments if assignment.area), None)


def consents_of(user: Any) -> QuerySet[Consent]:
    """What the person agreed to, the newest first."""
    return Consent.objects.filter(Q(subject=user) | Q(identity__user=user))


def has_consent(user: Any, purpose: str) -> bool:
    """Whether an agreement to this purpose is in force."""
    return consents_of(user).filter(purpose=purpose).filter(pk__in=Consent.objects.in_force(timezone.now())).exists()


def waiting_corrections(user: Any) -> QuerySet[DataRequest]:
    """What people of the area asked to be corrected; people without an area are the bureau's."""
    covered = in_areas_of(user, *ANSWERERS)
    if user.has_role(Role.BUREAU):
        covered |= Q(area=None)
    return (
        DataRequest.objects.filter(covered, status=CorrectionStatus.OPEN)
        .exclude(subject=user)
        .select_related("subject", "area")
        .order_by("due_at", "pk")
    )


def own_words(request: DataRequest) -> str:
    """What somebody asked to be corrected, as they wrote it: for themselves; staff go through `read_correction`."""
    return unseal(request.text_sealed, about=f"data request {request.pk}")
