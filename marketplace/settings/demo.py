"""The demo on one machine: SQLite, the filesystem broker, mail into files, demo accounts allowed."""

from .base import *
from .base import DATA_DIR
from .keys import kept_key

SECRET_KEY = kept_key(DATA_DIR, "secret")
SEALING_KEY = kept_key(DATA_DIR, "sealing")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS: list[str] = []
IS_DEMO = True
# Static files are found where they lie; nothing is collected for the demo.
STATIC_ROOT = None  # type: ignore[assignment]
REQUIRE_MFA_FOR_STAFF = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
WHITENOISE_USE_FINDERS = True
# The demo speaks plain HTTP on the loopback address only.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
