"""Records that the database answers as JSON, for payloads that are read without model objects.

Putting such a query together takes the ORM longer than the database takes to answer it, so it is written once in a
process and asked with other values.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import orjson
from django.contrib.postgres.aggregates.mixins import OrderableAggMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    Aggregate,
    BigIntegerField,
    BooleanField,
    DateTimeField,
    F,
    Func,
    JSONField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Collate, JSONObject, NullIf

# Stand in a query for the primary keys, or the slugs, that are asked for.
ASKED_KEYS = [-1]
ASKED_SLUGS = ["?"]
# Records that are read at once where all of a collection are.
PAGE = 2_000


class JsonObject(JSONObject):
    """A JSON object whose members keep their order, as those of jsonb do not."""

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_native(compiler, connection, returning="JSON", **context)


class JsonList(OrderableAggMixin, Aggregate):
    """All of a group in one JSON list; never empty."""

    function = "json_agg"
    template = "%(function)s(%(expressions)s %(order_by)s)"
    output_field = JSONField()


def known(field: str) -> NullIf:
    """A text, or null where it is blank."""
    return NullIf(field, Value(""), output_field=TextField())


def instant(field: str) -> Func:
    """A time of day in UTC, with a Z."""
    utc = Func(Value("UTC"), F(field), function="timezone", output_field=DateTimeField())
    return Func(utc, Value('YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), function="to_char", output_field=TextField())


def owned(rows: QuerySet[Any, Any], *, owner: str, one: Any, order: Sequence[Any] = ("pk",)) -> ArraySubquery:
    """Those of the rows whose `owner` is the outer record, each as `one`, as a list."""
    return ArraySubquery(rows.filter(**{owner: OuterRef("pk")}).order_by(*order).values(one=one))


def alias_list(aliases: QuerySet[Any, Any], *, owner: str) -> ArraySubquery:
    """The aliases of the outer record in the order they were recorded, each with the parties that use the form."""
    through = aliases.model._meta.get_field("used_by").remote_field.through
    users = owned(
        through._default_manager.all(),
        owner=aliases.model._meta.model_name or "",
        one=F("party__slug"),
        order=[Collate("party__slug", "C")],
    )
    return owned(aliases, owner=owner, one=JsonObject(name=F("name"), used_by=users))


def among_asked(field: str, asked: list[Any]) -> Func:
    """The condition that a field is one of the values that a query is asked with."""
    numbers = asked is ASKED_KEYS
    values = Value(asked, output_field=ArrayField(BigIntegerField() if numbers else TextField()))
    return Func(F(field), values, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


class BySlug:
    """Payloads of one kind by slug, or by another public `key`: in their own order if they have one, else in that of
    the keys. One query.
    """

    def __init__(self, write: Callable[[], tuple[QuerySet[Any, Any], JsonObject]], *, key: str = "slug") -> None:
        """`write` gives all records and the shape of one; it is called once, when the first are asked for."""
        self._write = write
        self._key = key
        self._query: tuple[str, tuple[Any, ...]] | None = None

    def __call__(self, slugs: Collection[str]) -> dict[str, Any]:
        if not slugs:
            return {}
        if self._query is None:
            records, shape = self._write()
            asked = records.filter(among_asked(self._key, ASKED_SLUGS))
            asked = asked if asked.ordered else asked.order_by(self._key)
            self._query = asked.values_list(self._key, Cast(shape, TextField())).query.sql_with_params()
        return {slug: orjson.loads(found) for slug, found in ask(self._query, ASKED_SLUGS, slugs)}


def in_order_of(
    records: QuerySet[Any], payloads: Callable[[Sequence[str]], Mapping[str, Any]], *, key: str = "slug"
) -> list[Any]:
    """The payloads of these records in their order; one query more than the payloads take."""
    return _in_order(list(records.values_list(key, flat=True)), payloads)


def pages_in_order_of(
    records: QuerySet[Any], payloads: Callable[[Sequence[str]], Mapping[str, Any]], *, key: str = "slug"
) -> Iterator[list[Any]]:
    """As `in_order_of`, a page at a time, so that not all of many records are held at once."""
    keys = list(records.values_list(key, flat=True))
    for start in range(0, len(keys), PAGE):
        yield _in_order(keys[start : start + PAGE], payloads)


def _in_order(keys: list[str], payloads: Callable[[Sequence[str]], Mapping[str, Any]]) -> list[Any]:
    found = payloads(keys)
    # One that was removed between the queries is in the first alone.
    return [found[one] for one in keys if one in found]


def ask(query: tuple[str, tuple[Any, ...]], stand_in: list[Any], asked: Collection[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query that was written with the stand-in."""
    sql, params = query
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(asked) if param == stand_in else param for param in params])
        return cursor.fetchall()
