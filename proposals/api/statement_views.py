"""Positions, disputes, statements of sources, decisions of editors, and the timeline of a topic."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import IsAdminUser
from rest_framework.request import Request

from parties.api.formats import CSV, JSON
from parties.api.records import ReadingView, RecordViewSet, documented, find
from parties.api.tables import table_answer
from parties.stamps import State, state_of_kinds
from proposals.api.filters.statement import (
    DecisionParameters,
    DisputeParameters,
    PositionParameters,
    StatementParameters,
    TimelineParameters,
)
from proposals.api.serializers.bodies import (
    DecisionBodySerializer,
    DecisionChangeSerializer,
    PositionBodySerializer,
    PositionChangeSerializer,
)
from proposals.api.serializers.statement import (
    DecisionSerializer,
    DisputeSerializer,
    PositionSerializer,
    StatementSerializer,
    TimelineEntrySerializer,
)
from proposals.api.writing import WritingViewSet, writing
from proposals.models import Decision, Dispute, Position, Statement, Topic
from proposals.payloads import decision_payload, dispute_payload, position_payload, statement_payload
from proposals.timeline import timeline, timeline_entries


@writing(
    noun="position",
    body=PositionBodySerializer,
    changed=PositionChangeSerializer,
    answer=PositionSerializer,
    at=[OpenApiParameter("id", str, OpenApiParameter.PATH, description="Id of the position.")],
    told=(
        "A new position in the exchange format. For staff.",
        "For staff.",
        "The position. For staff.",
    ),
)
@documented(
    listed=(
        "List positions",
        "What parties said, newest first. Nothing is called current: `as_of` keeps the statements up to a day.",
    ),
    one=("Read a position", "One statement with stance, source and how sure the record is."),
    key="id",
    meaning="Id of the position.",
)
class PositionViewSet(WritingViewSet):
    queryset = Position.objects.all()
    serializer_class = PositionSerializer
    filterset_class = PositionParameters
    payload = staticmethod(position_payload)
    noun = "position"
    lookup_url_kwarg = "id"
    ends_with = "id"

    def get_queryset(self) -> QuerySet[Position]:
        return Position.objects.visible_to(self.request.user).newest_first().with_parts()


@documented(
    listed=("List disputes", "Points on which sources give rival values for the same thing."),
    one=("Read a dispute", "The rival values side by side, each with its source."),
    key="id",
    meaning="Id of the dispute.",
)
class DisputeViewSet(RecordViewSet):
    queryset = Dispute.objects.all()
    serializer_class = DisputeSerializer
    filterset_class = DisputeParameters
    payload = staticmethod(dispute_payload)
    noun = "dispute"
    lookup_url_kwarg = "id"

    def get_queryset(self) -> QuerySet[Dispute]:
        return Dispute.objects.visible_to(self.request.user).in_order().with_parts()


@documented(
    listed=(
        "List statements",
        "What sources say that is neither a clause, nor a party's position, nor a rival value: why talks failed, how "
        "many came back, which outlet reports a point, what an article prints wrongly. Each is told as its source's.",
    ),
    one=("Read a statement", "One claim with its source, the place in it, and whom the source has say it."),
    key="id",
    meaning="Id of the statement.",
)
class StatementViewSet(RecordViewSet):
    queryset = Statement.objects.all()
    serializer_class = StatementSerializer
    filterset_class = StatementParameters
    payload = staticmethod(statement_payload)
    noun = "statement"
    lookup_url_kwarg = "id"

    def get_queryset(self) -> QuerySet[Statement]:
        return Statement.objects.visible_to(self.request.user).in_order().with_parts()


@writing(
    noun="decision",
    body=DecisionBodySerializer,
    changed=DecisionChangeSerializer,
    answer=DecisionSerializer,
    at=[OpenApiParameter("id", str, OpenApiParameter.PATH, description="Number of the decision.")],
    told=(
        "A verdict on a pair of clauses of two proposals, as they stand now. For staff.",
        "Naming the verdict or the relation says that you read the clauses as they stand: it is stale no longer. "
        "For staff.",
        "The engine says again how the two relate. For staff.",
    ),
)
@documented(
    listed=("List decisions", "What editors decided about pairs of clauses. For staff."),
    one=("Read a decision", "One verdict on a pair of clauses. For staff."),
    key="id",
    meaning="Number of the decision.",
)
class DecisionViewSet(WritingViewSet):
    queryset = Decision.objects.all()
    serializer_class = DecisionSerializer
    filterset_class = DecisionParameters
    permission_classes = [IsAdminUser]
    payload = staticmethod(decision_payload)
    noun = "decision"
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    ends_with = "id"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Decision]:
        return Decision.objects.visible_to(self.request.user).in_order().with_parts()


class TimelineView(ReadingView, GenericAPIView):
    queryset = Topic.objects.in_taxonomy_order()
    serializer_class = TimelineEntrySerializer
    filterset_class = TimelineParameters
    formats = (JSON, CSV)

    def state(self, request: Request) -> State | None:
        # Its clauses have the dates of their proposals.
        kinds = state_of_kinds(("clause", "position", "proposal"), staff=request.user.is_staff)
        return (*kinds, request.scheme, request.get_host())

    @extend_schema(
        operation_id="topics_timeline_list",
        summary="Follow a topic through time",
        description="Clauses and positions on the topic in the order of their dates, the earliest first. A clause has "
        "the date of its proposal; on one date clauses come before positions.",
        parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the topic.")],
        responses=TimelineEntrySerializer(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        topic = find(self.get_queryset(), "slug", kwargs["slug"], "topic")
        self.refuse_unknown(request, known=TimelineParameters.takes() | {"limit": False, "offset": False})
        asked = TimelineParameters.read(request, self.get_queryset())
        rows = timeline(
            topic,
            user=request.user,
            kinds=asked["kind"],
            date_from=asked["date_from"],
            date_to=asked["date_to"],
        )
        if self.format_asked is CSV:
            return table_answer(self, request, rows, payloads=lambda page: timeline_entries(page, user=request.user))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(timeline_entries(page, user=request.user))
