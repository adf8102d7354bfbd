"""Records of the database by their addresses, and in the canonical form of the format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from parties.readers import Reader
from proposals.exchange.entries import ORDER, pair_address
from proposals.exchange.fields import pruned
from proposals.exchange.format import KINDS
from proposals.models import Clause, Decision, Proposal


class _Everybody:
    """The reader for whom nothing is hidden: an import compares with drafts and withdrawn records too."""

    is_active = True

    def has_perm(self, perm: str) -> bool:
        return True


EVERYTHING: Reader = _Everybody()


def queryset(kind: str, reader: Reader | None = EVERYTHING) -> models.QuerySet[Any]:
    """The records of a kind that a reader sees, loaded with all their parts, in no particular order."""
    rows: models.QuerySet[Any] = KINDS[kind].model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(reader)
    if kind == "proposal":
        return rows.with_parts(reader).with_retired_keys(reader)  # type: ignore[attr-defined]
    if kind in ("clause", "position"):
        return rows.with_parts(reader)  # type: ignore[attr-defined]
    if kind == "process":
        return rows.prefetch_related("parties")
    if kind == "topic":
        return rows.select_related("group")
    return rows.with_parts() if hasattr(rows, "with_parts") else rows


def by_address(kind: str, rows: models.QuerySet[Any], addresses: Iterable[str]) -> dict[str, Any]:
    """Those of the rows that the addresses name."""
    # No record has an id with a NUL, and PostgreSQL cannot even compare with one.
    wanted = {address for address in addresses if "\0" not in address}
    if not wanted:
        return {}
    if kind == "clause":
        rows = rows.filter(proposal__slug__in={address.split("/")[0] for address in wanted})
    elif kind == "decision":
        slugs = {clause.split("/")[0] for address in wanted for clause in address.split(" ")}
        rows = rows.filter(left__proposal__slug__in=slugs, right__proposal__slug__in=slugs)
    else:
        rows = rows.filter(**{f"{KINDS[kind].id_attr}__in": wanted})
    return {address: row for row in rows if (address := address_of(kind, row)) in wanted}


def loaded(kind: str, addresses: Iterable[str]) -> dict[str, Any]:
    """The records of these addresses with their parts."""
    return by_address(kind, queryset(kind), addresses)


def lock(kind: str, addresses: Iterable[str]) -> None:
    """Nobody else writes these records until the transaction ends, so that what is compared with is what is changed."""
    rows = KINDS[kind].model._default_manager.select_for_update(of=("self",), no_key=True).order_by("pk")
    by_address(kind, _named(kind, rows), addresses)


def bare(kind: str, addresses: Iterable[str]) -> dict[str, Any]:
    """The records of these addresses without their parts, to refer to: one query."""
    return by_address(kind, _named(kind, KINDS[kind].model._default_manager.all()), addresses)


def _named(kind: str, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows with what their addresses are made of."""
    if kind == "clause":
        return rows.select_related("proposal")
    return rows.select_related("left__proposal", "right__proposal") if kind == "decision" else rows


def address_of(kind: str, row: Any) -> str:
    """The address of a stored record."""
    if kind == "clause":
        return clause_address(row)
    if kind == "decision":
        return pair_address(clause_address(row.left), clause_address(row.right))
    return str(getattr(row, KINDS[kind].id_attr))


def clause_address(clause: Clause) -> str:
    return f"{clause.proposal.slug}/{clause.key}"


def addresses(kind: str) -> list[str]:
    """Every address of a kind, to name near matches."""
    if kind == "clause":
        return [f"{slug}/{key}" for slug, key in Clause.objects.values_list("proposal__slug", "key")]
    record = KINDS[kind]
    return list(record.model._default_manager.values_list(record.id_attr, flat=True))


def canonical(kind: str, row: Any) -> dict[str, Any]:
    """The canonical form of a record that was loaded with its parts."""
    record = KINDS[kind]
    found = pruned({field.name: field.read(row) for field in record.fields})
    if record.ordered:
        found[ORDER] = row.order
    if isinstance(row, Decision) and row.stale:
        found["stale"] = True
    return found


def later_clause(decision: Decision) -> tuple[Clause, Clause]:
    """The clauses of a decision, the one of the later proposal first: it is written there."""
    pair = sorted((decision.left, decision.right), key=lambda clause: _date_order(clause.proposal), reverse=True)
    return pair[0], pair[1]


def _date_order(proposal: Proposal) -> tuple[Any, ...]:
    return proposal.date, proposal.last_day, proposal.slug
