"""Positions as a search finds them: narrowed down, newest first, marked, and counted for narrowing down."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Position
from proposals.pages.records.said import ShownPosition, short_titles, shown_position
from proposals.pages.search.asked import Asked
from proposals.payloads import position_payloads
from proposals.querysets import PositionQuerySet
from proposals.search import MAX_VALUES, ClauseSearch, FacetPayload, Segment, marked, matching_positions

_COLUMNS = {
    "topic": "topic__slug",
    "party": "party__slug",
    "proposal": "proposal__slug",
    "date_from": "last_day__gte",
    "date_to": "date__lte",
}
_NAMES = {"topic": "topic__name", "party": "party__name"}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPosition:
    position: ShownPosition
    segments: tuple[Segment, ...]


class Positions:
    """The positions that a reader asks for; `search` is None where no words are asked for."""

    def __init__(self, asked: Asked, *, search: ClauseSearch | None, user: Reader | None) -> None:
        self._asked, self._search, self._user = asked, search, user
        self._seen = Position.objects.visible_to(user)

    def page(self, *, limit: int, offset: int) -> tuple[int, tuple[FoundPosition, ...]]:
        """How many there are, and those of one page. A constant number of queries."""
        found = self._narrowed()
        slugs = list(found.newest_first().values_list("slug", flat=True)[offset : offset + limit])
        payloads = position_payloads(slugs, user=self._user)
        positions = [payloads[slug] for slug in slugs if slug in payloads]
        included = include_records(heads=[], clauses=[], silences=[], positions=positions, disputes=[])
        titles = short_titles(positions)
        statements = [one["statement"] for one in positions]
        texts = marked(self._search, statements) if self._search else [[_plain(one)] for one in statements]
        return found.count(), tuple(
            FoundPosition(position=shown_position(one, included=included, titles=titles), segments=tuple(segments))
            for one, segments in zip(positions, texts, strict=True)
        )

    def count(self) -> int:
        return self._narrowed().count()

    def facets(self) -> dict[str, FacetPayload]:
        """By filter how many positions each value would leave. One query for each."""
        return {name: self._facet(name) for name in _NAMES}

    def _facet(self, name: str) -> FacetPayload:
        found = self._narrowed(but_for=[name]).order_by()
        rows = (
            found.values_list(_COLUMNS[name], _NAMES[name])
            .annotate(number=Count("pk"))
            .order_by("-number", _COLUMNS[name])
        )
        values: list[dict[str, Any]] = [{"value": slug, "name": label, "count": number} for slug, label, number in rows]
        return {"values": values[:MAX_VALUES], "rest": len(values[MAX_VALUES:])}

    def _narrowed(self, *, but_for: Collection[str] = ()) -> PositionQuerySet:
        found = matching_positions(self._search, self._seen) if self._search else self._seen
        # What positions are not coded with narrows nothing: it is not asked for beside them.
        asked = {name: value for name, value in self._asked.filters.items() if name in _COLUMNS and name not in but_for}
        return found.filter(**{_COLUMNS[name]: value for name, value in asked.items()})


def _plain(text: str) -> Segment:
    return {"text": text, "marked": False}
