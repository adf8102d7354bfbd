"""A proposal: the head that a comparison's column needs, and the whole record."""

import datetime
from typing import TypedDict

from proposals.models import Proposal, Silence


class LineagePayload(TypedDict):
    relation: str
    proposal: str
    note: str | None


class PartyRolePayload(TypedDict):
    role: str
    party: str


class TextVersionPayload(TypedDict):
    name: str
    note: str | None
    source: str | None
    followed: bool


class SilencePayload(TypedDict):
    topic: str
    reason: str
    checked_by: str
    checked_on: str
    source: str | None


class ProposalHead(TypedDict):
    """Most fields are None for a pasted draft, of which nothing but its words is known."""

    slug: str
    title: str
    short_title: str
    kind: str | None
    date: str | None
    date_precision: str | None
    date_end: str | None
    date_text: str | None
    text_status: str | None
    clauses_complete: str
    outcome: str | None
    proposers: list[str]
    lineage: list[LineagePayload]
    reliability: str | None
    clause_count: int


class ProposalPayload(ProposalHead):
    process: str
    summary: str
    date_note: str | None
    outcome_note: str | None
    proposer_note: str | None
    verification: str | None
    verification_note: str | None
    parties: list[PartyRolePayload]
    text_versions: list[TextVersionPayload]
    silences: list[SilencePayload]
    sources: list[str]
    stage: str
    version: int
    changed_at: str


def proposal_head(proposal: Proposal, *, clause_count: int) -> ProposalHead:
    """`reliability` is the best grade among the proposal's sources."""
    return {
        "slug": proposal.slug,
        "title": proposal.title,
        "short_title": proposal.short_title,
        "kind": proposal.kind,
        "date": proposal.date.isoformat(),
        "date_precision": proposal.date_precision,
        "date_end": proposal.date_end.isoformat() if proposal.date_end else None,
        "date_text": proposal.date_text or None,
        "text_status": proposal.text_status,
        "clauses_complete": proposal.clauses_complete,
        "outcome": proposal.outcome,
        "proposers": [role.party.slug for role in proposal.roles.all() if role.role == "proposer"],
        "lineage": [
            {"relation": tie.relation, "proposal": tie.earlier.slug, "note": tie.note or None}
            for tie in proposal.lineage.all()
        ],
        "reliability": min((link.source.reliability for link in proposal.citations.all()), default=None),
        "clause_count": clause_count,
    }


def proposal_payload(proposal: Proposal, *, clause_count: int) -> ProposalPayload:
    return {
        **proposal_head(proposal, clause_count=clause_count),
        "process": proposal.process.slug,
        "summary": proposal.summary,
        "date_note": proposal.date_note or None,
        "outcome_note": proposal.outcome_note or None,
        "proposer_note": proposal.proposer_note or None,
        "verification": proposal.verification or None,
        "verification_note": proposal.verification_note or None,
        "parties": [{"role": role.role, "party": role.party.slug} for role in proposal.roles.all()],
        "text_versions": [
            {
                "name": copy.name,
                "note": copy.note or None,
                "source": copy.source.slug if copy.source else None,
                "followed": copy.followed,
            }
            for copy in proposal.text_versions.all()
        ],
        "silences": [silence_payload(silence) for silence in proposal.silences.all()],
        "sources": [link.source.slug for link in proposal.citations.all()],
        "stage": proposal.stage,
        "version": proposal.version,
        "changed_at": proposal.changed_at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z"),
    }


def silence_payload(silence: Silence) -> SilencePayload:
    return {
        "topic": silence.topic.slug,
        "reason": silence.reason,
        "checked_by": silence.checked_by,
        "checked_on": silence.checked_on.isoformat(),
        "source": silence.source.slug if silence.source else None,
    }
