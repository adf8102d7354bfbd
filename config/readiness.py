"""Whether the service can do its work: each check by name, in bounded time however the database behaves.

It is asked over a connection of its own, since those of the pool may all be in use, and in a thread of its own, since
a server that has gone silent is waited for without end. While that thread waits, others are told so at once.
"""

import copy
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

OK = "ok"
# Seconds: for an answer; for which an answer holds, so that anybody may ask without costing more.
PATIENCE = 2.0
_HOLDS = 1.0
_Rows = list[tuple[Any, ...]]


class Prober:
    """Asks one thing at a time, and remembers what cannot go back: applied migrations, and that there are data."""

    def __init__(self, *, patience: float = PATIENCE, holds: float = _HOLDS) -> None:
        self._patience, self._holds = patience, holds
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readiness")
        self._under_way: Future[Any] | None = None
        self._seen: dict[str, str] = {}
        self._until = 0.0
        self._answer: dict[str, str] = {}

    def checks(self) -> dict[str, str]:
        """What each check found, as a word or a sentence."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._answer = self._within_patience(self._look) or {
                    "database": f"does not answer within {self._patience:g} s",
                    **self._rest("is not known while the database does not answer"),
                }
                self._until = time.monotonic() + self._holds
            return dict(self._answer)

    def forget_answer(self) -> None:
        """Has the next one asked anew."""
        self._until = 0.0

    def close(self) -> None:
        self._threads.shutdown(wait=False)

    def rows(self, statement: str) -> _Rows | None:
        """The rows that a statement finds; None where it fails or takes long."""
        with self._lock:
            try:
                return self._within_patience(lambda: self._connected(lambda database: _rows(database, statement)))
            except DatabaseError:
                return None

    def _within_patience(self, work: Callable[[], Any]) -> Any:
        """None where it takes longer, or where something before it still does."""
        if self._under_way is not None and not self._under_way.done():
            return None
        self._under_way = self._threads.submit(work)
        try:
            return self._under_way.result(timeout=self._patience)
        except TimeoutError:
            return None

    def _look(self) -> dict[str, str]:
        try:
            return self._connected(self._asked)
        except DatabaseError:
            return {"database": "does not answer", **self._rest("is not known while the database does not answer")}

    def _asked(self, database: DatabaseWrapper) -> dict[str, str]:
        _rows(database, "SELECT 1")
        if "migrations" not in self._seen:
            executor = MigrationExecutor(database)
            missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
            if missing:
                return {
                    "database": OK,
                    "migrations": f"{missing} not applied: python manage.py migrate",
                    "data": "is not known before the migrations are applied",
                }
            self._seen["migrations"] = OK
        if "data" not in self._seen:
            ((found,),) = _rows(database, "SELECT EXISTS (SELECT FROM proposals_topic)")
            if not found:
                return {
                    "database": OK,
                    **self._seen,
                    "data": "no vocabulary: python manage.py import_proposals fixtures",
                }
            self._seen["data"] = OK
        return {"database": OK, **self._seen}

    def _rest(self, otherwise: str) -> dict[str, str]:
        return {name: self._seen.get(name, otherwise) for name in ("migrations", "data")}

    def _connected(self, work: Callable[[DatabaseWrapper], Any]) -> Any:
        settings = copy.deepcopy(connections.settings[DEFAULT_DB_ALIAS])
        settings["OPTIONS"].pop("pool", None)
        settings["OPTIONS"]["connect_timeout"] = int(PATIENCE)
        database = DatabaseWrapper(settings, alias=DEFAULT_DB_ALIAS)
        # In this thread alone: Django itself asks by the alias for the types of a new connection.
        connections[DEFAULT_DB_ALIAS] = database
        try:
            return work(database)
        finally:
            database.close()


def _rows(database: DatabaseWrapper, statement: str, parameters: Sequence[Any] = ()) -> _Rows:
    with database.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


_prober = Prober()
readiness = _prober.checks
ask = _prober.rows
