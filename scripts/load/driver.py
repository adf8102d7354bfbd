"""Sends requests and keeps what became of them.

`at_rate` sends at the moments of a schedule, however long answers take, as strangers would who do not know of each
other; a latency counts from the moment on the schedule, so that none is left out because an earlier one was slow.
`as_fast_as_possible` keeps a number of requests under way, each sent when another is answered: it finds what can be
borne, and its latencies mean little.
"""

import asyncio
import itertools
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp

from scripts.load.mix import Ask

TIMEOUT = 15
# Clients have addresses of their own.
_CLIENTS = [f"127.0.0.{number}" for number in range(2, 18)]
# More than that under way would measure this program.
_MOST = 3000
# Shorter than the server keeps connections, or it closes some in the moment they are used again.
_KEEP = 1.0


@dataclass(frozen=True)
class Outcome:
    kind: str
    # 0 where there was no answer; `fault` says why.
    status: int
    seconds: float
    # Since the beginning of the run.
    at: float
    fault: str = ""

    @property
    def good(self) -> bool:
        return self.status in (200, 304)

    @property
    def refused(self) -> bool:
        return self.status in (429, 503)


class Driver:
    def __init__(self, address: str) -> None:
        self._address = address
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Driver":
        sessions = [
            await self._stack.enter_async_context(
                aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(limit=0, local_addr=(client, 0), keepalive_timeout=_KEEP),
                    timeout=aiohttp.ClientTimeout(total=TIMEOUT),
                    auto_decompress=False,
                    headers={"Accept-Encoding": "gzip"},
                )
            )
            for client in _CLIENTS
        ]
        self._sessions: Iterator[aiohttp.ClientSession] = itertools.cycle(sessions)
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._stack.aclose()

    async def at_rate(self, asks: Iterator[Ask], *, rate: float, seconds: float, seed: int = 7) -> list[Outcome]:
        """Strangers come at random moments, so many a second on average."""
        chance = random.Random(seed)  # noqa: S311
        outcomes: list[Outcome] = []
        under_way: set[asyncio.Task[None]] = set()
        begin = time.perf_counter()
        due = chance.expovariate(rate)
        while due < seconds:
            await asyncio.sleep(max(0.0, begin + due - time.perf_counter()))
            ask = next(asks)
            if len(under_way) >= _MOST:
                outcomes.append(Outcome(ask.kind, 0, 0.0, due, "not sent"))
            else:
                task = asyncio.create_task(self._send(ask, due=begin + due, begin=begin, into=outcomes))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            due += chance.expovariate(rate)
        await asyncio.gather(*under_way)
        return outcomes

    async def as_fast_as_possible(self, asks: Iterator[Ask], *, at_once: int, seconds: float) -> list[Outcome]:
        outcomes: list[Outcome] = []
        begin = time.perf_counter()

        async def client() -> None:
            while time.perf_counter() < begin + seconds:
                await self._send(next(asks), due=time.perf_counter(), begin=begin, into=outcomes)

        await asyncio.gather(*(client() for _ in range(at_once)))
        return outcomes

    async def each(self, asks: Iterable[Ask]) -> list[Outcome]:
        """One after the other."""
        outcomes: list[Outcome] = []
        for ask in asks:
            now = time.perf_counter()
            await self._send(ask, due=now, begin=now, into=outcomes)
        return outcomes

    async def _send(self, ask: Ask, *, due: float, begin: float, into: list[Outcome]) -> None:
        status, fault = 0, ""
        headers = {"If-None-Match": ask.tag} if ask.tag else {}
        if ask.body is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with next(self._sessions).request(
                "GET" if ask.body is None else "POST", self._address + ask.path, data=ask.body, headers=headers
            ) as answer:
                await answer.read()
                status = answer.status
        except TimeoutError:
            fault = f"no answer in {TIMEOUT} s"
        except aiohttp.ClientError as error:
            fault = type(error).__name__
        into.append(Outcome(ask.kind, status, time.perf_counter() - due, due - begin, fault))
