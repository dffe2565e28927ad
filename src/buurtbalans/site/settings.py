"""Settings: one file, from the environment only; unsafe values are refused at start (see checks.py)."""

import os
from pathlib import Path

from buurtbalans.site.database import database
from buurtbalans.site.mail import readable

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BUURTBALANS_DATA", "buurtbalans-data")).resolve()

DEMO = os.environ.get("BUURTBALANS_DEMO", "") == "1"
DEBUG = os.environ.get("BUURTBALANS_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("BUURTBALANS_SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("BUURTBALANS_HOSTS", "127.0.0.1,localhost").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("BUURTBALANS_ORIGINS", "").split(",") if origin]
MUNICIPALITY = os.environ.get("BUURTBALANS_MUNICIPALITY", "")  # code of the map that opens first; empty: the largest
LOOPBACK = all(host in {"127.0.0.1", "localhost", "[::1]"} for host in ALLOWED_HOSTS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "buurtbalans.site",
    "buurtbalans.method.evaluation",
    "buurtbalans.method.fairness",
    "buurtbalans.method.placements",
    "buurtbalans.method.capacities",
    "buurtbalans.method.plans",
    "buurtbalans.method.rounds",
    "buurtbalans.method.stories",
    "buurtbalans.method.datasets",
    "buurtbalans.method.places",
    "buurtbalans.method.people",
    "buurtbalans.method.base",
    "allauth",  # after our apps, so that our pages replace its own
    "allauth.account",
    "allauth.mfa",
]
EXTRA_URLS: list[str] = []  # modules with addresses beside the site's own
if DEMO:
    INSTALLED_APPS.append("buurtbalans.site.demo")
    EXTRA_URLS.append("buurtbalans.site.demo.urls")
AUTH_USER_MODEL = "people.Person"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "buurtbalans.site.security.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "buurtbalans.site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "buurtbalans.site.release_damage.DamageMiddleware",
    "buurtbalans.site.reading.ReadingMiddleware",
    "buurtbalans.site.unsaved_input.UnsavedInputMiddleware",
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
                "buurtbalans.site.pages.tour.card",
                "buurtbalans.site.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "buurtbalans.site.templatetags.components",
                "buurtbalans.site.templatetags.localised",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("BUURTBALANS_DATABASE", ""), DATA)}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Signing in: accounts are given, not taken; a password and, for who wants it, a second step.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_FORMS = "buurtbalans.method.people.forms"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = f"{_FORMS}.AccountWords"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reauthenticate": f"{_FORMS}.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "change_password": "5/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = f"{_FORMS}.SecondStepWords"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeForm",
    "reauthenticate": f"{_FORMS}.ConfirmCodeForm",
    "activate_totp": f"{_FORMS}.FirstCodeForm",
}
MFA_TOTP_ISSUER = "Buurtbalans"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
if DEMO:  # cookies know no ports: the demo beside a real site keeps its own
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "demo_sessie", "demo_csrf"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("BUURTBALANS_PROXY", "") == "1" else 0
CACHES = {  # shared by all processes, so that a limit on attempts is one limit
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_attempts"}
}
JOB_STARTER = "buurtbalans.site.job_process.start"  # starts a process for long work that no page waits for
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Errors go to standard error, without what a visitor typed: see failing.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"error": {"()": "buurtbalans.site.error_report.ErrorLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "error"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

# Reminders by mail: a pointer without content. An address that can not be read is refused in checks.py.
MAIL = os.environ.get("BUURTBALANS_MAIL", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("BUURTBALANS_MAIL_FROM", "")
SITE_ADDRESS = os.environ.get("BUURTBALANS_ADDRESS", "").rstrip("/")  # what a mail links to
EMAIL_TIMEOUT = 20
_SERVER = readable(MAIL)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _SERVER else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = (_SERVER.host, _SERVER.port) if _SERVER else ("localhost", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (_SERVER.user, _SERVER.password) if _SERVER else ("", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = (_SERVER.starttls, _SERVER.tls) if _SERVER else (False, False)

# Outside one's own machine only over TLS; a proxy in front says so with X-Forwarded-Proto.
if os.environ.get("BUURTBALANS_PROXY", "") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not LOOPBACK
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if LOOPBACK else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOOPBACK
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload a municipality's domain is not ours to decide
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOOPBACK
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "buurtbalans.method.people.rules.UnlikeName"},
    {"NAME": "buurtbalans.method.people.rules.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
