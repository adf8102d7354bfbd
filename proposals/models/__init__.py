"""The clause model: proposals and everything recorded about them."""

from proposals.models.aligned import AlignedPair, AlignedText, AlignmentJob, AlignmentRun
from proposals.models.clause import Clause, Contest, Dependency
from proposals.models.coding import ClauseParty, ClauseSource, ClauseTerritory, ClauseTopic
from proposals.models.dates import DatePrecision
from proposals.models.decision import Decision
from proposals.models.dispute import Dispute, DisputeAbout, DisputeClaim
from proposals.models.imported import ImportedRecord
from proposals.models.position import Position
from proposals.models.proposal import Lineage, Proposal, ProposalParty, ProposalSource, Silence, TextVersion
from proposals.models.retired import RetiredKey
from proposals.models.snapshot import Snapshot
from proposals.models.source import Confidence, Evidence, Source
from proposals.models.stage_move import StageMove
from proposals.models.statement import Statement, StatementAbout, StatementTopic
from proposals.models.term import Term
from proposals.models.versioning import Stage
from proposals.models.vocabulary import (
    Measure,
    Process,
    Territory,
    TerritoryAlias,
    Topic,
    TopicGroup,
    VocabularySnapshot,
)

__all__ = [
    "AlignedPair",
    "AlignedText",
    "AlignmentJob",
    "AlignmentRun",
    "Clause",
    "ClauseParty",
    "ClauseSource",
    "ClauseTerritory",
    "ClauseTopic",
    "Confidence",
    "Contest",
    "DatePrecision",
    "Decision",
    "Dependency",
    "Dispute",
    "DisputeAbout",
    "DisputeClaim",
    "Evidence",
    "ImportedRecord",
    "Lineage",
    "Measure",
    "Position",
    "Process",
    "Proposal",
    "ProposalParty",
    "ProposalSource",
    "RetiredKey",
    "Silence",
    "Snapshot",
    "Source",
    "Stage",
    "StageMove",
    "Statement",
    "StatementAbout",
    "StatementTopic",
    "Term",
    "Territory",
    "TerritoryAlias",
    "TextVersion",
    "Topic",
    "TopicGroup",
    "VocabularySnapshot",
]
