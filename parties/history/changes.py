"""The changes of a record as sets: what one request or command did to it and its parts, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import Max

from parties.history.events import Row, SetKey, StoredEvent, _later, _since, events_of, mark
from parties.history.tree import Model, branches, events_by_model
from parties.history.words import (
    Names,
    Segment,
    difference,
    fields_of,
    kind_of,
    label_of,
    name_of_row,
    named_by,
    summary_of,
    value_of,
)

__all__ = ["ChangeSet", "Item", "changers_of", "changes_of", "last_public", "mark"]

Kind = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Item:
    """One value that changed, or one part that came or went whole; then `field` is blank and the part told in one line.

    `part` says in words what it is: "proposal", "topic Ceasefire", "clause c01: Old harbour, term garrison_strength".
    """

    kind: Kind
    model: Model
    pk: int
    part: str
    field: str
    before: str
    after: str

    @property
    def difference(self) -> list[Segment]:
        """The words of both values: same, removed, added."""
        return difference(self.before, self.after)


@dataclass(frozen=True)
class ChangeSet:
    """What one request, or one transaction of a command, changed. `who` is None where no user did it."""

    key: SetKey
    when: datetime.datetime
    user_id: int | None
    who: str | None
    source: str
    url: str
    items: tuple[Item, ...]
    # How many sets there are on all pages together.
    of: int

    @property
    def address(self) -> str:
        """The set in an address of ours."""
        return f"{self.key[0]}.{self.key[1] or ''}"


@dataclass
class _Row:
    """What a set did to one row, all its events taken together."""

    model: Model
    pk: int
    before: Row | None
    after: Row | None

    @property
    def told(self) -> Row:
        return self.after or self.before or {}


def changes_of(
    record: models.Model,
    *,
    since: datetime.datetime | str | None = None,
    limit: int = 20,
    offset: int = 0,
    by: int | None = None,
) -> list[ChangeSet]:
    """The sets of changes of a record and its parts, newest first; those of one user with `by`.

    `since` is a moment or a `mark()`: only what was not known then. One query, and one or two for each kind of record
    that is named in them, however many there are. ValueError for what is no mark.
    """
    events = events_of(record, since=since, limit=limit, offset=offset, by=by)
    found = sets_of(type(record), events)
    return sorted(found, key=lambda one: (one.when, one.key[0]), reverse=True)


def sets_of(model: Model, events: Iterable[StoredEvent]) -> list[ChangeSet]:
    """Events of a record of the model, put together to the sets that they were made in."""
    several = sorted(events, key=lambda event: (event.set_key[0], event.set_key[1] or ""))
    grouped = [(key, list(group)) for key, group in groupby(several, key=lambda event: event.set_key)]
    rows = {key: _without_replacements(_rows(group)) for key, group in grouped}
    names = Names()
    for several_rows in rows.values():
        for row in several_rows:
            names.want(row.model, row.before)
            names.want(row.model, row.after)
    for _key, group in grouped:
        names.want_user(_user(group[-1]))
    return [_set(model, key, group, rows[key], names) for key, group in grouped]


def changers_of(record: models.Model, *, since: datetime.datetime | str | None = None) -> set[int | None]:
    """The ids of all users who changed the record or a part of it since; None among them is a program."""
    asked = {"record": record.pk, **_since(since)}
    each = " UNION ".join(
        f"SELECT (e.pgh_context ->> 'user')::bigint FROM {table.table} e WHERE {table.of_record()}{_later(since, None)}"
        for table in branches(type(record))
    )
    with connection.cursor() as cursor:
        cursor.execute(each, asked)
        return {user for (user,) in cursor.fetchall()}


def last_public(record: models.Model) -> datetime.datetime | None:
    """The moment of the last event of the record in which it was public; None if it never was."""
    states = events_by_model()[type(record)]._default_manager.filter(id=record.pk, stage="public")
    return states.aggregate(last=Max("pgh_created_at"))["last"]


def _rows(events: list[StoredEvent]) -> list[_Row]:
    """The rows that a set touched, in the order of their first events, without those that it left as they were."""
    found: dict[tuple[Model, int], _Row] = {}
    for event in sorted(events, key=lambda event: event.at):
        row = found.get((event.model, event.pk))
        if row is None:
            before = None if event.label == "insert" else (event.row if event.label == "delete" else event.before)
            row = found[event.model, event.pk] = _Row(event.model, event.pk, before, None)
        row.after = None if event.label == "delete" else event.row
    return [row for row in found.values() if row.before != row.after]


def _without_replacements(rows: list[_Row]) -> list[_Row]:
    """An import writes all parts of a record anew: those that came back as they went are no change."""
    gone: dict[Any, list[_Row]] = {}
    for row in rows:
        if row.after is None:
            gone.setdefault(_content(row.model, row.before), []).append(row)
    kept, dropped = [], set()
    for row in rows:
        same = gone.get(_content(row.model, row.after)) if row.before is None else None
        if same:
            dropped.add(id(same.pop()))
        else:
            kept.append(row)
    return [row for row in kept if id(row) not in dropped]


def _content(model: Model, row: Row | None) -> Any:
    return model, tuple(sorted((name, str(value)) for name, value in (row or {}).items() if name != "id"))


def _user(event: StoredEvent) -> int | None:
    user = event.context.get("user")
    return int(user) if user is not None else None


def _set(model: Model, key: SetKey, events: list[StoredEvent], rows: list[_Row], names: Names) -> ChangeSet:
    last = max(events, key=lambda event: event.at)
    user = _user(last)
    return ChangeSet(
        key=key,
        when=last.at,
        user_id=user,
        who=None if user is None else names.of(get_user_model(), user),
        source=str(last.context.get("source") or ""),
        url=str(last.context.get("url") or ""),
        items=tuple(item for row in rows for item in _items(model, row, names)),
        of=last.sets,
    )


def _items(model: Model, row: _Row, names: Names) -> Iterable[Item]:
    events = events_by_model()[row.model]
    part = part_in_words(model, row.model, row.told, names)
    if row.before is not None and row.after is not None:
        for field in fields_of(row.model):
            before, after = value_of(field, row.before, names), value_of(field, row.after, names)
            if before != after:
                yield Item("changed", row.model, row.pk, part, label_of(field, row.after), before, after)
        return
    line = summary_of(row.model, row.told, names, without=(*events.owners, "order"))
    if row.after is None:
        yield Item("removed", row.model, row.pk, part, "", line, "")
    else:
        yield Item("added", row.model, row.pk, part, "", "", line)


def part_in_words(record: Model, model: Model, row: Row, names: Names) -> str:
    """What a row is to the record whose history is told."""
    if model is record:
        return kind_of(model)
    stored: Any = model._meta.concrete_model
    events = events_by_model()[model]
    owner: Any = next((field for name in events.owners if (field := stored._meta.get_field(name))), None)
    within = named_by(owner) if owner is not None else None
    own = f"{kind_of(model, within)} {_called(model, row, names, without=events.owners)}".strip()
    if within is None or within is record or record in [named_by(stored._meta.get_field(n)) for n in events.owners]:
        return own
    return f"{kind_of(within)} {names.of(within, row[owner.column])}, {own}"


def _called(model: Model, row: Row, names: Names, *, without: Iterable[str]) -> str:
    """A part by its own name, or else by what it names."""
    named = [field for field in fields_of(model, without=without) if named_by(field) and row.get(field.column)]
    if name := name_of_row(model, row):
        return name
    return names.of(named_by(named[0]), row[named[0].column]) if named else ""
