"""The connections of web processes, against a server that is stopped, started and silenced."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from config.database import bound_waiting
from config.postgres import address, start, stop
from config.postgres.place import data_folder
from config.web_database.base import PATIENCE, DatabaseWrapper
from config.web_database.connection import BRIEFLY, PatientConnection
from proposals.models import Clause
from tests.factories import make_proposal
from tests.faults.breaking import broken_at
from tests.roles import make_user

Connect = Callable[[], DatabaseWrapper]


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="concordance-"))
    parent.chmod(0o755)
    start(parent / "data")
    yield parent / "data"
    stop(parent / "data")
    shutil.rmtree(data_folder(parent / "data"), ignore_errors=True)
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def connect(server: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    """Makes what each thread of a web process has; they share a pool of two connections."""
    settings: dict[str, Any] = {
        **connections["default"].settings_dict,
        **address(server),
        "NAME": "concordance",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 2, "timeout": PATIENCE}},
    }
    bound_waiting(settings)
    made: list[DatabaseWrapper] = []

    def one() -> DatabaseWrapper:
        made.append(DatabaseWrapper(settings, alias="default"))
        return made[-1]

    with django_db_blocker.unblock():
        yield one
        for wrapper in made:
            wrapper.close()
        made[0].close_pool()


def ask(wrapper: DatabaseWrapper) -> object:
    with wrapper.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone()


def test_a_restart_between_two_requests_is_not_noticed(server: Path, connect: Connect) -> None:
    first, second = connect(), connect()
    assert ask(first) == ask(second) == (1,)
    first.close()
    second.close()

    stop(server)
    start(server)

    assert ask(first) == ask(second) == (1,)


def test_while_the_server_is_away_requests_are_refused_at_once_and_when_it_is_back_answered(
    server: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapper = connect()
    wrapper.pool.timeout = 0.1
    stop(server)
    with pytest.raises(OperationalError, match="couldn't get a connection"):
        ask(wrapper)

    assert wrapper.pool.timeout == BRIEFLY
    start(server)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            assert ask(wrapper) == (1,)
        except OperationalError:
            continue
        break

    assert ask(wrapper) == (1,)
    assert wrapper.pool.timeout == PATIENCE


def test_a_pool_without_a_free_connection_refuses_and_recovers(connect: Connect) -> None:
    first, second, third = connect(), connect(), connect()
    ask(first)
    ask(second)
    third.pool.timeout = 0.1

    with pytest.raises(OperationalError, match="couldn't get a connection"):
        ask(third)
    first.close()

    assert ask(third) == (1,)


def test_a_server_that_falls_silent_is_given_up(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 0.2)
    wrapper = connect()
    ask(wrapper)
    silent = wrapper.connection.info.backend_pid

    os.kill(silent, signal.SIGSTOP)
    try:
        with pytest.raises(OperationalError, match=r"said nothing for 0\.2 seconds"):
            ask(wrapper)
        wrapper.close()
        others = ask(wrapper)
    finally:
        os.kill(silent, signal.SIGCONT)

    assert others == (1,)


def test_the_server_ends_what_takes_too_long(connect: Connect) -> None:
    with connect().cursor() as cursor:
        cursor.execute(
            "select name, setting from pg_settings where name = any(%s) order by name",
            [["idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout"]],
        )
        assert dict(cursor.fetchall()) == {
            "idle_in_transaction_session_timeout": "20000",
            "lock_timeout": "5000",
            "statement_timeout": "7000",
        }


def test_wherever_a_write_breaks_off_it_is_stored_once_and_told(watching: Any) -> None:
    """Statements from the first to the last, of which one in turn is that before which PostgreSQL ends the session."""
    clause = make_proposal(clauses=["The harbour opens."]).clauses.get()
    client = Client()
    client.force_login(make_user("editor"))
    address = f"/api/v1/proposals/{clause.proposal.slug}/clauses/{clause.key}/"
    usual = connections["default"]
    connections["default"] = DatabaseWrapper(usual.settings_dict, alias="default")

    def write(text: str, *breaks: int) -> tuple[int, list[str]]:
        tag = client.get(address).headers["ETag"]
        with broken_at(watching, *breaks) as sent:
            response = client.patch(address, {"text": text}, content_type="application/json", headers={"If-Match": tag})
        return response.status_code, sent

    try:
        status, sent = write("The harbour stays open.")
        assert status == 200
        for number in range(1, len(sent) + 1, len(sent) // 7):
            before = _saves(clause)
            text = f"The harbour opens on day {number}."

            status, _ = write(text, number)

            assert (status, Clause.objects.get(pk=clause.pk).text) == (200, text), sent[number - 1]
            assert _saves(clause) == before + 1
    finally:
        connections["default"].close()
        connections["default"] = usual


def _saves(clause: Clause) -> int:
    return int(Clause.pgh_event_model.objects.filter(id=clause.pk).count())
