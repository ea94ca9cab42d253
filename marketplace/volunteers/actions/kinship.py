"""Who is related to whom among the volunteers: declared by each, recorded by staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.queries import plain_login
from marketplace.accounts.sealing import keyed_hash
from marketplace.history.actions import record
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import refuse_if

from .. import rules
from ..models import Kinship, KinshipDeclaration, Volunteer
from ..queries import volunteers_by_contact


@transaction.atomic
def declare_kinship(
    volunteer: Volunteer, *, actor: Any, relatives: Iterable[tuple[str, str]] = ()
) -> KinshipDeclaration:
    """`relatives` are (relation, phone number or e-mail); none says that there are none. Of a contact only the keyed
    hash is kept, and nothing is looked up, so the answer is the same whether an account belongs to it or not. A new
    declaration counts when staff recorded it."""
    refuse_if(rules.refuse_own_profile(volunteer, actor))
    declaration, _is_new = KinshipDeclaration.objects.update_or_create(
        volunteer=volunteer, defaults={"declared_at": timezone.now(), "recorded_by": None, "recorded_on": None}
    )
    declaration.kinships.all().delete()
    Kinship.objects.bulk_create(
        [
            Kinship(declaration=declaration, relation=relation, contact_hash=keyed_hash(plain_login(contact)))
            for relation, contact in relatives
        ]
    )
    record("kinshipdeclaration.declared", declaration, actor=actor)
    return declaration


@transaction.atomic
def record_kinship(declaration: KinshipDeclaration, *, actor: Any) -> KinshipDeclaration:
    """From now on it counts; the accounts behind the contacts are looked for."""
    fresh = lock(declaration)
    refuse_if(rules.refuse_kinship_entry(fresh, actor))
    fresh.recorded_by, fresh.recorded_on = actor, timezone.localdate()
    fresh.save(update_fields=["recorded_by", "recorded_on"])
    _find_relatives(fresh.kinships.filter(other=None))
    record("kinshipdeclaration.recorded", fresh, actor=actor)
    return fresh


@transaction.atomic
def find_new_relatives() -> int:
    """Those who became volunteers after they were named. Returns how many were found."""
    return _find_relatives(Kinship.objects.filter(other=None).exclude(declaration__recorded_on=None))


def _find_relatives(kinships: Iterable[Kinship]) -> int:
    wanted = list(kinships)
    known = volunteers_by_contact() if wanted else {}
    found = [one for one in wanted if known.get(one.contact_hash)]
    for one in found:
        one.other_id = known[one.contact_hash]
    Kinship.objects.bulk_update(found, ["other"])
    return len(found)
