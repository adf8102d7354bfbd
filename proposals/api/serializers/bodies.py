"""What is sent to write a record, declared for the schema; proposals/exchange/ says what it is, and checks it."""

from __future__ import annotations

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from parties.slugs import PATTERN
from proposals.exchange.fields import ADDRESS, Link, Nested, Value, address_schema
from proposals.exchange.format import KINDS
from proposals.exchange.parts import Names, Ordered, Roles, Rows
from proposals.exchange.retired import Origin
from proposals.exchange.schema import LAST_PLACE
from proposals.models import Stage

_STAGE = "Readers see public records only. Left out of a new one: draft."
_ALWAYS_THERE = ("stage", "order", "decided_by")
# Set by the database, or kept by it.
_NOT_SENT = ("decided_at", "retired")
_PLACE = "Place in the text, from 1. Left out of a new one: the last."


# Inner records by name: those of new and of changed records are alike.
_made: dict[str, type[serializers.Serializer]] = {}


class _Patch(serializers.Serializer):
    """Fields of which any may be left out, and null takes away what the record can do without."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for name, field in fields.items():
            field.allow_null = not field.required and name not in _ALWAYS_THERE
            field.required = False
        return fields


def _new(kind: str, name: str, docstring: str, **others: serializers.Field) -> type[serializers.Serializer]:
    """A serializer of a kind of record with `others` beside its fields."""
    fields = _fields(KINDS[kind]) | others
    made = type(f"{name}BodySerializer", (serializers.Serializer,), {"__doc__": docstring, **fields})
    return extend_schema_serializer(component_name=name)(made)


def _change(kind: str, name: str, docstring: str, **others: serializers.Field) -> type[serializers.Serializer]:
    """The same for a merge patch: any field may be left out, and null takes away what the record can do without."""
    fields = _fields(KINDS[kind], patched=True) | others
    made = type(f"{name}ChangeSerializer", (_Patch,), {"__doc__": docstring, **fields})
    return extend_schema_serializer(component_name=name)(made)


def _field(field: Any, *, patched: bool = False) -> serializers.Field:
    match field:
        case Value():
            return _value(field)
        case Link():
            pattern = address_schema(field.kind, field.clause_by)["pattern"]
            note = str(field.column.help_text) or _named(field.kind)
            return serializers.RegexField(pattern, required=field.required, help_text=note)
        case Nested():
            name, fields = _camel(field.name), _fields(field)
            return _merged(name, fields, patched=patched)(required=False)
        case Roles():
            slugs = {role: _slugs("party", help_text="Parties (slugs).") for role in field.codes}
            roles = _merged(f"{field.model.__name__}Roles", slugs, patched=patched)
            return roles(required=False, help_text="By role.")
        case Ordered():
            return _slugs(field.target)
        case Names():
            return _slugs(field.kind)
        case Origin():
            told = field.schema()
            return serializers.RegexField(told["pattern"], required=False, help_text=told["description"])
        case Rows():
            return _inner(f"Written{field.model.__name__}", _fields(field))(many=True, required=field.required)
    raise TypeError(f"{field.name} has no form in the schema")


def _fields(holder: Any, *, patched: bool = False) -> dict[str, serializers.Field]:
    return {field.name: _field(field, patched=patched) for field in holder.fields if field.name not in _NOT_SENT}


def _value(field: Value) -> serializers.Field:
    column = field.column
    common: dict[str, Any] = {"required": field.required}
    if column.help_text:
        common["help_text"] = str(column.help_text)
    if column.choices:
        return serializers.ChoiceField(choices=[pair for pair in column.flatchoices if pair[0] != ""], **common)
    if isinstance(column, models.BooleanField):
        return serializers.BooleanField(**common)
    if isinstance(column, models.DecimalField):
        bounds = field.schema()
        return serializers.FloatField(min_value=bounds["minimum"], max_value=bounds["maximum"], **common)
    if isinstance(column, models.DateField):
        return serializers.DateField(**common)
    return serializers.CharField(max_length=column.max_length, **common)


def _slugs(kind: str, help_text: str = "") -> serializers.ListField:
    child = serializers.RegexField(address_schema(kind)["pattern"])
    return serializers.ListField(child=child, required=False, help_text=help_text or f"{_named(kind)}, in order.")


def _merged(name: str, fields: dict[str, Any], *, patched: bool) -> type[serializers.Serializer]:
    """A record within a record. A patch is merged into it too, while a list is replaced as a whole."""
    return _inner(f"Changed{name}", fields, base=_Patch) if patched else _inner(f"Written{name}", fields)


def _inner(
    name: str, fields: dict[str, Any], *, base: type[serializers.Serializer] = serializers.Serializer
) -> type[serializers.Serializer]:
    if name not in _made:
        described = {"__doc__": "A part of a record as the exchange format has it.", **fields}
        _made[name] = type(f"{name}Serializer", (base,), described)
    return _made[name]


def _named(kind: str) -> str:
    return "Code." if kind == "measure" else "`{proposal}/{key}`." if kind == "clause" else "Slug."


def _camel(name: str) -> str:
    return "".join(word.title() for word in name.split("_"))


def _stage() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=Stage.choices, required=False, help_text=_STAGE)


def _id(kind: str) -> serializers.RegexField:
    return serializers.RegexField(
        PATTERN, max_length=KINDS[kind].id_column.max_length, help_text=str(KINDS[kind].id_column.help_text)
    )


def _order() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LAST_PLACE, required=False, help_text=_PLACE)


def _pair() -> dict[str, serializers.Field]:
    pattern = address_schema("clause", ADDRESS)["pattern"]
    return {
        "clause": serializers.RegexField(pattern, help_text="One of the two: `{proposal}/{key}`."),
        "other": serializers.RegexField(pattern, help_text="The other one, of another proposal."),
        "decided_by": serializers.CharField(
            max_length=150, required=False, help_text="Who decided, as shown to readers. Left out: your name."
        ),
    }


ProposalBodySerializer = _new(
    "proposal",
    "Proposal",
    "A proposal as in the exchange format, with its stage. A new one may come with its clauses.",
    id=_id("proposal"),
    stage=_stage(),
    clauses=_new("clause", "ProposalClause", "A clause of a new proposal.", id=_id("clause"), stage=_stage())(
        many=True, required=False
    ),
)
ProposalChangeSerializer = _change(
    "proposal",
    "ProposalChange",
    "What changes of a proposal. Its clauses are written one by one.",
    id=_id("proposal"),
    stage=_stage(),
)
_CLAUSE = "A clause as in the exchange format, with its stage and its place."
ClauseBodySerializer = _new("clause", "Clause", _CLAUSE, id=_id("clause"), stage=_stage(), order=_order())
ClauseChangeSerializer = _change(
    "clause", "ClauseChange", "What changes of a clause.", id=_id("clause"), stage=_stage(), order=_order()
)
_POSITION = "A position as in the exchange format, with its stage."
PositionBodySerializer = _new("position", "Position", _POSITION, id=_id("position"), stage=_stage())
PositionChangeSerializer = _change(
    "position", "PositionChange", "What changes of a position.", id=_id("position"), stage=_stage()
)
_DECISION = "A verdict on a pair of clauses. Who gave it, and when, is noted."
DecisionBodySerializer = _new("decision", "Decision", _DECISION, **_pair())
DecisionChangeSerializer = _change(
    "decision", "DecisionChange", "What changes of a decision; it stays with its pair.", **_pair()
)
