"""Keeping and forgetting identities, opening them, consents, and requests for correction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.phones import normalize_phone
from marketplace.accounts.sealing import keyed_hash, seal
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.workflow.actions import lock, take_step
from marketplace.workflow.calendar import due_after
from marketplace.workflow.refusals import Refused, refuse_if, refuse_silence

from . import rules
from .enums import IdType, Method, Purpose, Whose
from .id_numbers import plain_number
from .models import Consent, DataRequest, Identity, IdentityOpening
from .names import name_hash
from .notices import current_notice
from .persons import adult_day, hash_of_number, number_hash, plain_person
from .queries import has_consent, identities_read_by, identity_of, opening_in_force, own_words
from .sealed import Person, open_sealed, seal_person

MOST_FOUND = 20

# Identities


@transaction.atomic
def keep_identity(
    person: Person,
    *,
    whose: str,
    area: Any,
    actor: Any,
    user: Any = None,
    identity: Identity | None = None,
    is_minor: bool | None = None,
) -> Identity:
    """Seal what is known of somebody, anew or in place of what `identity` held.

    `is_minor` speaks only where no birth date is known; left out, a beneficiary without one counts as under age.
    Raises Refused for a number that can't be, a birth date that disagrees with it, or a number that is kept already.
    """
    person = plain_person(person)
    refuse_if(rules.refuse_person(person))
    kept = lock(identity) if identity else Identity(whose=whose, user=user)
    if kept.deleted_at:
        raise Refused(_("这份资料已经按本人的要求删除。"))
    kept.area = area
    kept.name_hash, kept.id_number_hash = name_hash(person.name), number_hash(person)
    kept.phone_hash = keyed_hash(person.phone) if normalize_phone(person.phone) else ""
    kept.adult_on = adult_day(person.born_on) if person.born_on else None
    kept.is_minor = _counts_as_minor(kept, is_minor)
    _refuse_twice(kept)
    kept.person_sealed = seal_person(person, kept.pk) if kept.pk else b""
    kept.save()
    if not kept.person_sealed:
        kept.person_sealed = seal_person(person, kept.pk)
        kept.save(update_fields=["person_sealed"])
    record("identity.changed" if identity else "identity.kept", kept, actor=actor, whose=whose)
    return kept


def _counts_as_minor(identity: Identity, told: bool | None) -> bool:
    if identity.adult_on:
        return timezone.localdate() < identity.adult_on
    return told if told is not None else identity.whose == Whose.BENEFICIARY


def _refuse_twice(identity: Identity) -> None:
    """Says nothing about whose the number is, nor that it is anybody's."""
    others = Identity.objects.filter(whose=identity.whose, id_number_hash=identity.id_number_hash)
    if identity.id_number_hash and others.exclude(pk=identity.pk).exists():
        raise Refused(
            _("这个证件号码现在不能登记。请照着证件再看一遍；号码没有写错的话，请拨打 %(phone)s，由工作人员核对。")
            % {"phone": settings.HELP_PHONE}
        )


@transaction.atomic
def forget_identity(identity: Identity, *, actor: Any) -> Identity:
    """Nothing of the person is left but that there was one; consents given for it end too."""
    fresh = lock(identity)
    if fresh.deleted_at:
        return fresh
    fresh.person_sealed = seal_person(Person(name=""), fresh.pk)
    fresh.name_hash = fresh.id_number_hash = fresh.phone_hash = ""
    fresh.adult_on, fresh.user, fresh.deleted_at = None, None, timezone.now()
    fresh.save()
    fresh.consents.filter(withdrawn_at=None).update(withdrawn_at=fresh.deleted_at)
    record("identity.forgotten", fresh, actor=actor)
    identity.__dict__.update(fresh.__dict__)
    return identity


@transaction.atomic
def come_of_age(today: date) -> int:
    """Those whose birthday has come are no longer under age. Returns how many."""
    grown = list(Identity.objects.filter(is_minor=True, adult_on__lte=today, deleted_at=None).select_related("area"))
    for identity in grown:
        identity.is_minor = False
        identity.save(update_fields=["is_minor"])
        record("identity.came_of_age", identity, actor=None)
    return len(grown)


@transaction.atomic
def move_identity(identity: Identity, area: Any, *, actor: Any) -> Identity:
    """The person lives elsewhere now: other staff are answerable for it."""
    identity.area = area
    identity.save(update_fields=["area"])
    record("identity.moved", identity, actor=actor)
    return identity


@transaction.atomic
def forget_person(user: Any, *, actor: Any) -> None:
    """All that is known of an account's person, what they agreed to, and what they asked."""
    for identity in Identity.objects.filter(user=user, deleted_at=None):
        forget_identity(identity, actor=actor)
    Consent.objects.filter(subject=user, withdrawn_at=None).update(withdrawn_at=timezone.now())
    DataRequest.objects.filter(subject=user).delete()


# Opening


@transaction.atomic
def look_up(value: str, *, actor: Any) -> list[Identity]:
    """Identities of the actor's area with exactly this name, number or phone; that each was found is an event."""
    number = plain_number(value)
    hashes = {hash_of_number(id_type, number) for id_type in IdType.values}
    phone = normalize_phone(value)
    found = identities_read_by(actor).filter(
        Q(name_hash=name_hash(value)) | Q(id_number_hash__in=hashes) | Q(phone_hash=keyed_hash(phone) if phone else "-")
    )
    identities = list(found[:MOST_FOUND])
    for identity in identities:
        record("identity.found", identity, actor=actor)
    return identities


