"""How much goes on at once, and what is made once for all who ask."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from config import queueing
from config.queueing import Threads
from parties import busy
from parties.api import together
from parties.busy import TooBusy, Turns
from proposals import alignment
from tests.factories import make_proposal

_COMPARISON = "/api/v1/comparisons/?proposals=council-plan,coastal-answer"
_PAGE = "/compare/?proposals=council-plan,coastal-answer"


@pytest.fixture
def crowd(transactional_db: None) -> Iterator[ThreadPoolExecutor]:
    make_proposal("council-plan", clauses=["The harbour stays open for 30 days."])
    make_proposal("coastal-answer", clauses=["The harbour stays open for 60 days."])
    with ThreadPoolExecutor(8) as threads:
        yield threads


def ask(address: str) -> tuple[int, bytes]:
    try:
        response = Client().get(address)
        return response.status_code, response.content
    finally:
        connection.close()


@pytest.mark.parametrize("address", [_COMPARISON, _PAGE])
def test_what_a_hundred_ask_for_at_once_is_made_once(
    crowd: ThreadPoolExecutor, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    settings.ANSWERS_FOLDER = tmp_path
    made = []
    monkeypatch.setattr(
        alignment,
        "concord",
        lambda *given, _concord=alignment.concord, **named: made.append(1) or _concord(*given, **named),
    )

    answers = list(crowd.map(ask, [address] * 100))

    assert len(made) == 1
    assert {status for status, _ in answers} == {200}
    assert len({content for _, content in answers}) == 1


def test_who_waits_for_another_in_vain_is_told_so_and_holds_no_connection(
    crowd: ThreadPoolExecutor, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANSWERS_FOLDER = tmp_path
    monkeypatch.setattr(together, "_PATIENCE", 0.2)
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*given: object, _concord: object = alignment.concord, **named: object) -> object:
        begun.set()
        go_on.wait(20)
        return _concord(*given, **named)  # type: ignore[operator]

    monkeypatch.setattr(alignment, "concord", slowly)

    first = crowd.submit(ask, _COMPARISON)
    begun.wait(20)
    second = Client().get(_COMPARISON)
    has_none = connection.connection is None
    go_on.set()

    assert (second.status_code, second.json()["type"]) == (503, "/problems/busy")
    assert int(second.headers["Retry-After"]) > 0
    assert has_none
    assert first.result(20)[0] == 200


@pytest.mark.parametrize(("address", "kind"), [(_COMPARISON, "application/problem+json"), (_PAGE, "text/html")])
def test_while_too_many_compare_the_next_is_refused_and_what_is_quick_is_not(
    crowd: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch, address: str, kind: str
) -> None:
    turns = Turns(1)
    monkeypatch.setattr(busy, "_turns", lambda: turns)
    monkeypatch.setattr(busy, "_PATIENCE", 0.05)
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with turns.turn():
            begun.set()
            go_on.wait(20)

    held = crowd.submit(hold)
    begun.wait(20)
    refused, quick = Client().get(address), Client().get("/api/v1/proposals/")
    go_on.set()
    held.result(20)

    assert (refused.status_code, refused.headers["Content-Type"].split(";")[0]) == (503, kind)
    assert int(refused.headers["Retry-After"]) > 0
    assert quick.status_code == 200
    assert Client().get(address).status_code == 200


def test_work_within_work_takes_one_turn() -> None:
    turns = Turns(1)

    with turns.turn(), turns.turn():
        pass

    with turns.turn(), ThreadPoolExecutor(1) as other, pytest.raises(TooBusy):
        other.submit(turns._take).result()


@pytest.mark.parametrize(
    "address", [f"{_COMPARISON}&format=docx", "/compare/bracketed.docx?proposals=council-plan,coastal-answer"]
)
def test_to_write_a_document_takes_a_turn_of_its_own(
    crowd: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    turns = Turns(1)
    taken: list[Any] = []
    monkeypatch.setattr(turns, "_take", lambda _take=turns._take: taken.append(1) or _take())
    monkeypatch.setattr(busy, "_turns", lambda: turns)

    assert Client().get(address).status_code == 200

    # One to compare, one to write.
    assert len(taken) == 2


@pytest.mark.parametrize(("address", "status"), [("/api/v1/proposals/", 503), ("/", 503), ("/healthz", 200)])
def test_where_all_requests_wait_long_they_are_refused_and_a_probe_is_not(
    monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    monkeypatch.setattr(queueing, "_LONGEST", 0.0)
    monkeypatch.setattr(queueing, "_PASSING", 0.0)
    with Threads(1) as threads:
        response = threads.submit(lambda: Client().get(address)).result(20)

    assert response.status_code == status
    assert ("Retry-After" in response.headers) == (status == 503)


def test_a_passing_jam_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "_LONGEST", 0.01)
    monkeypatch.setattr(queueing, "_PASSING", 60)
    go_on, queue = threading.Event(), queueing.Queue()
    with Threads(1) as threads:
        threads.submit(go_on.wait, 20)
        jam = [threads.submit(queue.is_overlong) for _ in range(3)]
        time.sleep(0.02)
        go_on.set()

        assert [one.result(20) for one in jam] == [False] * 3
        monkeypatch.setattr(queueing, "_PASSING", 0)
        assert threads.submit(queue.is_overlong).result(20) is False


def test_in_a_crowd_whoever_had_to_wait_is_refused_until_nobody_has_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter([10.0, 12.0, 12.5, 13.0, 14.4, 16.5, 17.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    queue, found = queueing.Queue(), []
    # A jam that lasts; then one who waited a little, one who did not; then the same after two quiet seconds.
    for waited in (1.5, 1.5, 0.5, 0.1, 0.5, 0.5, 0.1):
        monkeypatch.setattr(queueing._waited, "seconds", waited, raising=False)
        found.append(queue.is_overlong())

    assert found == [False, True, True, False, True, False, False]
