"""Clauses by relevance, as the pagination wants them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from proposals.models import Clause
from proposals.search import ClauseSearch


class RankedClauses:
    """Primary keys of clauses with their rank, the best first: counted and cut into a page by one query."""

    def __init__(self, search: ClauseSearch, clauses: QuerySet[Clause], *, pages: Any, request: Request) -> None:
        self._search, self._clauses, self._pages, self._request = search, clauses, pages, request

    def count(self) -> int:
        # Asked for first of all, once limit and offset are known to be good.
        limit, offset = self._pages.get_limit(self._request), self._pages.get_offset(self._request)
        self._page = self._search.best(self._clauses, limit=limit, offset=offset)
        return self._page.count

    def __getitem__(self, page: slice) -> list[tuple[int, float]]:
        return list(self._page.ranks.items())

    def none(self) -> list[tuple[int, float]]:
        return []
