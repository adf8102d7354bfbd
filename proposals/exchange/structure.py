"""Faults of structure: unknown and missing fields, wrong types, codes that are no codes, days that are no days."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from proposals.exchange.faults import Path, did_you_mean, shortened
from proposals.exchange.fields import Schema, is_day, is_moment
from proposals.exchange.schema import draft_schema, file_schema, row_schema, written_schema

_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date")(lambda value: not isinstance(value, str) or is_day(value))
_FORMATS.checks("moment")(lambda value: not isinstance(value, str) or is_moment(value))
_TYPES = {
    "string": "a text",
    "array": "a list",
    "object": "a record",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}


@functools.cache
def _validator(schema: Callable[..., Schema], *of: Any) -> Draft202012Validator:
    return Draft202012Validator(schema(*of), format_checker=_FORMATS)


def file_faults(data: Any) -> Iterator[tuple[Path, str, str]]:
    """Path, code and reason of every fault in the content of a file."""
    return _faults(_validator(file_schema), data)


def draft_faults(data: Any) -> Iterator[tuple[Path, str, str]]:
    """Path, code and reason of every fault in a draft."""
    return _faults(_validator(draft_schema), data)


def written_faults(kind: str, data: Any, *, known: bool) -> Iterator[tuple[Path, str, str]]:
    """Path, code and reason of every fault in one record as an editor sends it."""
    return _faults(_validator(written_schema, kind, known), data)


def row_faults(kind: str, data: Any) -> Iterator[tuple[Path, str, str]]:
    """Path, code and reason of every fault in one record as a row of a table gives it."""
    return _faults(_validator(row_schema, kind), data)


def _faults(validator: Draft202012Validator, data: Any) -> Iterator[tuple[Path, str, str]]:
    for error in validator.iter_errors(data):
        path = tuple(error.absolute_path)
        yield from _EXPLAINED.get(str(error.validator), _other)(error, path)


def _unknown(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    known = list(error.schema.get("properties", {}))
    for name in error.instance:
        if name not in known:
            yield (*path, name), "unknown_field", f"no field of this name{did_you_mean(name, known)}"


def _missing(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    # One error comes for each name that is missing; its message begins with the name.
    for name in error.validator_value:
        if name not in error.instance and error.message.startswith(repr(name)):
            yield (*path, name), "missing", "is missing"


def _type(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    expected = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    found = error.instance
    hint = ""
    if found is None:
        hint = "; leave the field out where there is nothing to say"
    elif "string" in expected and not isinstance(found, list | dict):
        hint = "; put it in quotes"
    wanted = " or ".join(_TYPES[name] for name in expected)
    yield path, "wrong_type", f"must be {wanted}, not {_named(found)}{hint}"


def _code(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    codes = [str(code) for code in error.validator_value]
    hint = "; put yes and no in quotes" if isinstance(error.instance, bool) and {"yes", "no"} & set(codes) else ""
    if isinstance(error.instance, str):
        hint = did_you_mean(error.instance, codes)
    yield path, "unknown_code", f"{_named(error.instance)} is not one of {', '.join(codes)}{hint}"


def _constant(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "unknown_format", f"must be {error.validator_value}, not {_named(error.instance)}"


def _pattern(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if not error.instance.strip():
        yield path, "empty", "is empty"
    elif error.schema.get("format") == "date":
        yield path, "not_a_date", f"{_named(error.instance)} is not a day written YYYY-MM-DD"
    elif error.schema.get("format") == "moment":
        yield path, "not_a_moment", f"{_named(error.instance)} is not a moment written YYYY-MM-DDThh:mm:ssZ"
    elif "/" in error.validator_value:
        yield path, "not_an_address", f"{_named(error.instance)} does not name a clause as proposal/key"
    else:
        yield path, "not_an_id", f"{_named(error.instance)} is not an id: lower-case words and digits, joined"


def _format(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    # Where the pattern fails too, that fault has been told already.
    if Draft202012Validator({"pattern": error.schema["pattern"]}).is_valid(error.instance):
        yield path, "not_a_date", f"{_named(error.instance)} is not a day of the calendar"


def _repeated(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    for place, item in enumerate(error.instance):
        if item in error.instance[:place]:
            yield (*path, place), "twice", f"{_named(item)} stands twice in this list"


def _long(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "too_long", f"has {len(error.instance):,} characters; {error.validator_value} are allowed"


def _short(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "too_few", f"holds {len(error.instance)} entries; at least {error.validator_value} are needed"


def _many(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "too_many", f"holds {len(error.instance)} entries; {error.validator_value} is allowed"


def _large(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "too_large", f"is a number too large to hold; {error.validator_value:,} is the largest"


def _small(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "too_small", f"must be at least {error.validator_value:,}"


def _other(error: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    yield path, "invalid", error.message[:200]


_EXPLAINED: dict[str, Callable[[Any, Path], Iterator[tuple[Path, str, str]]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "type": _type,
    "enum": _code,
    "const": _constant,
    "pattern": _pattern,
    "format": _format,
    "uniqueItems": _repeated,
    "maxLength": _long,
    "maximum": _large,
    "minimum": _small,
    "minItems": _short,
    "minProperties": _short,
    "maxProperties": _many,
}


def _named(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a record"
    shown = str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, str) else str(value)
    return shortened(shown)
