"""What a file says of keys that are not used again, and of where a clause was copied from.

Both outlast the records that they name. So retired keys are only ever added by an import, and where a clause comes from
is told also where there is no such clause any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField

from proposals.exchange.faults import Path
from proposals.exchange.fields import KEY, Reference, Resolve, Schema, Value, address_schema, object_schema, pruned
from proposals.exchange.parts import Row
from proposals.models import Clause, RetiredKey


@dataclass(frozen=True)
class Keys(Value):
    """A list of keys of clauses, in order."""

    def schema(self) -> Schema:
        note = "Keys of the clauses that stand in its place, as far as they are there."
        return {"type": "array", "items": address_schema("clause", KEY), "uniqueItems": True, "description": note}

    def normalise(self, value: Any, own: str) -> Any:
        return list(value) if value else None

    def assign(self, instance: Any, value: Any, resolve: Resolve) -> None:
        setattr(instance, self.attr, list(value or ()))


@dataclass(frozen=True)
class Retired:
    """The retired keys of a proposal. What is stored already stays as it is, and what a file lacks stays too."""

    name: str = "retired"
    related: str = "retired_keys"
    owner: str = "proposal"
    required: bool = False

    model = RetiredKey

    @property
    def fields(self) -> tuple[Value, ...]:
        columns: dict[str, Any] = {name: RetiredKey._meta.get_field(name) for name in ("why", "retired_at")}
        successors = RetiredKey._meta.get_field("successors")
        assert isinstance(successors, ArrayField)  # noqa: S101 (for the types)
        return (
            Value("why", columns["why"]),
            Keys("successors", successors),
            Value("retired_at", columns["retired_at"]),
        )

    def schema(self) -> Schema:
        key = address_schema("clause", KEY)
        return {"type": "array", "items": object_schema(self.fields, extra={"key": key}, required=("key",))}

    def normalise(self, value: Any, own: str) -> Any:
        return [self._entry(row, own) for row in value or ()] or None

    def comparable(self, value: Any) -> Any:
        return sorted(value, key=lambda row: row["key"])

    def added(self, old: Any, new: Any) -> Any:
        """What is left of new ones beside the old: nothing else is a change."""
        known = {row["key"] for row in old or ()}
        return [row for row in new or () if row["key"] not in known]

    def read(self, instance: Any) -> Any:
        rows = sorted(getattr(instance, self.related).all(), key=lambda row: row.key)
        return [self._written(row) for row in rows] or None

    def rows(self, instance: Any, value: Any, resolve: Resolve) -> Iterator[Row]:
        known = set(RetiredKey.objects.filter(proposal=instance.pk).values_list("key", flat=True))
        for place, entry in enumerate(value or ()):
            if entry["key"] not in known:
                row = RetiredKey(proposal=instance, key=entry["key"])
                for field in self.fields:
                    field.assign(row, entry.get(field.name), resolve)
                yield Row(row, (self.name, place), {"key": "key", **{field.attr: field.name for field in self.fields}})

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        # Successors may be retired themselves, or hidden where the file was written.
        return iter(())

    def _written(self, row: Any) -> dict[str, Any]:
        found = pruned({field.name: field.read(row) for field in self.fields})
        # Only those that the reader sees, where the queryset tells them.
        successors = getattr(row, "living", row.successors)
        return {"key": row.key, **found, **({"successors": successors} if successors else {})}

    def _entry(self, row: Mapping[str, Any], own: str) -> dict[str, Any]:
        return {
            "key": row["key"],
            **pruned({each.name: each.normalise(row.get(each.name), own) for each in self.fields}),
        }


@dataclass(frozen=True)
class Origin:
    """The address of the clause that this one was copied from."""

    name: str = "copied_from"
    required: bool = False

    @property
    def fields(self) -> tuple[Value, ...]:
        """The columns that hold it."""
        columns: dict[str, Any] = {name: Clause._meta.get_field(name) for name in ("copied_from", "copied_address")}
        return tuple(Value(name, column) for name, column in columns.items())

    def schema(self) -> Schema:
        note = "The clause that it was copied from; changes are its own."
        return {**address_schema("clause"), "description": note}

    def normalise(self, value: Any, own: str) -> Any:
        return value or None

    def read(self, instance: Any) -> Any:
        if original := instance.copied_from:
            return f"{original.proposal.slug}/{original.key}"
        # An original that is there and not loaded is hidden from the reader.
        gone = instance.copied_from_id is None and getattr(instance, "original_was_public", True)
        return (instance.copied_address if gone else "") or None

    def assign(self, instance: Any, value: Any, resolve: Resolve) -> None:
        instance.copied_address = value or ""
        instance.copied_from = resolve("clause", value) if value else None

    def references(self, value: Any, path: Path, own: str) -> Iterator[Reference]:
        if isinstance(value, str) and value:
            yield Reference(path, "clause", value, needed=False)