@transaction.atomic
def ask_opening(identity: Identity, *, actor: Any, reason: str) -> IdentityOpening:
    """A reason in words; an adult's identity may be looked at from now on, a minor's when another person granted it."""
    refuse_if(rules.refuse_asking(identity, actor))
    refuse_if(refuse_silence(reason))
    refuse_if(rules.refuse_known_names(reason, identity.area_code))
    opening = IdentityOpening.objects.create(identity=identity, asked_by=actor, reason=reason.strip())
    record("identity.opening_asked", identity, actor=actor, opening=opening.pk)
    if rules.needs_approval(identity):
        return opening
    take_step(opening, "granted", actor=actor, identity=identity.pk, approval="not needed")
    return _open_until(opening, timezone.now())


@transaction.atomic
def grant_opening(opening: IdentityOpening, *, actor: Any) -> IdentityOpening:
    """The one who asked may look for a day; never granted by themselves."""
    take_step(opening, "granted", actor=actor, refuse=rules.refuse_opening_decision, identity=opening.identity_id)
    opening.decided_by = actor
    _open_until(opening, timezone.now())
    tell(opening.asked_by, lambda: _("可以查看您申请的资料了"), link=f"/desk/identities/{opening.identity_id}/")
    return opening


@transaction.atomic
def refuse_opening(opening: IdentityOpening, *, actor: Any, remark: str) -> IdentityOpening:
    """It stays closed, with the reason in words."""
    refuse_if(refuse_silence(remark))
    take_step(opening, "refused", actor=actor, refuse=rules.refuse_opening_decision, remark=remark)
    opening.decided_by = actor
    opening.save(update_fields=["decided_by"])
    tell(
        opening.asked_by,
        lambda: _("查看资料的申请未获批准"),
        body=remark,
        link=f"/desk/identities/{opening.identity_id}/",
    )
    return opening


def _open_until(opening: IdentityOpening, now: datetime) -> IdentityOpening:
    opening.open_until = now + timedelta(hours=settings.OPENING_HOURS)
    opening.save(update_fields=["open_until", "decided_by"])
    return opening


@transaction.atomic
def open_identity(identity: Identity, *, actor: Any) -> Person:
    """What is sealed, for one look: every look is an event."""
    fresh = lock(identity)
    refuse_if(rules.refuse_looking(fresh, actor))
    opening = opening_in_force(fresh, actor)
    record("identity.opened", fresh, actor=actor, opening=opening.pk if opening else None)
    return open_sealed(fresh.person_sealed, fresh.pk)


# Consents


@transaction.atomic
def give_consent(
    *,
    purpose: str,
    method: str,
    actor: Any,
    subject: Any = None,
    identity: Identity | None = None,
    guardian: Identity | None = None,
    valid_until: datetime | None = None,
) -> Consent:
    """Somebody agrees to one use, to the notice as it stands today; agreeing again keeps both rows."""
    consent = Consent.objects.create(
        subject=subject,
        identity=identity,
        guardian=guardian,
        purpose=purpose,
        method=method,
        version=current_notice().version,
        given_at=timezone.now(),
        valid_until=valid_until,
        recorded_by=actor,
    )
    record("consent.given", consent, actor=actor, purpose=purpose, method=method)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor: Any) -> Consent:
    """What rested on it ends: an identity is forgotten; later packages see to the rest."""
    fresh = lock(consent)
    refuse_if(rules.refuse_withdrawal(fresh, actor))
    fresh.withdrawn_at = timezone.now()
    fresh.save(update_fields=["withdrawn_at"])
    if fresh.identity and fresh.purpose in (Purpose.IDENTITY, Purpose.BENEFICIARY):
        forget_identity(fresh.identity, actor=actor)
    record("consent.withdrawn", fresh, actor=actor, purpose=fresh.purpose)
    return fresh


@transaction.atomic
def keep_own_identity(person: Person, *, user: Any, area: Any) -> Identity:
    """The person tells who they are, or corrects it; the first time they agree to its being kept."""
    identity = keep_identity(
        person, whose=Whose.VOLUNTEER, area=area, actor=user, user=user, identity=identity_of(user)
    )
    if not has_consent(user, Purpose.IDENTITY):
        give_consent(purpose=Purpose.IDENTITY, method=Method.ONLINE, actor=user, subject=user, identity=identity)
    return identity


# Corrections


@transaction.atomic
def ask_correction(*, actor: Any, text: str, area: Any = None) -> DataRequest:
    """What the person can't correct alone; staff answer within the working days of the setting (个人信息保护法 §46)."""
    if not text.strip():
        raise Refused(_("请写明哪一项不对、应当是什么。"))
    due_at = due_after(timezone.now(), settings.DATA_REQUEST_WORKDAYS)
    request = DataRequest.objects.create(subject=actor, area=area, text_sealed=b"", due_at=due_at)
    request.text_sealed = seal(text.strip(), about=f"data request {request.pk}")
    request.save(update_fields=["text_sealed"])
    record("datarequest.asked", request, actor=actor)
    return request


@transaction.atomic
def read_correction(request: DataRequest, *, actor: Any) -> str:
    """What was asked, for whoever answers; every look is an event."""
    refuse_if(rules.refuse_answer(request, actor))
    record("datarequest.opened", request, actor=actor)
    return own_words(request)


@transaction.atomic
def answer_correction(request: DataRequest, *, actor: Any, step: str, remark: str) -> DataRequest:
    """`step` is "done" or "refused"; the person is told in words what was done or why not."""
    refuse_if(refuse_silence(remark))
    take_step(request, step, actor=actor, refuse=rules.refuse_answer, remark=remark)
    tell(
        request.subject,
        lambda: _("您要求更正的信息：%(status)s") % {"status": request.get_status_display()},
        body=remark,
    )
    return request
