"""Writing one record: in the exchange format, with If-Match, in one transaction, answered as it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Model
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from access.api.permissions import Needs, on_model
from parties.api.conditional import require_match
from parties.api.formats import JSON, Format
from parties.api.records import RecordViewSet, find, refuse_unknown
from parties.readers import PREVIEW
from parties.stamps import state_of_record
from parties.turns import wait_for_record
from proposals.api.bounded_json import BoundedJSONParser
from proposals.api.writing_problems import NotDeleted, NotWritten
from proposals.exchange.editing import StillReferredTo, UnableToWrite, change, create, delete

_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "minLength": 1},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the record as it was read; `*` for whatever it is now.",
)
_UNREADABLE = {
    413: OpenApiResponse(description="The body is too large."),
    415: OpenApiResponse(description="The body is not JSON."),
}
_STALE = {
    412: OpenApiResponse(description="The record has changed since; `ETag` names its present state."),
    428: OpenApiResponse(description="There is no If-Match."),
}


class WritingViewSet(RecordViewSet):
    """Adds to a list and its records that staff write them."""

    parser_classes = [BoundedJSONParser]
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]
    # The model of the records.
    writes: type[Model]
    # The field of the payload that ends the record's address, and that of its kind.
    ends_with = "slug"

    @property
    def formats(self) -> Sequence[Format]:  # type: ignore[override]
        return super().formats if self.request.method in SAFE_METHODS else (JSON,)

    def get_permissions(self) -> Sequence[Any]:
        if self.request.method in SAFE_METHODS:
            return super().get_permissions()
        # Who writes sees what they write.
        return [Needs(on_model(self.request.method, self.writes), PREVIEW)]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        with transaction.atomic():
            own = self.proposal_of_new()
            try:
                record = create(kind=self.kind, body=request.data, own=own, by=_editor(request))
            except UnableToWrite as error:
                raise NotWritten(error) from error
            payload = self._payload_of(record.pk)
            path = f"{request.path}{payload[self.ends_with]}/"
            address = f"{own}/{payload[self.ends_with]}" if own else str(payload[self.ends_with])
            tag = self._tag(path, address)
        headers = {"Location": request.build_absolute_uri(path), "ETag": tag}
        return Response(payload, status=201, headers=headers)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        with transaction.atomic():
            pk = self.take()
            try:
                change(kind=self.kind, pk=pk, patch=request.data, by=_editor(request))
            except UnableToWrite as error:
                raise NotWritten(error) from error
            payload = self._payload_of(pk)
            # Where it was given another id, it has another address too.
            value = str(payload[self.ends_with])
            path = f"{request.path.rstrip('/').rpartition('/')[0]}/{value}/"
            head, slash, _ = self.address.rpartition("/")
            tag = self._tag(path, f"{head}{slash}{value}")
        return Response(payload, headers={"ETag": tag, "Content-Location": path})

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        with transaction.atomic():
            pk = self.take()
            try:
                delete(kind=self.kind, pk=pk, by=_editor(request))
            except StillReferredTo as error:
                raise NotDeleted(error) from error
        return Response(status=204)

    def proposal_of_new(self) -> str:
        """The slug of the proposal that a new record stands in; nothing where it stands alone."""
        return ""

    def take(self) -> int:
        """The key of the record of this address, which is what If-Match says and stays so until it is written."""
        found = find(self.get_queryset(), self.lookup_field, self.kwargs[self._named], self.noun)
        if not wait_for_record(type(found), found.pk):
            raise NotFound("It was deleted a moment ago.")
        require_match(self.request, self._tag(self.request.path, self.address))
        return found.pk

    @property
    def _named(self) -> str:
        return self.lookup_url_kwarg or self.lookup_field

    def _tag(self, path: str, address: str) -> str:
        return self.tag_of(path, state_of_record(self.kind, address, everything=True))

    def _payload_of(self, pk: int) -> Any:
        return self.payloads(self.get_queryset().filter(pk=pk))[0]


def _editor(request: Request) -> AbstractUser:
    """Who writes: permission is given to nobody who is not a user."""
    return cast(AbstractUser, request.user)


def writing(
    *,
    noun: str,
    body: type[Serializer],
    changed: type[Serializer],
    answer: type[Serializer],
    at: Sequence[OpenApiParameter],
    told: tuple[str, str, str],
    gone: Mapping[int, OpenApiResponse] = {},
) -> Callable[[type[Any]], type[Any]]:
    """A class decorator: what the OpenAPI document says of adding, changing and deleting; `told` is the words of each.

    `at` are the parameters of a record's address; the last one names the record itself. `gone` is what is answered
    where the record was once.
    """
    article = "an" if noun[0] in "aeiou" else "a"
    clash = {409: OpenApiResponse(description="Another record stands in the way; `errors` says where.")}
    held = {409: OpenApiResponse(description="Other records refer to it; `holders` names them.")}
    add, change, delete = told
    return extend_schema_view(
        create=extend_schema(
            summary=f"Add {article} {noun}",
            description=add,
            parameters=list(at[:-1]),
            request=body,
            responses={201: answer, **clash, **_UNREADABLE},
        ),
        partial_update=extend_schema(
            summary=f"Change {article} {noun}",
            description=f"A JSON merge patch (RFC 7396) of the record in the exchange format. {change}",
            parameters=[*at, _MATCH],
            request=changed,
            responses={200: answer, **clash, **_UNREADABLE, **_STALE, **gone},
        ),
        destroy=extend_schema(
            summary=f"Delete {article} {noun}",
            description=delete,
            parameters=[*at, _MATCH],
            responses={204: None, **held, **_STALE, **gone},
        ),
    )
