"""gunicorn with the settings of production, asked with secrets in every place: none of them is in what it writes."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from tests.races.server import environment

_ROOT = Path(__file__).parents[2]
_PASSWORD = "harbour-lantern-41"
_SESSION, _CSRF, _TOKEN = "5e55i0n5e55i0n5e55i0n5e55i0n", "c5rfc5rfc5rfc5rfc5rfc5rfc5rfc5rf", "ccd_70k3n70k3n70k3n70k3n"
_SECRETS = {
    "SECRET_KEY": "k3y-of-the-council-" * 3,
    "METRICS_TOKEN": "m3tr1cs-of-the-council-4711",
}
_OF_DATABASE = "tidewater%2F9-in-the-old-harbour"
# As the driver has it, too.
_PLANTED = {*_SECRETS.values(), _PASSWORD, _SESSION, _CSRF, _TOKEN, _OF_DATABASE, _OF_DATABASE.replace("%2F", "/")}
_BROUGHT = {
    "Authorization": f"Bearer {_TOKEN}",
    "Cookie": f"sessionid={_SESSION}; csrftoken={_CSRF}",
    "X-CSRFToken": _CSRF,
}


class Answer(NamedTuple):
    status: int
    cookies: SimpleCookie
    body: bytes


Ask = Callable[..., Answer]


@contextmanager
def _service(database: str, log: Path) -> Iterator[Ask]:
    """A function that asks it; when it has ended, all that it wrote is in `log`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CONCORDANCE_", "LOG_"))}
    told = {
        **kept,
        **_SECRETS,
        "CONCORDANCE_ENV": "production",
        "DJANGO_SETTINGS_MODULE": "tests.config.planted_settings",
        "DATABASE_URL": database,
        "HTTPS": "off",
        "ALLOWED_HOSTS": "127.0.0.1",
        "WEB_WORKERS": "1",
    }
    with socket.create_server(("127.0.0.1", 0), backlog=16) as bound, log.open("wb") as written:
        port = bound.getsockname()[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--config", "python:config.gunicorn"),
                *("--bind", f"fd://{bound.fileno()}"),
            ],
            cwd=_ROOT,
            env=told,
            pass_fds=[bound.fileno()],
            stdout=written,
            stderr=written,
        )

        def ask(method: str, path: str, body: str = "", **headers: str) -> Answer:
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            asking.request(method, path, body, {**_BROUGHT, **headers})
            answer = asking.getresponse()
            told = Answer(
                answer.status, SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie", []))), answer.read()
            )
            asking.close()
            return told

        try:
            yield ask
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


def _lines(log: Path) -> list[dict]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def _told(log: Path) -> list[str]:
    return sorted(secret for secret in _PLANTED if secret in log.read_text())


@pytest.fixture
def database(transactional_db: None) -> str:
    """The address of the test's database, with a password even if its server asks for none."""
    # Hashed as in production; tests hash otherwise.
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        User.objects.create_superuser("mediator", password=_PASSWORD)
    return re.sub(r"//([^:@]+)@", rf"//\1:{_OF_DATABASE}@", environment()["DATABASE_URL"])


def test_of_what_goes_well_is_refused_or_fails(database: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    secrets = {"username": "mediator", "password": _PASSWORD, "csrfmiddlewaretoken": _CSRF, "token": _TOKEN}
    credentials = json.dumps({"username": "mediator", "password": _PASSWORD})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    of_api = {"Content-Type": "application/json", "Cookie": ""}

    with _service(database, log) as ask:
        answers = {
            "a page": ask("GET", "/", Authorization=""),
            "in the query": ask("GET", f"/search/?{urlencode(secrets)}"),
            "signed in": ask("POST", "/admin/login/", urlencode(secrets), **form),
            "wrong password": ask("POST", "/admin/login/", urlencode({**secrets, "username": _PASSWORD}), **form),
            "forged": ask("POST", "/admin/login/", urlencode({**secrets, "csrfmiddlewaretoken": "x"}), **form),
            "wrong token": ask("GET", "/api/v1/proposals/"),
            "basic": ask("GET", "/api/v1/proposals/", Authorization=f"Basic {_PASSWORD}"),
            "a token": ask("POST", "/api/v1/tokens/", credentials, **of_api, Authorization=""),
            "no JSON": ask("POST", "/api/v1/tokens/", f"{{{_PASSWORD}", **of_api, Authorization=""),
            "metrics": ask("GET", "/metrics", Authorization=f"Bearer {_SECRETS['METRICS_TOKEN']}x"),
            "another host": ask("GET", "/", Host=f"{_TOKEN}.example"),
            "defect": ask("POST", "/planted/defect/", urlencode(secrets), **form),
            "database": ask("POST", "/planted/database/", urlencode(secrets), **form),
            "careless": ask("POST", "/planted/careless/", urlencode(secrets), **form),
            "careless of JSON": ask("POST", "/planted/careless/", json.dumps(secrets), **of_api),
        }
    statuses = {name: answer.status for name, answer in answers.items()}

    assert _told(log) == []
    made = [json.loads(answers["a token"].body)["token"], answers["signed in"].cookies["sessionid"].value]
    assert [secret for secret in made if secret in log.read_text()] == []
    assert statuses == {
        "a page": 200,
        "in the query": 200,
        "signed in": 302,
        "wrong password": 200,
        "forged": 403,
        "wrong token": 401,
        "basic": 200,
        "a token": 201,
        "no JSON": 400,
        "metrics": 404,
        "another host": 400,
        "defect": 500,
        "database": 500,
        "careless": 200,
        "careless of JSON": 200,
    }
    lines = _lines(log)
    assert {line["status"] for line in lines if "status" in line} == set(statuses.values())
    assert {line.get("error") for line in lines} >= {"builtins.RuntimeError", "django.db.utils.DataError"}
    assert any("ValueError" in line.get("traceback", "") for line in lines)
    assert any(line["event"].startswith("Asked: ") for line in lines)


def test_of_a_database_that_lets_nobody_in(tmp_path: Path) -> None:
    log = tmp_path / "log"

    with _service(f"postgresql://concordance:{_OF_DATABASE}@127.0.0.1:1/concordance", log) as ask:
        statuses = [ask("GET", path).status for path in ("/readyz", "/api/v1/proposals/", "/")]

    assert statuses == [503, 503, 503]
    assert any(line["level"] in ("error", "warning") for line in _lines(log))
    assert _told(log) == []
