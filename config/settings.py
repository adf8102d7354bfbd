"""The settings of the service, all read from the environment; .env.example lists the variables."""

import os
from datetime import timedelta
from pathlib import Path

import pghistory

from config.database import databases, embedded_folder
from config.environment import Environment
from config.observing.logs import FORMATS, logging_settings
from config.openapi import ENUMS, TAGS

BASE_DIR = Path(__file__).resolve().parent.parent

_environment = Environment(os.environ)
DEVELOPMENT = _environment.development
DEBUG = DEVELOPMENT

SECRET_KEY = _environment.required(
    "SECRET_KEY",
    meaning="50 or more random characters that nobody else knows",
    in_development="a-key-that-signs-nothing-of-value-and-is-used-on-one-machine-only",
)
ALLOWED_HOSTS = _environment.words("ALLOWED_HOSTS")
_environment.required(
    "ALLOWED_HOSTS", meaning="the host names it answers to, separated by commas", in_development="localhost"
)
DATABASES = databases(_environment, base_dir=BASE_DIR)
# The data folder of the embedded server, or None where the service has a server of its own.
EMBEDDED_POSTGRES = embedded_folder(BASE_DIR) if DEVELOPMENT and not _environment.text("DATABASE_URL") else None
# Off only for a try over plain HTTP on one's own machine. On, a proxy in front must set X-Forwarded-Proto itself.
_https = _environment.switch("HTTPS", default=not DEVELOPMENT)
# What turns texts into vectors to compare clauses in different languages: nothing unless named.
EMBEDDING = _environment.choice("EMBEDDING", among=("universal-sentence-encoder",))
# How often one client may ask, by what for; None where nothing is counted.
_RATES = {
    "anonymous": _environment.rate("RATE_ANONYMOUS", default="600/min"),
    "user": _environment.rate("RATE_USER", default="3000/min"),
    "search": _environment.rate("RATE_SEARCH", default="120/min"),
    "drafts": _environment.rate("RATE_DRAFTS", default="30/min"),
    "snapshots": _environment.rate("RATE_SNAPSHOTS", default="10/min"),
    "tokens": _environment.rate("RATE_TOKENS", default="10/hour"),
}
# A folder that all web processes of this host share, made by config/gunicorn.py and nobody else's; None without it.
_shared = _environment.text("CONCORDANCE_ANSWERS")
ANSWERS_FOLDER = Path(_shared) if _shared else None
# How much of what takes the engine's time each process does at once; other threads answer what is quick.
COSTLY_AT_ONCE = max(1, _environment.number("WEB_THREADS", default=4) // 2)
# Where the counts are kept. Answers that took long to make are kept in each process under their ETag; each is a
# megabyte at most, or little more.
CACHES = {
    "default": _environment.cache("CACHE_URL"),
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 64},
    },
    # The same for the other processes of the host, which make none of them a second time.
    "shared_answers": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ANSWERS_FOLDER / "answers",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 256},
    }
    if ANSWERS_FOLDER
    else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    # What comparisons depend on: a hundred bytes each.
    "states": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "states",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 2048},
    },
}
# How many proxies in front add to X-Forwarded-For: where HTTPS is on, at least one ends it.
_PROXIES = _environment.number("PROXIES", default=1 if _https else 0)
# Whether whoever changed a record since it was last public must leave it to another to make it public.
FOUR_EYES = _environment.switch("FOUR_EYES", default=False)
_LOGIN_FAILURES = _environment.number("LOGIN_FAILURES", default=5)
_LOGIN_COOL_OFF = timedelta(minutes=_environment.number("LOGIN_COOL_OFF", default=15))
# Where readers report errors to, from a link on every page; none without it.
ERROR_REPORTS = _environment.reports("ERROR_REPORTS", in_development="mailto:corrections@localhost")
_CORS_ORIGINS = _environment.origins("CORS_ORIGINS")
# How lines of the log are written; what a scraper of /metrics brings, where it is answered at all; where defects go.
_LOG_FORMAT = _environment.choice("LOG_FORMAT", among=FORMATS) or ("lines" if DEVELOPMENT else "json")
METRICS_TOKEN = _environment.secret("METRICS_TOKEN", least=20)
SENTRY_DSN = _environment.sentry("SENTRY_DSN")

_environment.check()

# Where `make run` keeps the random password of the user that it makes.
STAFF_PASSWORD_FILE = BASE_DIR / ".staff-password"

INSTALLED_APPS = [
    # Before the admin, some of whose templates it replaces.
    "config.apps.ConcordanceConfig",
    "config.apps.WorkshopConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "corsheaders",
    "csp",
    "config.apps.TokensConfig",
    "config.apps.LockoutConfig",
    # Before ours, whose admin takes away the pages of its tables.
    "procrastinate.contrib.django",
    # After knox and auth, whose pages in the admin it replaces.
    "access",
    "parties.apps.PartiesConfig",
    "proposals.apps.ProposalsConfig",
    "proposals.pages.apps.PagesConfig",
]

