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
    """One table of events; `_condition` is SQL for those, under the name `{e}`, that belong to `%(record)s`, an id."""

    model: Model
    events: type[Event]
    _condition: str

    def of_record(self, alias: str = "e") -> str:
        return self._condition.format(e=alias)

    @property
    def table(self) -> str:
        return self.events._meta.db_table


@cache
def events_by_model() -> dict[Model, type[Event]]:
    """The table of events of each tracked model; a proxy of a table of links stands for that table."""
    return {model.pgh_tracked_model: model for model in _all_events()}


def events(model: Model) -> models.QuerySet[Any]:
    """All events of a model's rows."""
    every: Any = events_by_model()[model]._default_manager
    return every.all()


def _all_events() -> list[Any]:
    return sorted(
        (model for model in event_models(include_missing_pgh_obj=True) if issubclass(model, Event)),
        key=lambda model: model._meta.label_lower,
    )


def parts_of(model: Model) -> Iterator[tuple[Model, str]]:
    """The models of a model's parts, each with the column that names the owner."""
    for part, table in events_by_model().items():
        for owner in table.owners:
            field: Any = part._meta.get_field(owner)
            if field.related_model is model:
                yield part, field.column


@cache
def branches(model: Model, *, inner_records: bool = True) -> tuple[Branch, ...]:
    """The record's own table first. Without `inner_records`, parts that are records themselves are left out."""
    own = Branch(model, events_by_model()[model], "{e}.id = %(record)s")
    return own, *_below(own, "{e}.COLUMN = %(record)s", inner_records)


def inner_records(model: Model) -> list[Model]:
    """Those of its parts that are records themselves: the clauses of a proposal."""
    return [branch.model for branch in branches(model)[1:] if branch.events.is_record]


def _below(owner: Branch, condition: str, inner_records: bool) -> Iterator[Branch]:
    for part, column in parts_of(owner.model):
        table = events_by_model()[part]
        if table.is_record and not inner_records:
            continue
        branch = Branch(part, table, condition.replace("COLUMN", column))
        yield branch
        nested = f"{{e}}.COLUMN IN (SELECT o.id FROM {branch.table} o WHERE {branch.of_record('o')})"
        yield from _below(branch, nested, inner_records)
