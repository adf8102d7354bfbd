"""Who may write, and what those who may not are told."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from knox.models import AuthToken

from proposals.models import Proposal, Stage
from tests.api.conftest import Api
from tests.api.writing import PROPOSAL, make_vocabulary
from tests.factories import make_clause, make_proposal
from tests.roles import make_user

WRITES = [
    ("post", "proposals/"),
    ("patch", "proposals/secret-plan/"),
    ("delete", "proposals/secret-plan/"),
    ("post", "proposals/secret-plan/clauses/"),
    ("patch", "proposals/secret-plan/clauses/c01/"),
    ("delete", "proposals/secret-plan/clauses/c01/"),
    ("post", "positions/"),
    ("patch", "positions/p001/"),
    ("post", "decisions/"),
    ("delete", "decisions/1/"),
    ("post", "imports/"),
]


@pytest.fixture(autouse=True)
def _secret(db):
    make_clause(make_proposal("secret-plan", stage=Stage.DRAFT))


def send(api, method, path):
    return api.request(method, path, data="{}", content_type="application/json")


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_the_unknown_are_asked_for_a_token_whatever_is_there(api, method, path):
    refused, nothing = send(api, method, path), send(api, method, path.replace("secret", "no-such"))

    assert refused.status == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Concordance"'
    assert refused.body == nothing.body
    assert "secret" not in json.dumps(refused.body)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_readers_are_told_that_it_is_for_staff_whatever_is_there(method, path):
    client = Client()
    client.force_login(User.objects.create_user("reader"))

    refused, nothing = send(Api(client), method, path), send(Api(client), method, path.replace("secret", "no-such"))

    assert refused.status == 403
    assert refused.body == nothing.body


def test_a_token_writes_without_a_cookie():
    make_vocabulary()
    secret = AuthToken.objects.create(make_user("editor"))[1]
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})

    assert Api(client).post("proposals/", PROPOSAL).status == 201


def test_a_session_writes_with_the_csrf_token_alone():
    make_vocabulary()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("editor"))

    refused = Api(client).post("proposals/", PROPOSAL)
    client.cookies["csrftoken"] = "a" * 32
    made = client.post(
        "/api/v1/proposals/", PROPOSAL, content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )

    assert (refused.status, made.status_code) == (403, 201)
    assert Proposal.objects.filter(slug="front-answer").exists()


def test_overall_lists_are_read_alone(staff_api):
    assert staff_api.post("clauses/", {}).status == 405
    assert staff_api.post("topics/", {}).status == 405


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", "{}", 415),
        ("application/json", "{", 400),
        ("application/json", '{"id": "\\u0000"}', 400),
        ("application/json", '{"id": "\\ud800"}', 400),
        ("application/json", '{"summary": "' + "x" * 1_000_000 + '"}', 413),
        ("application/json", "[" * 100 + "]" * 100, 400),
    ],
)
def test_what_cannot_be_read_is_refused(staff_api, content_type, body, status):
    assert staff_api.request("post", "proposals/", data=body, content_type=content_type).status == status


def test_a_write_takes_no_parameters(staff_api):
    assert staff_api.post("proposals/", {}, dry_run="true").faults == {"dry_run": ["unknown_parameter"]}
