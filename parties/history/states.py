"""A record with all its parts as it stood at a moment, now, or when it was deleted."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from parties.history.events import Row, SetKey, columns
from parties.history.tree import Branch, Model, branches, events, events_by_model

Rows = dict[Model, dict[int, Row]]


@dataclass(frozen=True)
class State:
    """The rows of a record and its parts by model, owners before their parts."""

    model: Model
    pk: int
    rows: Rows
    # Names the state: it changes with every change of the record or a part.
    digest: str = ""

    @property
    def own(self) -> Row | None:
        """The record's own row; None where it was not there."""
        return self.rows.get(self.model, {}).get(self.pk)


@dataclass(frozen=True)
class Deletion:
    """A deleted record: its last state with all that went with it, in the order in which it may come back."""

    model: Model
    pk: int
    when: datetime.datetime
    context: dict[str, Any]
    rows: Rows
    # Those rows that are no parts of what went, such as decisions on a clause: they come back only if they can.
    beside: set[tuple[Model, int]] = field(default_factory=set)


def parse_key(address: str) -> SetKey | None:
    """The set of changes that an address names; None for what names none."""
    xact, _, context = address.partition(".")
    # Below zero for what a backup brought back.
    if not (re.fullmatch(r"-?[0-9]{1,18}", xact) and len(context) <= 36):
        return None
    return int(xact), context or None


def moment_of(model: Model, pk: int, key: SetKey) -> datetime.datetime | None:
    """When the set had changed the record, or a part of it, for the last time; None if it never did."""
    each = " UNION ALL ".join(
        f"SELECT max(e.pgh_created_at) AS at FROM {table.table} e WHERE {table.of_record()}"
        " AND e.pgh_xact = %(xact)s AND e.pgh_context_id::text IS NOT DISTINCT FROM %(context)s"
        for table in branches(model)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(at) FROM ({each}) m", {"record": pk, "xact": key[0], "context": key[1]})
        (found,) = cursor.fetchone()
    return found


def state_of(model: Model, pk: int, *, at: datetime.datetime | None = None, inner_records: bool = False) -> State:
    """The state at a moment, or now; with `inner_records` that of parts which are records themselves too. One query."""
    tables = branches(model, inner_records=inner_records)
    each = " UNION ALL ".join(_last_rows(number, table, at) for number, table in enumerate(tables))
    rows: Rows = {}
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({each}) s ORDER BY branch, pgh_id", {"record": pk, "at": at})
        for branch, pgh_id, row in cursor.fetchall():
            found = columns(row)
            rows.setdefault(tables[branch].model, {})[found["id"]] = found
            digest.update(f"{branch}:{pgh_id};".encode())
    return State(model, pk, rows, digest.hexdigest())


def _last_rows(number: int, table: Branch, at: datetime.datetime | None) -> str:
    until = "" if at is None else " AND e.pgh_created_at <= %(at)s"
    return f"""
        SELECT {number} AS branch, l.pgh_id, l.row FROM (
            SELECT DISTINCT ON (e.id) e.pgh_id, e.pgh_label, to_jsonb(e)::text AS row
            FROM {table.table} e WHERE {table.of_record()}{until} ORDER BY e.id, e.pgh_id DESC
        ) l WHERE l.pgh_label <> 'delete'
    """


def deletions(model: Model) -> models.QuerySet[Any]:
    """The events that deleted records which are still gone, newest first."""
    every = events(model)
    later = every.filter(id=models.OuterRef("id"), pgh_id__gt=models.OuterRef("pgh_id"))
    gone = every.filter(pgh_label="delete").exclude(models.Exists(later))
    return gone.order_by("-pgh_created_at", "-pgh_id")


def deletion_of(model: Model, pk: int) -> Deletion | None:
    """What was deleted with a record that is gone; None for one that is there or never was.

    A constant number of queries: one for each table whose rows go with others.
    """
    event = deletions(model).filter(id=pk).first()
    if event is None:
        return None
    rows: Rows = {model: _removed(model, event, "id", [pk])}
    beside: set[tuple[Model, int]] = set()
    waiting = [model]
    while waiting:
        owner = waiting.pop(0)
        for taken, column, is_part in _goes_with(owner):
            found = _removed(taken, event, column, list(rows[owner]))
            new = {key: row for key, row in found.items() if key not in rows.get(taken, {})}
            if new:
                rows.setdefault(taken, {}).update(new)
                beside |= set() if is_part else {(taken, key) for key in new}
                waiting.append(taken)
    return Deletion(model, pk, event.pgh_created_at, event.pgh_context or {}, rows, beside)


def _goes_with(owner: Model) -> list[tuple[Model, str, bool]]:
    """The tracked models whose rows are deleted with those of another, by which column, and whether as its parts."""
    found = []
    for model, table in events_by_model().items():
        stored: Any = model._meta.concrete_model
        for one in stored._meta.local_fields:
            relation = one.remote_field
            if (
                isinstance(one, models.ForeignKey)
                and one.related_model is owner
                and relation.on_delete is models.CASCADE
            ):
                found.append((model, one.column, one.name in table.owners))
    return sorted(found, key=lambda one: (not one[2], one[0]._meta.label_lower))


def _removed(model: Model, event: Any, column: str, values: list[int]) -> dict[int, Row]:
    """Rows that were deleted in the same set, those whose column has one of the values."""
    table = events_by_model()[model]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (e.id) to_jsonb(e)::text FROM {table} e WHERE e.pgh_label = 'delete'"
            f" AND e.pgh_xact = %s AND e.pgh_context_id IS NOT DISTINCT FROM %s AND e.{column} = ANY(%s)"
            " ORDER BY e.id, e.pgh_id DESC",
            [event.pgh_xact, event.pgh_context_id, values],
        )
        return {row["id"]: row for (found,) in cursor.fetchall() if (row := columns(found))}
