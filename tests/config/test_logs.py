"""What stands in the log, and what never does."""

import io
import json
import logging
import logging.config
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import Client

from config.observing import requests
from config.observing.logs import logging_settings

_ROOT = Path(__file__).resolve().parents[2]
_PASSWORD = "harbour-lantern-41"
_PASTED = "The Coastal Front withdraws its boats before nightfall."
_DSN = "postgresql://concordance:tidewater9@database.example/concordance"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All lines as production writes them."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    settings = logging_settings(form="json", secrets=["k3y-of-the-council"])
    formatter = settings["formatters"]["line"]
    handler.setFormatter(formatter.pop("()")(**formatter))
    logging.getLogger().addHandler(handler)
    try:
        yield stream
    finally:
        logging.getLogger().removeHandler(handler)


def _lines(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_without_what_it_asked_for(log: io.StringIO, client: Client) -> None:
    response = client.get("/healthz/?q=withdraws+its+boats&token=ccd_0123456789")

    (line,) = _lines(log)
    assert line.pop("milliseconds") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "request_id": response.headers["X-Request-ID"],
        "level": "info",
        "logger": "config.observing.requests",
        "method": "GET",
        "path": "/healthz/",
        "status": 404,
        "bytes": len(response.content),
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("9f1c2d3e-proxy.1", True),
        # Too short to be one of many.
        ("1", False),
        ("x" * 65, False),
        # What would forge a line, a column or a tag.
        ('9f1c2d3e", "level": "error', False),
        ("9f1c2d3e\r\nSet-Cookie: a=b", False),
        ("<script>alert(1)</script>", False),
        ("", False),
    ],
)
def test_the_id_of_a_proxy_is_kept_if_it_is_safe(given: str, kept: bool, client: Client) -> None:
    answered = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]

    assert (answered == given) is kept
    assert requests._SAFE.fullmatch(answered)


def test_every_line_of_a_request_has_its_id_and_the_next_request_has_another(log: io.StringIO, client: Client) -> None:
    client.get("/nowhere/", headers={"X-Request-ID": "first-request"})
    logging.getLogger("council").warning("on the way")
    client.get("/nowhere/", headers={"X-Request-ID": "second-request"})

    assert [(line["logger"], line["request_id"]) for line in _lines(log)] == [
        ("config.observing.requests", "first-request"),
        ("council", "first-request"),
        ("config.observing.requests", "second-request"),
    ]


def test_probes_that_go_well_leave_no_line(log: io.StringIO, client: Client) -> None:
    client.get("/healthz")
    client.get("/metrics")

    assert [(line["path"], line["status"]) for line in _lines(log)] == [("/metrics", 404)]


@pytest.mark.django_db
def test_signing_in_and_tokens_leave_no_secret(log: io.StringIO, client: Client) -> None:
    get_user_model().objects.create_user("mediator", password=_PASSWORD, is_staff=True)

    page = client.post("/admin/login/", {"username": "mediator", "password": _PASSWORD})
    refused = client.post("/admin/login/", {"username": "mediator", "password": f"{_PASSWORD}x"})
    bad_token = client.get("/api/v1/proposals/", headers={"Authorization": "Bearer ccd_feedfacefeedface"})
    made = client.post(
        "/api/v1/tokens/",
        {"username": "mediator", "password": _PASSWORD, "name": "ship", "scopes": ["read"]},
        content_type="application/json",
    )
    pasted = client.post("/api/v1/comparisons/", {"proposals": [], "text": _PASTED}, content_type="application/json")

    written = log.getvalue()
    assert (page.status_code, refused.status_code, bad_token.status_code) == (302, 200, 401)
    assert len(_lines(log)) >= 5
    secrets = [_PASSWORD, "feedfacefeedface", client.cookies["sessionid"].value, _PASTED, "nightfall"]
    if made.status_code < 300:
        secrets.append(made.json()["token"])
    assert pasted.status_code >= 400
    assert not [secret for secret in secrets if secret in written]


def test_what_is_not_logged_is_written_nowhere_else() -> None:
    settings = logging_settings(form="json")

    for name, its in settings["loggers"].items():
        assert its.get("propagate", True) or its["handlers"], f"{name} would write to standard error by itself"


def test_a_request_for_another_host_leaves_one_json_line() -> None:
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "Client(raise_request_exception=False).get('/', headers={'host': 'elsewhere.example'})\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_FORMAT": "json"}

    process = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=_ROOT, capture_output=True, text=True, timeout=60
    )

    (line,) = process.stderr.splitlines()
    assert json.loads(line)["status"] == 400


def test_what_the_database_says_is_told_without_its_address(log: io.StringIO, client: Client) -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError(f'connection to "{_DSN}" failed: password=tidewater9 is wrong')

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        patch.setattr(connection, "ensure_connection", refuse)
        response = client.get("/api/v1/proposals/")

    assert response.status_code == 503
    assert any(line["level"] == "error" and "[hidden]" in line["event"] for line in _lines(log))
    assert "tidewater9" not in log.getvalue()


def test_a_defect_is_told_by_its_kind_and_lines_without_its_message(log: io.StringIO) -> None:
    def store(text: str) -> None:
        raise ValueError(text)

    try:
        try:
            store(_PASTED)
        except ValueError as error:
            raise RuntimeError(f"{_PASTED} {_DSN}") from error
    except RuntimeError:
        logging.getLogger("council").exception("could not store")

    (line,) = _lines(log)
    assert (line["event"], line["error"]) == ("could not store", "builtins.RuntimeError")
    assert line["traceback"].index("ValueError") < line["traceback"].index("RuntimeError")
    assert "raise ValueError(text)" in line["traceback"]
    assert "nightfall" not in log.getvalue()
    assert "tidewater9" not in log.getvalue()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (f"no answer from {_DSN}", "no answer from postgresql://[hidden]@database.example/concordance"),
        ("host=db password=tidewater9 dbname=c", "host=db password=[hidden] dbname=c"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer [hidden]"),
        ("Cookie: sessionid=abcdef; a=b", "Cookie: sessionid=[hidden]; a=b"),
        # As Python and JSON write forms and settings.
        ("{'password': 'lantern', 'a': 1}", "{'password': '[hidden]', 'a': 1}"),
        ('{"token": "lantern"}', '{"token": "[hidden]"}'),
        (
            "{'password': ['lantern'], 'csrftoken': ['lantern']}",
            "{'password': ['[hidden]'], 'csrftoken': ['[hidden]']}",
        ),
        ("token ccd_abcdef refused", "token [hidden] refused"),
        ("Error handling request /search/?q=boats", "Error handling request /search/?[hidden]"),
        ("signed with k3y-of-the-council.", "signed with [hidden]."),
        ("broken\nDETAIL:  Key (name)=(The Harbour) exists.", "broken\nDETAIL: [hidden]"),
        ("Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
    ],
)
def test_secrets_are_hidden_whoever_writes_them(said: str, written: str, log: io.StringIO) -> None:
    logging.getLogger("council").error("%s", said)

    (line,) = _lines(log)
    assert line["event"] == written


def test_development_writes_plain_lines_with_tracebacks() -> None:
    formatter = logging_settings(form="lines")["formatters"]["line"]
    formatter = formatter.pop("()")(**formatter)
    structlog.contextvars.clear_contextvars()
    error = ValueError(_PASTED)
    record = logging.LogRecord("council", logging.ERROR, __file__, 1, "could not store", (), (ValueError, error, None))

    first, *rest = formatter.format(record).splitlines()

    assert first.endswith(" ERROR council: could not store")
    assert rest[-1] == f"ValueError: {_PASTED}"
