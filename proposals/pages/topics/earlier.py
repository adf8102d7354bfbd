"""What the entries of one page are set against, by name and with the place where it stands."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parties.readers import Reader
from proposals.models import Clause, Position, Topic
from proposals.pages.addresses import clause_address, topic_address
from proposals.pages.records.facts import Named
from proposals.pages.topics.matter import PER_PAGE
from proposals.rendering.dates import in_words
from proposals.timeline import TimelineEntry

_NO_NUMBER = ("", "unknown")
_PERIOD = ("date", "date_precision", "date_end", "date_text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """Clauses and positions on the topic by their ids."""

    topic: Topic
    clauses: Mapping[str, Named]
    positions: Mapping[str, Named]

    def clause(self, clause_id: str) -> Named:
        """The name of a clause with its page; of one that went meanwhile the id."""
        return self.clauses.get(clause_id) or Named(text=clause_id, address=clause_address(clause_id))

    def position(self, slug: str) -> Named:
        """The date of a position, with its place in the timeline."""
        return self.positions.get(slug) or Named(text=slug, address=_place(self.topic, slug, page=1))


def read_earlier(
    entries: Iterable[TimelineEntry], *, topic: Topic, user: Reader | None, rows: Sequence[tuple]
) -> Earlier:
    """Two queries; `rows` are those of the whole timeline, the newest first."""
    clauses, positions = set(), set()
    for one in entries:
        if one["clause_change"]:
            clauses.add(one["clause_change"]["against"])
        if one["position_change"]:
            positions.add(one["position_change"]["against"])
    return Earlier(
        topic=topic,
        clauses=_clauses(clauses, user=user),
        positions=_positions(positions, topic=topic, user=user, rows=rows) if positions else {},
    )


def _clauses(ids: set[str], *, user: Reader | None) -> dict[str, Named]:
    parts = [clause_id.partition("/") for clause_id in ids]
    # The keys of one text among those of the others: some more than asked for, which are left out below.
    near = {"proposal__slug__in": {slug for slug, _, _ in parts}, "key__in": {key for _, _, key in parts}}
    own = ("proposal__slug", "key", "number", "label", "proposal__short_title")
    rows = Clause.objects.visible_to(user).filter(**near).order_by().values_list(*own, *_of("proposal__"))
    return {
        clause_id: Named(
            text=f"{title}: {'' if number in _NO_NUMBER else f'{number} '}{label}",
            address=clause_address(clause_id),
            note=_period(*period),
        )
        for slug, key, number, label, title, *period in rows
        if (clause_id := f"{slug}/{key}") in ids
    }


def _positions(slugs: set[str], *, topic: Topic, user: Reader | None, rows: Sequence[tuple]) -> dict[str, Named]:
    pages = {row[3]: place // PER_PAGE + 1 for place, row in enumerate(rows) if row[2] == "position"}
    found = Position.objects.visible_to(user).filter(slug__in=slugs).order_by().values_list("slug", *_of(""))
    return {
        slug: Named(text=_period(*period), address=_place(topic, slug, page=pages.get(slug, 1)))
        for slug, *period in found
    }


def _place(topic: Topic, slug: str, *, page: int) -> str:
    return f"{topic_address(topic.slug)}{f'?page={page}' if page > 1 else ''}#position-{slug}"


def _of(owner: str) -> tuple[str, ...]:
    return tuple(f"{owner}{name}" for name in _PERIOD)


def _period(first: datetime.date, precision: str, end: datetime.date | None, text: str) -> str:
    return in_words(first.isoformat(), precision, last=end.isoformat() if end else None, text=text)
