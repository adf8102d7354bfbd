"""How one value of a record stands in a file and in the database.

A field knows four things: its JSON Schema, its canonical form (`normalise`), how to read that form from a model
instance (`read`, which never queries when the instance was loaded with its parts) and how to set it (`assign`).
A value that is empty has no canonical form (None): it is left out of files.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from parties.slugs import PATTERN
from proposals.exchange.faults import Path

Resolve = Callable[[str, str], models.Model | None]
Schema = dict[str, Any]
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_WORD = PATTERN.removeprefix("^").removesuffix("$")
DAY = r"^\d{4}-\d{2}-\d{2}$"
MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$"
# Ways in which a file names a clause: by its key within the proposal, by its address, or by either.
KEY, ADDRESS, KEY_OR_ADDRESS = "key", "address", "key or address"


@dataclass(frozen=True)
class Reference:
    """A place in a file that names another record; one that is not `needed` may be gone."""

    path: Path
    kind: str
    address: str
    needed: bool = True


@dataclass(frozen=True)
class Value:
    """A column of the record itself. With `omit_default` a value equal to the column's default is left out."""

    name: str
    column: models.Field[Any, Any]
    omit_default: bool = False

    @property
    def attr(self) -> str:
        return self.column.name

    @property
    def required(self) -> bool:
        column = self.column
        return not (column.blank or column.null or column.has_default())

    def schema(self) -> Schema:
        column = self.column
        note = {"description": str(column.help_text)} if column.help_text else {}
        if column.choices:
            return {"enum": [code for code, _ in column.flatchoices if code != ""], **note}
        if isinstance(column, models.BooleanField):
            return {"type": "boolean", **note}
        if isinstance(column, models.DecimalField):
            most = 10 ** (column.max_digits - column.decimal_places) - 1
            return {"type": "number", "minimum": -most, "maximum": most, **note}
        if isinstance(column, models.DateTimeField):
            return {"type": "string", "format": "moment", "pattern": MOMENT, **note}
        if isinstance(column, models.DateField):
            return {"type": "string", "format": "date", "pattern": DAY, **note}
        limit = {"maxLength": column.max_length} if column.max_length else {}
        filled = {"pattern": r"\S"} if self.required else {}
        return {"type": "string", **limit, **filled, **note}

    def normalise(self, value: Any, own: str) -> Any:
        if value in _EMPTY and self.column.has_default():
            value = self.column.get_default()
        return self._shown(self._canonical(value))

    def read(self, instance: Any) -> Any:
        return self._shown(_plain(getattr(instance, self.attr)))

    def assign(self, instance: Any, value: Any, resolve: Resolve) -> None:
        column = self.column
        if value is None:
            setattr(instance, self.attr, column.get_default() if column.has_default() else None if column.null else "")
        elif isinstance(column, models.DecimalField):
            setattr(instance, self.attr, Decimal(str(value)))
        elif isinstance(column, models.DateTimeField):
            setattr(instance, self.attr, _moment(value))
        elif isinstance(column, models.DateField):
            setattr(instance, self.attr, datetime.date.fromisoformat(value))
        else:
            setattr(instance, self.attr, value)

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        return iter(())

    def _canonical(self, value: Any) -> Any:
        if isinstance(self.column, models.DateTimeField) and value not in _EMPTY:
            return _plain(_moment(value))
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return _plain(Decimal(str(value)))
        return value

    def _shown(self, value: Any) -> Any:
        if value in _EMPTY or (self.omit_default and value == self.column.get_default()):
            return None
        return value


