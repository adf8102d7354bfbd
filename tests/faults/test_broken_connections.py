"""Connections that break in the middle of a request, for real: PostgreSQL ends the session that serves it."""

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests.factories import NORTHERN_COUNCIL, make_party
from tests.faults.breaking import broken_at
from tests.roles import make_user

_PARTY = f"/api/v1/parties/{NORTHERN_COUNCIL}/"


@pytest.mark.parametrize("query", [1, 2])
def test_a_reader_does_not_notice_that_the_connection_broke(watching: psycopg.Connection, query: int) -> None:
    make_party(name="Northern Council")

    with broken_at(watching, query) as sent:
        response = Client().get(_PARTY)

    assert response.json()["name"] == "Northern Council"
    assert len(sent) > query


@pytest.mark.parametrize("address", ["/api/v1/parties/", "/parties/"])
def test_a_reader_is_told_to_come_again_if_it_breaks_twice(watching: psycopg.Connection, address: str) -> None:
    make_party()

    with broken_at(watching, 1, 2):
        response = Client().get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "does not answer" in response.content.decode()
    assert Client().get(address).status_code == 200


def test_what_a_reader_waits_for_behind_a_lock_is_not_asked_twice(watching: psycopg.Connection) -> None:
    make_party()
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '50ms'")
    try:
        with watching.transaction():
            watching.execute("lock table parties_party in access exclusive mode")
            with broken_at(watching) as sent:
                response = Client().get(_PARTY)
    finally:
        connection.close()

    assert (response.status_code, response.json()["type"]) == (503, "/problems/database_busy")
    assert len(sent) == len(set(sent))


def test_middleware_that_cannot_ask_for_the_session_refuses_alike(watching: psycopg.Connection) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_user("editor"))

    with broken_at(watching, 1) as sent:
        response = client.post("/admin/logout/")

    assert "django_session" in sent[0]
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "does not answer" in response.content.decode()
