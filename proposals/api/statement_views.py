"""Positions, disputes, statements of sources, decisions of editors, and the timeline of a topic."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.permissions import Needs, on_model
from parties.api.formats import CSV, JSON
from parties.api.parameters import day
from parties.api.records import ReadingView, RecordViewSet, documented, find, matching, nothing_found
from parties.api.tables import table_answer
from parties.as_json import in_order_of
from parties.stamps import State
from proposals.api.filters.statement import (
    DecisionParameters,
    DisputeParameters,
    OnePositionParameters,
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
)
from proposals.api.serializers.timeline import TimelineEntrySerializer
from proposals.api.writing import WritingViewSet, writing
from proposals.comparison import LOOKED_BACK, state_of_all_links
from proposals.models import Decision, Dispute, Position, Statement, Topic
from proposals.payloads import (
    PositionPayload,
    decision_payload,
    dispute_payloads,
    position_payloads,
    statement_payloads,
)
from proposals.querysets import PositionQuerySet
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
        "What parties said, newest first. Nothing is called current: `as_of` keeps the statements up to a day, and "
        "`superseded_by` and `withdrawn_on` say where a source tells that a statement ended.",
    ),
    one=("Read a position", "One statement with stance, source and how sure the record is."),
    key="id",
    meaning="Id of the position.",
)
class PositionViewSet(WritingViewSet):
    writes = Position
    queryset = Position.objects.all()
    serializer_class = PositionSerializer
    filterset_class = PositionParameters
    noun = "position"
    lookup_url_kwarg = "id"
    ends_with = "id"

    def get_queryset(self) -> PositionQuerySet:
        return Position.objects.visible_to(self.request.user).newest_first()

    def depends_on(self, parameters: QueryDict) -> tuple[str, ...]:
        named = {"topic_group": "topic", "process": "proposal"}
        return ("position", *(kind for name, kind in named.items() if name in parameters))

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "as_of",
                datetime.date,
                description="Told as it was known on this day; a statement made later is not found.",
            )
        ]
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.refuse_unknown(request, known=OnePositionParameters.takes())
        asked = OnePositionParameters.read(request, self.get_queryset())
        positions = self.get_queryset().as_of(asked["as_of"])
        found = self.payloads(matching(positions, "slug", kwargs["id"])[:1])
        if not found:
            raise nothing_found(positions, "slug", kwargs["id"], self.noun)
        return Response(found[0])

    def payloads(self, records: QuerySet[Any]) -> list[PositionPayload]:
        # It was read, and refused if it is no day, before any record is looked up.
        as_of = day(self.request.query_params["as_of"]) if "as_of" in self.request.query_params else None
        return in_order_of(records, partial(position_payloads, user=self.request.user, as_of=as_of))


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
    payloads_by_key = staticmethod(dispute_payloads)
    noun = "dispute"
    brought_in = {"process": ["proposal", "position"], "person": ["position"], "topic_group": ["topic"]}
    lookup_url_kwarg = "id"

    def get_queryset(self) -> QuerySet[Dispute]:
        return Dispute.objects.visible_to(self.request.user).in_order()


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
    payloads_by_key = staticmethod(statement_payloads)
    noun = "statement"
    # The party of who says it; the clause and the proposal of a position that it is about.
    brought_in = {"party": ["person"], "clause": ["position"], "proposal": ["position"]}
    lookup_url_kwarg = "id"

    def get_queryset(self) -> QuerySet[Statement]:
        return Statement.objects.visible_to(self.request.user).in_order()


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
    writes = Decision
    queryset = Decision.objects.all()
    serializer_class = DecisionSerializer
    filterset_class = DecisionParameters
    payload = staticmethod(decision_payload)
    noun = "decision"
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    ends_with = "id"
    lookup_value_regex = "[0-9]{1,18}"

    def get_permissions(self) -> Sequence[Any]:
        method = self.request.method
        return [Needs(on_model("GET", Decision))] if method in SAFE_METHODS else super().get_permissions()

    def depends_on(self, parameters: QueryDict) -> tuple[str, ...]:
        # They stand in the order of their clauses.
        return ("decision", "clause")

    def get_queryset(self) -> QuerySet[Decision]:
        return Decision.objects.visible_to(self.request.user).in_order().with_parts()


class TimelineView(ReadingView, GenericAPIView):
    queryset = Topic.objects.in_taxonomy_order()
    serializer_class = TimelineEntrySerializer
    filterset_class = TimelineParameters
    remembers = True
    formats = (JSON, CSV)

    def state(self, request: Request) -> State | None:
        kinds = state_of_all_links("position", user=request.user)
        return (*kinds, request.scheme, request.get_host())

    @extend_schema(
        operation_id="topics_timeline_list",
        summary="Follow a topic through time",
        description="Clauses and positions on the topic in the order of their dates, the earliest first. A clause has "
        "the date of its proposal; on one date clauses come before positions. Each is set against what came before "
        "it: a clause against the nearest earlier one on the topic, of another text of its process, that regulates "
        f"the same matter (looked for in the {LOOKED_BACK} texts of the process before it), else against the one "
        "directly before in its process; a position "
        "against the previous statement of its party on the topic. That is chosen among all that is recorded, "
        "whatever the entries are narrowed by, so an entry says the same in every answer.",
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
            parties=asked["party"],
            proposals=asked["proposal"],
            processes=asked["process"],
            date_from=asked["date_from"],
            date_to=asked["date_to"],
            as_of=asked["as_of"],
        )
        entries = partial(timeline_entries, topic=topic, user=request.user, as_of=asked["as_of"])
        if self.format_asked is CSV:
            return table_answer(self, request, rows, payloads=entries)
        return self.get_paginated_response(entries(self.paginate_queryset(rows) or []))
