"""Lists and mappings of a record whose entries are rows of their own.

Like a field of fields.py, but in the place of `assign` a part has `rows`, which its canonical form stands for. All rows
of a part are replaced when it changes, and none otherwise. `comparable` sorts what has no order, so that equal parts
are equal values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from proposals.exchange.faults import Path
from proposals.exchange.fields import (
    Link,
    Reference,
    Resolve,
    Schema,
    Value,
    address_schema,
    object_schema,
    pruned,
    written_address,
)


@dataclass(frozen=True)
class Row:
    """An unsaved row of a part; `path` leads to it from its record, `names` are its fields' names in the file."""

    instance: models.Model
    path: Path
    names: Mapping[str, str]


@dataclass(frozen=True)
class Names:
    """A list of ids held by a plain many-to-many field. It has no order: compared and written sorted."""

    name: str
    field: Any
    kind: str
    required: bool = False

    @property
    def model(self) -> type[models.Model]:
        return self.field.remote_field.through

    @property
    def owner(self) -> str:
        return str(self.field.m2m_field_name())

    def schema(self) -> Schema:
        return {"type": "array", "items": address_schema(self.kind), "uniqueItems": True}

    def normalise(self, value: Any, own: str) -> Any:
        return list(value) if value else None

    def comparable(self, value: Any) -> Any:
        return sorted(value)

    def read(self, instance: Any) -> Any:
        return sorted(record.slug for record in getattr(instance, self.field.name).all()) or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        target = self.field.m2m_reverse_field_name()
        for place, address in enumerate(value or ()):
            row = self.model(**{self.owner: instance, target: resolve(self.kind, address)})
            yield Row(row, (self.name, place), {target: ""})

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        return _named(value, path, self.kind)


@dataclass(frozen=True)
class Ordered:
    """A list of ids held by rows with a place: sources, topics, territories. At least one where it is required."""

    name: str
    model: type[models.Model]
    owner: str
    related: str
    target: str
    required: bool = False

    def schema(self) -> Schema:
        least = {"minItems": 1} if self.required else {}
        return {"type": "array", "items": address_schema(self.target), "uniqueItems": True, **least}

    def normalise(self, value: Any, own: str) -> Any:
        return list(value) if value else None

    def comparable(self, value: Any) -> Any:
        return value

    def read(self, instance: Any) -> Any:
        return [getattr(row, self.target).slug for row in in_order(getattr(instance, self.related).all())] or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        for place, address in enumerate(value or ()):
            named = {self.owner: instance, self.target: resolve(self.target, address), "order": place + 1}
            yield Row(self.model(**named), (self.name, place), {self.target: ""})

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        return _named(value, path, self.target)


@dataclass(frozen=True)
class Roles:
    """Parties by the part they have: a mapping from role to ids."""

    name: str
    model: Any
    owner: str
    related: str = "roles"
    required: bool = False

    @property
    def codes(self) -> list[str]:
        return list(self.model.Role.values)

    def schema(self) -> Schema:
        parties = {"type": "array", "items": address_schema("party"), "uniqueItems": True}
        return {"type": "object", "properties": dict.fromkeys(self.codes, parties), "additionalProperties": False}

    def normalise(self, value: Any, own: str) -> Any:
        return {role: list(value[role]) for role in self.codes if value.get(role)} or None if value else None

    def comparable(self, value: Any) -> Any:
        return value

    def read(self, instance: Any) -> Any:
        found: dict[str, list[str]] = {role: [] for role in self.codes}
        for row in in_order(getattr(instance, self.related).all()):
            found[row.role].append(row.party.slug)
        return {role: parties for role, parties in found.items() if parties} or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        pairs = [(role, place, slug) for role, slugs in (value or {}).items() for place, slug in enumerate(slugs)]
        for order, (role, place, slug) in enumerate(pairs, start=1):
            row = self.model(**{self.owner: instance}, role=role, party=resolve("party", slug), order=order)
            yield Row(row, (self.name, role, place), {"party": "", "role": ""})

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        if isinstance(value, Mapping):
            for role, slugs in value.items():
                yield from _named(slugs, (*path, role), "party")


