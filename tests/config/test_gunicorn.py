"""The folders that the workers of one gunicorn share, how a worker leaves, and which connections it keeps."""

import os
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from gunicorn.config import Config

from config import gunicorn
from config.queueing import Worker


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("CONCORDANCE_ANSWERS", "PROMETHEUS_MULTIPROC_DIR"):
        monkeypatch.setenv(name, "")
    return tmp_path


def test_nobody_else_may_look_into_them_and_they_end_with_the_service(temporary: Path) -> None:
    gunicorn.on_starting(None)
    modes = [folder.stat().st_mode & 0o777 for folder in temporary.iterdir()]
    gunicorn.on_exit(None)

    assert modes == [0o700, 0o700]
    assert list(temporary.iterdir()) == []


def test_new_code_finds_no_old_answers(temporary: Path) -> None:
    gunicorn.on_starting(None)
    answers = Path(os.environ["CONCORDANCE_ANSWERS"]) / "answers"
    answers.mkdir()
    gunicorn.on_reload(None)

    assert not answers.exists()


def test_what_killed_masters_left_behind_is_removed_and_that_of_living_ones_is_not(temporary: Path) -> None:
    # No process has the first number; the second is that of whoever started this one.
    left, used = (temporary / f"concordance-answers-{pid}-x" for pid in (2**22 + 1, os.getppid()))
    left.mkdir()
    used.mkdir()

    gunicorn.on_starting(None)

    assert not left.exists()
    assert used.exists()


def test_a_worker_that_leaves_lets_in_who_waits_and_refuses_who_comes_later() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    worker = Worker(0, os.getppid(), [listener], None, 30, Config(), None)
    let_in: list[Any] = []
    worker.poller, worker.enqueue_req = selectors.DefaultSelector(), let_in.append
    worker.set_accept_enabled(True)
    with socket.create_connection(listener.getsockname()) as waiting:
        address = listener.getsockname()
        worker.alive = False

        worker.set_accept_enabled(False)

        assert [connection.client for connection in let_in] == [waiting.getsockname()]
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)
        for connection in let_in:
            connection.close()
    worker.tmp.close()


def test_a_connection_whose_request_had_to_wait_is_not_kept_and_others_are() -> None:
    with (
        _asked_slowly() as address,
        closing(HTTPConnection(*address)) as first,
        closing(HTTPConnection(*address)) as later,
    ):
        for asking in (first, later):
            asking.request("GET", "/")

        kept = [_connection_of(asking) for asking in (first, later)]
        later.request("GET", "/")

        assert kept == ["keep-alive", "close"]
        assert _connection_of(later) == "keep-alive"


def _connection_of(asking: HTTPConnection) -> str | None:
    with asking.getresponse() as answer:
        answer.read()
        return answer.headers["Connection"]


@contextmanager
def _asked_slowly() -> Iterator[tuple[str, int]]:
    """The address of a gunicorn with one thread, which takes a tenth of a second for each answer."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", f"{__name__}:_slow", "--worker-class", "config.queueing.Worker"),
                *("--threads", "1", "--keep-alive", "5", "--no-control-socket", "--bind", f"fd://{bound.fileno()}"),
            ],
            cwd=Path(__file__).parents[2],
            pass_fds=[bound.fileno()],
        )
        try:
            yield bound.getsockname()
        finally:
            process.terminate()
            process.wait(20)


def _slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    time.sleep(0.1)
    start_response("200 OK", [("Content-Length", "0")])
    return []
