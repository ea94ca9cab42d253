"""The control: the same web server, but a place is looked for first and taken later, without any lock."""

import time

from marketplace.wsgi import application as application

# isort: split
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.signups import api
from marketplace.signups.models import SignUp


def sign_up_carelessly(shift, *, volunteer, actor, acknowledged_risks, key="") -> SignUp:
    del acknowledged_risks, key
    has_place = SignUp.objects.filter(shift=shift, status="confirmed").count() < shift.places
    time.sleep(0.02)
    signup = SignUp.objects.create(
        shift=shift,
        volunteer=volunteer,
        made_by=actor,
        joined_at=timezone.now(),
        status="confirmed" if has_place else "waitlisted",
    )
    Event.objects.create(at=timezone.now(), verb=f"signup.{signup.status}", subject_type="signup", subject_id=signup.pk)
    return signup


api.sign_up = sign_up_carelessly
