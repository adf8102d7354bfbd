"""The cast of every invented story: the Northern Council, the Coastal Front and a mediator.

Each `make_*` writes one valid record; name only what the test is about.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from parties.models import Change, Party, Person
from proposals.models import (
    Clause,
    ClauseParty,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Decision,
    Measure,
    Position,
    Process,
    Proposal,
    ProposalParty,
    ProposalSource,
    Source,
    Stage,
    Statement,
    StatementAbout,
    StatementTopic,
    Term,
    Territory,
    Topic,
    TopicGroup,
)

NORTHERN_COUNCIL = "northern-council"
COASTAL_FRONT = "coastal-front"
MEDIATOR = "mediator"


def made_earlier() -> None:
    """As if what is stored had come in transactions of its own: a test is one, and readers see only how it ends."""
    Change.objects.filter(published_in__isnull=False).update(published_in=None)


def make_party(slug: str = NORTHERN_COUNCIL, **fields: Any) -> Party:
    fields = {"name": slug.replace("-", " ").title(), "kind": Party.Kind.STATE} | fields
    return Party.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_person(slug: str = "council-envoy", **fields: Any) -> Person:
    fields = {"name": "Envoy of the Council", "role": "Envoy"} | fields
    return Person.objects.create(slug=slug, party=fields.pop("party", None) or make_party(), **fields)


def make_process(slug: str = "northern-coast", **fields: Any) -> Process:
    fields = {"name": "Northern Coast", "summary": "Talks between the Northern Council and the Coastal Front."} | fields
    return Process.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_topic(slug: str = "ceasefire", *, group: str = "security", order: int = 0, **fields: Any) -> Topic:
    heading, _ = TopicGroup.objects.get_or_create(
        slug=group, defaults={"name": group.title(), "definition": "Invented."}
    )
    fields = {
        "name": slug.replace("-", " ").capitalize(),
        "definition": f"What concerns {slug}.",
        "order": order,
    } | fields
    return Topic.objects.get_or_create(slug=slug, defaults={"group": heading, **fields})[0]


def make_territory(slug: str = "old-harbour", **fields: Any) -> Territory:
    fields = {"name": slug.replace("-", " ").title(), "kind": Territory.Kind.AREA} | fields
    return Territory.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_source(slug: str = "harbour-gazette", **fields: Any) -> Source:
    fields = {
        "title": "The text in full",
        "publisher": "Harbour Gazette",
        "access": "full_text",
        "reliability": Source.Reliability.B,
    } | fields
    return Source.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_proposal(slug: str = "council-plan", *, clauses: Sequence[str] = (), **fields: Any) -> Proposal:
    """A public proposal of the Northern Council; `clauses` are texts, keyed c01, c02 …"""
    proposers = fields.pop("proposers", [NORTHERN_COUNCIL])
    fields = {
        "process": fields.get("process") or make_process(),
        "title": slug.replace("-", " ").title(),
        "short_title": slug.replace("-", " ").title(),
        "kind": Proposal.Kind.POINTS_PLAN,
        "date": datetime.date(2031, 5, 1),
        "date_precision": "day",
        "text_status": Proposal.TextStatus.PUBLISHED,
        "clauses_complete": Proposal.Completeness.YES,
        "summary": "An invented plan.",
        "stage": Stage.PUBLIC,
    } | fields
    proposal = Proposal.objects.create(slug=slug, **fields)
    for order, proposer in enumerate(proposers, 1):
        ProposalParty.objects.create(proposal=proposal, party=make_party(proposer), role="proposer", order=order)
    ProposalSource.objects.create(proposal=proposal, source=make_source(), order=1)
    for text in clauses:
        make_clause(proposal, text=text)
    made_earlier()
    return proposal


def make_clause(
    proposal: Proposal,
    *,
    text: str = "The Coastal Front opens the old harbour.",
    topics: Sequence[str] = ("ceasefire",),
    obligated: Sequence[str] = (),
    territories: Sequence[str] = (),
    **fields: Any,
) -> Clause:
    """A public clause at the end of the proposal."""
    order = fields.pop("order", None) or proposal.clauses.count() + 1
    fields = {
        "key": f"c{order:02}",
        "number": str(order),
        "label": text[:40],
        "modality": Clause.Modality.MUST,
        "evidence": "full_text",
        "confidence": "high",
        "stage": Stage.PUBLIC,
    } | fields
    clause = Clause.objects.create(proposal=proposal, text=text, order=order, **fields)
    for place, slug in enumerate(topics, 1):
        ClauseTopic.objects.create(clause=clause, topic=make_topic(slug), order=place)
    for place, slug in enumerate(obligated, 1):
        ClauseParty.objects.create(clause=clause, party=make_party(slug), role="obligated", order=place)
    for place, slug in enumerate(territories, 1):
        ClauseTerritory.objects.create(clause=clause, territory=make_territory(slug), order=place)
    ClauseSource.objects.create(clause=clause, source=make_source(), order=1)
    made_earlier()
    return clause


def make_term(clause: Clause, *, measure: str = "garrison_strength", value: float | None = 500, **fields: Any) -> Term:
    fields = {"kind": Measure.Kind.QUANTITY, "comparator": Term.Comparator.AT_MOST, "unit": Term.Unit.PERSONS} | fields
    meaning = {"kind": fields["kind"], "name": measure.replace("_", " ")}
    return Term.objects.create(
        clause=clause,
        measure=Measure.objects.get_or_create(code=measure, defaults=meaning)[0],
        value=None if value is None else Decimal(str(value)),
        **fields,
    )


def make_position(slug: str = "p001", **fields: Any) -> Position:
    fields = {
        "party": fields.get("party") or make_party(COASTAL_FRONT),
        "topic": fields.get("topic") or make_topic(),
        "date": datetime.date(2031, 6, 1),
        "date_precision": "day",
        "stance": Position.Stance.REJECTS,
        "statement": "The Coastal Front keeps the harbour closed.",
        "source": fields.get("source") or make_source(),
        "evidence": "full_text",
        "confidence": "high",
        "stage": Stage.PUBLIC,
    } | fields
    position = Position.objects.create(slug=slug, **fields)
    made_earlier()
    return position


def make_statement(slug: str = "s001", *, topics: Sequence[str] = ("ceasefire",), **fields: Any) -> Statement:
    """A public statement of a source; `about` are the records it speaks of, each under its kind."""
    about = fields.pop("about", [])
    fields = {
        "kind": Statement.Kind.CAUSE,
        "subject": "End of the harbour talks",
        "claim": "The talks ended when the pier burned.",
        "source": fields.get("source") or make_source(),
        "locator": "line 14",
        "evidence": "full_text",
        "confidence": "high",
        "stage": Stage.PUBLIC,
    } | fields
    statement = Statement.objects.create(slug=slug, **fields)
    for place, topic in enumerate(topics, 1):
        StatementTopic.objects.create(statement=statement, topic=make_topic(topic), order=place)
    for place, record in enumerate(about, 1):
        StatementAbout.objects.create(statement=statement, order=place, **record)
    made_earlier()
    return statement


def make_decision(left: Clause, right: Clause, **fields: Any) -> Decision:
    """A verdict on the clauses as they stand."""
    left.refresh_from_db()
    right.refresh_from_db()
    fields = {"verdict": Decision.Verdict.SAME_MATTER, "decided_by": "two readers"} | fields
    decision = Decision(left=left, right=right, **fields)
    decision.judged_as_they_stand()
    decision.save()
    return decision
