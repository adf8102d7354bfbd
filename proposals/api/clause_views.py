"""Clauses: of one proposal, or over all of them, found by words and counted by facets."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request

from parties.api.formats import CSV, PARAMETER
from parties.api.records import RecordViewSet, find, matching
from parties.api.tables import table_answer
from parties.readers import sees_all
from parties.stamps import State, state_of_kinds, state_of_record
from proposals.api.filters.clause import ClauseParameters, ProposalClauseParameters
from proposals.api.ranked import RankedClauses
from proposals.api.retired import RETIRED, retired_clauses_told
from proposals.api.serializers.bodies import ClauseBodySerializer, ClauseChangeSerializer
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.search import ClausePageSerializer
from proposals.api.writing import WritingViewSet, writing
from proposals.models import Clause, Proposal
from proposals.payloads import ClausePayload, clause_payloads, clause_payloads_by_pk
from proposals.search import facet_counts, matches

_SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the proposal.")
_KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="Key of the clause in its proposal.")

# Their names are searched and told beside counts.
_NAMED = ("party", "territory", "topic")


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
    noun = "clause"
    brought_in = {"topic_group": ["topic"], "reliability": ["source"], "q": _NAMED, "facets": _NAMED}

    def get_queryset(self) -> QuerySet[Clause]:
        return Clause.objects.visible_to(self.request.user).in_reading_order()

    def payloads(self, records: Any) -> list[ClausePayload]:
        return clause_payloads(records, user=self.request.user)

    def depends_on(self, parameters: QueryDict) -> tuple[str, ...]:
        # Their dates are those of proposals.
        return (*super().depends_on(parameters), "proposal")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self.refuse_unknown(request, known=self.parameters())
        facets: Mapping[str, Any] | None = None
        results: Sequence[Mapping[str, Any]]
        if request.query_params.keys() <= {"limit", "offset", PARAMETER}:
            # To set up the parameters takes longer than to read a page.
            records = self.get_queryset()
            if self.format_asked is CSV:
                return table_answer(self, request, records, payloads=self.payloads)
            results = [{**payload, "match": None} for payload in self.payloads(self.paginator.page(records, request))]
        else:
            asked = self.filterset_class.of(request, self.get_queryset())
            if self.format_asked is CSV:
                records = asked.search.best_first(asked.qs) if asked.by_relevance else asked.qs
                return table_answer(self, request, records, payloads=self.payloads)
            results = self._found(asked) if asked.searches else self._narrowed(asked)
            facets = self._facets(asked)
        response = self.paginator.get_paginated_response(results)
        response.data["facets"] = facets
        return response

    def _narrowed(self, asked: ProposalClauseParameters) -> Sequence[Mapping[str, Any]]:
        page = self.paginator.page(asked.qs, self.request)
        return [{**payload, "match": None} for payload in self.payloads(page)]

    def _found(self, asked: ProposalClauseParameters) -> Sequence[Mapping[str, Any]]:
        if asked.by_relevance:
            ranked = RankedClauses(asked.search, asked.qs, pages=self.paginator, request=self.request)
            ranks = dict(self.paginator.page(ranked, self.request))
            clauses: Any = self.get_queryset()
            payloads = clause_payloads_by_pk(clauses.filter(pk__in=ranks), user=self.request.user)
            found = [(payloads[pk], rank) for pk, rank in ranks.items()]
        else:
            page = self.paginator.page(asked.qs, self.request)
            payloads = clause_payloads_by_pk(page, user=self.request.user)
            ranks = asked.search.ranks(payloads)
            found = [(payload, ranks[pk]) for pk, payload in payloads.items()]
        marked = matches(asked.search, found)
        return [{**payload, "match": match} for (payload, _), match in zip(found, marked, strict=True)]

    def _facets(self, asked: ProposalClauseParameters) -> Mapping[str, Any] | None:
        facets = asked.faceted(self.get_queryset())
        values = asked.form.cleaned_data
        return facet_counts(facets, party=values["party"], role=values["role"]) if facets else None


@writing(
    noun="clause",
    body=ClauseBodySerializer,
    changed=ClauseChangeSerializer,
    answer=ClauseSerializer,
    at=[_SLUG, _KEY],
    gone=RETIRED,
    told=(
        "A new clause in the exchange format, at the end of the text unless `order` names a place. For staff.",
        "The key of a public clause is fixed. For staff.",
        "The clause with all that is coded on it, and the decisions on it. For staff.",
    ),
)
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
        responses={200: ClauseSerializer, **RETIRED},
    ),
)
class ProposalClauseViewSet(WritingViewSet, ClauseViewSet):
    writes = Clause
    filterset_class = ProposalClauseParameters
    lookup_field = "key"
    ends_with = "key"

    def proposal_of_new(self) -> str:
        return self._find_proposal().slug

    def get_queryset(self) -> QuerySet[Clause]:
        clauses = super().get_queryset()
        return clauses.filter(proposal__in=matching(Proposal.objects.all(), "slug", self.kwargs["slug"]))

    def state(self, request: Request) -> State | None:
        if self.action == "retrieve":
            return super().state(request)
        # A proposal changes with each of its clauses.
        own = state_of_record("proposal", self.kwargs["slug"], everything=sees_all(request.user))
        others = set(self.depends_on(request.query_params))
        if "q" not in request.query_params:
            # With it, all texts and titles tell whether a word is a slip.
            others -= {"clause", "proposal"}
        named = state_of_kinds(others, everything=sees_all(request.user)) if others else ()
        return own and (*own, *named, request.scheme, request.get_host())

    @property
    def address(self) -> str:
        return f"{self.kwargs['slug']}/{self.kwargs['key']}"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self._find_proposal()
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self._find_proposal()
        with retired_clauses_told(self.kwargs["slug"], self.kwargs["key"], user=request.user):
            return super().retrieve(request, *args, **kwargs)

    def take(self) -> int:
        with retired_clauses_told(self.kwargs["slug"], self.kwargs["key"], user=self.request.user):
            return super().take()

    def _find_proposal(self) -> Proposal:
        return find(Proposal.objects.visible_to(self.request.user), "slug", self.kwargs["slug"], "proposal")
