"""What every reading view does alike: strict parameters, payloads as they are, and how long an answer may be kept."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from parties.api.parameters import ParameterSet, UnreadableParameters, not_known

# Seconds; long enough to spare the service, short enough that an edit is seen at once.
_FRESH = 60


class ReadingView(APIView):
    """A view whose answers depend on who reads: what staff see is kept nowhere, what is public for a minute."""

    http_method_names = ["get", "head", "options"]
    permission_classes = [AllowAny]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code >= 400 or request.method not in SAFE_METHODS:
            answer.headers["Cache-Control"] = "no-store"
        elif request.user.is_staff:
            answer.headers["Cache-Control"] = "private, no-store"
        else:
            answer.headers["Cache-Control"] = f"public, max-age={_FRESH}"
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie"])
        return answer


def refuse_unknown(parameters: QueryDict, *, known: Mapping[str, bool]) -> None:
    """Raises UnreadableParameters for names that are not `known`, empty values, and repeated ones where one is taken.

    `known` says of each name whether it takes several values.
    """
    faults = {}
    for name, values in parameters.lists():
        if name not in known:
            listed = f"It takes {', '.join(known)}." if known else "It takes none."
            faults[name] = [ErrorDetail(f"There is no parameter {name!r} here. {listed}", code="unknown_parameter")]
        elif not all(value.strip() for value in values):
            faults[name] = [ErrorDetail(f"{name} is empty; leave it out instead.", code="empty")]
        elif len(values) > 1 and not known[name]:
            faults[name] = [ErrorDetail(f"{name} takes one value, and {len(values)} were given.", code="repeated")]
    if faults:
        raise UnreadableParameters(faults)


class RecordViewSet(ReadingView, ReadOnlyModelViewSet):
    """A list and its records, answered as `payload` makes them. The serializer only declares the shape in the schema.

    Subclasses name `queryset` or `get_queryset()`, `payload`, `noun` and, where the list can be narrowed,
    `filterset_class`.
    """

    noun = "record"
    lookup_field = "slug"
    filterset_class: type[ParameterSet] | None = None
    # A function of the record; a method where it needs the view.
    payload: Any

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known=self.parameters())
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([self.payload(record) for record in page or []])

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        refuse_unknown(request.query_params, known={})
        value = kwargs[self.lookup_url_kwarg or self.lookup_field]
        return Response(self.payload(find(self.get_queryset(), self.lookup_field, value, self.noun)))

    def parameters(self) -> dict[str, bool]:
        """The query parameters of the list by name, each with whether it takes several values."""
        own = self.filterset_class.takes() if self.filterset_class else {}
        return own | {"limit": False, "offset": False}


def documented(
    *, listed: tuple[str, str], one: tuple[str, str], key: str = "slug", meaning: str = "Public id of the record."
) -> Callable[[type[RecordViewSet]], type[RecordViewSet]]:
    """A class decorator: summary and description of the list and of one record, and what its address says."""
    at = OpenApiParameter(key, str, OpenApiParameter.PATH, description=meaning)
    return extend_schema_view(
        list=extend_schema(summary=listed[0], description=listed[1]),
        retrieve=extend_schema(summary=one[0], description=one[1], parameters=[at]),
    )


def find(records: QuerySet[Any], key: str, value: str, noun: str) -> Any:
    """The one record whose `key` is `value`. Raises NotFound, which names those most like it."""
    # PostgreSQL cannot even compare with text that holds a NUL.
    found = None if "\0" in value else records.filter(**{key: value}).first()
    if found is None:
        known = sorted(str(name) for name in records.values_list(key, flat=True))
        raise NotFound(not_known(value, known, noun=noun).messages[0])
    return found