@dataclass(frozen=True)
class Link:
    """A column that names another record. `clause_by` says how, where that record is a clause."""

    name: str
    column: models.Field[Any, Any]
    kind: str
    clause_by: str = ADDRESS

    @property
    def attr(self) -> str:
        return self.column.name

    @property
    def required(self) -> bool:
        return not self.column.null

    def schema(self) -> Schema:
        note = {"description": str(self.column.help_text)} if self.column.help_text else {}
        return {**address_schema(self.kind, self.clause_by), **note}

    def normalise(self, value: Any, own: str) -> Any:
        return short_address(value, self.clause_by, own) if value not in _EMPTY else None

    def read(self, instance: Any) -> Any:
        target = getattr(instance, self.attr)
        return None if target is None else written_address(instance, target, self.kind, self.clause_by)

    def assign(self, instance: Any, value: Any, resolve: Resolve) -> None:
        setattr(instance, self.attr, None if value is None else resolve(self.kind, value))

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        if isinstance(value, str) and value:
            yield Reference(path, self.kind, full_address(value, self.clause_by, own))


@dataclass(frozen=True)
class Nested:
    """Columns that a file holds together under one name."""

    name: str
    fields: tuple[Value, ...]
    required: bool = False

    def schema(self) -> Schema:
        return object_schema(self.fields)

    def normalise(self, value: Any, own: str) -> Any:
        value = value if isinstance(value, Mapping) else {}
        return pruned({field.name: field.normalise(value.get(field.name), own) for field in self.fields}) or None

    def read(self, instance: Any) -> Any:
        return pruned({field.name: field.read(instance) for field in self.fields}) or None

    def assign(self, instance: Any, value: Any, resolve: Resolve) -> None:
        for field in self.fields:
            field.assign(instance, (value or {}).get(field.name), resolve)

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        return iter(())


def pruned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that have a canonical form."""
    return {name: value for name, value in values.items() if value is not None}


def object_schema(fields: Any, *, extra: Mapping[str, Schema] | None = None, required: tuple[str, ...] = ()) -> Schema:
    """The schema of a mapping with these fields and no others."""
    return {
        "type": "object",
        "properties": {**(extra or {}), **{field.name: field.schema() for field in fields}},
        "required": [*required, *(field.name for field in fields if field.required)],
        "additionalProperties": False,
    }


def address_schema(kind: str, clause_by: str = ADDRESS) -> Schema:
    """The form in which a file names a record of this kind."""
    if kind == "measure":
        return {"type": "string", "pattern": r"^[a-z0-9]+(_[a-z0-9]+)*$"}
    if kind != "clause" or clause_by == KEY:
        return {"type": "string", "pattern": f"^{_WORD}$"}
    prefix = f"({_WORD}/)?" if clause_by == KEY_OR_ADDRESS else f"{_WORD}/"
    return {"type": "string", "pattern": f"^{prefix}{_WORD}$"}


def full_address(value: str, clause_by: str, own: str) -> str:
    """The address that a file's short form stands for; clauses of the own proposal are named by key."""
    return f"{own}/{value}" if clause_by != ADDRESS and own and "/" not in value else value


def short_address(value: str, clause_by: str, own: str) -> str:
    """The form that an export writes: keys for clauses of the own proposal, where keys are allowed."""
    return value.removeprefix(f"{own}/") if clause_by != ADDRESS and own else value


def written_address(holder: Any, target: Any, kind: str, clause_by: str = ADDRESS) -> str:
    """How a stored record (`holder`: a clause or a part of one, where keys are in use) names another."""
    if kind == "measure":
        return str(target.code)
    if kind != "clause":
        return str(target.slug)
    if clause_by != ADDRESS and target.proposal_id == getattr(holder, "clause", holder).proposal_id:
        return str(target.key)
    return f"{target.proposal.slug}/{target.key}"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _moment(value: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)


def is_day(value: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD."""
    return bool(re.fullmatch(DAY[1:-1], value)) and _parses(datetime.date.fromisoformat, value)


def is_moment(value: str) -> bool:
    """Whether a text is a day, or a moment with its time zone."""
    return bool(re.fullmatch(MOMENT[1:-1], value)) and _parses(_moment, value)


def _parses(parse: Callable[[str], Any], value: str) -> bool:
    try:
        parse(value)
    except (ValueError, OverflowError):
        return False
    return True
