"""A table of records as CSV: written as all CSV here is, read with any of three separators."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from parties.delimited import csv_bytes
from parties.spreadsheet_text import unguarded
from proposals.exchange.cells import Cell
from proposals.exchange.events import Unreadable
from proposals.exchange.reading import LARGEST
from proposals.exchange.tables import MOST_ROWS, Sheet, address_columns, columns_of

_SEPARATORS = (",", ";", "\t")
# A clause may be longer than the 131,072 characters that the module takes for a mistake.
csv.field_size_limit(LARGEST)


def csv_table(kind: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows of a kind under its columns."""
    return csv_bytes(columns_of(kind), rows)  # type: ignore[arg-type]  # cells that are written hold no times


def read_csv(name: str, text: str, kind: str) -> Sheet:
    """The table of a CSV text; rows are counted as a spreadsheet would. Raises Unreadable."""
    separator = _separator(text, kind)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cells):
                rows.append((number, [unguarded(cell) for cell in cells]))
            if len(rows) > MOST_ROWS + 1:
                raise Unreadable(f"has more than {MOST_ROWS:,} rows; split it", number)
    except csv.Error as error:
        raise Unreadable(f"is not CSV: {error}", reader.line_num) from error
    if not rows or rows[0][0] != 1:
        raise Unreadable("has no head: the first row names the columns", 1)
    return Sheet(name, kind, [cell.strip() for cell in rows[0][1]], rows[1:])


def is_table(text: str, kind: str) -> bool:
    """Whether a text begins with the head of such a table."""
    head = set(_head(text, _separator(text, kind)))
    return set(address_columns(kind)) <= head


def _separator(text: str, kind: str) -> str:
    """The separator that makes the most known columns of the first line."""
    known = set(columns_of(kind))
    return max(_SEPARATORS, key=lambda separator: len(known & set(_head(text, separator))))


def _head(text: str, separator: str) -> list[str]:
    first = text[:20_000].split("\n", 1)[0].rstrip("\r")
    return [cell.strip().strip('"').strip() for cell in first.split(separator)]
