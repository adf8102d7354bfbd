"""Snapshots: comparisons frozen under a permanent address."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from access.authentication import BearerAuthentication
from parties.api.formats import JSON, Format
from parties.api.records import RecordViewSet, refuse_unknown
from parties.stamps import State
from proposals.api.bounded_json import BoundedJSONParser
from proposals.api.comparison_problems import NotFreezable
from proposals.api.exports import OF_COMPARISONS, snapshot_file
from proposals.api.filters.snapshot import SnapshotParameters
from proposals.api.serializers.snapshot import SnapshotHeadSerializer, SnapshotSerializer, ToFreezeSerializer
from proposals.comparison import UnableToCompare, citation, freeze, shown, state_of_snapshot
from proposals.models import Snapshot

_ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="Id of the snapshot: the digest of its content.")


@extend_schema_view(
    list=extend_schema(
        summary="List snapshots", description="Frozen comparisons without their content, the newest first."
    ),
    retrieve=extend_schema(
        summary="Read a snapshot",
        description="A comparison as it was frozen, with a line to cite it by. It never changes. The words of what was "
        "withdrawn since are left out, and a dated notice stands in their place; in files it stands in the head too.",
        parameters=[_ID],
        responses=SnapshotSerializer,
    ),
)
class SnapshotViewSet(RecordViewSet):
    http_method_names = ["get", "post", "head"]
    queryset = Snapshot.objects.order_by("-frozen_at", "-pk")
    serializer_class = SnapshotHeadSerializer
    filterset_class = SnapshotParameters
    parser_classes = [BoundedJSONParser]
    noun = "snapshot"
    lookup_field = "digest"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[^/]+"
    formats_of_record = OF_COMPARISONS

    @property
    def formats(self) -> Sequence[Format]:  # type: ignore[override]
        return (JSON,) if self.action == "create" else super().formats

    @property
    def throttle_scope(self) -> str | None:
        return "snapshots" if self.request.method == "POST" else None

    def get_authenticators(self) -> list[BaseAuthentication]:
        # What is frozen is what the public sees, whoever asks: so no cookie counts, and none is guarded. A token only
        # says whose rate counts.
        posted = self.request is not None and self.request.method == "POST"
        return [BearerAuthentication()] if posted else super().get_authenticators()

    def state(self, request: Request) -> State | None:
        if self.action == "retrieve":
            found = state_of_snapshot(self.address)
            # Its addresses name the host.
            return found and (*found, request.scheme, request.get_host())
        newest = self.queryset.values_list("pk", flat=True).first()
        return (newest, request.scheme, request.get_host())

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        response = super().retrieve(request, *args, **kwargs)
        return response if self.format_asked is JSON else snapshot_file(request, response.data, self.format_asked)

    def payload(self, record: Any) -> dict[str, Any]:
        head = {
            "id": record.digest,
            "url": reverse("snapshots-detail", [record.digest], request=self.request),
            "frozen_at": record.frozen_at.isoformat().replace("+00:00", "Z"),
            "asked": record.asked,
        }
        if self.action == "list":
            return head
        comparison, notices = shown(record)
        return {
            **head,
            "citation": citation(record, address=head["url"]),
            "method": comparison["method"],
            "notices": notices,
            "comparison": comparison,
        }

    @extend_schema(
        summary="Freeze a comparison",
        description="Keeps a comparison of public proposals as it is now, under a permanent address. Open to anyone, "
        "throttled. The same content asked for again gives the same snapshot.",
        request=ToFreezeSerializer,
        responses={
            200: OpenApiResponse(SnapshotSerializer, description="There is such a snapshot already."),
            201: OpenApiResponse(SnapshotSerializer, description="The new snapshot; `Location` is its address."),
            413: OpenApiResponse(description="The body is too large."),
            415: OpenApiResponse(description="The body is not JSON."),
            429: OpenApiResponse(description="Too many from one address; `Retry-After` says when to go on."),
        },
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        asked = ToFreezeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            snapshot, new = freeze(**asked.validated_data)
        except UnableToCompare as error:
            raise NotFreezable(error) from error
        payload = self.payload(snapshot)
        return Response(payload, status=201 if new else 200, headers={"Location": payload["url"]})
