"""Events of a record and its parts, by the sets that they were made in: one query, whatever there is of them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from parties.history.tree import Branch, Model, branches

Row = dict[str, Any]
# The transaction and the context (the request, the command) of a set of changes.
SetKey = tuple[int, str | None]
# A moment in time, or a `mark()`; None is the beginning.
Moment = datetime.datetime | str | None

# A snapshot, and what the transaction that took it had written by then.
_MARK = re.compile(r"(\d{1,18}:\d{1,18}:(?:\d{1,18}(?:,\d{1,18})*)?)/(\d{1,18})@(\d{1,12}\.\d{6})")
# The columns of an event that tell nothing of the row.
_OWN = ("pgh_id", "pgh_label", "pgh_created_at", "pgh_xact", "pgh_context", "pgh_context_id")


@dataclass(frozen=True)
class StoredEvent:
    """One event; `row` is as the columns were then, `before` as they were at the event before, if there is one."""

    model: Model
    label: str
    pgh_id: int
    at: datetime.datetime
    set_key: SetKey
    context: dict[str, Any]
    row: Row
    before: Row | None
    # How many sets there are, of which some may stand on another page.
    sets: int

    @property
    def pk(self) -> int:
        return int(self.row["id"])

    @property
    def user(self) -> int | None:
        user = self.context.get("user")
        return None if user is None else int(user)


def mark() -> str:
    """The moment, as PostgreSQL tells which transactions it can see. Take it before you read what may change since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_current_snapshot()::text, coalesce(pg_current_xact_id_if_assigned()::text, '0'),"
            " extract(epoch FROM clock_timestamp())::text"
        )
        return "{}/{}@{}".format(*cursor.fetchone())


def later_than(since: Moment) -> tuple[str, dict[str, Any]]:
    """SQL, and what it asks with, that leaves out events that were known at a moment. ValueError for no mark."""
    if since is None:
        return "", {}
    if not isinstance(since, str):
        return " AND e.pgh_created_at > %(since)s", {"since": since}
    parts = _MARK.fullmatch(since)
    if parts is None:
        raise ValueError("This is no mark of a moment.")
    # What a backup brought back has numbers below zero, and was over before any mark.
    # The transaction that took it goes by the clock: to its own snapshot it looks finished once a later one has ended.
    return (
        " AND CASE WHEN e.pgh_xact = %(own)s::bigint THEN e.pgh_created_at > to_timestamp(%(moment)s::numeric)"
        " WHEN e.pgh_xact < 0 THEN false"
        " ELSE NOT pg_visible_in_snapshot(e.pgh_xact::text::xid8, %(snapshot)s::pg_snapshot) END"
    ), dict(zip(("snapshot", "own", "moment"), parts.groups(), strict=True))


def events_of(
    model: Model,
    pk: int,
    *,
    since: Moment = None,
    by: int | None = None,
    part: Model | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[StoredEvent]:
    """The events of the newest `limit` sets after the first `offset`, in the order in which they happened."""
    tables = [table for table in branches(model) if part in (None, table.model)]
    later, asked = later_than(since)
    if by is not None:
        later += " AND e.pgh_context -> 'user' = to_jsonb(%(by)s::bigint)"
    ids = "SELECT pgh_xact, pgh_context_id, pgh_created_at FROM"
    every = " UNION ALL ".join(f"{ids} {table.table} e WHERE {table.of_record()}{later}" for table in tables)
    found = " UNION ALL ".join(_with_rows(number, table) for number, table in enumerate(tables))
    query = f"""
        WITH sets AS MATERIALIZED (
            SELECT pgh_xact, pgh_context_id, max(pgh_created_at) AS at, count(*) OVER () AS sets
            FROM ({every}) e GROUP BY pgh_xact, pgh_context_id
            ORDER BY at DESC, pgh_xact DESC, pgh_context_id LIMIT %(limit)s OFFSET %(offset)s
        )
        SELECT * FROM ({found}) f ORDER BY at, branch, pgh_id
    """
    with connection.cursor() as cursor:
        cursor.execute(query, {"record": pk, "by": by, "limit": limit, "offset": offset, **asked})
        return list(_read(cursor.fetchall(), tables))


def _with_rows(number: int, table: Branch) -> str:
    return f"""
        SELECT {number} AS branch, e.pgh_label, e.pgh_id, e.pgh_created_at AS at, e.pgh_xact, e.pgh_context_id::text,
               e.pgh_context::text, to_jsonb(e)::text AS row,
               (SELECT to_jsonb(b)::text FROM {table.table} b WHERE b.id = e.id AND b.pgh_id < e.pgh_id
                ORDER BY b.pgh_id DESC LIMIT 1) AS before,
               s.sets
        FROM {table.table} e JOIN sets s
          ON s.pgh_xact = e.pgh_xact AND s.pgh_context_id IS NOT DISTINCT FROM e.pgh_context_id
        WHERE {table.of_record()}
    """


def _read(rows: list[tuple[Any, ...]], tables: list[Branch]) -> Iterator[StoredEvent]:
    for branch, label, pgh_id, at, xact, context_id, context, row, before, sets in rows:
        yield StoredEvent(
            model=tables[branch].model,
            label=label,
            pgh_id=pgh_id,
            at=at,
            set_key=(xact, context_id),
            context=json.loads(context or "{}"),
            row=columns(row),
            before=columns(before) if before else None,
            sets=sets,
        )


def columns(row: str) -> Row:
    """The columns of the tracked row in an event that PostgreSQL wrote as JSON; decimals keep all their figures."""
    found: Row = json.loads(row, parse_float=Decimal)
    return {name: value for name, value in found.items() if name not in _OWN}
