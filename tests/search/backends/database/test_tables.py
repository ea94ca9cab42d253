"""The virtual tables: there after every migrate, equal to the ordinary ones whatever writes these."""

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.models.signals import post_migrate

from search.backends.database.tables import EXPECTED, install_tables, wrong_tables
from search.models import SearchParent, SearchSlot
from search.verify import differences
from tests.search.rows import a_parent, a_slot

pytestmark = pytest.mark.django_db


def texts_with(word: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM search_text WHERE search_text MATCH %s ORDER BY rowid", [f'"{word}"'])
        return [row[0] for row in cursor.fetchall()]


def placed() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_place ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_a_migrated_database_has_them_as_expected():
    assert wrong_tables() == []


def test_text_follows_its_row():
    a_parent(2, tokens="英语 音乐")
    assert texts_with("英语") == [2]
    SearchParent.objects.filter(pk=2).update(tokens="体育")
    assert (texts_with("英语"), texts_with("体育")) == ([], [2])
    SearchParent.objects.filter(pk=2).delete()
    assert texts_with("体育") == []


def test_place_follows_its_row():
    parent = a_parent(2)
    a_slot(7, parent)
    a_slot(8, parent, lng=None, lat=None)
    assert placed() == [7]
    SearchSlot.objects.filter(pk=8).update(lng=104.9, lat=26.5)
    SearchSlot.objects.filter(pk=7).update(lng=None, lat=None)
    assert placed() == [8]
    SearchSlot.objects.all().delete()
    assert placed() == []


def test_upserts_and_cascades_are_followed_too():
    parent = a_parent(2, tokens="英语")
    slot = a_slot(7, parent)
    SearchParent.objects.bulk_create(
        [SearchParent(id=2, title_words="", tokens="音乐", analysis="x")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["tokens"],
    )
    assert (texts_with("英语"), texts_with("音乐")) == ([], [2])
    slot.parent.delete()
    assert (texts_with("音乐"), placed()) == ([], [])


@pytest.mark.parametrize("name", list(EXPECTED))
def test_a_lost_table_or_trigger_is_reported_and_made_again(name):
    a_slot(7, a_parent(2, tokens="英语"))
    kind = "TABLE" if name in ("search_text", "search_place") else "TRIGGER"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {kind} {name}")
    assert wrong_tables() == [name]
    assert [message.id for message in run_checks(databases=["default"]) if message.id == "search.W002"] == [
        "search.W002"
    ]
    install_tables()
    assert wrong_tables() == []
    assert (texts_with("英语"), placed()) == ([2], [7])


def test_a_trigger_of_an_older_form_is_replaced():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_place_drop")
        cursor.execute(
            "CREATE TRIGGER search_place_drop AFTER DELETE ON search_searchslot BEGIN "
            "DELETE FROM search_place WHERE id = -1; END"
        )
    assert wrong_tables() == ["search_place_drop"]
    install_tables()
    assert wrong_tables() == []


def test_what_was_written_without_triggers_is_found_after_the_repair():
    with connection.cursor() as cursor:
        for name in ("search_text_add", "search_place_add"):
            cursor.execute(f"DROP TRIGGER {name}")
    a_slot(7, a_parent(2, tokens="英语"))
    assert (texts_with("英语"), placed()) == ([], [])
    assert "search_text" in differences().broken
    install_tables()
    assert (texts_with("英语"), placed()) == ([2], [7])


def test_every_migrate_installs_them():
    assert any(receiver[0][0] == "search.install_tables" for receiver in post_migrate.receivers)
