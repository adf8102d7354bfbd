"""POST, GET and DELETE tokens/, and what a token opens."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from tests.api.conftest import Api
from tests.roles import make_user

PASSWORD = "harbour and wall"
SENT = {"username": "editor", "password": PASSWORD}


@pytest.fixture
def editor(db):
    return make_user("editor", password=PASSWORD)


@pytest.fixture
def reader(db):
    return User.objects.create_user("reader", password=PASSWORD)


def bearer(secret):
    return Api(Client(headers={"Authorization": f"Bearer {secret}"}))


@pytest.fixture
def secret(editor):
    return AuthToken.objects.create(editor)[1]


def test_a_password_gives_a_token_that_opens_what_is_for_staff(api, editor):
    made = api.post("tokens/", SENT | {"expires_in_days": 7})

    assert made.status == 201
    assert made.headers["Cache-Control"] == "no-store"
    assert bearer(made.body["token"]).get("decisions/").status == 200
    assert made.body["token"].startswith(made.body["id"])
    token = AuthToken.objects.get()
    assert token.expiry - token.created == pytest.approx(datetime.timedelta(days=7), abs=MINUTE)


MINUTE = datetime.timedelta(minutes=1)


def test_the_secret_is_stored_nowhere(api, editor):
    secret = api.post("tokens/", SENT).body["token"]

    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(t)::text from knox_authtoken t")
        assert secret not in cursor.fetchone()[0]
    assert "token" not in bearer(secret).get("tokens/").body["results"][0]


def test_a_token_holds_for_thirty_days_unless_said(api, editor):
    api.post("tokens/", SENT)

    token = AuthToken.objects.get()
    assert token.expiry - token.created == pytest.approx(datetime.timedelta(days=30), abs=MINUTE)


def test_a_session_gives_one_too_with_the_csrf_token_alone(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    without = client.post("/api/v1/tokens/", {}, content_type="application/json")
    client.cookies["csrftoken"] = "a" * 32
    with_it = client.post("/api/v1/tokens/", {}, content_type="application/json", headers={"X-CSRFToken": "a" * 32})

    assert (without.status_code, with_it.status_code) == (403, 201)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (SENT | {"password": "something else"}, 401),
        (SENT | {"username": "nobody"}, 401),
        (SENT | {"username": "reader"}, 403),  # not staff
        ({}, 401),  # no session either
    ],
)
def test_others_get_none(api, editor, reader, sent, status):
    refused = api.post("tokens/", sent)

    assert refused.status == status
    assert not AuthToken.objects.exists()
    if status == 401:
        assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Concordance"'


def test_who_is_not_active_gets_none(api, editor):
    User.objects.update(is_active=False)

    assert api.post("tokens/", SENT).status == 401


@pytest.mark.parametrize(
    ("sent", "faults"),
    [
        ({"username": "editor"}, {"#/password": ["required"]}),
        (SENT | {"expires_in_days": 366}, {"#/expires_in_days": ["max_value"]}),
        (SENT | {"expires_in_days": 0}, {"#/expires_in_days": ["min_value"]}),
        (SENT | {"name": "nightly import"}, {"#/name": ["unknown_field"]}),
        ([], {"#": ["wrong_type"]}),
    ],
)
def test_a_bad_request_for_one_is_refused_by_field(api, editor, sent, faults):
    refused = api.post("tokens/", sent)

    assert refused.status == 400
    assert refused.faults == faults


def test_a_token_makes_no_other(secret):
    assert bearer(secret).post("tokens/", {}).status == 403


@pytest.mark.parametrize("path", ["proposals/", "decisions/", "tokens/", "topics/"])
@pytest.mark.parametrize("given", ["unknown", "", "a b", "é", "\0", "x" * 300])
def test_a_bad_token_is_told_at_every_address(api, path, given):
    refused = bearer(given).get(path)

    assert refused.status == 401
    assert refused.body["type"] == "/problems/invalid_token"
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Concordance", error="invalid_token"'


def test_how_a_token_begins_does_not_open_anything(secret):
    assert bearer(secret[:15]).get("proposals/").status == 401
    assert bearer(secret[:15] + "0" * 53).get("proposals/").status == 401


def test_a_bad_token_is_told_to_who_pastes_a_text(api):
    assert bearer("unknown").post("comparisons/", {}).status == 401


def test_an_expired_token_is_none(secret):
    AuthToken.objects.update(
        created=timezone.now() - datetime.timedelta(days=2), expiry=timezone.now() - datetime.timedelta(days=1)
    )

    assert bearer(secret).get("proposals/").status == 401


@pytest.mark.parametrize("lost", [{"is_staff": False}, {"is_active": False}])
def test_a_token_ends_with_the_rights_of_its_user(secret, lost):
    User.objects.update(**lost)

    assert bearer(secret).get("proposals/").status == 401


def test_another_scheme_is_not_ours(db):
    assert Api(Client(headers={"Authorization": "Basic ZWRpdG9yOng="})).get("proposals/").status == 200


def test_a_list_shows_your_own_alone(secret, reader):
    AuthToken.objects.create(reader)

    listed = bearer(secret).get("tokens/").body

    assert [token["id"] for token in listed["results"]] == [secret[:15]]


def test_a_token_is_revoked(secret, editor):
    other = AuthToken.objects.create(editor)[1]
    first = AuthToken.objects.earliest("created").token_key

    gone = bearer(other).delete(f"tokens/{first}/")

    assert gone.status == 204
    assert bearer(secret).get("tokens/").status == 401
    assert bearer(other).delete(f"tokens/{first}/").status == 404


def test_nobody_revokes_that_of_another(secret, reader):
    of_another = AuthToken.objects.create(reader)[0].token_key

    assert bearer(secret).delete(f"tokens/{of_another}/").status == 404
    assert AuthToken.objects.filter(token_key=of_another).exists()


def test_all_are_revoked_at_once(secret, editor, reader):
    AuthToken.objects.create(editor)
    AuthToken.objects.create(reader)

    gone = bearer(secret).delete("tokens/")

    assert gone.status == 204
    assert AuthToken.objects.get().user == reader


def test_what_is_for_staff_asks_the_unknown_for_a_token_and_refuses_the_others(api, reader):
    client = Client()
    client.force_login(reader)

    unknown = api.get("decisions/")

    assert unknown.status == 401
    assert unknown.headers["WWW-Authenticate"] == 'Bearer realm="Concordance"'
    assert Api(client).get("decisions/").status == 403


def test_no_answer_to_a_token_is_kept_by_others(secret):
    headers = bearer(secret).get("proposals/").headers

    assert headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in headers["Vary"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ('"\\ud800"', 400),
        ('{"username": "edi\\u0000tor", "password": "x"}', 400),
        (" " * 1_000_001, 413),
    ],
)
def test_a_body_that_nobody_means_is_refused_as_everywhere(api, body, status):
    answer = api.request("post", "tokens/", data=body, content_type="application/json")

    assert answer.status == status
