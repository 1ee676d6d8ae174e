# SPDX-License-Identifier: Apache-2.0
"""Django's settings, put together from ``config.Config``; nothing else reads the environment."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from jiayuan.site.config import ROOT, Config

CONFIG = Config()
BASE = Path(__file__).resolve().parents[1]
VAR = CONFIG.var
DEMO = CONFIG.mode == "demo"
DEBUG = False

if not DEMO and CONFIG.demo_offset_seconds:
    raise ImproperlyConfigured("JIAYUAN_DEMO_OFFSET_SECONDS moves the clock and is refused outside the demo.")
DEMO_OFFSET_SECONDS = CONFIG.demo_offset_seconds


def _kept_key(name: str, given: str) -> str:
    """The given key, or for the demo one that is made once and kept in the var folder."""
    if given:
        return given
    if CONFIG.mode == "production":
        raise ImproperlyConfigured(f"JIAYUAN_{name.upper()} must be set in production.")
    if CONFIG.mode == "test":
        return urlsafe_b64encode(sha256(name.encode()).digest()).decode()
    path = VAR / f"{name}.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(urlsafe_b64encode(token_bytes(32)).decode())
    return path.read_text()


SECRET_KEY = _kept_key("secret_key", CONFIG.secret_key)
MEDIA_KEY = _kept_key("media_key", CONFIG.media_key)
MFA_KEY = _kept_key("mfa_key", CONFIG.mfa_key)
ALLOWED_HOSTS = [host.strip() for host in CONFIG.hosts.split(",")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "jiayuan.kernel.apps.KernelConfig",
    "jiayuan.record.apps.RecordConfig",
    "jiayuan.places.apps.PlacesConfig",
    "jiayuan.people.apps.PeopleConfig",
    "jiayuan.standards.apps.StandardsConfig",
    "jiayuan.media.apps.MediaConfig",
    "jiayuan.papers.apps.PapersConfig",
    "jiayuan.notices.apps.NoticesConfig",
    "jiayuan.duties.apps.DutiesConfig",
    "jiayuan.cases.apps.CasesConfig",
    "jiayuan.inspections.apps.InspectionsConfig",
    "jiayuan.supervision.apps.SupervisionConfig",
    "jiayuan.web.apps.WebConfig",
    "jiayuan.site.apps.SiteConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "jiayuan.web.middleware.body_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jiayuan.web.middleware.actor_middleware",
    "jiayuan.web.middleware.second_factor_middleware",
    "jiayuan.web.middleware.refusal_middleware",
]

ROOT_URLCONF = "jiayuan.site.urls"
WSGI_APPLICATION = "jiayuan.site.wsgi.application"
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jiayuan.web.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
            ],
        },
    }
]
COTTON_DIR = "parts"
# A part sees what it is given and nothing else, so that it looks the same wherever it stands.
COTTON_ISOLATE_BY_DEFAULT = True


def _sqlite(name: str) -> dict[str, Any]:
    """One embedded database file. FULL sync: what was acknowledged to a person survives a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # recursive_triggers: without it INSERT OR REPLACE would slip past the record's append-only triggers.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """One PostgreSQL database behind a pool: a new connection per request would cost six times the request."""
    parts = urlparse(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": query.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


DATABASES: dict[str, Any]
if CONFIG.database_url:
    DATABASES = {"default": _postgresql(CONFIG.database_url)}
    LIMITS_DB = CACHE_DB = "default"
else:
    DATABASES = {
        "default": _sqlite("jiayuan.sqlite3"),
        "limits": _sqlite("limits.sqlite3"),
        "cache": _sqlite("cache.sqlite3"),
    }
    LIMITS_DB, CACHE_DB = "limits", "cache"
DATABASE_ROUTERS = ["jiayuan.site.routers.SideTables"]

# allauth counts sign-in attempts in the cache, so every server process must see the same one.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if CONFIG.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
CSRF_FAILURE_VIEW = "jiayuan.web.errors.pages.stale_form"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if CONFIG.https]