MIDDLEWARE = [
    # Sees every answer, and how long it took.
    "config.observing.requests.RequestMiddleware",
    # It sees what every other one answers by itself.
    "config.headers.HeadersMiddleware",
    # Before everything that reads the Host header or the database: a probe asks by address and must get an answer.
    "config.health.HealthMiddleware",
    "config.overload.OverloadMiddleware",
    # Around all that asks the database.
    "config.again.AgainMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.compression.CompressionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.throttling.RateLimitMiddleware",
    # Sees every answer that the ones below make, so that no error of the API leaves it as HTML.
    "config.errors.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.history.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, so that the others see the answer that it gives to who is locked out.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
        },
    },
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The version of the service, which is that of its API; ETags change with it.
RELEASE = "1.0.0"

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
if not DEVELOPMENT:
    # Served by the process itself, under names that change with their content.
    MIDDLEWARE.insert(MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "whitenoise.middleware.WhiteNoiseMiddleware")
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# --- Security -------------------------------------------------------------------------------------------------------
if _https:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# A working day from signing in, or until the browser closes. To count from the last request instead, each would have
# to write the session anew.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# Other host names below this one, and the browsers' preload list, are for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Tries to sign in, on the page and for a token, are counted by name and address; access/lockout.py says how.
AXES_HANDLER = "access.lockout.Lockout"
AXES_LOCKOUT_CALLABLE = "access.lockout.locked_out"
AXES_USERNAME_CALLABLE = "access.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "config.throttling.address_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = _LOGIN_FAILURES
AXES_COOLOFF_TIME = _LOGIN_COOL_OFF
# Further tries do not prolong it, so that an answer can say when it ends.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# Who signs in when is nobody's business; what they change is in the history.
AXES_DISABLE_ACCESS_LOG = True
# Ours is in access/admin.py.
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [_SELF],
        "frame-ancestors": ["'none'"],
    }
}

# What is public is public for pages of any origin, unless origins are named; cookies are never sent along, so that a
# page of another origin writes with a token that it was given, or not at all.
CORS_ALLOW_ALL_ORIGINS = not _CORS_ORIGINS
CORS_ALLOWED_ORIGINS = _CORS_ORIGINS
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-match", "if-none-match"]
CORS_EXPOSE_HEADERS = [
    "Content-Disposition",
    "ETag",
    "Last-Modified",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Repr-Digest",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
]

# A pasted text comes as one JSON body; what an endpoint accepts of it is bounded there.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The admin's page of a proposal sends some ten fields for each of its clauses.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- The API --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["config.rendering.FastJSONRenderer"],
    # JSON alone: with more parsers every body has several content types, and client generators stumble over them.
    "DEFAULT_PARSER_CLASSES": ["proposals.api.bounded_json.BoundedJSONParser"],
    # The token first: it is what a 401 asks for. The session is for the pages under docs/, and needs the CSRF token.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "access.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["config.permissions.ReadOnly"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "config.pagination.LimitOffset",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        f"config.throttling.{name}" for name in ("AnonymousThrottle", "UserThrottle", "ScopeThrottle")
    ],
    "DEFAULT_THROTTLE_RATES": _RATES,
    "NUM_PROXIES": _PROXIES,
    # OPTIONS would describe forms in a shape of its own; the OpenAPI document is what describes the API.
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "config.errors.problem_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # A parameter like any other: what a resource does not know is refused by name, not answered with a bare 404.
    "URL_FORMAT_OVERRIDE": None,
}

REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    # Lets scanners of public code tell a token of ours from other random text.
    "TOKEN_PREFIX": "ccd_",
    "SECURE_HASH_ALGORITHM": "hashlib.sha512",
    "TOKEN_TTL": timedelta(days=30),
    "AUTO_REFRESH": False,
    "TOKEN_LIMIT_PER_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Concordance",
    "DESCRIPTION": "Ceasefire and peace proposals as clause sets, laid side by side: what is in both, what differs "
    "and how, what is missing, who asked for it, when, and how we know.",
    "VERSION": RELEASE,
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUMS,
    "ENUM_SUFFIX": "",
    "TAGS": TAGS,
    "SERVERS": [{"url": "/", "description": "The installation that serves this document."}],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.schema.inline_null",
        "config.schema.close_requests",
        "config.schema.name_codes",
        "config.schema.add_problems",
        "config.schema.add_conditions",
        "config.schema.add_words",
        "config.examples.attach_examples",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "displayOperationId": True},
}

# --- History --------------------------------------------------------------------------------------------------------
# Who asks is noted where a request may write; nothing else asks for the session then.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
# Each event at its own moment, or those of one transaction would have no order.
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
# What rows named is looked up by the records that they belong to.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# --- The queue ------------------------------------------------------------------------------------------------------
# Named, where by default it would look for a module `tasks` in every app.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = ["proposals.jobs.tasks"]

# --- Logging --------------------------------------------------------------------------------------------------------
LOGGING = logging_settings(
    form=_LOG_FORMAT,
    secrets=(SECRET_KEY, METRICS_TOKEN, SENTRY_DSN, str(DATABASES["default"].get("PASSWORD", ""))),
)
