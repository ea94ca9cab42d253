"""Reports of harm and complaints, set directly into the status a test needs."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from marketplace.safeguarding.models import Complaint, MandatoryReport
from marketplace.safeguarding.sealed import seal_details

from . import SHUICHENG, an_area, an_organization

_numbers = itertools.count(1)


def a_report(*, site: Any = None, area: str = SHUICHENG, reporter: Any = None, **fields: Any) -> MandatoryReport:
    number = next(_numbers)
    receipt = f"B261124-{number:06d}"
    values = {
        "area": site.area if site else an_area(area),
        "site": site,
        "channel": "platform",
        "details_sealed": seal_details({"reporter": getattr(reporter, "pk", None), "words": ["看到伤痕"]}, receipt),
        "reported_at": timezone.now(),
        "receipt": receipt,
        "key": f"key-of-a-device-{number}",
    }
    return MandatoryReport.objects.create(**{**values, **fields})


def a_complaint(*, about: Any = None, area: str = SHUICHENG, **fields: Any) -> Complaint:
    about = about or an_organization()
    receipt = f"T261124-{next(_numbers):06d}"
    values = {
        "area": an_area(area),
        "subject_type": about._meta.model_name,
        "subject_id": about.pk,
        "kind": "charged_money",
        "details_sealed": seal_details({"words": "收了二十元材料费", "contact": "13800138000"}, receipt),
        "answer_due_at": timezone.now() + timedelta(days=5),
        "receipt": receipt,
    }
    return Complaint.objects.create(**{**values, **fields})
