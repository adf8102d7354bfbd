"""What is coded on a clause, row by row: topics, parties, places, terms, sources, dependencies, contests."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from proposals.models import Clause

# By the name under which a clause holds the rows, in the order in which people read them.
KINDS = {
    "topic_links": "topic",
    "roles": "party",
    "territory_links": "territory",
    "terms": "term",
    "citations": "source",
    "dependencies": "dependency",
    "contests": "contest",
}
_NAMED = {
    "topic_links": ("topic",),
    "roles": ("party",),
    "territory_links": ("territory",),
    "terms": ("measure",),
    "citations": ("source",),
    "dependencies": ("target__proposal",),
    "contests": ("party",),
}


@dataclass(frozen=True)
class Coding:
    """One row that is coded on a clause; `words` say what it is."""

    kind: str
    row: Any

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.row.pk}"

    @property
    def words(self) -> str:
        return f"{KINDS[self.kind]}: {self.row}"

    @property
    def says(self) -> tuple[Any, ...]:
        """Equal for two rows that say the same, of whichever clauses."""
        columns = (column.attname for column in self.row._meta.concrete_fields)
        left_out = {"id", "clause_id", "order"}
        return (self.kind, *(getattr(self.row, name) for name in columns if name not in left_out))


def codings_of(*clauses: Clause) -> list[Coding]:
    """All that is coded on the clauses, that of the first one first; what several say alike, once."""
    found: dict[tuple[Any, ...], Coding] = {}
    for kind in KINDS:
        for clause in clauses:
            rows = getattr(clause, kind).select_related(*_NAMED[kind]).order_by("order", "pk")
            for row in rows:
                coding = Coding(kind, row)
                found.setdefault(coding.says, coding)
    return list(found.values())


def write_codings(codings: Iterable[Coding], clauses: Iterable[tuple[Clause, Collection[str] | None]]) -> None:
    """Copies rows to stored clauses: to each those whose ids are named beside it, or all (None)."""
    rows: dict[str, list[models.Model]] = {kind: [] for kind in KINDS}
    all_codings = list(codings)
    for clause, kept in clauses:
        places = dict.fromkeys(KINDS, 0)
        for coding in all_codings:
            if kept is None or coding.id in kept:
                places[coding.kind] += 1
                rows[coding.kind].append(_copied(coding.row, clause, places[coding.kind]))
    for several in rows.values():
        if several:
            type(several[0])._default_manager.bulk_create(several)


def _copied(row: Any, clause: Clause, order: int) -> models.Model:
    columns = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    return type(row)(**{**columns, "id": None, "clause_id": clause.pk, "order": order})
