"""The public shape of records: what the API answers, comparisons include and pages show.

A function in the plural reads its records without model objects, in one or two queries. One in the singular turns a
record, loaded with its queryset's `with_parts`, into a dictionary of plain values and makes no query. Absent values are
None, codes are those of the models, ids are slugs; a clause's id is `{proposal}/{key}`.
"""

from parties.payloads import PartyPayload, PersonPayload, party_payloads, person_payloads
from proposals.payloads.clause import (
    ClausePayload,
    clause_id,
    clause_payload_pages,
    clause_payloads,
    clause_payloads_by_pk,
)
from proposals.payloads.decision import DecisionPayload, decision_payload
from proposals.payloads.proposal import ProposalHead, ProposalPayload, proposal_head, proposal_payloads
from proposals.payloads.statement import (
    DisputePayload,
    PositionPayload,
    StatementPayload,
    dispute_payloads,
    position_payloads,
    statement_payloads,
)
from proposals.payloads.vocabulary import (
    GroupPayload,
    MeasurePayload,
    ProcessPayload,
    SourcePayload,
    TerritoryPayload,
    TopicPayload,
    group_payloads,
    measure_payloads,
    process_payloads,
    source_payloads,
    territory_payloads,
    topic_payloads,
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
    "clause_payload_pages",
    "clause_payloads",
    "clause_payloads_by_pk",
    "decision_payload",
    "dispute_payloads",
    "group_payloads",
    "measure_payloads",
    "party_payloads",
    "person_payloads",
    "position_payloads",
    "process_payloads",
    "proposal_head",
    "proposal_payloads",
    "source_payloads",
    "statement_payloads",
    "territory_payloads",
    "topic_payloads",
]
