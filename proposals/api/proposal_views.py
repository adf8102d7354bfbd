"""Proposals; their clauses stand in clause_views.py."""

from typing import Any

from django.db.models import QuerySet

from parties.api.records import RecordViewSet, documented
from proposals.api.filters.proposal import ProposalParameters
from proposals.api.serializers.proposal import ProposalSerializer
from proposals.models import Proposal
from proposals.payloads import ProposalPayload, proposal_payload


@documented(
    listed=("List proposals", "Proposals by date, each with everything about it but its clauses."),
    one=("Read a proposal", "One proposal; its clauses stand under `clauses/`."),
    meaning="Slug of the proposal.",
)
class ProposalViewSet(RecordViewSet):
    queryset = Proposal.objects.all()
    serializer_class = ProposalSerializer
    filterset_class = ProposalParameters
    noun = "proposal"

    def get_queryset(self) -> QuerySet[Proposal]:
        user = self.request.user
        return Proposal.objects.visible_to(user).in_date_order().with_parts(user).with_clause_count(user)

    def payload(self, record: Any) -> ProposalPayload:
        return proposal_payload(record, clause_count=record.clause_count)
