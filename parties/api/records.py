"""What every reading view does alike: strict parameters, payloads as they are, ETags, how long answers may be kept."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponseNotModified, QueryDict
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ErrorDetail, NotFound
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from parties.api.conditional import NotModified, check_none_match, make_tag
from parties.api.formats import CSV, JSON, PARAMETER, Format, FormatSchema, asked_format
from parties.api.parameters import ParameterSet, UnreadableParameters, not_known
from parties.api.remembered import Remembered, check_remembered, remember
from parties.api.tables import table_answer
from parties.api.together import made_once
from parties.as_json import in_order_of
from parties.readers import sees_all
from parties.stamps import State, state_of_kinds, state_of_record

# Seconds; long enough to spare the service, short enough that an edit is seen at once. A cache in front may go on with
# what it has while it asks anew, and for some minutes while the service does not answer.
PUBLIC_FOR_A_MINUTE = "public, max-age=60, stale-while-revalidate=60, stale-if-error=600"


class ReadingView(APIView):
    """A view whose answers depend on who reads: what only some see is kept nowhere, what is public for a minute.

    Where it tells its `state`, answers carry a strong ETag, and a reader who has the answer is told so before anything
    is looked up.
    """

    http_method_names = ["get", "head"]
    permission_classes = [AllowAny]
    schema = FormatSchema()
    # What answers can be given in; the first to whoever does not say.
    formats: Sequence[Format] = (JSON,)
    format_asked = JSON
    tag = ""
    # Whether answers to the public are kept in memory under their ETag.
    remembers = False

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Any, str]:
        # Forced, it is an error that is answered, which has a shape of its own.
        if not force:
            self.format_asked = asked_format(request, self.formats)
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type

    def refuse_unknown(self, request: Request, *, known: Mapping[str, bool]) -> None:
        """As the function of this name, with `format` known where there is a choice."""
        choice = {PARAMETER: False} if len(self.formats) > 1 else {}
        refuse_unknown(request.query_params, known={**known, **choice})

    @property
    def throttle_scope(self) -> str | None:
        """To look for words costs more than to read a list."""
        return "search" if self.request.query_params.get("q", "").strip() else None

    def state(self, request: Request) -> State | None:
        """What changes with anything that the answer may depend on, found by one query; None gives no ETag."""
        return None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # Others may wait for this answer, so it is rendered, and thereby kept, before their turn.
        with ExitStack() as self._own_turn:
            answer = super().dispatch(request, *args, **kwargs)
            return answer.render() if isinstance(answer, Response) and self.remembers else answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in ("GET", "HEAD") and (state := self.state(request)) is not None:
            self.tag = self.tag_of(
                request.path, state, parameters=sorted(request.query_params.lists()), format_asked=self.format_asked
            )
            check_none_match(request, self.tag)
            if self.remembers and not sees_all(request.user):
                check_remembered(self.tag)
                self._own_turn.enter_context(made_once(self.tag))

    def tag_of(
        self, path: str, state: State | None, *, parameters: Sequence[object] = (), format_asked: Format = JSON
    ) -> str:
        """The ETag of what is read at a path by who asks."""
        return make_tag(
            settings.RELEASE,
            path,
            list(parameters),
            sees_all(self.request.user),
            format_asked.name,
            # Files name the address where the same is found.
            "" if format_asked is JSON else self.request.build_absolute_uri("/"),
            state,
        )

    def handle_exception(self, exc: Exception) -> Any:
        match exc:
            case NotModified():
                return HttpResponseNotModified(headers={"ETag": exc.tag})
            case Remembered():
                self.remembers = False  # once is enough
                return exc.answer
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer: Any = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code >= 400 or request.method not in SAFE_METHODS:
            answer.headers["Cache-Control"] = "no-store"
        elif sees_all(request.user):
            answer.headers["Cache-Control"] = "private, no-store"
        else:
            answer.headers["Cache-Control"] = PUBLIC_FOR_A_MINUTE
        if self.tag and answer.status_code == 200:
            answer.headers["ETag"] = self.tag
            if self.remembers and not sees_all(request.user):
                if isinstance(answer, Response):
                    answer.add_post_render_callback(partial(remember, self.tag))
                else:
                    remember(self.tag, answer)
        # What is compressed says so itself; an answer without a body has to say what it would have said.
        encoding = ["Accept-Encoding"] if answer.status_code == 304 else []
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie", *encoding])
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
    formats_of_list: Sequence[Format] = (JSON, CSV)
    formats_of_record: Sequence[Format] = (JSON,)
    filterset_class: type[ParameterSet] | None = None
    # Further kinds of records that decide what a parameter of the list keeps or how it orders, by its name.
    brought_in: Mapping[str, Sequence[str]] = {}
    # The one of the settings, which knows pages that are not loaded yet.
    paginator: Any
    # A function of the record; a method where it needs the view.
    payload: Any
    # Instead, for a kind that is read without model objects: a function of the public keys of the records.
    payloads_by_key: Callable[[Sequence[str]], Mapping[str, Any]] | None = None

    @property
    def formats(self) -> Sequence[Format]:  # type: ignore[override]
        return self.formats_of_list if self.action == "list" else self.formats_of_record

    @property
    def kind(self) -> str:
        """The records' kind in the log of changes."""
        return self.noun.replace(" ", "_")

    @property
    def address(self) -> str:
        """The public id of the one record that is asked for."""
        return str(self.kwargs[self.lookup_url_kwarg or self.lookup_field])

    def depends_on(self, parameters: QueryDict) -> tuple[str, ...]:
        """The kinds of records that decide what the list answers."""
        further = (kind for name, kinds in self.brought_in.items() if name in parameters for kind in kinds)
        return (self.kind, *further)

    def state(self, request: Request) -> State | None:
        if self.action == "retrieve":
            return state_of_record(self.kind, self.address, everything=sees_all(request.user))
        kinds = state_of_kinds(self.depends_on(request.query_params), everything=sees_all(request.user))
        # The addresses of the neighbouring pages name the host.
        return (*kinds, request.scheme, request.get_host())

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self.refuse_unknown(request, known=self.parameters())
        records = self.filter_queryset(self.get_queryset())
        if self.format_asked is CSV:
            return table_answer(self, request, records, payloads=self.payloads)
        paginator = self.paginator
        page = paginator.page(records, request)
        return paginator.get_paginated_response(self.payloads(page))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self.refuse_unknown(request, known={})
        value = kwargs[self.lookup_url_kwarg or self.lookup_field]
        found = self.payloads(matching(self.get_queryset(), self.lookup_field, value)[:1])
        if not found:
            raise nothing_found(self.get_queryset(), self.lookup_field, value, self.noun)
        return Response(found[0])

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # To set up a dozen filters takes as long as to read a page, and without a parameter none of them does anything.
        narrowed = self.request.query_params.keys() - {"limit", "offset", PARAMETER}
        return super().filter_queryset(queryset) if narrowed else queryset

    def payloads(self, records: QuerySet[Any]) -> Sequence[Any]:
        """The public shape of the records, in their order; a kind that is read in its own way replaces it."""
        if self.payloads_by_key is None:
            return [self.payload(record) for record in records]
        return in_order_of(records, self.payloads_by_key, key=self.lookup_field)

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
    found = matching(records, key, value).first()
    if found is None:
        raise nothing_found(records, key, value, noun)
    return found


def matching(records: QuerySet[Any], key: str, value: str) -> QuerySet[Any]:
    # PostgreSQL cannot even compare with text that holds a NUL.
    return records.none() if "\0" in value else records.filter(**{key: value})


def nothing_found(records: QuerySet[Any], key: str, value: str, noun: str) -> NotFound:
    """The refusal of a `value` that no record has as its `key`; it names those most like it."""
    known = sorted(str(name) for name in records.values_list(key, flat=True))
    return NotFound(not_known(value, known, noun=noun).messages[0])
