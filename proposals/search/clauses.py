"""Finds clauses by a query and ranks them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, ExpressionWrapper, F, FloatField, Func, Q, QuerySet, Value, When

from parties.readers import Reader
from proposals.models import Clause
from proposals.search.clues import KINDS, Clue, any_of, clues_of, coded, phrase
from proposals.search.terms import terms_of

# Of D, C, B, A: number, condition, text, label.
_WEIGHTS = [0.1, 0.4, 0.6, 1.0]
# Asked for in a row and found in a row; ts_rank would look at the words alone.
_TOGETHER = 0.5
# What a word counts that is another spelling of the place, that only begins a longer one, or was typed wrongly.
_RESPELLED = 0.9
_WIDER = 0.3
_MEANT = 0.5
# What it counts that the clause is coded with something of that name, however often.
_NAMED = {"territory": 0.2, "topic": 0.2, "party": 0.1, "proposal": 0.05}
_PLACES = Value(1e6, output_field=FloatField())
_READING_ORDER = ("proposal__date", "proposal__last_day", "proposal__slug", "order", "pk")


@dataclass(frozen=True, kw_only=True, slots=True)
class RankedPage:
    """Primary keys of the clauses of one page with their rank, the best first; `count` is that of all pages."""

    count: int
    ranks: dict[int, float]


class ClauseSearch:
    """A query, made ready for the reader who asks. Raises TooManyWords. `clues` is empty where nothing can match."""

    def __init__(self, query: str, *, user: Reader | None) -> None:
        self._terms = terms_of(query)
        self.clues: Sequence[Clue] = clues_of(self._terms, user=user) if self._terms else []

    def narrow(self, clauses: QuerySet[Clause]) -> QuerySet[Clause]:
        """The clauses that match every word of the query."""
        if not self.clues:
            return clauses.none()
        return clauses.filter(*(clue.condition for clue in self.clues))

    def best(self, clauses: QuerySet[Clause], *, limit: int, offset: int) -> RankedPage:
        """A page of clauses that match, the best first and equal ones in reading order. One query, counted within."""
        if not self.clues:
            return RankedPage(count=0, ranks={})
        ordered = dict(zip(("first_day", "closing_day", "owner", "place"), map(F, _READING_ORDER), strict=False))
        rows = clauses.order_by().annotate(rank=self._rank, **ordered).values_list("pk", "rank", *ordered)
        try:
            sql, parameters = rows.query.sql_with_params()
        except EmptyResultSet:
            return RankedPage(count=0, ranks={})
        with connection.cursor() as cursor:
            # Ranked once and kept narrow; a window to count in would carry every text along.
            cursor.execute(
                f"WITH found(pk, rank, {', '.join(ordered)}) AS MATERIALIZED ({sql}),"
                f" page AS (SELECT * FROM found ORDER BY rank DESC, {', '.join(ordered)}, pk LIMIT %s OFFSET %s)"
                " SELECT (SELECT count(*) FROM found), pk, rank FROM page RIGHT JOIN (SELECT) one ON true"
                f" ORDER BY rank DESC, {', '.join(ordered)}, pk",
                [*parameters, limit, offset],
            )
            answer = cursor.fetchall()
        return RankedPage(count=answer[0][0], ranks={pk: float(rank) for _, pk, rank in answer if pk is not None})

    def best_first(self, clauses: QuerySet[Clause]) -> QuerySet[Clause]:
        """The clauses that match in the same order, as a queryset."""
        return clauses.annotate(rank=self._rank).order_by("-rank", *_READING_ORDER) if self.clues else clauses

    def ranks(self, keys: Collection[int]) -> dict[int, float]:
        """The rank of each of a few clauses that match: one query."""
        ranked = Clause.objects.filter(pk__in=keys).order_by().annotate(rank=self._rank).values_list("pk", "rank")
        return {pk: float(rank) for pk, rank in ranked}

    @cached_property
    def _rank(self) -> Any:
        certain = [clue for clue in self.clues if not clue.meant]
        parts = [
            _of_text(any_of(queries), weight)
            for queries, weight in (
                ([clue.exact for clue in certain], 1.0),
                ([clue.exact for clue in self.clues if clue.meant], _MEANT),
                ([clue.respelled for clue in self.clues if clue.respelled], _RESPELLED),
                ([clue.wider for clue in self.clues if clue.wider], _WIDER),
            )
            if queries
        ]
        if 1 < len(certain) == len(self.clues):
            # Words that follow each other as they were asked for count more than the same words apart.
            asked = [word for term in self._terms for word in term.words]
            together = any_of([phrase(asked, parser) for parser in certain[0].parsers])
            parts.append(_where(Q(search=together), _TOGETHER))
        for kind in KINDS:
            records: set[int] = set().union(*(clue.records(kind) for clue in self.clues))
            if records:
                parts.append(_where(Q(pk__in=coded(kind, records)), _NAMED[kind]))
        # To six places. As numeric, which ROUND wants to have, a tenth of a broad query would go into it.
        whole = Func(reduce(add, parts) * _PLACES, function="round", output_field=FloatField())
        return ExpressionWrapper(whole / _PLACES, output_field=FloatField())


def _of_text(query: SearchQuery, weight: float) -> Any:
    return SearchRank(F("search"), query, weights=_WEIGHTS) * Value(weight, output_field=FloatField())


def _where(condition: Q, weight: float) -> Case:
    return Case(When(condition, then=Value(weight)), default=Value(0.0), output_field=FloatField())
