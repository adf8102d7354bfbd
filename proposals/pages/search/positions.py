"""Positions as a search finds them: narrowed down, newest first, marked, and counted for narrowing down."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Position
from proposals.pages.records.said import ShownPosition, short_titles, shown_position
from proposals.pages.search.asked import Asked
from proposals.payloads import position_payloads
from proposals.querysets import PositionQuerySet
from proposals.search import MAX_VALUES, ClauseSearch, FacetPayload, Segment, marked, matching_positions, names_matched

_COLUMNS = {
    "topic": "topic__slug",
    "party": "party__slug",
    "proposal": "proposal__slug",
    "date_from": "last_day__gte",
    "date_to": "date__lte",
}
_FOUND_BY: Mapping[str, str | Promise] = {
    "party": _("by a name of the party"),
    "person": _("by the name of who spoke"),
    "topic": _("by the name of the topic"),
    "proposal": _("by a title of the text"),
}
_NAMES = {"topic": "topic__name", "party": "party__name"}


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPosition:
    """With the words found marked in its statement; where no word of it matches, `found` says what does."""

    position: ShownPosition
    found: tuple[str, ...]


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
        names: list[list[str]] = names_matched(self._search, positions) if self._search else [[] for _one in positions]
        return found.count(), tuple(
            FoundPosition(
                position=replace(shown_position(one, included=included, titles=titles), statement=_in_html(segments)),
                found=() if any(one["marked"] for one in segments) else tuple(str(_FOUND_BY[name]) for name in matched),
            )
            for one, segments, matched in zip(positions, texts, names, strict=True)
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

    @cached_property
    def _matching(self) -> list[int] | None:
        """Those that match the words, read once: each look at the words of all statements takes long."""
        if self._search is None:
            return None
        return list(matching_positions(self._search, self._seen).values_list("pk", flat=True))

    def _narrowed(self, *, but_for: Collection[str] = ()) -> PositionQuerySet:
        found = self._seen if self._matching is None else self._seen.filter(pk__in=self._matching)
        # What positions are not coded with narrows nothing: it is not asked for beside them.
        asked = {name: value for name, value in self._asked.filters.items() if name in _COLUMNS and name not in but_for}
        return found.filter(**{_COLUMNS[name]: value for name, value in asked.items()})


def _in_html(segments: Iterable[Segment]) -> SafeString:
    """Safe, so that the template of positions takes it for a statement like any other."""
    return format_html_join("", "{}", ((_marked(one["text"]) if one["marked"] else one["text"],) for one in segments))


def _marked(text: str) -> SafeString:
    return format_html("<mark>{}</mark>", text)


def _plain(text: str) -> Segment:
    return {"text": text, "marked": False}
