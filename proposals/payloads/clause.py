"""A clause with everything coded on it, read without model objects, which would cost more than all the rest."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypedDict

from parties import as_json
from parties.readers import Reader
from proposals.models import Clause
from proposals.payloads.clause_parts import load_parts
from proposals.querysets import ClauseQuerySet

# What a payload takes from the clause itself; any further column would only be carried about.
_OWN = (
    *("pk", "proposal__slug", "key", "order", "number", "label", "text", "wording", "language", "kind", "modality"),
    *("legal_effect", "extent", "permanence", "condition", "note", "locator", "evidence", "confidence"),
    "stage",
)


class RolePayload(TypedDict):
    role: str
    party: str


class TermPayload(TypedDict):
    kind: str
    measure: str
    subject: str | None
    comparator: str | None
    value: float | None
    value_max: float | None
    unit: str | None
    qualifier: str | None
    whose: str | None
    counts_from: str | None
    renewable: bool | None
    date: str | None
    date_precision: str | None
    note: str | None


class DependencyPayload(TypedDict):
    relation: str
    clause: str
    note: str | None


class ContestPayload(TypedDict):
    party: str
    objection: str


class ClausePayload(TypedDict):
    id: str
    proposal: str
    key: str
    parent: str | None
    order: int
    number: str | None
    label: str
    text: str
    wording: str
    language: str
    kind: str
    strikes: str | None
    modality: str | None
    legal_effect: str | None
    extent: str | None
    permanence: str | None
    condition: str | None
    roles: list[RolePayload]
    topics: list[str]
    territories: list[str]
    terms: list[TermPayload]
    depends_on: list[DependencyPayload]
    contested: list[ContestPayload]
    note: str | None
    locator: str | None
    evidence: str | None
    confidence: str | None
    sources: list[str]
    stage: str | None


def clause_id(clause: Clause) -> str:
    """The public id; load the clause with its proposal."""
    return f"{clause.proposal.slug}/{clause.key}"


def clause_payloads(clauses: ClauseQuerySet, *, user: Reader | None) -> list[ClausePayload]:
    """The clauses in their order, with their parts as far as the reader may see these. Two queries.

    Whether the reader may see the clauses themselves is up to the queryset.
    """
    return list(clause_payloads_by_pk(clauses, user=user).values())


def clause_payloads_by_pk(clauses: ClauseQuerySet, *, user: Reader | None) -> dict[int, ClausePayload]:
    """The same by primary key."""
    rows = list(clauses.values_list(*_OWN))
    parts = load_parts([row[0] for row in rows], user=user)
    return {row[0]: _payload(row, parts) for row in rows}


def clause_payload_pages(clauses: ClauseQuerySet, *, user: Reader | None) -> Iterator[list[ClausePayload]]:
    """The same a page at a time, for all of a collection; one query, and one for each page."""
    rows = clauses.values_list(*_OWN).iterator(as_json.PAGE)
    while page := list(islice(rows, as_json.PAGE)):
        parts = load_parts([row[0] for row in page], user=user)
        yield [_payload(row, parts) for row in page]


def _payload(row: tuple[Any, ...], parts: Mapping[str, Mapping[str, Any]]) -> ClausePayload:
    """Of a row of `_OWN`."""
    pk, proposal, key, order, number, label, text, wording, language, kind, modality, *rest = row
    legal_effect, extent, permanence, condition, note, locator, evidence, confidence, stage = rest
    clause = str(pk)
    return {
        "id": f"{proposal}/{key}",
        "proposal": proposal,
        "key": key,
        "parent": parts["parent"].get(clause),
        "order": order,
        "number": number or None,
        "label": label,
        "text": text,
        "wording": wording,
        "language": language,
        "kind": kind,
        "strikes": parts["strikes"].get(clause),
        "modality": modality or None,
        "legal_effect": legal_effect or None,
        "extent": extent or None,
        "permanence": permanence or None,
        "condition": condition or None,
        "roles": parts["roles"].get(clause, []),
        "topics": parts["topics"].get(clause, []),
        "territories": parts["territories"].get(clause, []),
        "terms": parts["terms"].get(clause, []),
        "depends_on": parts["depends_on"].get(clause, []),
        "contested": parts["contested"].get(clause, []),
        "note": note or None,
        "locator": locator or None,
        "evidence": evidence,
        "confidence": confidence,
        "sources": parts["sources"].get(clause, []),
        "stage": stage,
    }
