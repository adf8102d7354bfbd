"""A list as CSV: the whole of it as filtered, a record a line, a column for each field that the list declares."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpResponseBase
from rest_framework.exceptions import ErrorDetail
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, Serializer

from parties.api.formats import CSV, file_answer
from parties.api.parameters import UnreadableParameters
from parties.delimited import Value, csv_bytes

LONGEST_TABLE = 10_000
_SEPARATOR = "; "
_PAGING = ("limit", "offset")


def table_answer(
    view: GenericAPIView, request: Request, records: Any, *, payloads: Callable[[Any], Sequence[Mapping[str, Any]]]
) -> HttpResponseBase:
    """All records of the list, or the page that `limit` and `offset` ask for, as a CSV file.

    Raises UnreadableParameters for more than LONGEST_TABLE records without a page.
    """
    if any(name in request.query_params for name in _PAGING):
        paginator: Any = view.paginator
        found = paginator.page(records, request)
    else:
        found = records[: LONGEST_TABLE + 1]
        if found.count() > LONGEST_TABLE:
            detail = f"A table has at most {LONGEST_TABLE:,} records; narrow it down, or page with limit and offset."
            raise UnreadableParameters({"limit": [ErrorDetail(detail, code="too_many_records")]})
    columns = list(_columns(view.get_serializer_class()()))
    rows = ([_value(record, path) for path in columns] for record in payloads(found))
    name = "_".join([*map(str, view.kwargs.values()), str(request.path).rstrip("/").rpartition("/")[2]])
    return file_answer(CSV, csv_bytes([".".join(path) for path in columns], rows), name=name)


def _columns(serializer: BaseSerializer[Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The fields in their order; those of a single part under `part.field`."""
    fields: Iterable[tuple[str, Any]] = serializer.fields.items() if isinstance(serializer, Serializer) else ()
    for name, field in fields:
        if isinstance(field, Serializer):
            yield from _columns(field, (*path, name))
        else:
            yield (*path, name)


def _value(record: Mapping[str, Any], path: Sequence[str]) -> Value:
    value: Any = record
    for name in path:
        value = None if value is None else value[name]
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(one, str) for one in value):
            # Ids, which hold no semicolon; what is more than an id is told as JSON.
            return _SEPARATOR.join(value)
        case list() | dict():
            return orjson.dumps(value).decode()
    return value
