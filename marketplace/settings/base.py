"""What every way of running shares. Addresses and secrets come from the environment, state lives below DATA_DIR."""

import os
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .clock import CELERY_BEAT_SCHEDULE  # noqa: F401
from .house import *

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DUIJIE_DATA", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])

INSTALLED_APPS = [
    "cms",
    "search",
    "marketplace.apps.MarketplaceConfig",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "marketplace.middleware.EditorPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.middleware.DisplayMiddleware",
    "marketplace.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "marketplace.middleware.TokenMiddleware",
    "marketplace.middleware.PermissionMiddleware",
    "marketplace.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.workbench.context.page_context",
            ],
            "builtins": ["marketplace.workbench.templatetags.say"],
            "libraries": {"safety": "marketplace.workbench.templatetags.safety"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite as measured: WAL and IMMEDIATE keep a read-then-write transaction from failing under load.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{quote(str(DATA_DIR / 'db.sqlite3'))}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The default of 300 entries would push out the counts of failed sign-ins.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache_entries?max_entries=100000")}
# What is limited is counted where adding one is a single step for all processes: a file on one machine, else Redis.
if "COUNTERS_URL" in os.environ:
    CACHES["counters"] = env.cache("COUNTERS_URL")
else:
    CACHES["counters"] = {
        "BACKEND": "marketplace.accounts.counters.CounterFile",
        "LOCATION": str(DATA_DIR / "counters.sqlite3"),
    }

AUTH_USER_MODEL = "marketplace.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "marketplace.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# The form asks for one of the two; allauth's check wants one of them marked.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_FORMS = {
    "login": "marketplace.accounts.forms.LoginForm",
    "signup": "marketplace.accounts.forms.SignupForm",
    "change_password": "marketplace.accounts.forms.ChangePasswordForm",
    "set_password": "marketplace.accounts.forms.SetPasswordForm",
    "reset_password": "marketplace.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "marketplace.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "marketplace.accounts.forms.ReauthenticateForm",
    "add_email": "marketplace.accounts.forms.AddEmailForm",
}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【对接】"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Failed sign-ins are counted for the account (accounts/limits.py); per address only what a school or a carrier never reaches.
LOGIN_FAILURES_PER_ACCOUNT = 5
LOGIN_FAILURE_WINDOW_SECONDS = 15 * 60
LOGIN_FAILURES_PER_ADDRESS, LOGIN_ADDRESS_WINDOW_SECONDS = 1000, 3600
# How often a person signs up or takes records out of the house, and how often an address searches without signing in.
SIGNUPS_PER_PERSON, SIGNUP_WINDOW_SECONDS = 30, 3600
EXPORTS_PER_PERSON, EXPORT_WINDOW_SECONDS = 5, 24 * 3600
SEARCHES_PER_ADDRESS, SEARCH_WINDOW_SECONDS = 6000, 60
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "signup": "1000/h/ip",
    "reset_password": "1000/h/ip,5/h/key",
    "reset_password_from_key": "1000/h/ip",
    "change_phone": "10/h/user",
}
# How many proxies of one's own stand in front; what X-Forwarded-For says is believed of these alone.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "marketplace.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "marketplace.accounts.forms.CodeForm",
    "reauthenticate": "marketplace.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "marketplace.accounts.forms.ActivateCodeForm",
}
MFA_TOTP_ISSUER = "对接"
MFA_TOTP_TOLERANCE = 1
REQUIRE_MFA_FOR_STAFF = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# When somebody is of age (民法典 §17, 未成年人保护法 §2).
ADULT_AGE = env.int("ADULT_AGE", default=18)
# From when on somebody volunteers with a profile of their own (中国青年志愿者注册管理办法 2013).
VOLUNTEER_AGE = env.int("VOLUNTEER_AGE", default=14)
# How long a granted look at an identity lasts, and how soon a request for correction is answered (house rules).
OPENING_HOURS = env.int("OPENING_HOURS", default=24)
DATA_REQUEST_WORKDAYS = env.int("DATA_REQUEST_WORKDAYS", default=15)
# How long somebody may think about keeping a site (house rule).
KEEPER_INVITATION_DAYS = env.int("KEEPER_INVITATION_DAYS", default=14)
# What may be handed in: bytes of a paper and of a sheet, pixels of a picture, bytes of a whole request.
DOCUMENT_BYTES = 10 * 1024 * 1024
DOCUMENT_PIXELS = 40_000_000
SHEET_BYTES = 5 * 1024 * 1024
UPLOAD_BYTES = 64 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "marketplace.documents.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Private papers: no web server serves this folder.
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# To the process's own log, which the process manager keeps: a page that failed tells why there and nowhere else.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    },
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="duijie@example.org")
QUIET_HOURS = (21, 8)

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker" / "queue"),
        "data_folder_out": str(DATA_DIR / "broker" / "queue"),
        "control_folder": str(DATA_DIR / "broker" / "control"),
        "polling_interval": 0.5,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "broker" / "beat")

WAGTAIL_SITE_NAME = "对接"
# Passwords and addresses are changed in one place, which counts failures and asks for the second factor.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_BASE_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES

SEARCH_BACKEND = env.str("SEARCH_BACKEND", default="database")
GEOCODERS = env.list("GEOCODERS", default=["gazetteer"])
AMAP_KEY = env.str("AMAP_KEY", default="")
TIANDITU_KEY = env.str("TIANDITU_KEY", default="")
MAP_TILES = env.str("MAP_TILES", default="none")

# Whose phone answers when somebody needs help; a bureau sets its own.
HELP_PHONE = env.str("HELP_PHONE", default="12345")
# Who answers for personal data: a name, an address, whatever a bureau wants to print (个人信息保护法 §17, §52).
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="")
BUREAU_NAME = env.str("BUREAU_NAME", default="六盘水市民政局")
IS_DEMO = False
