"""A topic through time: the clauses and positions on it, in the order of their dates, each with what changed."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, TypedDict

from django.db.models import F, PositiveIntegerField, QuerySet, TextField, Value

from parties.readers import Reader
from proposals.comparison import ClauseChange, PositionChange, position_changes, told_clauses
from proposals.models import Clause, Position, Proposal, ProposalParty, Topic
from proposals.payloads import ClausePayload, PositionPayload, position_payloads

# Dates first; on one date what was put forward before what was said; a proposal's clauses in its own order.
_ROW = ("first_day", "closing_day", "entry", "owner", "place", "pk")


class TimelineEntry(TypedDict):
    date: str
    date_precision: str
    date_end: str | None
    date_text: str | None
    kind: str
    proposal: str | None
    clause: ClausePayload | None
    clause_change: ClauseChange | None
    position: PositionPayload | None
    position_change: PositionChange | None


def timeline(
    topic: Topic,
    *,
    user: Reader | None,
    kinds: Collection[str] = (),
    parties: Collection[str] = (),
    proposals: Collection[str] = (),
    processes: Collection[str] = (),
    date_from: datetime.date | None = None,
    date_to: datetime.date | None = None,
    as_of: datetime.date | None = None,
) -> QuerySet[Any, Any]:
    """The rows of a topic's timeline, to be counted and cut into pages; `timeline_entries` makes answers of them.

    A period is inside when it touches the bounds. No kinds (`clause`, `position`) named: both. A party's entries are
    its positions and the clauses of what it proposed.
    """
    clauses = Clause.objects.visible_to(user).filter(topic_links__topic=topic)
    positions = Position.objects.visible_to(user).filter(topic=topic).as_of(as_of)
    if as_of:
        clauses = clauses.filter(proposal__date__lte=as_of)
    if parties:
        proposed = ProposalParty.objects.filter(party__slug__in=parties, role=ProposalParty.Role.PROPOSER)
        clauses = clauses.filter(proposal__in=proposed.values("proposal"))
        positions = positions.filter(party__slug__in=parties)
    if proposals:
        clauses, positions = (
            clauses.filter(proposal__slug__in=proposals),
            positions.filter(proposal__slug__in=proposals),
        )
    if processes:
        # NULL proposal: what was said on a topic alone belongs to no process.
        inside = Proposal.objects.filter(process__slug__in=processes).values("pk")
        clauses, positions = clauses.filter(proposal__in=inside), positions.filter(proposal__in=inside)
    if date_from:
        clauses, positions = (
            clauses.filter(proposal__last_day__gte=date_from),
            positions.filter(last_day__gte=date_from),
        )
    if date_to:
        clauses, positions = clauses.filter(proposal__date__lte=date_to), positions.filter(date__lte=date_to)
    rows: list[QuerySet[Any, Any]] = []
    if not kinds or "clause" in kinds:
        rows.append(
            clauses.annotate(
                first_day=F("proposal__date"),
                closing_day=F("proposal__last_day"),
                entry=Value("clause", output_field=TextField()),
                owner=F("proposal__slug"),
                place=F("order"),
            ).values_list(*_ROW)
        )
    if not kinds or "position" in kinds:
        rows.append(
            positions.annotate(
                first_day=F("date"),
                closing_day=F("last_day"),
                entry=Value("position", output_field=TextField()),
                owner=F("slug"),
                place=Value(0, output_field=PositiveIntegerField()),
            ).values_list(*_ROW)
        )
    return rows[0].union(*rows[1:], all=True).order_by(*_ROW) if len(rows) > 1 else rows[0].order_by(*_ROW)


def timeline_entries(
    rows: Sequence[tuple[Any, ...]], *, topic: Topic, user: Reader | None, as_of: datetime.date | None = None
) -> list[TimelineEntry]:
    """The rows with everything that a reader needs of them. A constant number of queries.

    What each is set against is chosen among all that the reader sees of the topic, whatever the rows were narrowed by.
    """
    wanted: dict[str, set[int]] = {"clause": set(), "position": set()}
    for _, _, kind, _, _, pk in rows:
        wanted[kind].add(pk)
    told = told_clauses(wanted["clause"], topic=topic, user=user)
    proposals = Proposal.objects.in_bulk({row[3] for row in rows if row[2] == "clause"}, field_name="slug")
    said = {row[3] for row in rows if row[2] == "position"}
    positions = position_payloads(said, user=user, as_of=as_of)
    changes = position_changes(wanted["position"], topic=topic, user=user)
    entries: list[TimelineEntry] = []
    for _, _, kind, owner, _, pk in rows:
        if kind == "clause":
            clause = told.clauses[pk]
            entries.append(_clause_entry(proposals[owner], clause, told.changes[clause["id"]]))
        else:
            entries.append(_position_entry(positions[owner], changes[pk]))
    return entries


def _clause_entry(proposal: Proposal, clause: ClausePayload, change: ClauseChange | None) -> TimelineEntry:
    return {
        "date": proposal.date.isoformat(),
        "date_precision": proposal.date_precision,
        "date_end": proposal.date_end.isoformat() if proposal.date_end else None,
        "date_text": proposal.date_text or None,
        "kind": "clause",
        "proposal": proposal.slug,
        "clause": clause,
        "clause_change": change,
        "position": None,
        "position_change": None,
    }


def _position_entry(payload: PositionPayload, change: PositionChange | None) -> TimelineEntry:
    return {
        "date": payload["date"],
        "date_precision": payload["date_precision"],
        "date_end": payload["date_end"],
        "date_text": payload["date_text"],
        "kind": "position",
        "proposal": payload["proposal"],
        "clause": None,
        "clause_change": None,
        "position": payload,
        "position_change": change,
    }
