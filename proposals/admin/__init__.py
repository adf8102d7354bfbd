"""The staff's workshop: every record edited on one page, with its parts."""

from django.contrib import admin

from proposals.admin.alignment import AlignmentRunAdmin
from proposals.admin.clause import ClauseAdmin
from proposals.admin.decision import DecisionAdmin
from proposals.admin.dispute import DisputeAdmin
from proposals.admin.equipping import equip
from proposals.admin.imported import ImportedRecordAdmin, SnapshotAdmin, VocabularySnapshotAdmin
from proposals.admin.position import PositionAdmin
from proposals.admin.proposal import ProposalAdmin
from proposals.admin.source import SourceAdmin
from proposals.admin.statement import StatementAdmin
from proposals.admin.vocabulary import MeasureAdmin, ProcessAdmin, TerritoryAdmin, TopicAdmin, TopicGroupAdmin

__all__ = [
    "AlignmentRunAdmin",
    "ClauseAdmin",
    "DecisionAdmin",
    "DisputeAdmin",
    "ImportedRecordAdmin",
    "MeasureAdmin",
    "PositionAdmin",
    "ProcessAdmin",
    "ProposalAdmin",
    "SnapshotAdmin",
    "SourceAdmin",
    "StatementAdmin",
    "TerritoryAdmin",
    "TopicAdmin",
    "TopicGroupAdmin",
    "VocabularySnapshotAdmin",
]

admin.site.site_header = admin.site.site_title = "Concordance"
admin.site.index_title = "Records"

equip(admin.site)