MAP_TILES = CONFIG.map_tiles
MAP_TILES_BY = CONFIG.map_tiles_by


def _origin_of(address: str) -> list[str]:
    """Where tiles come from, for the policy; nothing without an address."""
    parts = urlparse(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:", "data:", *_origin_of(CONFIG.map_tiles)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = sorted(path for path in (BASE / "locale").glob("*") if path.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE / "web" / "static"]
MEDIA_ROOT = VAR / "media"
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "jiayuan.media.storage.DurableFiles",
        "OPTIONS": {"location": MEDIA_ROOT / "served"},
    },
    "received": {
        "BACKEND": "jiayuan.media.storage.DurableFiles",
        "OPTIONS": {"location": MEDIA_ROOT / "received", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Six photos of 20 MB each fit; more than that is a mistake or an attack.
LARGEST_BODY = 125 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 12
RECEIVED_KEPT_DAYS = 180
# After this a reporter is no longer asked back, so how to reach them need not be known.
CONTACTS_KEPT_DAYS = 365
CLEARING_SAMPLE_PERCENT = CONFIG.clearing_sample_percent
VERIFY_FIRST = frozenset(code.strip() for code in CONFIG.verify_first.split(",") if code.strip())
# Working hours of the stages that have no filing condition to name their limit.
STAGE_HOURS = {"verify": CONFIG.verify_hours, "dispatch": CONFIG.dispatch_hours, "check": CONFIG.check_hours}
DUE_SOON_HOURS = CONFIG.due_soon_hours
WHISTLE_LIMITS = CONFIG.whistle_limits
# The city is the last level: nobody takes over from it.
ESCALATION_HOURS = dict(
    zip(("village", "town", "county", "city"), map(int, f"{CONFIG.escalation_hours},0".split(",")), strict=True)
)
TEXT_MESSAGES_FILE = CONFIG.text_messages_file

AUTHENTICATION_BACKENDS = ["jiayuan.people.backend.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "jiayuan.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
# Telephone numbers are taken down by whoever opens an account: without a text gateway a sign-up could not prove one.
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_VALIDATORS = "jiayuan.people.names.username_validators"
ACCOUNT_FORMS = {
    "login": "jiayuan.web.people.forms.SignInForm",
    "signup": "jiayuan.web.people.forms.SignUpForm",
    "request_login_code": "jiayuan.web.people.forms.CodeForm",
    "change_password": "jiayuan.web.people.forms.PasswordForm",
    "reset_password_from_key": "jiayuan.web.people.forms.NewPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIG.trusted_proxies
STAFF_MFA = CONFIG.staff_mfa or ("required" if CONFIG.mode == "production" else "offered")
# Codes by text message are printed where the demonstration runs; elsewhere codes go by e-mail alone.
TEXTS_TO_CONSOLE = CONFIG.mode != "production"
SITE_NAME = CONFIG.site_name
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "jiayuan.people.adapter.MFAAdapter"

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if CONFIG.email_url:
    _mail = urlparse(CONFIG.email_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = CONFIG.email_from
SITE_URL = CONFIG.site_url.rstrip("/")

FILING_NUMBER = CONFIG.filing_number
COMPLAINTS_URL = CONFIG.complaints_url
TRUSTED_PROXIES = CONFIG.trusted_proxies
CITY_PACK = CONFIG.city
QUEUE_FILE = VAR / "queue.sqlite3"
JOBS_IMMEDIATE = False
PARTS_GALLERY = DEMO

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names below the city's domain are not ours to bind to HTTPS
    "security.W008",  # the server in front, which alone speaks HTTPS, leads there
    "security.W021",  # nor is it ours to enter the city's domain into browsers for ever
    "models.W036",  # conditional uniques exist on both databases we run on
]
ROOT_FOLDER = ROOT
