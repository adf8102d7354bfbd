"""How a field of the exchange format stands in one cell of a table, and back: docs/exports.md has the notation.

An empty cell says that there is nothing. Lists of ids are joined by semicolons, roles and what something is about are
named before a colon, and lists of records have one entry a line, each a mapping in braces.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml
from django.db import models

from proposals.exchange.fields import Link, Nested, Value
from proposals.exchange.format import Column, Part
from proposals.exchange.parts import About, Aliases, Names, Ordered, Roles, Rows
from proposals.exchange.reading import read_text
from proposals.exchange.retired import Origin, Retired

Cell = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
_LINE_ENDS = re.compile("[\n\r\x85\u2028\u2029]")
_OPENS = ("{", "[", '"')


class BadCell(Exception):
    """A cell cannot be read; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Dumper(yaml.SafeDumper):
    """Writes a value in one line, whatever is in it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    style = '"' if _LINE_ENDS.search(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def written(field: Column | Part, value: Any) -> str:
    """The cell of a canonical value; an empty one where there is none. A default that files leave out is told.

    True and false are words: of values, LibreOffice makes formulas.
    """
    if isinstance(field, Value) and field.omit_default and value is None:
        value = field.column.get_default()
    if value is None:
        return ""
    if isinstance(field, Names | Ordered):
        return "; ".join(value)
    if isinstance(field, Roles):
        return "; ".join(f"{role}: {', '.join(parties)}" for role, parties in value.items())
    if isinstance(field, Nested):
        return "; ".join(f"{name}: {code}" for name, code in value.items())
    if isinstance(field, About):
        return "; ".join(f"{kind}: {address}" for entry in value for kind, address in entry.items())
    if isinstance(field, Rows | Aliases | Retired):
        return "\n".join(_entry(entry) for entry in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def read(field: Column | Part, cell: Cell) -> Any:
    """What a filled cell says, as a file would. Raises BadCell; the schema finds what else is wrong with it."""
    if isinstance(field, Value):
        return _reader(field)(cell)
    if isinstance(field, Link | Origin):
        return plain_text(cell).strip()
    return _PARTS[type(field)](plain_text(cell))


def plain_text(cell: Cell) -> str:
    """The text of a cell. A whole number counts as its digits; what a spreadsheet shows otherwise is no text."""
    if isinstance(cell, str):
        if "\0" in cell:
            raise BadCell("holds a character that no text may have (NUL)")
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, bool):
        raise BadCell(f"must be a text, not {str(cell).lower()}: format the cell as text")
    kind = "number" if isinstance(cell, float) else "date or time"
    raise BadCell(f"must be a text, not a {kind} ({cell}): format the cell as text, and write it again")


def whole_number(cell: Cell) -> Any:
    """A whole number from a cell that holds one, or the digits of one."""
    if isinstance(cell, str) and re.fullmatch(r"\d{1,10}", cell.strip(), re.ASCII):
        return int(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def truth(cell: Cell) -> Any:
    """True or false from a cell that says so."""
    word = cell.strip().lower() if isinstance(cell, str) else cell
    return {"true": True, "false": False}.get(word, cell) if isinstance(word, str) else cell


def day(cell: Cell) -> Any:
    """A day as it is written in files, also of a cell that a spreadsheet took for a date."""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date) and not isinstance(cell, datetime.datetime):
        return cell.isoformat()
    return plain_text(cell).strip()


def moment(cell: Cell) -> Any:
    if isinstance(cell, datetime.datetime):
        return f"{cell.replace(microsecond=0).isoformat()}Z"
    return day(cell)


def _reader(field: Value) -> Callable[[Cell], Any]:
    column = field.column
    if isinstance(column, models.BooleanField):
        return truth
    if isinstance(column, models.DateTimeField):
        return moment
    if isinstance(column, models.DateField):
        return day
    if column.choices:
        return lambda cell: plain_text(cell).strip()
    return plain_text


def _entry(value: Any) -> str:
    """One entry of a list: a text as it stands, unless it could be taken for something else; a mapping in braces."""
    if isinstance(value, str) and not (value != value.strip() or value.startswith(_OPENS) or _LINE_ENDS.search(value)):
        return value
    style = '"' if isinstance(value, str) else None
    text = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=float("inf"),
        default_flow_style=True,
        default_style=style,
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _list(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def _pairs(cell: str) -> Iterable[tuple[str, str]]:
    for item in _list(cell):
        name, colon, value = item.partition(":")
        if not colon or not name.strip() or not value.strip():
            raise BadCell(f"'{item[:60]}' has not the form name: value")
        yield name.strip(), value.strip()


def _roles(cell: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, named in _pairs(cell):
        found.setdefault(role, []).extend(party.strip() for party in named.split(",") if party.strip())
    return found


def _nested(cell: str) -> Mapping[str, str]:
    pairs = list(_pairs(cell))
    if len(dict(pairs)) < len(pairs):
        raise BadCell("says the same thing twice")
    return dict(pairs)


def _lines(cell: str) -> list[Any]:
    lines = [line.strip() for line in re.split("\r\n|\r|\n", cell)]
    return [_value(line, place) for place, line in enumerate(lines, start=1) if line]


def _value(line: str, place: int) -> Any:
    if not line.startswith(_OPENS):
        return line
    document, faults = read_text("cell.yaml", line)
    if faults:
        raise BadCell(f"line {place} of the cell {faults[0].reason}")
    return document.data


_PARTS: Mapping[Any, Callable[[str], Any]] = {
    Names: _list,
    Ordered: _list,
    Roles: _roles,
    Nested: _nested,
    About: lambda cell: [{kind: address} for kind, address in _pairs(cell)],
    Rows: _lines,
    Aliases: _lines,
    Retired: _lines,
}
