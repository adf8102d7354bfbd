"""What is coded on clauses, of all of them in one query."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from django.db.models import F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Concat

from parties.as_json import ASKED_KEYS, JsonList, JsonObject, among_asked, ask, known
from parties.readers import Reader, sees_all
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

_PART = ("part", "owner", "found")
_KINDS = ("parent", "strikes", "roles", "topics", "territories", "terms", "depends_on", "contested", "sources")


def load_parts(clauses: Sequence[int], *, user: Reader | None) -> dict[str, dict[str, Any]]:
    """By kind, then by the digits of a clause's primary key: the parts of these clauses that the reader may see.

    `parent` and `strikes` are ids of clauses, every other kind is a list in its order. Clauses without parts of a kind
    are left out of it. One query.
    """
    rows = ask(_query(everything=sees_all(user)), ASKED_KEYS, clauses)
    found = {kind: orjson.loads(parts) for kind, parts in rows}
    return {kind: found.get(kind, {}) for kind in _KINDS}


@cache
def _query(*, everything: bool) -> tuple[str, tuple[Any, ...]]:
    """SQL and parameters with a stand-in for the clauses among them, for those who see everything or what is public."""
    seen = Clause.objects.all() if everything else Clause.objects.visible_to(None)
    first, *others = (
        _other("parent", seen, owner="children"),
        _other("strikes", seen, owner="struck_by"),
        _several("roles", ClauseParty.objects.all(), JsonObject(role=F("role"), party=F("party__slug"))),
        _several("topics", ClauseTopic.objects.all(), F("topic__slug")),
        _several("territories", ClauseTerritory.objects.all(), F("territory__slug")),
        _several("terms", Term.objects.all(), _term()),
        _several(
            "depends_on",
            Dependency.objects.filter(target__in=seen),
            JsonObject(relation=F("relation"), clause=_id("target__"), note=known("note")),
        ),
        _several("contested", Contest.objects.all(), JsonObject(party=F("party__slug"), objection=F("objection"))),
        _several("sources", ClauseSource.objects.all(), F("source__slug")),
    )
    parts, params = first.union(*others, all=True).query.sql_with_params()
    # A row for each kind is read faster than one for each clause and kind.
    # Nothing in it comes from outside.
    return f"SELECT part, json_object_agg(owner, found)::text FROM ({parts}) AS parts GROUP BY part", params  # noqa: S608


def _several(kind: str, rows: QuerySet[Any, Any], one: Any) -> QuerySet[Any, Any]:
    """Rows that have a clause, as one list for each."""
    asked = rows.filter(among_asked("clause", ASKED_KEYS)).annotate(owner=F("clause")).values("owner")
    return asked.annotate(part=Value(kind), found=JsonList(one, order_by=("order", "pk"))).values_list(*_PART)


def _other(kind: str, seen: QuerySet[Any, Any], *, owner: str) -> QuerySet[Any, Any]:
    """The id of a clause that the clauses asked for refer to; `owner` leads back to these."""
    found = Func(_id(""), function="to_json", output_field=JSONField())
    asked = seen.filter(among_asked(owner, ASKED_KEYS)).annotate(owner=F(owner))
    return asked.annotate(part=Value(kind), found=found).values_list(*_PART)


def _id(path: str) -> Concat:
    return Concat(f"{path}proposal__slug", Value("/"), f"{path}key", output_field=TextField())


def _whole(field: str) -> Func:
    """A figure without zeros behind the point: 500, not 500.0000, which would be read as a float."""
    return Func(F(field), function="trim_scale")


def _term() -> JsonObject:
    return JsonObject(
        kind=F("kind"),
        measure=F("measure__code"),
        subject=F("subject__slug"),
        comparator=known("comparator"),
        value=_whole("value"),
        value_max=_whole("value_max"),
        unit=known("unit"),
        qualifier=known("qualifier"),
        whose=F("whose__slug"),
        counts_from=known("counts_from"),
        renewable=F("renewable"),
        date=F("date"),
        date_precision=known("date_precision"),
        note=known("note"),
    )
