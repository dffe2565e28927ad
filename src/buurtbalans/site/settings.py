"""Settings: one file, from the environment only; unsafe values are refused at start (see checks.py)."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BUURTBALANS_DATA", "buurtbalans-data")).resolve()

DEMO = os.environ.get("BUURTBALANS_DEMO", "") == "1"
DEBUG = os.environ.get("BUURTBALANS_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("BUURTBALANS_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("BUURTBALANS_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("BUURTBALANS_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "buurtbalans.site",
    "buurtbalans.method.evaluation",
    "buurtbalans.method.plans",
    "buurtbalans.method.rounds",
    "buurtbalans.method.stories",
    "buurtbalans.method.datasets",
    "buurtbalans.method.places",
    "buurtbalans.method.people",
]
AUTH_USER_MODEL = "people.Person"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "buurtbalans.site.urls"
WSGI_APPLICATION = "buurtbalans.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

_database = os.environ.get("BUURTBALANS_DATABASE", "")  # empty: SQLite in DATA; else a libpq service or connection string
DATABASES = {
    "default": (
        {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"service": _database}}
        if _database
        else {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "buurtbalans.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    )
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
