"""A bounded load: readers that know each answer, one who edits and one who imports; each request is written down."""

import hashlib
import http.client
import itertools
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

API = "/api/v1/"
_PAIR = "istanbul-communique-2022,us-28-point-2025-11"
# What a reader of the service asks for: lists, a search, records, comparisons, pages.
ADDRESSES = (
    f"{API}proposals/?limit=50",
    f"{API}clauses/?limit=50",
    f"{API}clauses/?q=army",
    f"{API}topics/",
    f"{API}proposals/us-28-point-2025-11/",
    f"{API}proposals/us-28-point-2025-11/clauses/",
    f"{API}comparisons/?proposals={_PAIR}",
    f"{API}comparisons/?proposals=us-28-point-2025-11,e3-counter-2025-11",
    "/",
    f"/compare/?proposals={_PAIR}",
    "/proposals/us-28-point-2025-11/",
    "/search/?q=army",
)
PATIENCE = 20


@dataclass(frozen=True)
class Answer:
    """One request: when it was sent, how long it took, its status (0 where there was none), and what was wrong."""

    kind: str
    sent: float
    took: float
    status: int
    wrong: str = ""
    lost: str = ""

    @property
    def failed(self) -> bool:
        return self.status == 0 or self.status >= 500

    @property
    def refused(self) -> bool:
        """A clear refusal, with the time to come again; `wrong` names one that is not."""
        return self.status in (429, 503)


@dataclass
class Load:
    """Clients against one address; `known` holds the digest of each answer, taken while nothing was wrong."""

    host: str
    port: int
    token: str
    known: Mapping[str, str]
    readers: int = 8
    pause: float = 0.05
    # Whether a client asks over one connection again and again, as browsers do of a proxy.
    keeps_connections: bool = False
    answers: list[Answer] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _own: threading.local = field(default_factory=threading.local)

    def start(self, *further: Callable[["Load"], None]) -> None:
        for number in range(self.readers):
            self._threads.append(threading.Thread(target=self._read, args=[number], daemon=True))
        self._threads += [threading.Thread(target=work, args=[self], daemon=True) for work in further]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE * 2)

    @property
    def goes_on(self) -> bool:
        return not self._stop.is_set()

    def wait(self, seconds: float) -> None:
        self._stop.wait(seconds)

    def _read(self, number: int) -> None:
        for address in itertools.islice(itertools.cycle(ADDRESSES), number, None):
            if not self.goes_on:
                return
            status, _, body = self.ask("GET", address, known=self.known.get(address))
            del status, body
            self.wait(self.pause)

    def ask(
        self,
        method: str,
        address: str,
        *,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        known: str | None = None,
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body; status 0 where no whole answer came."""
        sent, clock = time.monotonic(), time.monotonic()
        lost = ""
        try:
            status, told, content = self._exchanged(method, address, body, headers or {})
        except (OSError, http.client.HTTPException) as error:
            status, told, content, lost = 0, {}, b"", type(error).__name__
        took = time.monotonic() - clock
        wrong = _wrong(address, status, told, content, known)
        kind = method if method != "GET" else "page" if not address.startswith(API) else "API"
        self.answers.append(Answer(kind, sent, took, status, wrong, lost))
        return status, told, content

    def _exchanged(
        self, method: str, address: str, body: Any, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        if not self.keeps_connections:
            return request(self.host, self.port, method, address, body=body, headers=headers)
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            return _exchanged(self._own.connection, method, address, body, headers)
        except (OSError, http.client.HTTPException):
            # The next request opens it anew.
            self._own.connection.close()
            raise


def request(
    host: str, port: int, method: str, address: str, *, body: Any = None, headers: Mapping[str, str]
) -> tuple[int, dict[str, str], bytes]:
    """Over a connection of its own."""
    asking = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        return _exchanged(asking, method, address, body, headers)
    finally:
        asking.close()


def _exchanged(
    asking: http.client.HTTPConnection, method: str, address: str, body: Any, headers: Mapping[str, str]
) -> tuple[int, dict[str, str], bytes]:
    content = None if body is None else json.dumps(body)
    sent = {**headers, "Host": "127.0.0.1", **({"Content-Type": "application/json"} if content else {})}
    asking.request(method, address, body=content, headers=sent)
    answer = asking.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def digests(host: str, port: int, addresses: Sequence[str] = ADDRESSES) -> dict[str, str]:
    """What each address answers; raises where one does not answer the same twice."""
    found = {}
    for address in addresses:
        seen = set()
        for _ in range(3):
            status, _, body = request(host, port, "GET", address, headers={})
            if status != 200:
                raise RuntimeError(f"{address} answers {status}: {body[:300]!r}")
            seen.add(hashlib.sha256(body).hexdigest())
        if len(seen) != 1:
            raise RuntimeError(f"{address} does not answer the same twice.")
        found[address] = seen.pop()
    return found


def _wrong(address: str, status: int, told: Mapping[str, str], body: bytes, known: str | None) -> str:
    """What is wrong about an answer, beside that it may be a refusal."""
    if status == 200:
        if known is not None and hashlib.sha256(body).hexdigest() != known:
            return f"{address}: another answer than before"
    elif status in (429, 503):
        expected = "application/problem+json" if address.startswith(API) else "text/html"
        if not told.get("content-type", "").startswith(expected):
            return f"{address}: {status} as {told.get('content-type')}"
        if not told.get("retry-after", "").isdigit():
            return f"{address}: {status} without Retry-After"
    # What a proxy says of a host that is gone is a failure, and no wrong answer.
    elif status not in (0, 201, 202, 304, 502, 504):
        return f"{address}: {status} {body[:200]!r}"
    return ""
