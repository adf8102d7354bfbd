"""Addresses of proposals and everything recorded about them, below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from proposals.api.alignment_views import AlignmentRunViewSet, NearestView
from proposals.api.change_views import ChangeFeedView, ChangesView
from proposals.api.clause_views import ClauseViewSet, ProposalClauseViewSet
from proposals.api.comparison_views import ComparisonView
from proposals.api.counterpart_views import CounterpartsView
from proposals.api.dump_views import DumpView
from proposals.api.import_views import ImportView
from proposals.api.proposal_views import ProposalViewSet
from proposals.api.snapshot_views import SnapshotViewSet
from proposals.api.statement_views import (
    DecisionViewSet,
    DisputeViewSet,
    PositionViewSet,
    StatementViewSet,
    TimelineView,
)
from proposals.api.vocabulary_views import (
    MeasureViewSet,
    ProcessViewSet,
    SourceViewSet,
    TerritoryViewSet,
    TopicGroupViewSet,
    TopicViewSet,
)

router = SimpleRouter()
router.register("processes", ProcessViewSet, basename="processes")
router.register("topic-groups", TopicGroupViewSet, basename="topic-groups")
router.register("topics", TopicViewSet, basename="topics")
router.register("territories", TerritoryViewSet, basename="territories")
router.register("measures", MeasureViewSet, basename="measures")
router.register("sources", SourceViewSet, basename="sources")
router.register("proposals", ProposalViewSet, basename="proposals")
router.register("positions", PositionViewSet, basename="positions")
router.register("disputes", DisputeViewSet, basename="disputes")
router.register("statements", StatementViewSet, basename="statements")
router.register("decisions", DecisionViewSet, basename="decisions")
router.register("snapshots", SnapshotViewSet, basename="snapshots")
router.register("alignment-runs", AlignmentRunViewSet, basename="alignment-runs")

urlpatterns = [
    path("clauses/", ClauseViewSet.as_view({"get": "list"}), name="clauses-list"),
    path(
        "proposals/<str:slug>/clauses/",
        ProposalClauseViewSet.as_view({"get": "list", "post": "create"}),
        name="proposals-clauses-list",
    ),
    path(
        "proposals/<str:slug>/clauses/<str:key>/",
        ProposalClauseViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="proposals-clauses-detail",
    ),
    path(
        "proposals/<str:slug>/clauses/<str:key>/counterparts/",
        CounterpartsView.as_view(),
        name="proposals-clauses-counterparts",
    ),
    path("proposals/<str:slug>/nearest/", NearestView.as_view(), name="proposals-nearest"),
    path("topics/<str:slug>/timeline/", TimelineView.as_view(), name="topics-timeline"),
    path("imports/", ImportView.as_view(), name="imports"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("changes/feed/", ChangeFeedView.as_view(), name="changes-feed"),
    path("comparisons/", ComparisonView.as_view(), name="comparisons"),
    path("dump/", DumpView.as_view(), name="dump"),
    *router.urls,
]
