"""What is coded on clauses, of all of them in one query that answers JSON and makes no model objects.

The ORM writes the query once in a process: putting it together takes longer than running it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from django.contrib.postgres.aggregates.mixins import OrderableAggMixin
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Aggregate, BigIntegerField, BooleanField, F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Concat, JSONObject, NullIf

from proposals.models import (
    Clause,
    ClauseParty,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Contest,
    Dependency,
    Term,
)
from proposals.querysets import Reader, sees_all

# Stands in the query for the clauses that are asked for.
_ASKED = [-1]
_PART = ("part", "owner", "found")
_KINDS = ("parent", "strikes", "roles", "topics", "territories", "terms", "depends_on", "contested", "sources")


def load_parts(clauses: Sequence[int], *, user: Reader | None) -> dict[str, dict[str, Any]]:
    """By kind, then by the digits of a clause's primary key: the parts of these clauses that the reader may see.

    `parent` and `strikes` are ids of clauses, every other kind is a list in its order. Clauses without parts of a kind
    are left out of it. One query.
    """
    sql, params = _query(everything=sees_all(user))
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(clauses) if param == _ASKED else param for param in params])
        found = {kind: orjson.loads(parts) for kind, parts in cursor.fetchall()}
    return {kind: found.get(kind, {}) for kind in _KINDS}


@cache
def _query(*, everything: bool) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters with `_ASKED` among them, for those who see everything or what is public."""
    seen = Clause.objects.all() if everything else Clause.objects.visible_to(None)
    first, *others = (
        _other("parent", seen, owner="children"),
        _other("strikes", seen, owner="struck_by"),
        _several("roles", ClauseParty.objects.all(), _Object(role=F("role"), party=F("party__slug"))),
        _several("topics", ClauseTopic.objects.all(), F("topic__slug")),
        _several("territories", ClauseTerritory.objects.all(), F("territory__slug")),
        _several("terms", Term.objects.all(), _term()),
        _several(
            "depends_on",
            Dependency.objects.filter(target__in=seen),
            _Object(relation=F("relation"), clause=_id("target__"), note=_known("note")),
        ),
        _several("contested", Contest.objects.all(), _Object(party=F("party__slug"), objection=F("objection"))),
        _several("sources", ClauseSource.objects.all(), F("source__slug")),
    )
    parts, params = first.union(*others, all=True).query.sql_with_params()
    # A row for each kind is read faster than one for each clause and kind.
    # Nothing in it comes from outside.
    return f"SELECT part, json_object_agg(owner, found)::text FROM ({parts}) AS parts GROUP BY part", params  # noqa: S608


class _Object(JSONObject):
    """A JSON object whose members keep their order, as those of jsonb do not."""

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_native(compiler, connection, returning="JSON", **context)


class _List(OrderableAggMixin, Aggregate):
    function = "json_agg"
    template = "%(function)s(%(expressions)s %(order_by)s)"
    output_field = JSONField()


def _several(kind: str, rows: QuerySet[Any, Any], one: Any) -> QuerySet[Any, Any]:
    """Rows that have a clause, as one list for each."""
    asked = rows.filter(_among_asked("clause")).annotate(owner=F("clause")).values("owner")
    return asked.annotate(part=Value(kind), found=_List(one, order_by=("order", "pk"))).values_list(*_PART)


def _other(kind: str, seen: QuerySet[Any, Any], *, owner: str) -> QuerySet[Any, Any]:
    """The id of a clause that the clauses asked for refer to; `owner` leads back to these."""
    found = Func(_id(""), function="to_json", output_field=JSONField())
    asked = seen.filter(_among_asked(owner)).annotate(owner=F(owner))
    return asked.annotate(part=Value(kind), found=found).values_list(*_PART)


def _among_asked(path: str) -> Func:
    asked = Value(_ASKED, output_field=ArrayField(BigIntegerField()))
    return Func(F(path), asked, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def _id(path: str) -> Concat:
    return Concat(f"{path}proposal__slug", Value("/"), f"{path}key", output_field=TextField())


def _known(field: str) -> NullIf:
    return NullIf(field, Value(""), output_field=TextField())


def _whole(field: str) -> Func:
    """A figure without zeros behind the point: 500, not 500.0000, which would be read as a float."""
    return Func(F(field), function="trim_scale")


def _term() -> _Object:
    return _Object(
        kind=F("kind"),
        measure=F("measure__code"),
        subject=F("subject__slug"),
        comparator=_known("comparator"),
        value=_whole("value"),
        value_max=_whole("value_max"),
        unit=_known("unit"),
        qualifier=_known("qualifier"),
        whose=F("whose__slug"),
        counts_from=_known("counts_from"),
        renewable=F("renewable"),
        date=F("date"),
        date_precision=_known("date_precision"),
        note=_known("note"),
    )
