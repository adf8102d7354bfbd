"""Sessions that PostgreSQL ends in the middle of a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def broken_at(watching: psycopg.Connection, *queries: int) -> Iterator[list[str]]:
    """Ends the session right before the queries of these numbers; the list grows by each query that is sent."""
    sent: list[str] = []

    def end(execute: Callable[..., Any], sql: str, *further: Any) -> Any:
        sent.append(sql)
        if len(sent) in queries:
            pid = connection.connection.info.backend_pid
            watching.execute("select pg_terminate_backend(%s, 5000)", [pid])
        return execute(sql, *further)

    with connection.execute_wrapper(end):
        yield sent
