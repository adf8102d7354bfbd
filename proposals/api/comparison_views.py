"""Comparisons: of stored proposals by GET, of pasted texts too by POST."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from access.authentication import BearerAuthentication
from parties.api.formats import JSON
from parties.api.parameters import day, separated
from parties.api.records import ReadingView
from parties.stamps import State
from proposals.api.bounded_json import MAX_BYTES, BoundedJSONParser
from proposals.api.compared_texts import UnreadableTexts, read_texts
from proposals.api.comparison_problems import NoSuchProposal, NotComparable, NotComparableTexts
from proposals.api.exports import OF_COMPARISONS, comparison_file
from proposals.api.filters.comparison import ComparisonParameters, ReadingParameters
from proposals.api.serializers.comparison import ComparisonSerializer
from proposals.api.serializers.draft import ComparedTextsSerializer
from proposals.comparison import MAX_CLAUSES, UnableToCompare, UnknownProposals, compare, state_of_comparison
from proposals.models import Proposal


class ComparisonView(ReadingView, GenericAPIView):
    http_method_names = ["get", "post", "head"]
    queryset = Proposal.objects.all()
    parser_classes = [BoundedJSONParser]
    formats = OF_COMPARISONS
    remembers = True

    @property
    def throttle_scope(self) -> str | None:
        return "drafts" if self._takes_texts else None

    @property
    def filterset_class(self) -> type[ReadingParameters]:
        return ReadingParameters if self._takes_texts else ComparisonParameters

    def get_authenticators(self) -> list[BaseAuthentication]:
        # A pasted text is compared with what is public, whoever sends it: so no cookie counts, and none is guarded. A
        # token only says whose rate counts.
        return [BearerAuthentication()] if self._takes_texts else super().get_authenticators()

    @property
    def _takes_texts(self) -> bool:
        # The schema is made from views without a request.
        return self.request is not None and self.request.method == "POST"

    def state(self, request: Request) -> State | None:
        # Read without a judgement: what cannot be read is refused later, and a refusal has no ETag.
        asked = request.query_params
        try:
            as_of = day(asked["as_of"]) if "as_of" in asked else None
        except ValidationError:
            return None
        slugs, include = separated(asked, "proposals"), separated(asked, "include")
        return state_of_comparison(proposals=slugs, user=request.user, include=include, as_of=as_of)

    @extend_schema(
        summary="Compare proposals",
        description="The whole concordance of two to eight stored proposals in one answer: enough for the table, its "
        f"filters and a side-by-side view. At most {MAX_CLAUSES:,} clauses. The order of the proposals is that of the "
        "cells and changes nothing else.",
        filters=True,
        responses={
            200: ComparisonSerializer,
            404: OpenApiResponse(description="A slug names no proposal; `near` maps it to those most like it."),
        },
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.refuse_unknown(request, known=ComparisonParameters.takes())
        asked = ComparisonParameters.read(request, self.get_queryset())
        try:
            document = compare(user=request.user, **asked)
        except UnknownProposals as error:
            raise NoSuchProposal(error) from error
        except UnableToCompare as error:
            raise NotComparable(error) from error
        return self._answer(request, document)

    @extend_schema(
        operation_id="comparisons_of_texts",
        summary="Compare pasted texts",
        description="The same answer for texts that are not stored, with stored proposals or with each other. Nothing "
        f"is saved. No session is used. At most {MAX_BYTES:,} bytes and {MAX_CLAUSES:,} clauses; throttled.",
        filters=True,
        request=ComparedTextsSerializer,
        responses={
            200: ComparisonSerializer,
            413: OpenApiResponse(description="The body is too large."),
            415: OpenApiResponse(description="The body is not JSON."),
            429: OpenApiResponse(description="Too many texts from one address; `Retry-After` says when to go on."),
        },
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.refuse_unknown(request, known=ReadingParameters.takes())
        asked = ReadingParameters.read(request, self.get_queryset())
        try:
            document = compare(proposals=read_texts(request.data), **asked)
        except (UnreadableTexts, UnableToCompare) as error:
            raise NotComparableTexts(error) from error
        return self._answer(request, document)

    def _answer(self, request: Request, document: dict[str, Any]) -> HttpResponseBase:
        if self.format_asked is JSON:
            return Response(document)
        return comparison_file(request, document, self.format_asked)
