"""A clause with everything coded on it."""

from decimal import Decimal
from typing import TypedDict

from proposals.models import Clause, Term


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


def clause_payload(clause: Clause) -> ClausePayload:
    return {
        "id": clause_id(clause),
        "proposal": clause.proposal.slug,
        "key": clause.key,
        "parent": clause_id(clause.parent) if clause.parent else None,
        "order": clause.order,
        "number": clause.number or None,
        "label": clause.label,
        "text": clause.text,
        "wording": clause.wording,
        "language": clause.language,
        "kind": clause.kind,
        "strikes": clause_id(clause.strikes) if clause.strikes else None,
        "modality": clause.modality or None,
        "legal_effect": clause.legal_effect or None,
        "extent": clause.extent or None,
        "permanence": clause.permanence or None,
        "condition": clause.condition or None,
        "roles": [{"role": role.role, "party": role.party.slug} for role in clause.roles.all()],
        "topics": [link.topic.slug for link in clause.topic_links.all()],
        "territories": [link.territory.slug for link in clause.territory_links.all()],
        "terms": [_term_payload(term) for term in clause.terms.all()],
        "depends_on": [
            {"relation": tie.relation, "clause": clause_id(tie.target), "note": tie.note or None}
            for tie in clause.dependencies.all()
        ],
        "contested": [{"party": one.party.slug, "objection": one.objection} for one in clause.contests.all()],
        "note": clause.note or None,
        "locator": clause.locator or None,
        "evidence": clause.evidence,
        "confidence": clause.confidence,
        "sources": [link.source.slug for link in clause.citations.all()],
        "stage": clause.stage,
    }


def _term_payload(term: Term) -> TermPayload:
    return {
        "kind": term.kind,
        "measure": term.measure.code,
        "subject": term.subject.slug if term.subject else None,
        "comparator": term.comparator or None,
        "value": _number(term.value),
        "value_max": _number(term.value_max),
        "unit": term.unit or None,
        "qualifier": term.qualifier or None,
        "whose": term.whose.slug if term.whose else None,
        "counts_from": term.counts_from or None,
        "renewable": term.renewable,
        "date": term.date.isoformat() if term.date else None,
        "date_precision": term.date_precision or None,
        "note": term.note or None,
    }


def _number(value: Decimal | None) -> float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
