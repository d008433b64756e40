"""All settings, in one file, read from the environment (see environment.py for each variable)."""

import os
from pathlib import Path

# The matrices here are small: threads that wait for each other cost ten times what they save. Before NumPy is read in.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from trellis.project import environment

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

TRELLIS_DEMO = ENV.demo
TRELLIS_DATA = ENV.data
TRELLIS_WORKERS = ENV.workers
# A team's coverage stays hidden until this many of its people share their file with its leaders.
TRELLIS_TEAM_MINIMUM = 5
# Where a finished assessment leads: assessment itself may not know the pages above it.
TRELLIS_AFTER_ASSESSMENT = "growth:standing"
# Where the report of a closed 360 stands, for the same reason.
TRELLIS_THREE_SIXTY_REPORT = "growth:feedback"
# Where people find the site, for links in mails.
TRELLIS_URL = ENV.url
# How often a program may ask, with a token and without.
TRELLIS_API_A_MINUTE = 300
TRELLIS_API_A_MINUTE_WITHOUT_TOKEN = 60

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = ENV.hosts
ROOT_URLCONF = "trellis.project.urls"
WSGI_APPLICATION = "trellis.project.wsgi.application"

INSTALLED_APPS = [
    "trellis.core",
    "trellis.web",
    "trellis.insight",
    "trellis.exchange",
    "trellis.practice",
    "trellis.growth",
    "trellis.learning",
    "trellis.assessment",
    "trellis.people",
    "trellis.framework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "treebeard",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a sixth on a phone's slow line; Django masks the form token and pads against guessing by length.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "trellis.core.middleware.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trellis.core.middleware.TablesAsFiles",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "trellis.core.templatetags.ui",
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
# E-mails are unique by an index over those that there are (Person.Meta), which the check does not count.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["trellis.people.backend.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "trellis.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SOCIALACCOUNT_ADAPTER = "trellis.exchange.sign_in.adapter.SocialAdapter"
# A form may lead to no other site, so the way to an affiliate's own sign-in is a link.
SOCIALACCOUNT_LOGIN_ON_GET = True
# Whom their affiliate vouches for need not confirm an address first.
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENV.demo
MFA_TOTP_ISSUER = "Trellis"

SESSION_ENGINE = "trellis.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# The offline queue reads the form token from its cookie at the moment of sending, so that it is never stale.
CSRF_COOKIE_HTTPONLY = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ENV.demo
SECURE_SSL_REDIRECT = not ENV.demo
SECURE_HSTS_SECONDS = 0 if ENV.demo else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not ENV.demo
if ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # data: is for the one-time-code picture that allauth draws in the page
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [PACKAGE / "core" / "locale"]
TIME_ZONE = ENV.time_zone
TRELLIS_SPARK = ENV.spark
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": ENV.data / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

for _name, _value in ENV.email.items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from

# These addresses hold a secret: the link of somebody who answers or turns a mail off without an account, of a calendar,
# the code of a room. A directory names persons in what it asks.
TRELLIS_UNLOGGED = ("/answer/", "/join/", "/learn/here/", "/weekly-mail/", "/calendar/", "/scim/")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_links": {"()": "trellis.core.logs.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"trellis": {"level": "INFO"}},
}
