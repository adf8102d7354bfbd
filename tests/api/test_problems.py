"""Errors as clients meet them: each is declared on its operation, and has the one shape."""

import re

import pytest
from django.db import connection
from django.test import Client

from scripts.examples import operations
from tests.api import contract
from tests.api.conftest import Api

TEXTS = {"proposals": [{"text": "1. A truce."}, {"text": "1. A ceasefire."}]}


@pytest.fixture
def no_database(django_db_blocker):
    """The database does not answer."""
    with django_db_blocker.unblock():
        connection.close()
        reachable = connection.settings_dict
        connection.settings_dict = {**reachable, "HOST": "127.0.0.1", "PORT": "1"}
        yield
        connection.close()
        connection.settings_dict = reachable


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "kind"),
    [
        ("get", "topics/", {"query": "colour=red"}, 400, "invalid"),
        ("get", "topics/", {"query": "limit=0"}, 400, "invalid"),
        ("get", "topics/nowhere/", {}, 404, "not_found"),
        ("get", "topics/%00/", {}, 404, "not_found"),
        ("get", "snapshots/%00/", {}, 404, "not_found"),
        ("get", "topics/", {"headers": {"Accept": "image/png"}}, 406, "not_acceptable"),
        ("options", "topics/", {}, 405, "method_not_allowed"),
        ("options", "comparisons/", {}, 405, "method_not_allowed"),
        ("put", "comparisons/", {}, 405, "method_not_allowed"),
        ("post", "comparisons/", {"data": "{", "content_type": "application/json"}, 400, "parse_error"),
        ("post", "comparisons/", {"data": "1", "content_type": "text/plain"}, 415, "unsupported_media_type"),
        ("post", "comparisons/", {"data": " " * 1_000_001, "content_type": "application/json"}, 413, "too_large"),
        ("get", "decisions/", {}, 401, "not_authenticated"),
    ],
)
def test_an_error_is_declared_and_a_problem(api, method, path, options, status, kind):
    answer = api.request(method, path, **options)

    assert (answer.status, answer.body["type"]) == (status, f"/problems/{kind}")


def test_too_many_texts_are_told_when_to_go_on(api):
    answers = [api.post("comparisons/", {}) for _ in range(31)]

    assert [answer.status for answer in answers] == [400] * 30 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def public():
    """Everything that anybody may read."""
    for path, method, operation in operations():
        if method == "get" and {} in operation["security"]:
            yield re.sub(r"\{\w+\}", "1", path)


@pytest.mark.parametrize("path", list(public()))
def test_a_database_that_is_down_is_a_503_everywhere(no_database, path):
    query = "proposals=northern-draft,coastal-answer" if "comparisons" in path else ""

    answer = Api(Client()).request("get", path.removeprefix("/api/v1/"), query=query)

    assert (answer.status, answer.body["type"]) == (503, "/problems/database_unavailable")
    assert answer.headers["Retry-After"] == "5"


def test_a_pasted_text_needs_the_database_too(no_database):
    assert Api(Client()).post("comparisons/", TEXTS).status == 503


def test_an_address_below_the_api_that_is_nowhere_is_a_problem():
    answer = Client().get("/api/v1/nowhere/")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert contract.document()["components"]["schemas"]["Problem"]["required"] == list(answer.json())
