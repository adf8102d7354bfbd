"""What a set of changes did to each row, and that in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from parties.history.events import Row, StoredEvent
from parties.history.tree import Model, events_by_model
from parties.history.words import (
    Names,
    Segment,
    called,
    difference,
    fields_of,
    kind_of,
    label_of,
    summary_of,
    value_of,
)

# Of a long text only what stands around a change is shown.
_AROUND = 120


@dataclass(frozen=True)
class Item:
    """One value that changed, or one part that came or went whole; then `field` is blank and the part told in one line.

    `part` says in words what it is: "proposal", "topic Ceasefire", "clause c01: Old harbour, term garrison_strength".
    """

    kind: Literal["added", "changed", "removed"]
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

    @property
    def around(self) -> list[Segment]:
        """The difference with long unchanged passages cut."""
        return [(kind, _cut(text) if kind == "same" else text) for kind, text in self.difference]


def _cut(text: str) -> str:
    return text if len(text) <= 3 * _AROUND else f"{text[:_AROUND]} […] {text[-_AROUND:]}"


@dataclass
class RowChange:
    """What was done to one row, all in all; None where it was not there before, or is not any more."""

    model: Model
    pk: int
    before: Row | None
    after: Row | None

    @property
    def told(self) -> Row:
        return self.after or self.before or {}

    @property
    def owners(self) -> list[tuple[Model, str]]:
        return owners_of(self.model)


def owners_of(model: Model) -> list[tuple[Model, str]]:
    """The models of what a row is a part of, each with the column that names it."""
    stored: Any = model._meta.concrete_model
    fields = [stored._meta.get_field(name) for name in events_by_model()[model].owners]
    return [(field.related_model, field.column) for field in fields]


def owner_within(record: Model, model: Model) -> tuple[Model, str] | None:
    """Of what a row is a part in the history of the record: of that itself, if it can be."""
    owners = owners_of(model)
    return next((owner for owner in owners if owner[0] is record), owners[0] if owners else None)


def kind_within(record: Model, model: Model) -> str:
    """What a part is called in the history of a record: topic, or topic of a clause for what is further down."""
    owner = owner_within(record, model)
    if model is record or owner is None:
        return kind_of(model)
    kind = kind_of(model, owner[0])
    return kind if owner[0] is record else f"{kind} of {kind_of(owner[0], record)}"


def row_changes(events: Iterable[StoredEvent]) -> list[RowChange]:
    """The rows that the events of one set touched, in the order of the first, without those left as they were."""
    found: dict[tuple[Model, int], RowChange] = {}
    for event in sorted(events, key=lambda event: event.at):
        change = found.get((event.model, event.pk))
        if change is None:
            before = {"insert": None, "delete": event.row}.get(event.label, event.before)
            change = found[event.model, event.pk] = RowChange(event.model, event.pk, before, None)
        change.after = None if event.label == "delete" else event.row
    return without_replacements(change for change in found.values() if change.before != change.after)


def without_replacements(changes: Iterable[RowChange]) -> list[RowChange]:
    """An import writes all parts of a record anew: those that came back as they went are no change."""
    kept: list[RowChange] = list(changes)
    gone: dict[Any, list[RowChange]] = {}
    for change in kept:
        if change.after is None:
            gone.setdefault(_content(change.model, change.before), []).append(change)
    dropped = set()
    for change in kept:
        same = gone.get(_content(change.model, change.after)) if change.before is None else None
        if same:
            dropped |= {id(change), id(same.pop())}
    return [change for change in kept if id(change) not in dropped]


def _content(model: Model, row: Row | None) -> Any:
    return model, tuple(sorted((name, str(value)) for name, value in (row or {}).items() if name != "id"))


def names_for(changes: Iterable[RowChange], names: Names | None = None) -> Names:
    """Names of all that the rows name."""
    names = names or Names()
    for change in changes:
        names.want(change.model, change.before)
        names.want(change.model, change.after)
    return names


def items_of(record: Model, changes: list[RowChange], names: Names) -> list[Item]:
    """The changes of a record and its parts in words. Parts that came or went with what they are parts of, such as
    those of a new clause of a proposal, are counted there."""
    whole: dict[tuple[Model, int], list[str]] = {
        (one.model, one.pk): [] for one in changes if None in (one.before, one.after) and one.model is not record
    }
    folded = set()
    for change in changes:
        for model, column in change.owners:
            around = whole.get((model, int(change.told.get(column) or 0)))
            if around is not None and None in (change.before, change.after):
                around.append(kind_of(change.model, model))
                folded.add(id(change))
    shown = (change for change in changes if id(change) not in folded)
    return [
        item for change in shown for item in _items(record, change, names, whole.get((change.model, change.pk), []))
    ]


def _items(record: Model, change: RowChange, names: Names, parts: list[str]) -> Iterator[Item]:
    part, used = part_in_words(record, change, names)
    if change.before is not None and change.after is not None:
        for field in fields_of(change.model):
            before, after = value_of(field, change.before, names), value_of(field, change.after, names)
            if before != after:
                yield Item("changed", change.model, change.pk, part, label_of(field, change.after), before, after)
        return
    owners = events_by_model()[change.model].owners
    line = summary_of(change.model, change.told, names, without=(*owners, *used, "order"))
    counted = ", ".join(f"{count} × {kind}" for kind, count in Counter(parts).items())
    line = "; ".join(filter(None, [line, f"with {counted}" if counted else ""]))
    if change.after is None:
        yield Item("removed", change.model, change.pk, part, "", line, "")
    else:
        yield Item("added", change.model, change.pk, part, "", "", line)


def part_in_words(record: Model, change: RowChange, names: Names) -> tuple[str, tuple[str, ...]]:
    """What a row is to the record whose history is told, and the fields that tell it."""
    if change.model is record:
        return kind_of(record), ()
    within, column = owner_within(record, change.model) or (record, "id")
    name, used = called(change.model, change.told, names, without=events_by_model()[change.model].owners)
    own = f"{kind_of(change.model, within)} {name}".strip()
    if within is record:
        return own, used
    return f"{kind_of(within, record)} {names.of(within, change.told[column]).removesuffix(' (deleted)')}, {own}", used
