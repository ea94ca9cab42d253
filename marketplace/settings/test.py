"""The test suite: a copy of the template database, fast hashing, mail kept in memory, the clock real unless a test moves it."""

import atexit
import shutil
import tempfile
import warnings
from pathlib import Path

from .base import *
from .base import DATA_DIR, SQLITE_OPTIONS

# Third-party deprecations that are theirs to mend; every warning of our own stays an error.
warnings.filterwarnings(
    "ignore", category=DeprecationWarning, module="(wagtail|allauth|modelsearch|celery|kombu|taggit|willow)"
)

SECRET_KEY = "test-only-" + "k" * 40
SEALING_KEY = "0" * 64
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "test.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }
}
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {"default": {"BACKEND": LOCAL}, "counters": {"BACKEND": LOCAL, "LOCATION": "counters"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
IS_DEMO = True
STATIC_ROOT = None  # type: ignore[assignment]
REQUIRE_MFA_FOR_STAFF = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Papers that tests hand in go away with the tests.
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="duijie-private-"))
atexit.register(shutil.rmtree, PRIVATE_ROOT, ignore_errors=True)
