"""The public shape of records: what the API answers, comparisons include and pages show.

Each function turns a record, loaded with its queryset's `with_parts`, into a dictionary of plain values and makes no
query. Absent values are None, codes are those of the models, ids are slugs; a clause's id is `{proposal}/{key}`.
"""

from parties.payloads import PartyPayload, PersonPayload, party_payload, person_payload
from proposals.payloads.clause import ClausePayload, clause_id, clause_payloads, clause_payloads_by_pk
from proposals.payloads.decision import DecisionPayload, decision_payload
from proposals.payloads.proposal import ProposalHead, ProposalPayload, proposal_head, proposal_payload
from proposals.payloads.statement import DisputePayload, PositionPayload, dispute_payload, position_payload
from proposals.payloads.vocabulary import (
    GroupPayload,
    MeasurePayload,
    ProcessPayload,
    SourcePayload,
    TerritoryPayload,
    TopicPayload,
    group_payload,
    measure_payload,
    process_payload,
    source_payload,
    territory_payload,
    topic_payload,
)

__all__ = [
    "ClausePayload",
    "DecisionPayload",
    "DisputePayload",
    "GroupPayload",
    "MeasurePayload",
    "PartyPayload",
    "PersonPayload",
    "PositionPayload",
    "ProcessPayload",
    "ProposalHead",
    "ProposalPayload",
    "SourcePayload",
    "TerritoryPayload",
    "TopicPayload",
    "clause_id",
    "clause_payloads",
    "clause_payloads_by_pk",
    "decision_payload",
    "dispute_payload",
    "group_payload",
    "measure_payload",
    "party_payload",
    "person_payload",
    "position_payload",
    "process_payload",
    "proposal_head",
    "proposal_payload",
    "source_payload",
    "territory_payload",
    "topic_payload",
]
