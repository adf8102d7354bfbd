"""Positions and disputes that bear on the rows of a comparison."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from parties.as_json import in_order_of
from parties.readers import Reader
from proposals import alignment
from proposals.comparison.stands import is_standing_red_line, said_up_to
from proposals.models import Dispute, Position
from proposals.payloads import DisputePayload, PositionPayload, dispute_payloads


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What was said about the rows: the records, and the ids of those that bear on each row."""

    positions: Sequence[PositionPayload] = ()
    disputes: Sequence[DisputePayload] = ()
    positions_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    disputes_of: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def for_engine(self) -> list[alignment.PositionInput]:
        return _for_engine(self.positions)


def statements_on(
    rows: Sequence[alignment.Row],
    *,
    user: Reader | None,
    as_of: datetime.date | None,
    positions: bool,
    disputes: bool,
) -> Statements:
    """The statements on these rows that the reader may see, made up to `as_of`; only the kinds asked for.

    Disputes about a position count once it bears on a row, whether or not positions are asked for. Five queries at
    most, however many rows.
    """
    members = {row.id: {clause for cell in row.cells for clause in cell.clauses} for row in rows}
    every = {clause for clauses in members.values() for clause in clauses}
    leading = {topic for row in rows for topic in row.leading}
    said = _load_positions(every, leading, user, as_of) if positions or disputes else []
    positions_of = {row.id: [one.id for one in alignment.bears_on(row, _for_engine(said))] for row in rows}
    bearing = {one for ids in positions_of.values() for one in ids}
    rival = _load_disputes(every, bearing, user) if disputes else []
    disputes_of = {
        row.id: [one["id"] for one in rival if _concerns(one, members[row.id], row.topics, positions_of[row.id])]
        for row in rows
    }
    concerned = {one for ids in disputes_of.values() for one in ids}
    return Statements(
        positions=[one for one in said if positions and one["id"] in bearing],
        disputes=[one for one in rival if one["id"] in concerned],
        positions_of=positions_of,
        disputes_of=disputes_of,
    )


def _load_positions(
    clauses: Collection[str], topics: Collection[str], user: Reader | None, as_of: datetime.date | None
) -> list[PositionPayload]:
    """Newest first."""
    on = Q(topic__slug__in=topics) | Q(clause__isnull=False, proposal__slug__in=_proposals(clauses))
    return said_up_to(Position.objects.filter(on), user=user, as_of=as_of)


def _for_engine(positions: Sequence[PositionPayload]) -> list[alignment.PositionInput]:
    return [
        alignment.PositionInput(
            id=one["id"],
            topic=one["topic"],
            clause=one["clause"] or "",
            red_line=is_standing_red_line(one),
        )
        for one in positions
    ]


def _load_disputes(clauses: Collection[str], positions: Collection[str], user: Reader | None) -> list[DisputePayload]:
    about = (
        Q(about__clause__proposal__slug__in=_proposals(clauses))
        | Q(about__proposal__slug__in=_proposals(clauses))
        | Q(about__position__slug__in=positions)
    )
    disputes = Dispute.objects.visible_to(user).filter(pk__in=Dispute.objects.filter(about).values("pk"))
    return in_order_of(disputes.in_order(), dispute_payloads)


def _concerns(
    dispute: DisputePayload, clauses: Collection[str], topics: Collection[str], positions: Collection[str]
) -> bool:
    """Whether it is about a clause or position of the row, or about a proposal of the row on a topic of the row."""
    about = {(one["kind"], one["id"]) for one in dispute["about"]}
    if about & ({("clause", one) for one in clauses} | {("position", one) for one in positions}):
        return True
    proposals = {("proposal", slug) for slug in _proposals(clauses)}
    return bool(about & proposals and set(dispute["topics"]) & set(topics))


def _proposals(clauses: Collection[str]) -> set[str]:
    return {clause.split("/")[0] for clause in clauses}
