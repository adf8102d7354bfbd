"""The service as it is asked in each case, and what holds for each answer."""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.everything import everything
from tests.fuzz.profile import answered, quickly
from tests.fuzz.words import as_sent

Pairs = Iterable[tuple[str, str]]


class Service:
    """Asks as one client; an exception of the service comes out as it was raised.

    What a case writes is taken back after it. What is refused must not have written anything.
    """

    def __init__(self, subject: str, client: Client) -> None:
        self._subject, self._client = subject, client
        self._stored: dict[str, str | None] | None = None

    def get(
        self, path: str, query: Pairs = (), *, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Any:
        extra = {"QUERY_STRING": encoded(query), **in_environ(headers or {})}
        return quickly(self._subject, lambda: self._asked(method, path, b"", "", extra))

    def send(
        self,
        path: str,
        body: bytes,
        *,
        method: str = "POST",
        content_type: str = "application/json",
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        extra = {"QUERY_STRING": encoded(query), **in_environ(headers or {})}

        def asked() -> Any:
            with self._taken_back() as refused:
                answer = self._asked(method, path, body, content_type, extra)
                if answer.status_code >= 400:
                    refused()
                return answer

        return quickly(self._subject, asked)

    def submit(self, path: str, fields: Mapping[str, Any]) -> Any:
        """A form as a browser sends it; a list gives its name several times."""
        pairs = [
            (name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])
        ]
        body = encoded((name, str(value)) for name, value in pairs).encode()
        return self.send(path, body, content_type="application/x-www-form-urlencoded")

    def upload(self, path: str, fields: Mapping[str, Any]) -> Any:
        """A form with files."""
        return self.send(path, encode_multipart(BOUNDARY, dict(fields)), content_type=MULTIPART_CONTENT)

    def _asked(self, method: str, path: str, body: bytes, content_type: str, extra: dict[str, str]) -> Any:
        cache.clear()  # throttles count there
        answer: HttpResponseBase = self._client.generic(method, path, body, content_type, **extra)
        if answer.streaming:
            for _ in answer.streaming_content:  # type: ignore[attr-defined]
                pass
        # Asked over a connection of its own, which sees nothing imported, and says so.
        unready = path == "/readyz" and answer.status_code == 503
        assert answer.status_code < 500 or unready, answer
        answered[answer.status_code] += 1
        assert not connection.needs_rollback
        for name, value in answer.headers.items():
            assert not set(f"{name}{value}") & set("\r\n\0"), (name, value)
        return answer

    @contextmanager
    def _taken_back(self) -> Any:
        if self._stored is None:
            self._stored = everything()

        def refused() -> None:
            assert everything() == self._stored, "It was refused, and yet something was written."

        mark = transaction.savepoint()
        try:
            yield refused
        finally:
            transaction.savepoint_rollback(mark)


def encoded(pairs: Pairs) -> str:
    return urlencode([(as_sent(name), as_sent(value)) for name, value in pairs])


def segment(text: str) -> str:
    """A text as one part of a path."""
    return quote(as_sent(text), safe="")


def in_environ(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers as a server hands them on: it takes no line ends and no NUL, and reads each byte as one character."""
    found = {}
    for name, value in headers.items():
        sent = as_sent(value).translate(None, b"\r\n\0").strip().decode("latin-1")
        name = name.upper().replace("-", "_")
        found[name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"] = sent
    return found
