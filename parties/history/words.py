"""A row of a table in words: what it is called, its values as people read them, and what differs between two texts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.db import models

from parties.history.tree import Model, events, events_by_model

Row = Mapping[str, Any]
Segment = tuple[Literal["same", "added", "removed"], str]

# What a row that is gone is called by, of what it has of these.
_NAMES = ("key", "code", "label", "short_title", "subject", "name", "title")
# Counted by the database, or its own: not what anybody changed.
_UNTOLD = ("id", "version")
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond this comparing word by word takes seconds.
_MOST_TOKENS = 6_000


class Names:
    """What records are called, those deleted too: looked up for all of a model at once, when the first is asked for."""

    def __init__(self) -> None:
        self._wanted: dict[Model, set[int]] = {}
        self._found: dict[tuple[Model, int], str] = {}
        self._there: set[tuple[Model, int]] = set()

    def want(self, model: Model, row: Row | None) -> None:
        """Announces a row, the names in which will be asked for."""
        for field in _told_fields(model):
            target = named_by(field)
            if target and row and row.get(field.column) is not None:
                self._wanted.setdefault(target, set()).add(int(row[field.column]))

    def want_all(self, model: Model, pks: Iterable[int | None]) -> None:
        self._wanted.setdefault(model, set()).update(pk for pk in pks if pk is not None)

    def of(self, model: Model, pk: Any) -> str:
        if (model, int(pk)) not in self._found:
            self._wanted.setdefault(model, set()).add(int(pk))
            self._look_up(model)
        return self._found[model, int(pk)]

    def is_gone(self, model: Model, pk: Any) -> bool:
        """Whether there is no such record, or no more."""
        self.of(model, pk)
        return (model, int(pk)) not in self._there

    def _look_up(self, model: Model) -> None:
        missing = {pk for pk in self._wanted[model] if (model, pk) not in self._found}
        # What a record is called may hang on what it belongs to.
        for record in model._default_manager.select_related().filter(pk__in=missing):
            self._found[model, record.pk] = _name_of(record)
            self._there.add((model, record.pk))
            missing.discard(record.pk)
        if missing and model in events_by_model():
            last = events(model).filter(id__in=missing).order_by("id", "-pgh_id").distinct("id")
            for row in last.values():
                self._found[model, row["id"]] = f"{name_of_row(model, row) or model._meta.verbose_name} (deleted)"
        for pk in self._wanted.pop(model):
            self._found.setdefault((model, pk), f"{model._meta.verbose_name} {pk}")


def _name_of(record: models.Model) -> str:
    if isinstance(record, get_user_model()):
        return record.get_full_name() or record.get_username()
    return str(record)


def name_of_row(model: Model, row: Row) -> str:
    """What a record is called by its own columns alone."""
    told = [str(row[name]) for name in _NAMES if row.get(name)][:2]
    return ": ".join(told) if told else str(row.get("slug", ""))


def kind_of(model: Model, owner: Model | None = None) -> str:
    """What a row is, beside its owner: the topic of a clause is a topic, a line of links is what it links."""
    stored = model._meta.concrete_model
    if owner is not None and stored is not None and stored._meta.auto_created:
        links = (field for field in owner._meta.many_to_many if field.remote_field.through is stored)
        return str(next(links).verbose_name)
    name = str(model._meta.verbose_name)
    return name if owner is None else name.removeprefix(f"{owner._meta.verbose_name} ")


@cache
def _told_fields(model: Model) -> tuple[Any, ...]:
    stored: Any = model._meta.concrete_model
    return tuple(
        field
        for field in stored._meta.local_concrete_fields
        if field.name not in _UNTOLD and not isinstance(field, models.GeneratedField) and field.name != "changed_at"
    )


def named_by(field: Any) -> Model | None:
    return field.related_model if isinstance(field, models.ForeignKey) else None


def fields_of(model: Model, *, without: Iterable[str] = ()) -> list[Any]:
    """The fields whose values are told, in the order of the model."""
    left_out = set(without)
    return [field for field in _told_fields(model) if field.name not in left_out]


def label_of(field: Any, row: Row) -> str:
    """The field in words. A paraphrase is marked as such wherever a text is shown."""
    wording = row.get("wording") if field.name == "text" else None
    return f"{field.verbose_name} ({wording})" if wording else str(field.verbose_name)


def value_of(field: Any, row: Row | None, names: Names) -> str:
    """The value as people read it, blank where there is none."""
    value = None if row is None else row.get(field.column)
    target = named_by(field)
    if value is None or value == "":
        return ""
    if target:
        return names.of(target, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(field, models.DateTimeField):
        return str(field.to_python(value).strftime("%-d %B %Y, %H:%M"))
    return str(value)


def summary_of(model: Model, row: Row, names: Names, *, without: Iterable[str] = ()) -> str:
    """A row in one line: its values with their labels."""
    told = ((field, value_of(field, row, names)) for field in fields_of(model, without=without))
    return "; ".join(f"{field.verbose_name}: {value}" for field, value in told if value and value != "no")


def called(model: Model, row: Row, names: Names, *, without: Iterable[str] = ()) -> tuple[str, tuple[str, ...]]:
    """What a row is called: by its own columns, or else by what it names; and the fields that this took."""
    if name := name_of_row(model, row):
        return name, tuple(name for name in (*_NAMES, "slug") if row.get(name))[:2]
    for field in fields_of(model, without=without):
        target = named_by(field)
        if target and row.get(field.column):
            return names.of(target, row[field.column]), (field.name,)
    return "", ()


def difference(before: str, after: str) -> list[Segment]:
    """The words of two texts in order: those of both, those removed, those added."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        return [("removed", before), ("added", after)]
    segments: list[Segment] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for operation, left, left_end, right, right_end in matcher.get_opcodes():
        if operation == "equal":
            segments.append(("same", "".join(old[left:left_end])))
            continue
        if left_end > left:
            segments.append(("removed", "".join(old[left:left_end])))
        if right_end > right:
            segments.append(("added", "".join(new[right:right_end])))
    return segments
