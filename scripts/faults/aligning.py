"""All pairs of the corpus aligned again and again during a fault, each time from nothing and to the same end."""

import json
import time
from typing import Any

import psycopg

from scripts.faults.database import Database
from scripts.faults.load import API, Load, request

_RUNS = f"{API}alignment-runs/"
# Seconds: between two looks; that a run may take to end, on a busy machine.
_PAUSE, _PATIENCE = 0.5, 180
_LATEST = """
    select id, state, active, pairs_total, pairs_fresh, pairs_done, pairs_failed from proposals_alignmentrun
    order by id desc limit 1
"""
_STORED = """
    select count(*), md5(string_agg(concat_ws(' ', left_id, right_id, left_inputs, right_inputs, decided, made_by,
        nearness, links), ',' order by left_id, right_id))
    from proposals_alignedpair
"""
# A run counts only what it aligned itself, so nothing may be there when it begins.
_CLEAR = "truncate proposals_alignedpair"
_LEFT = """
    select status::text, task_name, count(*) from procrastinate_jobs
    where status = 'failed' or status in ('todo', 'doing') and task_name <> 'realign' group by 1, 2
"""


class Aligning:
    """A client that starts runs through the API and follows them; what each stored is held against the first's."""

    def __init__(self, database: Database, *, host: str, port: int, token: str) -> None:
        self._database = database
        self._headers = {"Authorization": f"Bearer {token}"}
        self._known: tuple[Any, ...] = ()
        self._faults: list[str] = []
        self._runs = 0
        self._ask(_CLEAR)
        status, _, body = request(host, port, "POST", _RUNS, body={}, headers=self._headers)
        if status not in (200, 202):
            raise RuntimeError(f"No alignment was begun: {status} {body[:300]!r}")
        _, faults = self.finish()
        if faults:
            raise RuntimeError(f"Already the first alignment is not whole: {faults}")

    def __call__(self, load: Load) -> None:
        while load.goes_on:
            if not self._is_active():
                self._ask(_CLEAR)
            # Where the answer is lost the run may have begun; then the next time it is told as the same.
            status, _, body = load.ask("POST", _RUNS, body={}, headers=self._headers)
            if status in (200, 202):
                self._follow(load, int(json.loads(body)["id"]))
            load.wait(_PAUSE)

    def finish(self) -> tuple[str, list[str]]:
        """Waits for the run under way; what was done since the last time, and what was wrong about it."""
        until = time.monotonic() + _PATIENCE
        while self._is_active() and time.monotonic() < until:
            time.sleep(_PAUSE)
        self._check()
        self._faults += [f"queue: {number} times {task} is {status}" for status, task, number in self._ask(_LEFT)]
        told, faults = f"{self._runs} runs of {self._known[0]} pairs each", self._faults
        self._runs, self._faults = 0, []
        return told, faults

    def _follow(self, load: Load, pk: int) -> None:
        while load.goes_on:
            load.wait(_PAUSE)
            status, _, body = load.ask("GET", f"{_RUNS}{pk}/", headers=self._headers)
            if status == 200 and json.loads(body)["state"] not in ("queued", "running"):
                self._check()
                return

    def _check(self) -> None:
        pk, state, _, total, fresh, done, failed = self._ask(_LATEST)[0]
        if (state, fresh, done, failed) != ("done", 0, total, 0):
            self._faults.append(f"run {pk}: {state}, {fresh} fresh, {done} done, {failed} failed of {total} pairs")
        stored = self._ask(_STORED)[0]
        self._known = self._known or stored
        if stored != self._known or stored[0] != total:
            self._faults.append(f"run {pk}: stored {stored} of {total} pairs, where the first stored {self._known}")
        self._runs += 1

    def _is_active(self) -> bool:
        return bool(self._ask(_LATEST)[0][2])

    def _ask(self, statement: str) -> list[Any]:
        """As soon as the database answers."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                with self._database.connect() as connection:
                    found = connection.execute(statement)
                    return found.fetchall() if found.description else []
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
