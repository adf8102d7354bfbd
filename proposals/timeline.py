"""A topic through time: the clauses and positions on it, in the order of their dates."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, TypedDict

from django.db.models import F, PositiveIntegerField, QuerySet, TextField, Value

from proposals.models import Clause, Position, Proposal, Topic
from proposals.payloads import ClausePayload, PositionPayload, clause_payloads_by_pk, position_payload
from proposals.querysets import Reader

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
    position: PositionPayload | None


def timeline(
    topic: Topic,
    *,
    user: Reader | None,
    kinds: Collection[str] = (),
    date_from: datetime.date | None = None,
    date_to: datetime.date | None = None,
) -> QuerySet[Any, Any]:
    """The rows of a topic's timeline, to be counted and cut into pages; `timeline_entries` makes answers of them.

    A period is inside when it touches the bounds. No kinds (`clause`, `position`) named: both.
    """
    clauses = Clause.objects.visible_to(user).filter(topic_links__topic=topic)
    positions = Position.objects.visible_to(user).filter(topic=topic)
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


def timeline_entries(rows: Sequence[tuple[Any, ...]], *, user: Reader | None) -> list[TimelineEntry]:
    """The rows with everything that a reader needs of them. A constant number of queries."""
    wanted: dict[str, set[int]] = {"clause": set(), "position": set()}
    for _, _, kind, _, _, pk in rows:
        wanted[kind].add(pk)
    clauses = clause_payloads_by_pk(Clause.objects.filter(pk__in=wanted["clause"]), user=user)
    proposals = Proposal.objects.in_bulk({clause["proposal"] for clause in clauses.values()}, field_name="slug")
    positions = Position.objects.with_parts().in_bulk(wanted["position"])
    return [
        _clause_entry(clauses[pk], proposals[owner]) if kind == "clause" else _position_entry(positions[pk])
        for _, _, kind, owner, _, pk in rows
    ]


def _clause_entry(clause: ClausePayload, proposal: Proposal) -> TimelineEntry:
    return {
        "date": proposal.date.isoformat(),
        "date_precision": proposal.date_precision,
        "date_end": proposal.date_end.isoformat() if proposal.date_end else None,
        "date_text": proposal.date_text or None,
        "kind": "clause",
        "proposal": proposal.slug,
        "clause": clause,
        "position": None,
    }


def _position_entry(position: Position) -> TimelineEntry:
    payload = position_payload(position)
    return {
        "date": payload["date"],
        "date_precision": payload["date_precision"],
        "date_end": payload["date_end"],
        "date_text": payload["date_text"],
        "kind": "position",
        "proposal": payload["proposal"],
        "clause": None,
        "position": payload,
    }
