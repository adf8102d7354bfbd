"""Which tables of events make up the history of a record: its own and those of its parts, and theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from pghistory.core import event_models

from parties.tracking import Event

Model = type[models.Model]


@dataclass(frozen=True)
class Branch:
    """One table of events; `of_record` is SQL for those that belong to the record whose id is `%(record)s`."""

    model: Model
    events: type[Event]
    of_record: str
    # Whether it is, or is a part of, a record that has a history of its own.
    inner_record: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def table(self) -> str:
        return self.events._meta.db_table


@cache
def events_by_model() -> dict[Model, type[Event]]:
    """The table of events of each tracked model; a proxy of a table of links stands for that table."""
    return {model.pgh_tracked_model: model for model in _all_events()}


def _all_events() -> list[Any]:
    return sorted(
        (model for model in event_models(include_missing_pgh_obj=True) if issubclass(model, Event)),
        key=lambda model: model._meta.label_lower,
    )


def parts_of(model: Model) -> Iterator[tuple[Model, str]]:
    """The models of a model's parts, each with the column that names the owner."""
    for part, events in events_by_model().items():
        for owner in events.owners:
            field: Any = part._meta.get_field(owner)
            if field.related_model is model:
                yield part, field.column


@cache
def branches(model: Model, *, inner_records: bool = True) -> tuple[Branch, ...]:
    """The record's own table first. Without `inner_records`, parts that are records themselves are left out."""
    own = Branch(model, events_by_model()[model], "e.id = %(record)s")
    return own, *_below(own, "e.{} = %(record)s", inner_records)


def _below(owner: Branch, condition: str, inner_records: bool) -> Iterator[Branch]:
    for part, column in parts_of(owner.model):
        events = events_by_model()[part]
        if events.is_record and not inner_records:
            continue
        inner = owner.inner_record or events.is_record
        branch = Branch(part, events, condition.format(column), inner)
        yield branch
        of_owner = branch.of_record.replace("e.", "o.")
        nested = f"e.{{}} IN (SELECT o.id FROM {branch.table} o WHERE {of_owner})"
        yield from _below(branch, nested, inner_records)
