"""Sealing what identifies a person: authenticated encryption with a key that is kept outside the database.

A keyed hash finds a sealed value again without opening it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def seal(text: str, *, about: str = "") -> bytes:
    """The text, encrypted; sealing twice gives two different values. `about` names the record that it belongs to."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key("seal")).encrypt(nonce, text.encode(), about.encode())


def unseal(sealed: bytes | memoryview, *, about: str = "") -> str:
    """The text again.

    Raises cryptography.exceptions.InvalidTag where the value, the key or the record is not the one that it was sealed with.
    """
    sealed = bytes(sealed)
    return AESGCM(_key("seal")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode()).decode()


def keyed_hash(text: str) -> str:
    """64 hex characters, the same for the same text and key."""
    return hmac.new(_key("find"), text.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return _derived(settings.SEALING_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(master: str, purpose: str) -> bytes:
    return hmac.new(bytes.fromhex(master), purpose.encode(), hashlib.sha256).digest()
