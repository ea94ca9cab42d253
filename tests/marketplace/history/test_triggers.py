"""History can't be unwritten: the database itself refuses, and says so when it lost the means to."""

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.history.actions import record
from marketplace.history.models import Event
from marketplace.history.triggers import SQLITE, check_triggers, install_triggers, installed_triggers
from tests.factories import a_site

pytestmark = pytest.mark.django_db

FORBIDDEN = {
    "update": "UPDATE marketplace_event SET verb = 'need.forgotten'",
    "update of one": "UPDATE marketplace_event SET actor_id = NULL WHERE id = (SELECT max(id) FROM marketplace_event)",
    "delete": "DELETE FROM marketplace_event",
    "replace": "INSERT OR REPLACE INTO marketplace_event SELECT * FROM marketplace_event",
}


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_event_refuses_change_by_raw_sql(kind):
    record("site.created", a_site(), actor=None)
    before = list(Event.objects.values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run_sql(FORBIDDEN[kind])

    assert list(Event.objects.values()) == before


def test_event_refuses_change_through_the_model():
    event = record("site.created", a_site(), actor=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(verb="site.forgotten")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()

    assert Event.objects.get(pk=event.pk).verb == "site.created"


def test_triggers_of_the_database_are_the_expected_ones():
    assert installed_triggers() == set(SQLITE)
    assert check_triggers(databases=["default"]) == []


@pytest.mark.parametrize("name", sorted(SQLITE))
def test_check_finds_a_dropped_trigger(name):
    run_sql(f"DROP TRIGGER {name}")

    [error] = check_triggers(databases=["default"])

    assert (error.id, error.hint) == ("history.W001", "Run manage.py migrate.")
    assert name in error.msg


def test_check_asks_no_database_unless_told_to():
    run_sql("DROP TRIGGER marketplace_event_no_delete")

    assert check_triggers(databases=None) == []


def test_install_puts_back_what_is_missing_and_may_run_again():
    run_sql("DROP TRIGGER marketplace_event_no_delete")

    install_triggers()
    install_triggers()

    assert installed_triggers() == set(SQLITE)
