"""Clauses: of one proposal, or over all of them, found by words and counted by facets."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from parties.api.records import RecordViewSet, find, refuse_unknown
from proposals.api.filters.clause import ClauseParameters, ProposalClauseParameters
from proposals.api.ranked import RankedClauses
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.search import ClausePageSerializer
from proposals.models import Clause, Proposal
from proposals.payloads import ClausePayload, clause_payload
from proposals.search import facet_counts, matches

_SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the proposal.")
_KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="Key of the clause in its proposal.")


@extend_schema_view(
    list=extend_schema(
        summary="List clauses",
        description="Clauses of all proposals: by the date of the proposal, and within each in reading order; with "
        "`q`, those that match its words, the best first and each with a marked excerpt.",
        responses=ClausePageSerializer,
    )
)
class ClauseViewSet(RecordViewSet):
    queryset = Clause.objects.all()
    serializer_class = ClauseSerializer
    filterset_class = ClauseParameters
    payload = staticmethod(clause_payload)
    noun = "clause"

    def get_queryset(self) -> QuerySet[Clause]:
        return Clause.objects.visible_to(self.request.user).in_reading_order().with_parts(self.request.user)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known=self.parameters())
        asked = self.filterset_class.of(request, self.get_queryset())
        response = self.get_paginated_response(self._results(asked))
        response.data["facets"] = self._facets(asked)
        return response

    def _results(self, asked: ProposalClauseParameters) -> Sequence[Mapping[str, Any]]:
        if not asked.searches:
            payloads = self._payloads(self.paginate_queryset(asked.qs) or [])
            return [payload | {"match": None} for payload in payloads.values()]
        if asked.by_relevance:
            ranked: Any = RankedClauses(asked.search, asked.qs, pages=self.paginator, request=self.request)
            ranks: dict[int, float] = dict(self.paginate_queryset(ranked) or [])
            payloads = self._payloads(self.get_queryset().filter(pk__in=ranks))
        else:
            payloads = self._payloads(self.paginate_queryset(asked.qs) or [])
            ranks = asked.search.ranks(payloads)
        found = [(payloads[pk], ranks[pk]) for pk in (ranks if asked.by_relevance else payloads)]
        marked = matches(asked.search, found)
        return [payload | {"match": match} for (payload, _), match in zip(found, marked, strict=True)]

    def _payloads(self, clauses: QuerySet[Clause] | Sequence[Clause]) -> dict[int, ClausePayload]:
        """Payloads by primary key, in the order of the clauses."""
        return {clause.pk: clause_payload(clause) for clause in clauses}

    def _facets(self, asked: ProposalClauseParameters) -> Mapping[str, Any] | None:
        facets = asked.faceted(self.get_queryset())
        values = asked.form.cleaned_data
        return facet_counts(facets, party=values["party"], role=values["role"]) if facets else None


@extend_schema_view(
    list=extend_schema(
        summary="List the clauses of a proposal",
        description="The clauses in reading order; with `q`, those that match its words, the best first.",
        parameters=[_SLUG],
        responses=ClausePageSerializer,
    ),
    retrieve=extend_schema(
        summary="Read a clause",
        description="One clause with everything that is coded on it.",
        parameters=[_SLUG, _KEY],
    ),
)
class ProposalClauseViewSet(ClauseViewSet):
    filterset_class = ProposalClauseParameters
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[Clause]:
        return super().get_queryset().filter(proposal__slug=self.kwargs["slug"])

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self._find_proposal()
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self._find_proposal()
        return super().retrieve(request, *args, **kwargs)

    def _find_proposal(self) -> Proposal:
        return find(Proposal.objects.visible_to(self.request.user), "slug", self.kwargs["slug"], "proposal")
