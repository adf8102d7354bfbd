"""What changed since a cursor, so that a copy can be kept current; and the newest changes as a feed."""

from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from parties.api.formats import ATOM
from parties.api.records import ReadingView, refuse_unknown
from parties.changes import LIVES_APART, Change, ChangeQuerySet, present_life
from parties.stamps import State
from proposals.api.codes import ChangeAction, ChangedKind
from proposals.api.filters.snapshot import DEFAULT_CHANGES, ChangeParameters
from proposals.api.serializers.change import ChangesSerializer

# Where records of a kind are read, if it is not the plural of the kind.
_ROUTES = {"process": "processes", "party": "parties", "territory": "territories", "topic_group": "topic-groups"}
_IN_FEED = 100


class CursorOfAnotherLife(APIException):
    status_code = 410
    default_code = "cursor_gone"
    default_detail = (
        "The database was restored from a backup since this cursor was given, and changes that you were told of may be "
        "lost. Begin anew: ask without `since`, and let what you get take the place of your copy."
    )


def _since(cursor: tuple[int, int] | None, *, life: int) -> tuple[int, int]:
    if cursor is None:
        return 0, 0
    given_in, xact = divmod(cursor[0], LIVES_APART)
    if given_in != life:
        raise CursorOfAnotherLife
    return xact, cursor[1]


def _public_changes() -> ChangeQuerySet:
    return Change.objects.settled().of_kinds(ChangedKind.values)


class _ChangesView(ReadingView, GenericAPIView):
    queryset = Change.objects.none()

    def state(self, request: Request) -> State | None:
        # Some are left out until they are settled, so the sum alone may stand for two states.
        told = _public_changes().aggregate(Count("pk"), Sum("public_number"), Max("xact"))
        return (*told.values(), request.scheme, request.get_host())


class ChangesView(_ChangesView):
    serializer_class = ChangesSerializer
    filterset_class = ChangeParameters
    pagination_class = None

    @extend_schema(
        operation_id="changes_list",
        summary="List what changed",
        description="Each record with its last change, from a cursor on; without one, every public record. To keep a "
        "copy: take all with `more`, keep the last `cursor`, and ask from there. Nothing is missed, and nothing is "
        "told twice unless it changed again. A proposal changes with each of its clauses. Decisions of editors are no "
        "records of the public: for comparisons rely on their ETags.",
        filters=True,
        responses={
            200: ChangesSerializer,
            410: OpenApiResponse(
                description="The database was restored from a backup since the cursor was given: begin anew without "
                "one, and replace your copy."
            ),
        },
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known=ChangeParameters.takes())
        asked = ChangeParameters.read(request, self.queryset)
        changes = _public_changes().in_order()
        if asked["kind"]:
            changes = changes.filter(kind__in=asked["kind"])
        life = present_life()
        xact, number = _since(asked["since"], life=life)
        changes = changes.filter(Q(xact__gt=xact) | Q(xact=xact, public_number__gt=number))
        limit = asked["limit"] or DEFAULT_CHANGES
        found = list(changes[: limit + 1])
        page = found[:limit]
        if page:
            xact, number = page[-1].xact, page[-1].public_number or 0
        return Response(
            {
                "results": [_payload(change, request) for change in page],
                "cursor": f"{life * LIVES_APART + xact}-{number}",
                "more": len(found) > limit,
            }
        )


class ChangeFeedView(_ChangesView):
    pagination_class = None
    # Feed readers ask for nothing else.
    formats = (ATOM,)

    @extend_schema(
        operation_id="changes_feed",
        summary="Follow changes in a feed reader",
        description=f"The {_IN_FEED} newest changes as an Atom feed.",
        responses={(200, "application/atom+xml"): OpenApiTypes.STR},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_unknown(request.query_params, known={})
        feed = Atom1Feed(
            title="Concordance: changes",
            link=reverse("changes", request=request),
            feed_url=reverse("changes-feed", request=request),
            description="Records that changed, the newest first.",
            language="en",
        )
        for change in _public_changes().order_by("-changed_at", "-public_number")[:_IN_FEED]:
            payload = _payload(change, request)
            feed.add_item(
                title=f"{change.kind} {change.known_as}: {payload['action']}",
                link=payload["url"] or reverse("changes", request=request),
                description="",
                unique_id=f"urn:concordance:{change.kind}:{change.known_as}:{change.public_number}",
                updateddate=change.changed_at,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _payload(change: Change, request: Request) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.known_as,
        "action": ChangeAction.CHANGED if change.visible else ChangeAction.REMOVED,
        "changed_at": change.changed_at.isoformat().replace("+00:00", "Z"),
        "url": _url(change, request) if change.visible else None,
    }


def _url(change: Change, request: Request) -> str:
    if change.kind == ChangedKind.CLAUSE:
        return reverse("proposals-clauses-detail", change.address.split("/"), request=request)
    return reverse(f"{_ROUTES.get(change.kind, change.kind + 's')}-detail", [change.address], request=request)