@dataclass(frozen=True)
class Rows:
    """A list of records in a record: terms, text versions, claims. `key` sorts those without a place when compared."""

    name: str
    model: Any
    owner: str
    related: str
    fields: tuple[Value | Link, ...]
    least: int = 0
    key: str = ""

    @property
    def required(self) -> bool:
        return self.least > 0

    def schema(self) -> Schema:
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": object_schema(self.fields), **least}

    def normalise(self, value: Any, own: str) -> Any:
        return [self._entry(row, own) for row in value or ()] or None

    def comparable(self, value: Any) -> Any:
        return sorted(value, key=lambda row: row[self.key]) if self.key else value

    def read(self, instance: Any) -> Any:
        rows = in_order(getattr(instance, self.related).all())
        return [pruned({field.name: field.read(row) for field in self.fields}) for row in rows] or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        ordered = any(column.name == "order" for column in self.model._meta.concrete_fields)
        for place, entry in enumerate(value or ()):
            row = self.model(**{self.owner: instance}, **({"order": place + 1} if ordered else {}))
            for field in self.fields:
                field.assign(row, entry.get(field.name), resolve)
            yield Row(row, (self.name, place), {field.attr: field.name for field in self.fields})

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        for place, entry in enumerate(value if isinstance(value, list) else ()):
            if isinstance(entry, Mapping):
                for field in self.fields:
                    yield from field.references(entry.get(field.name), (*path, place, field.name), own)

    def _entry(self, row: Any, own: str) -> dict[str, Any]:
        return pruned({field.name: field.normalise(row.get(field.name), own) for field in self.fields})


@dataclass(frozen=True)
class Aliases:
    """Other forms of a name: a text, or {name, used_by} where only some parties use the form."""

    model: Any
    owner: str
    name: str = "aliases"
    required: bool = False

    @property
    def _used_by(self) -> Names:
        return Names("used_by", self.model._meta.get_field("used_by"), "party")

    def schema(self) -> Schema:
        name = Value("name", self.model._meta.get_field("name"))
        return {
            "type": "array",
            "items": {
                "type": ["string", "object"],
                "pattern": r"\S",
                "maxLength": name.column.max_length,
                "properties": {"name": name.schema(), "used_by": self._used_by.schema()},
                "required": ["name", "used_by"],
                "additionalProperties": False,
            },
        }

    def normalise(self, value: Any, own: str) -> Any:
        return list(value) if value else None

    def comparable(self, value: Any) -> Any:
        return [alias if isinstance(alias, str) else _alias(alias["name"], sorted(alias["used_by"])) for alias in value]

    def read(self, instance: Any) -> Any:
        aliases = sorted(instance.aliases.all(), key=lambda alias: alias.pk)
        return [_alias(alias.name, self._used_by.read(alias)) for alias in aliases] or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        for place, alias in enumerate(value or ()):
            name = alias if isinstance(alias, str) else alias["name"]
            row = self.model(**{self.owner: instance}, name=name)
            yield Row(row, (self.name, place), {"name": "" if isinstance(alias, str) else "name"})
            if not isinstance(alias, str):
                for user in self._used_by.rows(row, alias["used_by"], resolve):
                    yield Row(user.instance, (self.name, place, *user.path), user.names)

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        for place, alias in enumerate(value if isinstance(value, list) else ()):
            if isinstance(alias, Mapping):
                yield from _named(alias.get("used_by"), (*path, place, "used_by"), "party")


@dataclass(frozen=True)
class About:
    """The subjects of a dispute or statement, at least one where they are required: each names a record by its kind."""

    model: Any
    kinds: tuple[str, ...]
    owner: str
    name: str = "about"
    required: bool = False

    def schema(self) -> Schema:
        return {
            "type": "array",
            **({"minItems": 1} if self.required else {}),
            "items": {
                "type": "object",
                "properties": {kind: address_schema(kind) for kind in self.kinds},
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": False,
            },
            "uniqueItems": True,
        }

    def normalise(self, value: Any, own: str) -> Any:
        return [dict(entry) for entry in value or ()] or None

    def comparable(self, value: Any) -> Any:
        return value

    def read(self, instance: Any) -> Any:
        found = []
        for row in in_order(instance.about.all()):
            kind = next(kind for kind in self.kinds if getattr(row, f"{kind}_id"))
            found.append({kind: written_address(row, getattr(row, kind), kind)})
        return found or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        for place, entry in enumerate(value or ()):
            ((kind, address),) = entry.items()
            row = self.model(**{self.owner: instance, kind: resolve(kind, address)}, order=place + 1)
            yield Row(row, (self.name, place), {kind: kind})

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        for place, entry in enumerate(value if isinstance(value, list) else ()):
            for kind, address in entry.items() if isinstance(entry, Mapping) else ():
                if kind in self.kinds and isinstance(address, str):
                    yield Reference((*path, place, kind), kind, address)


def in_order(rows: Any) -> list[Any]:
    """Rows by their place, or in the order in which they were recorded."""
    return sorted(rows, key=lambda row: (getattr(row, "order", 0), row.pk))


def _alias(name: str, used_by: Any) -> Any:
    return {"name": name, "used_by": used_by} if used_by else name


def _named(value: Any, path: Path, kind: str) -> Iterator[Reference]:
    for place, address in enumerate(value if isinstance(value, list) else ()):
        if isinstance(address, str):
            yield Reference((*path, place), kind, address)
