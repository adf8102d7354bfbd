"""The settings as a fresh process reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_OURS = (
    "CONCORDANCE_ENV",
    "DATABASE_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "HTTPS",
    "WEB_THREADS",
    "EMBEDDING",
    "RATE_ANONYMOUS",
    "RATE_USER",
    "RATE_SEARCH",
    "RATE_DRAFTS",
    "RATE_SNAPSHOTS",
    "RATE_TOKENS",
    "CACHE_URL",
    "PROXIES",
    "CORS_ORIGINS",
    "LOG_FORMAT",
    "METRICS_TOKEN",
    "SENTRY_DSN",
)
_PRODUCTION = {
    "DATABASE_URL": "postgresql://council:secret@database.example:5433/concordance",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "council.example,front.example",
}


def test_production_without_settings_ends_with_one_sentence_for_each_and_no_traceback() -> None:
    process = _run("manage.py", "migrate")

    assert process.returncode == 1
    assert process.stdout == ""
    assert "Traceback" not in process.stderr
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        assert f"  - {name} is not set: " in process.stderr


def test_production_names_only_what_is_missing() -> None:
    process = _run("manage.py", "check", SECRET_KEY="k" * 60, ALLOWED_HOSTS="council.example")

    assert [line.partition(" is ")[0] for line in process.stderr.splitlines() if line.startswith("  - ")] == [
        "  - DATABASE_URL"
    ]


def test_a_server_of_production_refuses_too() -> None:
    process = _run("-c", "import config.wsgi")

    assert process.returncode == 1
    assert "config.environment.UnableToStart: Concordance cannot start:" in process.stderr


def test_the_local_start_refuses_production() -> None:
    process = _run("-m", "config.development", **_PRODUCTION)

    assert process.returncode == 1
    assert "in development only" in process.stderr


def test_production_pools_connections_and_starts_no_server() -> None:
    found = _settings("DATABASES", "EMBEDDED_POSTGRES", **_PRODUCTION, WEB_THREADS="7")

    database = found["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("database.example", 5433, "concordance")
    assert database["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 7, "timeout": 5}
    assert database["CONN_MAX_AGE"] == 0
    assert found["EMBEDDED_POSTGRES"] is None


def test_connections_expect_a_disk_without_moving_parts_unless_the_address_says_otherwise() -> None:
    own = f"{_PRODUCTION['DATABASE_URL']}?options=-c%20random_page_cost%3D4"

    usual, other = (
        _settings("DATABASES", **{**_PRODUCTION, "DATABASE_URL": url})["DATABASES"]["default"]["OPTIONS"]["options"]
        for url in (_PRODUCTION["DATABASE_URL"], own)
    )

    # Of two PostgreSQL takes the last.
    assert usual == "-c random_page_cost=1.1"
    assert other == "-c random_page_cost=1.1 -c random_page_cost=4"


def test_production_is_secure_unless_plain_http_is_asked_for() -> None:
    names = ("DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")

    secure = _settings(*names, **_PRODUCTION)
    plain = _settings(*names, **_PRODUCTION, HTTPS="off")

    assert list(secure.values()) == [False, True, True, True, 31_536_000]
    assert list(plain.values()) == [False, False, False, None, None]


def test_no_page_may_run_inline_code_or_load_from_elsewhere() -> None:
    (policy,) = _settings("CONTENT_SECURITY_POLICY", **_PRODUCTION).values()

    assert policy["DIRECTIVES"]["default-src"] == ["'self'"]
    assert "unsafe" not in str(policy)


def test_rates_and_proxies_are_set_by_the_environment() -> None:
    usual = _settings("REST_FRAMEWORK", **_PRODUCTION)["REST_FRAMEWORK"]
    own = _settings("REST_FRAMEWORK", **_PRODUCTION, RATE_USER="5/s", RATE_ANONYMOUS="off", PROXIES="2")[
        "REST_FRAMEWORK"
    ]
    plain = _settings("REST_FRAMEWORK", **_PRODUCTION, HTTPS="off")["REST_FRAMEWORK"]

    assert usual["DEFAULT_THROTTLE_RATES"] == {
        "anonymous": "600/min",
        "user": "3000/min",
        "search": "120/min",
        "drafts": "30/min",
        "snapshots": "10/min",
        "tokens": "10/hour",
    }
    assert (own["DEFAULT_THROTTLE_RATES"]["user"], own["DEFAULT_THROTTLE_RATES"]["anonymous"]) == ("5/s", None)
    assert (usual["NUM_PROXIES"], own["NUM_PROXIES"], plain["NUM_PROXIES"]) == (1, 2, 0)


def test_any_origin_may_read_unless_some_are_named() -> None:
    names = ("CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOWED_ORIGINS", "CORS_ALLOW_CREDENTIALS")

    usual = _settings(*names, **_PRODUCTION)
    named = _settings(*names, **_PRODUCTION, CORS_ORIGINS="https://front.example, http://localhost:5173")

    assert list(usual.values()) == [True, [], False]
    assert list(named.values()) == [False, ["https://front.example", "http://localhost:5173"], False]


def test_what_is_counted_stays_in_memory_unless_a_place_is_named() -> None:
    usual = _settings("CACHES", **_PRODUCTION)["CACHES"]["default"]
    shared = _settings("CACHES", **_PRODUCTION, CACHE_URL="database")["CACHES"]["default"]

    assert usual["BACKEND"].endswith("LocMemCache")
    assert usual["OPTIONS"]["MAX_ENTRIES"] == 100_000
    assert shared["BACKEND"].endswith("DatabaseCache")


def test_development_leaves_a_database_of_its_own_to_its_owner() -> None:
    url = "postgresql://council@/drafts?host=/run/postgres"

    found = _settings("DATABASES", "EMBEDDED_POSTGRES", CONCORDANCE_ENV="development", DATABASE_URL=url)

    assert found["DATABASES"]["default"]["NAME"] == "drafts"
    assert found["DATABASES"]["default"]["OPTIONS"]["host"] == "/run/postgres"
    assert found["EMBEDDED_POSTGRES"] is None


def _settings(*names: str, **variables: str) -> dict:
    program = (
        "import json, config.settings as settings\n"
        f"print(json.dumps({{name: getattr(settings, name, None) for name in {names!r}}}, default=str))"
    )
    process = _run("-c", program, **variables)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def _run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=_ROOT,
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
