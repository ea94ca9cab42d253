"""The papers an organization hands in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from marketplace.documents.actions import delete_document, keep_document
from marketplace.history.actions import record
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import refuse_if

from .. import rules
from ..enums import PaperKind
from ..models import Organization, OrganizationPaper


@transaction.atomic
def add_paper(
    organization: Organization, upload: Any, *, kind: str, actor: Any, valid_until: date | None = None
) -> OrganizationPaper:
    """Keep an uploaded paper. Raises Refused where the file isn't what papers are."""
    fresh = lock(organization)
    refuse_if(rules.refuse_paper(fresh, actor))
    document = keep_document(upload, title=str(PaperKind(kind).label), actor=actor)
    paper = OrganizationPaper.objects.create(organization=fresh, document=document, kind=kind, valid_until=valid_until)
    record("organization.paper_added", fresh, actor=actor, kind=str(kind))
    return paper


@transaction.atomic
def remove_paper(paper: OrganizationPaper, *, actor: Any) -> None:
    """Only as long as the registration is being filled in: what was verified stays with what it rested on."""
    organization = lock(paper.organization)
    refuse_if(rules.refuse_change(organization, actor))
    record("organization.paper_removed", organization, actor=actor, kind=paper.kind)
    delete_document(paper.document, actor=actor)
