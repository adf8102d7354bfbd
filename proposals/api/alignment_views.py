"""Alignments of the corpus, and what they say of one proposal."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from access.api.permissions import Needs, on_model
from access.roles import ALIGN
from parties.api.records import ReadingView, RecordViewSet, find, refuse_unknown
from parties.stamps import State
from proposals.api.bounded_json import BoundedJSONParser
from proposals.api.serializers.alignment import AlignmentRunSerializer, NearProposalSerializer, ToAlignSerializer
from proposals.jobs import (
    AlreadyRunning,
    Nearest,
    NotActive,
    active_run,
    cancel_run,
    progress_of,
    start_run,
    state_of_nearest,
)
from proposals.models import AlignmentRun, Proposal

_ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="Number of the alignment.")


class UnderWay(APIException):
    status_code = 409
    default_code = "already_running"
    default_detail = "An alignment is under way; wait for it, or cancel it first."


class Ended(APIException):
    status_code = 409
    default_code = "already_ended"
    default_detail = "This alignment has ended already."


@extend_schema_view(
    list=extend_schema(
        summary="List alignments of the corpus",
        description="When all pairs of some proposals were aligned, and how far it is; the newest first. For staff.",
    ),
    retrieve=extend_schema(
        summary="Read how far an alignment is",
        description="Ask again while `state` is queued or running. For staff.",
        parameters=[_ID],
    ),
)
class AlignmentRunViewSet(RecordViewSet):
    http_method_names = ["get", "post", "head"]
    queryset = AlignmentRun.objects.select_related("process", "started_by").order_by("-queued_at", "-pk")
    serializer_class = AlignmentRunSerializer
    parser_classes = [BoundedJSONParser]
    noun = "alignment"
    lookup_field = "pk"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]{1,18}"

    def get_permissions(self) -> Sequence[Any]:
        seen = on_model("GET", AlignmentRun)
        return [Needs(seen)] if self.request.method in SAFE_METHODS else [Needs(ALIGN, seen)]

    def state(self, request: Request) -> State | None:
        return None  # it moves on while one looks

    def payload(self, run: AlignmentRun) -> dict[str, Any]:
        return {
            "id": run.pk,
            "url": reverse("alignment-runs-detail", [run.pk], request=self.request),
            "scope": run.scope,
            "process": run.process and run.process.slug,
            "proposals": run.proposals,
            "state": run.state,
            "progress": progress_of(run),
            "pairs": {
                "total": run.pairs_total,
                "fresh": run.pairs_fresh,
                "done": run.pairs_done,
                "failed": run.pairs_failed,
                "left_out": run.pairs_left_out,
            },
            "method": run.method or None,
            "vocabulary": run.vocabulary or None,
            "after_edits": run.after_edits,
            "started_by": run.started_by and run.started_by.get_username(),
            **{name: _moment(getattr(run, name)) for name in ("queued_at", "began_at", "ended_at")},
            "error": run.error or None,
        }

    @extend_schema(
        summary="Start an alignment of the corpus",
        description="Aligns all pairs of the public proposals, or of some, by jobs that workers do; pairs nothing of "
        "which has changed are left as they are. Takes the permission to align the corpus. For staff.",
        request=ToAlignSerializer,
        responses={
            200: OpenApiResponse(AlignmentRunSerializer, description="The same is under way already."),
            202: OpenApiResponse(AlignmentRunSerializer, description="It is queued; `Location` tells how far it is."),
            409: OpenApiResponse(description="Another one is under way."),
            413: OpenApiResponse(description="The body is too large."),
            415: OpenApiResponse(description="The body is not JSON."),
        },
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        asked = ToAlignSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            run = start_run(asked.asked(), by=cast(AbstractUser, request.user))
        except AlreadyRunning as error:
            if same := active_run(asked.asked()):
                return self._answer(same, status=200)
            raise UnderWay from error
        return self._answer(run, status=202)

    @extend_schema(
        operation_id="alignment_runs_cancel",
        summary="Cancel an alignment",
        description="What is aligned stays, and the next alignment goes on from there. Takes the permission to align "
        "the corpus. For staff.",
        parameters=[_ID],
        request=None,
        responses={
            200: AlignmentRunSerializer,
            409: OpenApiResponse(description="It has ended already."),
        },
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        run = find(self.get_queryset(), "pk", kwargs["id"], self.noun)
        try:
            cancel_run(run)
        except NotActive as error:
            raise Ended from error
        return self._answer(run, status=200)

    def _answer(self, run: AlignmentRun, *, status: int) -> Response:
        payload = self.payload(self.get_queryset().get(pk=run.pk))
        return Response(payload, status=status, headers={"Location": payload["url"]})


class NearestView(ReadingView, GenericAPIView):
    queryset = Proposal.objects.all()
    serializer_class = NearProposalSerializer

    def state(self, request: Request) -> State | None:
        return (*state_of_nearest(user=request.user), request.scheme, request.get_host())

    @extend_schema(
        operation_id="proposals_nearest_list",
        summary="Find the proposals nearest to one",
        description="The other public proposals with which it shares most, by the links that were stored when the "
        "corpus was aligned: those of a comparison of the two. A pair that was not aligned since one of the two "
        "changed is left out until it is.",
        parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the proposal.")],
        responses={200: NearProposalSerializer(many=True)},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        proposal = find(Proposal.objects.visible_to(request.user), "slug", kwargs["slug"], "proposal")
        self.refuse_unknown(request, known={"limit": False, "offset": False})
        found = Nearest(proposal, user=request.user)
        return self.get_paginated_response(self.paginate_queryset(cast(Any, found)))


def _moment(moment: Any) -> str | None:
    return moment and moment.isoformat().replace("+00:00", "Z")
