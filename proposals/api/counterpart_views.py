"""Where else a clause stands."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ErrorDetail
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from parties.api.parameters import UnreadableParameters
from parties.api.records import ReadingView, find
from parties.stamps import State
from proposals.api.filters.proposal import CounterpartParameters
from proposals.api.retired import RETIRED, retired_clauses_told
from proposals.api.serializers.counterparts import CounterpartsPageSerializer, CounterpartsSerializer
from proposals.comparison import (
    MOST_NEAREST,
    Choice,
    TooManyPairs,
    counterparts,
    likeliest,
    nearest_proposals,
    state_of_all_links,
)
from proposals.models import Clause, Proposal


class CounterpartsView(ReadingView, ListModelMixin, GenericAPIView):
    queryset = Proposal.objects.all()
    serializer_class = CounterpartsSerializer
    filterset_class = CounterpartParameters
    remembers = True

    # The mixin tells the schema that this is a list, whose page has one field more than others.
    def state(self, request: Request) -> State | None:
        return (*state_of_all_links(user=request.user), request.scheme, request.get_host())

    @extend_schema(
        operation_id="proposals_clauses_counterparts_list",
        summary="Find where else a clause stands",
        description="One entry for each other proposal: its clauses that regulate the same matter, with relation, "
        "reasons and typed differences, and the next best candidates; or how it leaves the matter out. Links are those "
        "of a comparison of the two proposals, decisions of editors first. Filters choose the proposals and change no "
        "link. A placeholder, whose content is not known, has no entries. Where a collection is large and neither "
        "`proposal`, `process` nor `nearest` is given, the likeliest proposals are looked through, and `left_out` says "
        "so.",
        parameters=[
            OpenApiParameter("slug", str, OpenApiParameter.PATH, description="Slug of the proposal."),
            OpenApiParameter("key", str, OpenApiParameter.PATH, description="Key of the clause in its proposal."),
        ],
        responses={200: CounterpartsPageSerializer, **RETIRED},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        visible = Proposal.objects.visible_to(request.user)
        proposal = find(visible, "slug", kwargs["slug"], "proposal")
        clauses = Clause.objects.visible_to(request.user).filter(proposal=proposal).select_related("proposal")
        with retired_clauses_told(kwargs["slug"], kwargs["key"], user=request.user):
            clause = find(clauses.order_by("order", "pk"), "key", kwargs["key"], "clause")
        self.refuse_unknown(request, known=CounterpartParameters.takes() | {"limit": False, "offset": False})
        parameters = CounterpartParameters.of(request, visible)
        among, asked = parameters.qs, parameters.form.cleaned_data
        left_out = None
        if asked["nearest"]:
            near = nearest_proposals(clause, among=among, user=request.user, count=asked["nearest"])
            among = visible.filter(pk__in=near)
        elif not asked["proposal"] and not asked["process"]:
            choice = likeliest(clause, among=among, user=request.user)
            among, left_out = choice.among, _left_out(choice)
        try:
            found = counterparts(
                clause,
                among=among,
                user=request.user,
                linked=asked["linked"],
                ordering=asked["ordering"] or "-score",
                alone=bool(asked["nearest"] or left_out),
            )
        except TooManyPairs as error:
            raise UnreadableParameters({"proposal": [ErrorDetail(str(error), code="too_many_pairs")]}) from error
        response = self.get_paginated_response(self.paginate_queryset(found))
        response.data["left_out"] = left_out
        return response


def _left_out(choice: Choice) -> dict[str, Any] | None:
    if not choice.left_out:
        return None
    return {
        "proposals": choice.left_out,
        "of": choice.of,
        "detail": f"Only the {choice.looked_through:,} proposals likeliest to hold a counterpart were looked "
        f"through. Name others by proposal or process, or ask for nearest=1 to {MOST_NEAREST}.",
    }
