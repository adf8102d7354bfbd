"""What probes are told. Its checks have a connection of their own, so the data that they look for are committed."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from config import health
from config.readiness import OK, Prober
from proposals.models import Topic, TopicGroup


@pytest.fixture
def prober(monkeypatch: pytest.MonkeyPatch) -> Iterator[Prober]:
    """One that has seen nothing yet, in the place of the process's own."""
    fresh = Prober()
    monkeypatch.setattr(health, "readiness", fresh.checks)
    yield fresh
    fresh.close()


def test_the_process_answers_without_a_database_and_under_any_name() -> None:
    with override_settings(ALLOWED_HOSTS=["council.example"], SECURE_SSL_REDIRECT=True):
        response = Client().get("/healthz", headers={"Host": "10.0.0.7"})

    assert response.json() == {"status": "ok"}


@pytest.mark.django_db(transaction=True)
def test_it_is_ready_once_there_is_a_vocabulary(prober: Prober) -> None:
    empty = Client().get("/readyz")
    Topic.objects.create(slug="ceasefire", name="Ceasefire", group=TopicGroup.objects.create(slug="war", name="War"))
    prober.forget_answer()
    filled = Client().get("/readyz")

    assert (empty.status_code, empty.headers["Retry-After"]) == (503, "5")
    assert empty.json() == {
        "status": "not ready",
        "checks": {
            "database": "ok",
            "migrations": "ok",
            "data": "no vocabulary: python manage.py import_proposals fixtures",
        },
    }
    assert (filled.status_code, filled.json()) == (
        200,
        {"status": "ok", "checks": {"database": "ok", "migrations": "ok", "data": "ok"}},
    )


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_is_not_applied_is_told(prober: Prober) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions' RETURNING name, applied")
        removed = cursor.fetchall()
    try:
        said = Client().get("/readyz").json()["checks"]
    finally:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('sessions', %s, %s)", removed
            )

    assert said["migrations"] == f"{len(removed)} not applied: python manage.py migrate"
    assert (said["database"], said["data"]) == ("ok", "is not known before the migrations are applied")


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_without_its_address(prober: Prober, monkeypatch: pytest.MonkeyPatch) -> None:
    # A port of this machine where nobody listens.
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "9")

    response = Client().get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["database"] == "does not answer"
    assert "127.0.0.1" not in response.text


def test_a_database_that_hangs_is_waited_for_once_and_others_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prober = Prober(patience=0.05, holds=0)
    silent = threading.Event()
    monkeypatch.setattr(prober, "_connected", lambda work: silent.wait(10))

    first = prober.checks()
    began = time.monotonic()
    second = [prober.checks() for _ in range(20)]
    took = time.monotonic() - began
    silent.set()
    prober.close()

    assert first["database"] == "does not answer within 0.05 s"
    assert all(said == first for said in second)
    # Twenty times the patience would be a second.
    assert took < 0.5


def test_what_cannot_go_back_is_asked_once_and_each_answer_serves_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    prober = Prober(holds=60)

    def found(work: object) -> dict[str, str]:
        asked.append("all")
        return dict.fromkeys(("database", "migrations", "data"), OK)

    monkeypatch.setattr(prober, "_connected", found)
    answers = [prober.checks() for _ in range(5)]
    prober.close()

    assert asked == ["all"]
    assert answers == [dict.fromkeys(("database", "migrations", "data"), OK)] * 5


def test_no_rows_are_found_where_the_database_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    prober = Prober()

    def refuse(work: object) -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr(prober, "_connected", refuse)

    assert prober.rows("SELECT 1") is None
    prober.close()
