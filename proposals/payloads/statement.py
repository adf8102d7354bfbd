"""Positions of parties, disputes between sources, and statements of sources."""

import datetime
from typing import TypedDict

from proposals.models import Dispute, Position, Statement
from proposals.models.about import ABOUT, AboutRecord
from proposals.payloads.clause import clause_id


class PositionPayload(TypedDict):
    id: str
    party: str
    person: str | None
    topic: str
    proposal: str | None
    clause: str | None
    date: str
    date_precision: str
    date_end: str | None
    date_text: str | None
    stance: str
    red_line: bool
    statement: str
    source: str
    locator: str | None
    evidence: str
    confidence: str
    note: str | None
    stage: str
    superseded_by: str | None
    withdrawn_on: str | None


class AboutPayload(TypedDict):
    kind: str
    id: str


class ClaimPayload(TypedDict):
    value: str
    source: str
    locator: str | None


class DisputePayload(TypedDict):
    id: str
    subject: str
    about: list[AboutPayload]
    topics: list[str]
    claims: list[ClaimPayload]


class SaidByPayload(TypedDict):
    kind: str
    id: str


class StatementPayload(TypedDict):
    id: str
    kind: str
    subject: str
    claim: str
    said_by: SaidByPayload | None
    reported_by: str | None
    date: str | None
    date_precision: str | None
    date_end: str | None
    date_text: str | None
    topics: list[str]
    about: list[AboutPayload]
    source: str
    locator: str
    evidence: str
    confidence: str
    note: str | None


def position_payload(position: Position) -> PositionPayload:
    """What was known of it on the day that the records were loaded as of; that it ended later is left out."""
    until = position.told_as_of or datetime.date.max
    later, withdrawn = position.superseded_by, position.withdrawn_on
    return {
        "id": position.slug,
        "party": position.party.slug,
        "person": position.person.slug if position.person else None,
        "topic": position.topic.slug,
        "proposal": position.proposal.slug if position.proposal else None,
        "clause": clause_id(position.clause) if position.clause else None,
        "date": position.date.isoformat(),
        "date_precision": position.date_precision,
        "date_end": position.date_end.isoformat() if position.date_end else None,
        "date_text": position.date_text or None,
        "stance": position.stance,
        "red_line": position.red_line,
        "statement": position.statement,
        "source": position.source.slug,
        "locator": position.locator or None,
        "evidence": position.evidence,
        "confidence": position.confidence,
        "note": position.note or None,
        "stage": position.stage,
        "superseded_by": later.slug if later and later.date <= until else None,
        "withdrawn_on": withdrawn.isoformat() if withdrawn and withdrawn <= until else None,
    }


def dispute_payload(dispute: Dispute) -> DisputePayload:
    return {
        "id": dispute.slug,
        "subject": dispute.subject,
        "about": [_about_payload(one) for one in dispute.about.all()],
        "topics": [topic.slug for topic in dispute.topics.all()],
        "claims": [
            {"value": claim.value, "source": claim.source.slug, "locator": claim.locator or None}
            for claim in dispute.claims.all()
        ],
    }


def statement_payload(statement: Statement) -> StatementPayload:
    return {
        "id": statement.slug,
        "kind": statement.kind,
        "subject": statement.subject,
        "claim": statement.claim,
        "said_by": _said_by(statement),
        "reported_by": statement.reported_by or None,
        "date": statement.date.isoformat() if statement.date else None,
        "date_precision": statement.date_precision or None,
        "date_end": statement.date_end.isoformat() if statement.date_end else None,
        "date_text": statement.date_text or None,
        "topics": [link.topic.slug for link in statement.topic_links.all()],
        "about": [_about_payload(one) for one in statement.about.all()],
        "source": statement.source.slug,
        "locator": statement.locator,
        "evidence": statement.evidence,
        "confidence": statement.confidence,
        "note": statement.note or None,
    }


def _said_by(statement: Statement) -> SaidByPayload | None:
    if statement.person:
        return {"kind": "person", "id": statement.person.slug}
    return {"kind": "party", "id": statement.party.slug} if statement.party else None


def _about_payload(about: AboutRecord) -> AboutPayload:
    if about.clause:
        return {"kind": "clause", "id": clause_id(about.clause)}
    # The database holds exactly one of the five references.
    kind, record = next((kind, record) for kind in ABOUT if (record := getattr(about, kind)))
    return {"kind": kind, "id": record.slug}
