"""Proposals, and their clauses: of one proposal, or over all of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request

from parties.api.formats import CSV, JSON
from parties.api.records import RecordViewSet, documented, find
from parties.stamps import State, state_of_kinds, state_of_record
from proposals.api.exports import OF_PROPOSALS, proposal_file
from proposals.api.filters.proposal import ClauseParameters, ProposalClauseParameters, ProposalParameters
from proposals.api.serializers.bodies import (
    ClauseBodySerializer,
    ClauseChangeSerializer,
    ProposalBodySerializer,
    ProposalChangeSerializer,
)
from proposals.api.serializers.clause import ClauseSerializer
from proposals.api.serializers.proposal import ProposalSerializer
from proposals.api.writing import WritingViewSet, writing
from proposals.models import Clause, Proposal
from proposals.payloads import ClausePayload, ProposalPayload, clause_payloads, proposal_payloads

_SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the proposal.")
_KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="Key of the clause in its proposal.")


@writing(
    noun="proposal",
    body=ProposalBodySerializer,
    changed=ProposalChangeSerializer,
    answer=ProposalSerializer,
    at=[_SLUG],
    told=(
        "A new proposal in the exchange format, with its clauses or without. For staff.",
        "With a proposal that goes public go its clauses, but those withdrawn. For staff.",
        "The proposal with its clauses, and the decisions on these. For staff.",
    ),
)
@documented(
    listed=("List proposals", "Proposals by date, each with everything about it but its clauses."),
    one=("Read a proposal", "One proposal; its clauses stand under `clauses/`."),
    meaning="Slug of the proposal.",
)
class ProposalViewSet(WritingViewSet):
    queryset = Proposal.objects.all()
    serializer_class = ProposalSerializer
    filterset_class = ProposalParameters
    formats_of_record = OF_PROPOSALS
    noun = "proposal"

    def state(self, request: Request) -> State | None:
        own = super().state(request)
        if own is None or self.format_asked in (JSON, CSV):
            return own
        # A file of a proposal tells the names of what it refers to.
        named = ("clause", "party", "source", "territory", "topic")
        return (*own, *state_of_kinds(named, staff=request.user.is_staff))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        if self.format_asked is JSON:
            return super().retrieve(request, *args, **kwargs)
        self.refuse_unknown(request, known={})
        record = find(self.get_queryset(), "slug", kwargs["slug"], "proposal")
        return proposal_file(record, asked=self.format_asked, user=request.user)

    def get_queryset(self) -> QuerySet[Proposal]:
        return Proposal.objects.visible_to(self.request.user).in_date_order()

    def payloads_by_key(self, keys: Sequence[str]) -> dict[str, ProposalPayload]:
        return proposal_payloads(keys, user=self.request.user)


@extend_schema_view(
    list=extend_schema(
        summary="List clauses",
        description="Clauses of all proposals: by the date of the proposal, and within each in reading order.",
    )
)
class ClauseViewSet(RecordViewSet):
    queryset = Clause.objects.all()
    serializer_class = ClauseSerializer
    filterset_class = ClauseParameters
    noun = "clause"

    def get_queryset(self) -> QuerySet[Clause]:
        return Clause.objects.visible_to(self.request.user).in_reading_order()

    def payloads(self, records: Any) -> list[ClausePayload]:
        return clause_payloads(records, user=self.request.user)

    def depends_on(self, parameters: QueryDict) -> tuple[str, ...]:
        # Their dates are those of proposals.
        named = {"topic_group": ["topic"], "q": ["party", "territory", "topic"], "facets": ["topic"]}
        return ("clause", "proposal", *(kind for name, kinds in named.items() if name in parameters for kind in kinds))


@writing(
    noun="clause",
    body=ClauseBodySerializer,
    changed=ClauseChangeSerializer,
    answer=ClauseSerializer,
    at=[_SLUG, _KEY],
    told=(
        "A new clause in the exchange format, at the end of the text unless `order` names a place. For staff.",
        "The key of a public clause is fixed. For staff.",
        "The clause with all that is coded on it, and the decisions on it. For staff.",
    ),
)
@extend_schema_view(
    list=extend_schema(
        summary="List the clauses of a proposal",
        description="The clauses in reading order.",
        parameters=[_SLUG],
    ),
    retrieve=extend_schema(
        summary="Read a clause",
        description="One clause with everything that is coded on it.",
        parameters=[_SLUG, _KEY],
    ),
)
class ProposalClauseViewSet(WritingViewSet, ClauseViewSet):
    filterset_class = ProposalClauseParameters
    lookup_field = "key"
    ends_with = "key"

    def proposal_of_new(self) -> str:
        return self._find_proposal().slug

    def get_queryset(self) -> QuerySet[Clause]:
        return super().get_queryset().filter(proposal__slug=self.kwargs["slug"])

    def state(self, request: Request) -> State | None:
        if self.action == "retrieve":
            return super().state(request)
        # A proposal changes with each of its clauses.
        own = state_of_record("proposal", self.kwargs["slug"], staff=request.user.is_staff)
        others = set(self.depends_on(request.query_params)) - {"clause", "proposal"}
        named = state_of_kinds(others, staff=request.user.is_staff) if others else ()
        return own and (*own, *named, request.scheme, request.get_host())

    @property
    def address(self) -> str:
        return f"{self.kwargs['slug']}/{self.kwargs['key']}"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self._find_proposal()
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self._find_proposal()
        return super().retrieve(request, *args, **kwargs)

    def _find_proposal(self) -> Proposal:
        return find(Proposal.objects.visible_to(self.request.user), "slug", self.kwargs["slug"], "proposal")
