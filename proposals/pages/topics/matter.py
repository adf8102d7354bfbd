"""A topic with the names and dates of all that a reader sees on it, whatever a page of it is narrowed down to."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from parties.readers import Reader
from proposals.models import Clause, Position, ProposalParty, Topic
from proposals.pages.addresses import clause_address, topic_address
from proposals.pages.records.facts import Named
from proposals.rendering.dates import in_words
from proposals.timeline import timeline

PER_PAGE = 40
_NO_NUMBER = ("", "unknown")


class OnTopic(NamedTuple):
    """One clause on the topic, by its name."""

    proposal: str
    key: str
    number: str
    label: str
    short_title: str
    date: datetime.date
    date_precision: str
    date_end: datetime.date | None
    date_text: str
    process: str
    process_name: str


class SaidOnTopic(NamedTuple):
    slug: str
    date: datetime.date
    date_precision: str
    date_end: datetime.date | None
    date_text: str
    party: str
    party_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """Clauses and positions by id; `parties` and `processes` are names by slug, of what there is on the topic.

    `pages` tells on which page of the whole timeline, newest first, a position stands.
    """

    topic: Topic
    clauses: Mapping[str, OnTopic]
    positions: Mapping[str, SaidOnTopic]
    parties: Mapping[str, str]
    processes: Mapping[str, str]
    pages: Mapping[str, int]

    @property
    def text_count(self) -> int:
        return len({one.proposal for one in self.clauses.values()})

    def clause(self, clause_id: str) -> Named:
        """The name of a clause with its page; of one that went meanwhile the id."""
        one = self.clauses.get(clause_id)
        if one is None:
            return Named(text=clause_id, address=clause_address(clause_id))
        number = "" if one.number in _NO_NUMBER else f"{one.number} "
        return Named(
            text=f"{one.short_title}: {number}{one.label}", address=clause_address(clause_id), note=_period(one)
        )

    def position(self, slug: str) -> Named:
        """The date of a position, with its place in the timeline."""
        one = self.positions.get(slug)
        page = self.pages.get(slug, 1)
        address = f"{topic_address(self.topic.slug)}{f'?page={page}' if page > 1 else ''}#position-{slug}"
        return Named(text=_period(one) if one else slug, address=address)


def read_matter(topic: Topic, *, user: Reader | None) -> Matter:
    """Four queries."""
    seen = Clause.objects.visible_to(user).filter(topic_links__topic=topic).in_reading_order()
    own = (
        *("proposal__slug", "key", "number", "label", "proposal__short_title", "proposal__date"),
        *("proposal__date_precision", "proposal__date_end", "proposal__date_text"),
        *("proposal__process__slug", "proposal__process__name"),
    )
    clauses = {f"{row[0]}/{row[1]}": OnTopic(*row) for row in seen.values_list(*own)}
    said = Position.objects.visible_to(user).filter(topic=topic).newest_first()
    columns = ("slug", "date", "date_precision", "date_end", "date_text", "party__slug", "party__name")
    positions = {row[0]: SaidOnTopic(*row) for row in said.values_list(*columns)}
    proposing = ProposalParty.objects.filter(role=ProposalParty.Role.PROPOSER, proposal__clauses__in=seen.order_by())
    parties = dict(proposing.values_list("party__slug", "party__name").distinct())
    parties |= {one.party: one.party_name for one in positions.values()}
    rows = newest_first(list(timeline(topic, user=user)))
    return Matter(
        topic=topic,
        clauses=clauses,
        positions=positions,
        parties=dict(sorted(parties.items(), key=lambda one: (one[1].casefold(), one[0]))),
        processes={one.process: one.process_name for one in clauses.values()},
        pages={row[3]: place // PER_PAGE + 1 for place, row in enumerate(rows) if row[2] == "position"},
    )


def newest_first(rows: list[tuple]) -> list[tuple]:
    """Rows of a timeline by date backwards; what is of one date, such as the clauses of a text, keeps its order."""
    return sorted(rows, key=lambda row: (row[0], row[1]), reverse=True)


def _period(one: OnTopic | SaidOnTopic) -> str:
    last = one.date_end.isoformat() if one.date_end else None
    return in_words(one.date.isoformat(), one.date_precision, last=last, text=one.date_text)
