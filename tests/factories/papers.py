"""Papers as people hand them in, and as they lie in the record."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.documents.models import Document
from marketplace.organizations.models import Organization, OrganizationPaper

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def a_pdf(name: str = "scan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def a_paper(
    organization: Organization, *, kind: str = "certificate", valid_until: date | None = None
) -> OrganizationPaper:
    """In the record only: no file is written."""
    document = Document.objects.create(
        file="aa/none", title="登记证书", content_type="application/pdf", size=len(PDF), sha256="0" * 64
    )
    return OrganizationPaper.objects.create(
        organization=organization, document=document, kind=kind, valid_until=valid_until
    )
