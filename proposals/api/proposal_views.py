"""Proposals; their clauses stand in clause_views.py."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from parties.api.formats import CSV, JSON
from parties.api.records import documented, find
from parties.readers import sees_all
from parties.stamps import State, state_of_kinds
from proposals.api.exports import OF_PROPOSALS, proposal_file
from proposals.api.filters.proposal import ProposalParameters
from proposals.api.serializers.bodies import ProposalBodySerializer, ProposalChangeSerializer
from proposals.api.serializers.proposal import ProposalSerializer
from proposals.api.writing import WritingViewSet, writing
from proposals.models import Proposal
from proposals.payloads import ProposalPayload, proposal_payloads

_SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the proposal.")


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
    writes = Proposal
    queryset = Proposal.objects.all()
    serializer_class = ProposalSerializer
    filterset_class = ProposalParameters
    formats_of_record = OF_PROPOSALS
    noun = "proposal"
    brought_in = {"topic_group": ["topic"], "reliability": ["source"]}

    def state(self, request: Request) -> State | None:
        own = super().state(request)
        if own is None or self.format_asked in (JSON, CSV):
            return own
        # A file of a proposal tells the names of what it refers to.
        named = ("clause", "party", "source", "territory", "topic")
        return (*own, *state_of_kinds(named, everything=sees_all(request.user)))

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
