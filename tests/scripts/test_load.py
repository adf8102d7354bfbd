"""The load driver: what it asks, and how honestly it counts."""

import asyncio
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from threading import Lock, Thread
from time import sleep

import pytest

from scripts.load.__main__ import _percentile
from scripts.load.driver import Driver
from scripts.load.mix import Ask

ASKS = repeat(Ask("empty view", "/"))


@contextmanager
def server(*, status=200, seconds=0.0):
    """Answers one request at a time, each after some seconds."""
    turn, clients = Lock(), set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            clients.add(self.client_address[0])
            with turn:
                sleep(seconds)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            """Says nothing."""

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.daemon_threads = True
    thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{serving.server_port}", clients
    finally:
        serving.shutdown()
        thread.join()
        serving.server_close()


def asked(address, how):
    async def ask():
        async with Driver(address) as driver:
            return await how(driver)

    return asyncio.run(ask())


def test_latencies_count_from_the_schedule_so_that_waiting_in_line_shows():
    """One at a time takes 20 ms, and 100 a second come: each waits for all before it."""
    with server(seconds=0.02) as (address, _):
        outcomes = asked(address, lambda driver: driver.at_rate(ASKS, rate=100, seconds=0.5))

    by_moment = sorted(outcomes, key=lambda one: one.at)
    assert len(outcomes) > 30
    assert all(one.good for one in outcomes)
    assert by_moment[-1].seconds > 10 * 0.02
    assert by_moment[-1].seconds > 3 * by_moment[0].seconds


def test_the_moments_of_a_schedule_depend_on_the_seed_alone():
    with server() as (address, clients):
        first, second = (asked(address, lambda driver: driver.at_rate(ASKS, rate=100, seconds=0.2)) for _ in range(2))

    assert sorted(one.at for one in first) == pytest.approx(sorted(one.at for one in second))
    assert len(clients) > 5


@pytest.mark.parametrize(
    ("status", "good", "refused"), [(200, True, False), (304, True, False), (503, False, True), (500, False, False)]
)
def test_an_answer_is_good_refused_or_an_error(status, good, refused):
    with server(status=status) as (address, _):
        (outcome,) = asked(address, lambda driver: driver.each([Ask("empty view", "/")]))

    assert (outcome.status, outcome.good, outcome.refused) == (status, good, refused)


def test_no_answer_is_an_outcome_too():
    with server() as (address, _):
        pass
    (outcome,) = asked(address, lambda driver: driver.each([Ask("empty view", "/")]))

    assert (outcome.status, outcome.good) == (0, False)
    assert outcome.fault == "ClientConnectorError"


def test_percentiles_are_values_that_were_measured():
    took = [float(number) for number in range(1, 101)]

    assert [_percentile(took, share) for share in (50, 95, 99)] == [51, 96, 100]
    assert _percentile([3.0], 99) == 3.0
