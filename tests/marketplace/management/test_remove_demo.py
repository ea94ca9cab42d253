"""Removing the demo: every table is as before, and a real row beside it keeps everything but its links into the demo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.needs.models import Need
from marketplace.organizations.models import Organization
from marketplace.programs.models import Program
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.sites.models import ServiceSite
from marketplace.volunteers.models import Volunteer
from marketplace.workflow.actions import add_remark
from search.verify import Differences, differences
from tests.factories import (
    a_bureau_clerk,
    a_keeper,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_volunteer,
    an_organization,
)

SMALL = {"volunteers": 20, "programs": 16, "verbosity": 0}

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.introspection.table_names()
    counts = {}
    with connection.cursor() as cursor:
        for table in tables:
            if "_fts" not in table:  # how a full-text index lays its words out
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
    counts.pop(Event._meta.db_table)
    counts.pop("search_skillbit")  # a skill's bit is given once and never again
    return counts


@pytest.fixture(scope="module")
def empty(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, int]]:
    """One demo for the tests of this module; what the tables held before it."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = rows()
        call_command("load_demo", **SMALL)
        yield before
        transaction.set_rollback(True)


def test_every_table_is_as_before_the_demo(empty):
    assert rows() != empty
    call_command("remove_demo", verbosity=0)

    changed = {table: (empty[table], count) for table, count in rows().items() if count != empty[table]}
    assert changed == {}
    assert not connection.check_constraints()
    assert differences() == Differences()


def test_a_dry_run_removes_nothing(empty, capsys):
    before = rows()
    call_command("remove_demo", dry_run=True)

    assert rows() == before
    assert "会删除" in capsys.readouterr().out


def real(model):
    return model.objects.filter(is_demo=False)


def test_real_rows_beside_the_demo_stay(empty):
    site = a_site(is_demo=False)
    need = a_need(status="published", site=site, raised_by=a_keeper(site))
    organization = an_organization()
    program = a_program(status="approved", organization=organization, drafted_by=a_bureau_clerk())
    shift, volunteer = a_shift(need=need), a_volunteer()
    a_signup(shift=shift, volunteer=volunteer)
    events = Event.objects.count()
    users = User.objects.exclude(email__endswith="@example.org").count()
    call_command("remove_demo", verbosity=0)

    assert set(ServiceSite.objects.all()) == {site}
    assert set(Need.objects.all()) == {need}
    assert set(Organization.objects.all()) == {organization}
    assert set(Program.objects.all()) == {program}
    assert set(Volunteer.objects.all()) == {volunteer}
    assert (Shift.objects.get(), SignUp.objects.count()) == (shift, 1)
    assert (User.objects.count(), Event.objects.count()) == (users, events)
    assert not connection.check_constraints()


def test_a_real_need_answered_by_the_demo_keeps_its_shift_and_loses_the_link(empty):
    site = a_site(is_demo=False)
    need = a_need(status="published", site=site, raised_by=a_keeper(site))
    Need.objects.filter(pk=need.pk).update(verified_by=User.objects.get(email="bureau@example.org"))
    adopted = a_shift(need=need, places=5)
    Shift.objects.filter(pk=adopted.pk).update(program=Program.objects.filter(status="approved").first())
    adopted.refresh_from_db(fields=["program"])
    for volunteer in Volunteer.objects.filter(is_demo=True)[:2]:
        a_signup(shift=adopted, volunteer=volunteer)
    a_signup(shift=adopted)
    call_command("remove_demo", verbosity=0)

    kept = Shift.objects.get()
    assert (kept.pk, kept.program, kept.places_taken) == (adopted.pk, None, 1)
    assert Need.objects.get().verified_by is None
    assert differences() == Differences()


def test_words_about_what_goes_go_too(empty):
    site = ServiceSite.objects.filter(is_demo=True).first()
    event = Event.objects.about(site).first()
    add_remark(event, text="演示", author=a_bureau_clerk())
    call_command("remove_demo", verbosity=0)

    remark = apps.get_model("marketplace", "Remark")
    assert not remark.objects.exists()
