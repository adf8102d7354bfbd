"""The published JSON Schema of the exchange format, and the one of a draft clause set."""

from __future__ import annotations

import copy
from typing import Any

from parties.slugs import PATTERN
from proposals.exchange.fields import ADDRESS, KEY, Schema, Value, address_schema, object_schema
from proposals.exchange.format import FORMAT, KINDS, LISTS, RecordKind
from proposals.models import Stage

# What PostgreSQL holds as an integer.
LAST_PLACE = 2**31 - 1
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def file_schema() -> Schema:
    """What a file of the exchange format may hold. References and rules across records are checked by the import."""
    lists = {name: {"type": "array", "items": {"$ref": f"#/$defs/{record.kind}"}} for name, record in LISTS.items()}
    return {
        "$schema": _DIALECT,
        "title": FORMAT,
        "description": "Proposals as clause sets, with the vocabulary they are coded with.",
        "type": "object",
        "properties": {"format": {"const": FORMAT}, **lists},
        "required": ["format"],
        "additionalProperties": False,
        "$defs": {kind: _record_schema(record) for kind, record in KINDS.items()},
    }


def draft_schema() -> Schema:
    """A clause set that is compared without being stored: clauses, or plain text to be split into clauses."""
    clause = copy.deepcopy(_record_schema(KINDS["clause"]))
    clause["required"] = ["id", "text"]
    del clause["properties"]["copied_from"]
    return {
        "$schema": _DIALECT,
        "title": "Draft",
        "type": "object",
        "properties": {
            "slug": {"type": "string", "pattern": PATTERN, "maxLength": 80},
            "clauses": {"type": "array", "minItems": 1, "items": clause},
            "text": {"type": "string", "pattern": r"\S"},
        },
        "additionalProperties": False,
    }


def written_schema(kind: str, known: bool) -> Schema:
    """One record as an editor writes it: with its stage, which files do not hold, and a clause with its place.

    A record that is `known`, because it is changed, says both. A new proposal may come with its clauses. Of a decision
    the database says who gave it and when.
    """
    schema = {"$schema": _DIALECT, **copy.deepcopy(_record_schema(KINDS[kind]))}
    properties, required = schema["properties"], schema["required"]
    if kind == "decision":
        properties["clause"] = address_schema("clause", ADDRESS)
        del properties["stale"], properties["decided_at"]
        schema["required"] = [name for name in required if name not in ("decided_by", "decided_at")]
        return schema
    properties["stage"] = {"enum": Stage.values}
    required += ["stage"] if known else []
    if kind == "clause":
        properties["order"] = {"type": "integer", "minimum": 1, "maximum": LAST_PLACE}
        required += ["order"] if known else []
    if kind == "proposal":
        del properties["decisions"], properties["clauses"], properties["retired"]
        if not known:
            clause = copy.deepcopy(_record_schema(KINDS["clause"]))
            clause["properties"]["stage"] = {"enum": Stage.values}
            properties["clauses"] = {"type": "array", "items": clause}
    return schema


def row_schema(kind: str) -> Schema:
    """One record as a row of a table: a clause names its proposal, a decision both clauses by their addresses."""
    schema = {"$schema": _DIALECT, **copy.deepcopy(_record_schema(KINDS[kind]))}
    properties = schema["properties"]
    properties["state"] = {"type": "string"}
    if KINDS[kind].ordered:
        properties["order"] = {"type": "integer", "minimum": 0, "maximum": LAST_PLACE}
    if kind == "clause":
        properties["proposal"] = address_schema("proposal")
        schema["required"].append("proposal")
    elif kind == "decision":
        properties["clause"] = address_schema("clause", ADDRESS)
    elif kind == "proposal":
        del properties["clauses"], properties["decisions"]
    return schema


def _record_schema(record: RecordKind) -> Schema:
    if record.kind == "decision":
        extra: dict[str, Any] = {"clause": address_schema("clause", KEY), "other": address_schema("clause", ADDRESS)}
        stale = {"type": "boolean", "description": "A clause has changed since."}
        return object_schema(record.fields, extra={**extra, "stale": stale}, required=("clause", "other"))
    schema = object_schema(record.fields, extra={"id": _id_schema(record)}, required=("id",))
    if record.kind == "proposal":
        for kind in ("clause", "decision"):
            schema["properties"][KINDS[kind].plural] = {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}}
    return schema


def _id_schema(record: RecordKind) -> Schema:
    kind = KEY if record.kind == "clause" else ADDRESS
    return {**Value("id", record.id_column).schema(), **address_schema(record.kind, kind)}
