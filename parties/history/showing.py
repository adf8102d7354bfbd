"""Rows of a record and its parts for reading: the record's own fields, then its parts by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from parties.history.events import Row
from parties.history.rows import RowChange, kind_within, names_for, owner_within
from parties.history.states import Rows
from parties.history.tree import Model, events_by_model
from parties.history.words import Names, called, fields_of, label_of, summary_of, value_of


@dataclass(frozen=True)
class Shown:
    """One row: its name, and its fields that hold something."""

    name: str
    fields: tuple[tuple[str, str], ...]
    line: str = ""

    @classmethod
    def of(cls, model: Model, row: Row, names: Names, *, without: Iterable[str] = ()) -> Shown:
        name, used = called(model, row, names, without=without)
        fields = ((label_of(field, row), value_of(field, row, names)) for field in fields_of(model, without=without))
        line = summary_of(model, row, names, without=(*without, *used, "order"))
        return cls(name, tuple((label, value) for label, value in fields if value), line)


@dataclass(frozen=True)
class ShownKind:
    """All rows of one kind of part."""

    kind: str
    rows: tuple[Shown, ...]


@dataclass(frozen=True)
class ShownState:
    own: Shown
    kinds: tuple[ShownKind, ...]


def shown_rows(model: Model, rows: Rows, names: Names | None = None) -> ShownState:
    """A record as a reader sees it. Parts of parts are told with what they are parts of."""
    changes = [RowChange(one, pk, None, row) for one, several in rows.items() for pk, row in several.items()]
    names = names_for(changes, names)
    (own,) = rows[model].values()
    kinds = [_kind(model, part, list(several.values()), names) for part, several in rows.items() if part is not model]
    return ShownState(Shown.of(model, own, names), tuple(kinds))


def _kind(record: Model, part: Model, rows: list[Row], names: Names) -> ShownKind:
    within, column = owner_within(record, part) or (record, "id")
    shown = []
    for row in sorted(rows, key=_place):
        one = Shown.of(part, row, names, without=events_by_model()[part].owners)
        if within is not record:
            owner = names.of(within, row[column]).removesuffix(" (deleted)")
            one = Shown(f"{owner}: {one.name}", one.fields, one.line)
        shown.append(one)
    return ShownKind(kind_within(record, part), tuple(shown))


def _place(row: Row) -> tuple[Any, ...]:
    return row.get("order") or 0, row["id"]
