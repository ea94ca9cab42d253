"""Nobody who has the database file has the phone numbers."""

from django.db import connections

from marketplace.accounts.models import PhoneIdentity

from .visits import EMAIL, PASSWORD, sign_in

CACHE_IN_DATABASE = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}}
NUMBERS = ("13800138000", "138 0013 8000", "13900139000", "13700137000")


def test_no_number_stands_in_the_database_in_plain(committed_db, client, settings):
    settings.CACHES = settings.CACHES | CACHE_IN_DATABASE
    words = {"display_name": "小吴", "phone": "138 0013 8000", "email": EMAIL, "password1": PASSWORD, "agreed": "on"}
    client.post("/accounts/signup/", words)
    sign_in(client, "13800138000", "wrong")
    sign_in(client, "13900139000", "wrong")
    sign_in(client, "13800138000")
    client.post("/accounts/phone/change/", {"phone": "13700137000", "password": PASSWORD})
    assert PhoneIdentity.objects.get().number == "13700137000"
    connections.close_all()
    stored = b"".join(file.read_bytes() for file in committed_db.parent.glob(f"{committed_db.name}*"))
    assert EMAIL.encode() in stored
    assert [number for number in NUMBERS if number.encode() in stored] == []
