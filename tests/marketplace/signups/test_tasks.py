"""Celery finds the clock of the waiting list under the name it is scheduled by."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.signups.models import SignUp
from tests.factories import a_shift, a_signup


@pytest.mark.django_db
def test_the_scheduled_task_passes_unanswered_offers_on():
    name = settings.CELERY_BEAT_SCHEDULE["expire-offers"]["task"]
    offer = a_signup(shift=a_shift(in_hours=5), status="offered", offer_ends_at=timezone.now() - timedelta(seconds=1))

    assert import_string(name)() == 1
    assert SignUp.objects.get(pk=offer.pk).status == "cancelled"
