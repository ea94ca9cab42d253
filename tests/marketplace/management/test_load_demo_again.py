"""Loading the demo: the same each time, never where it does not belong, never by half."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.needs.models import Need
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.sites.models import ServiceSite

SMALL = {"volunteers": 20, "programs": 16, "verbosity": 0}

pytestmark = pytest.mark.django_db


def digest() -> list:
    return [
        Counter(Need.objects.values_list("title", "status")),
        Counter(Program.objects.values_list("title", "status")),
        list(Shift.objects.order_by("id").values_list("site__name", "starts_at", "ends_at", "places", "places_taken")),
        list(User.objects.order_by("id").values_list("display_name", "email")),
    ]


def test_the_same_seed_on_the_same_day_makes_the_same_demo(capsys):
    digests = []
    for _ in range(2):
        with transaction.atomic():
            call_command("load_demo", **SMALL)
            digests.append(digest())
            transaction.set_rollback(True)
    assert digests[0] == digests[1]


def test_other_settings_are_refused(settings):
    settings.IS_DEMO = False
    with pytest.raises(CommandError, match="演示环境"):
        call_command("load_demo", **SMALL)


def test_an_interrupted_load_leaves_an_empty_database(monkeypatch):
    from marketplace.management.demo.places import Places

    monkeypatch.delattr(Places, "elder_points")
    with pytest.raises(AttributeError):
        call_command("load_demo", **SMALL)
    assert (User.objects.count(), ServiceSite.objects.count(), Event.objects.count()) == (0, 0, 0)
