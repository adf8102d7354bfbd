"""The public shape of records: what the API answers, comparisons include and pages show.

A function in the plural reads its records without model objects, in one or two queries. One in the singular turns a
record, loaded with its queryset's `with_parts`, into a dictionary of plain values and makes no query. Absent values are
None, codes are those of the models, ids are slugs; a clause's id is `{proposal}/{key}`.
"""

from parties.payloads import PartyPayload, PersonPayload, party_payloads, person_payloads
from proposals.payloads.clause import ClausePayload, clause_id, clause_payloads, clause_payloads_by_pk
from proposals.payloads.decision import DecisionPayload, decision_payload
from proposals.payloads.proposal import ProposalHead, ProposalPayload, proposal_head, proposal_payloads
from proposals.payloads.statement import (
    DisputePayload,
    PositionPayload,
    StatementPayload,
    dispute_payload,
    position_payload,
    statement_payload,
)
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
    territory_payloads,
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
    "StatementPayload",
    "TerritoryPayload",
    "TopicPayload",
    "clause_id",
    "clause_payloads",
    "clause_payloads_by_pk",
    "decision_payload",
    "dispute_payload",
    "group_payload",
    "measure_payload",
    "party_payloads",
    "person_payloads",
    "position_payload",
    "process_payload",
    "proposal_head",
    "proposal_payloads",
    "source_payload",
    "statement_payload",
    "territory_payloads",
    "topic_payload",
]
