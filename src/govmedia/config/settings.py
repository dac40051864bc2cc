"""All settings. With nothing set: SQLite in the data folder, reachable from this machine only."""

import os
import secrets
from pathlib import Path

from govmedia.config import database, env

HOME = Path(env.text("GOVMEDIA_HOME") or Path.home() / ".local/share/govmedia").expanduser().resolve()
STATIC_ROOT = HOME / "static"


def _secret_key() -> str:
    """GOVMEDIA_SECRET_KEY, else a key made once and kept in the data folder, readable by its owner alone."""
    given = env.text("GOVMEDIA_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret-key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


try:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = _secret_key()
except OSError as why:
    raise env.SettingError(
        f"数据目录 {HOME} 用不了：{why.filename}（{why.strerror}）。请核对权限，或把 GOVMEDIA_HOME 设为能写的文件夹。"
    ) from why
DEBUG = False
ALLOWED_HOSTS = env.items("GOVMEDIA_ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver"]
SITE = env.one_of("GOVMEDIA_SITE", "all", ("all", "public", "desk"))
SIGNING_KEY = env.text("GOVMEDIA_SIGNING_KEY")
SIGNING_KEY_FILE = os.environ.get("GOVMEDIA_SIGNING_KEY_FILE", "")
FETCH_ALLOW = env.items("GOVMEDIA_FETCH_ALLOW")
TARGETS_PER_HOUR = env.number("GOVMEDIA_TARGETS_PER_HOUR", 60)
API_PER_MINUTE = env.number("GOVMEDIA_API_PER_MINUTE", 300)
OPEN_DATA_LICENCE = env.text("GOVMEDIA_OPEN_DATA_LICENCE")
TRUSTED_PROXY = env.text("GOVMEDIA_TRUSTED_PROXY")
QUEUE = env.text("GOVMEDIA_QUEUE", "embedded")
EDITION_FOLDERS = [HOME / "editions"]
HOLIDAY_FOLDERS = [HOME / "holidays"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "govmedia.common",
    "govmedia.audit",
    "govmedia.jobs",
    "govmedia.orgs",
    "govmedia.notify",
    "govmedia.accounts",
    "govmedia.posts",
    "govmedia.lexicons",
    "govmedia.findings",
    "govmedia.inspections",
    "govmedia.impostors",
    "govmedia.filings",
    "govmedia.checks",
    "govmedia.rounds",
    "govmedia.bulletins",
    "govmedia.assessments",
    "govmedia.opendata",
    "govmedia.desk",
    "govmedia.public",
    "govmedia.api",
    "govmedia.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "govmedia.common.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "govmedia.orgs.middleware.Refusals",
    "govmedia.orgs.middleware.EndedSession",
    "govmedia.orgs.middleware.FirstPassword",
]

ROOT_URLCONF = f"govmedia.config.urls_{SITE}"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "govmedia.public.context.site",
                "govmedia.desk.context.frame",
            ]
        },
    }
]

DATABASES = {"default": database.from_url(env.text("GOVMEDIA_DB_URL"), HOME)}
# In memory, each process its own; room enough that the counts of the API's tokens are not pushed out.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
LOGIN_URL = "orgs:login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "orgs:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "govmedia.orgs.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "govmedia.orgs.passwords.Uncommon"},
    {"NAME": "govmedia.orgs.passwords.NotOnlyDigits"},
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.yes("GOVMEDIA_HTTPS")
CSRF_TRUSTED_ORIGINS = env.items("GOVMEDIA_TRUSTED_ORIGINS")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
_FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES_COLLECTED = {
    "default": _FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STORAGES_PLAIN = {
    "default": _FILES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Until files are collected (tests, a fresh checkout) they are served straight from the packages.
STORAGES = STORAGES_COLLECTED if (STATIC_ROOT / "staticfiles.json").exists() else STORAGES_PLAIN
WHITENOISE_USE_FINDERS = STORAGES is STORAGES_PLAIN
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORMAT_MODULE_PATH = None

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.one_of("GOVMEDIA_LOG_LEVEL", "WARNING", _LEVELS)},
    "loggers": {"govmedia": {"level": env.one_of("GOVMEDIA_LOG_LEVEL", "INFO", _LEVELS)}},
}
