"""Papers that show a skill: handed in, then accepted or refused by staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.documents.actions import delete_document, keep_document
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.workflow.actions import take_step
from marketplace.workflow.refusals import refuse_if, refuse_silence

from .. import rules
from ..models import Skill, SkillEvidence, Volunteer

OWN_PAPERS = "/desk/profile/papers/"


@transaction.atomic
def hand_in_evidence(volunteer: Volunteer, *, actor: Any, skill: Skill, upload: Any) -> SkillEvidence:
    """Raises Refused for a paper that is none, and for somebody else's profile."""
    refuse_if(rules.refuse_own_profile(volunteer, actor))
    document = keep_document(upload, title=str(skill), actor=actor)
    evidence = SkillEvidence.objects.create(volunteer=volunteer, skill=skill, document=document)
    record("skillevidence.submitted", evidence, actor=actor, skill=skill.code)
    return evidence


@transaction.atomic
def accept_evidence(evidence: SkillEvidence, *, actor: Any, valid_until: date | None = None) -> SkillEvidence:
    """It counts from today on, to the day it holds or for good."""
    refuse_if(rules.refuse_past_end(valid_until, timezone.localdate()))
    return _decide(evidence, "accepted", actor=actor, valid_until=valid_until)


@transaction.atomic
def refuse_evidence(evidence: SkillEvidence, *, actor: Any, remark: str) -> SkillEvidence:
    """It doesn't show the skill, or no longer; the person reads why."""
    refuse_if(refuse_silence(remark))
    return _decide(evidence, "refused", actor=actor, remark=remark)


def _decide(
    evidence: SkillEvidence, step: str, *, actor: Any, remark: str = "", valid_until: date | None = None
) -> SkillEvidence:
    take_step(evidence, step, actor=actor, refuse=rules.refuse_evidence_check, remark=remark)
    evidence.checked_by, evidence.checked_on, evidence.valid_until = actor, timezone.localdate(), valid_until
    evidence.save(update_fields=["checked_by", "checked_on", "valid_until"])
    tell(
        evidence.volunteer.user,
        lambda: _("%(skill)s的证明：%(status)s") % {"skill": evidence.skill, "status": evidence.get_status_display()},
        body=remark,
        link=OWN_PAPERS,
    )
    return evidence


@transaction.atomic
def take_evidence_back(evidence: SkillEvidence, *, actor: Any) -> None:
    """The paper and what was said about it go; what happened stays in history."""
    refuse_if(rules.refuse_own_profile(evidence.volunteer, actor))
    record("skillevidence.taken_back", evidence, actor=actor)
    document = evidence.document
    evidence.delete()
    if document:
        delete_document(document, actor=actor)
