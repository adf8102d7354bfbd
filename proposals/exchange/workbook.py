"""Tables of records as an XLSX workbook, one sheet a kind: written so that a spreadsheet changes nothing in it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from parties.spreadsheet_text import looks_like_formula
from proposals.exchange.cells import Cell
from proposals.exchange.format import KINDS
from proposals.exchange.tables import STATE, columns_of, letters

LONGEST_CELL = 32_767  # UTF-16 units, by the format
# The same records give the same bytes, so no clock is read.
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_WIDE, _MIDDLE, _NARROW = 60, 24, 14
_LONG = {"text", "summary", "terms", "claim", "statement", "claims", "note", "silences", "definition", "title"}
_SHORT = {"order", "number", "kind", "modality", "language", "wording", "stale", STATE, "evidence", "confidence"}
# What XML cannot hold or changes, what writers and readers of workbooks take for such an escape, and our own escape.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)|\\\\(?=u\\{)")
_ESCAPES = re.compile(r"\\u\{([0-9a-f]{1,4})\}")


class UnableToExport(Exception):
    """The records do not fit into a file of this format; the message says which and why."""


def workbook(tables: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """A sheet for each kind, under the plural of its name. Raises UnableToExport where a cell cannot hold a text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": "Concordance", "created": _MADE})
    plain = {"text_wrap": True, "valign": "top", "font_size": 10, "num_format": "@"}
    text = book.add_format(plain)
    quoted = book.add_format(plain | {"quote_prefix": True})
    number = book.add_format({"valign": "top", "font_size": 10})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#eeeeee", "font_size": 10})
    for kind, rows in tables.items():
        sheet = book.add_worksheet(KINDS[kind].plural)
        names = columns_of(kind)
        for place, name in enumerate(names):
            width = _WIDE if name in _LONG else _NARROW if name in _SHORT else _MIDDLE
            # What is typed into an empty cell stays text too: 007, 2031-05-01.
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, name, head)
        sheet.freeze_panes(1, 2 if kind == "clause" else 1)
        last = 0
        for last, row in enumerate(rows, start=1):
            _write(sheet, last, row, names, (text, quoted, number))
        sheet.autofilter(0, 0, last, len(names) - 1)
    book.close()
    return stream.getvalue()


def escaped(text: str) -> str:
    r"""The text with \u{…} for what a workbook does not keep: control characters, and what looks like an escape."""
    return _ESCAPED.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return _ESCAPES.sub(lambda found: chr(int(found[1], 16)), text)


def _write(
    sheet: Worksheet, line: int, row: Sequence[Cell], names: Sequence[str], formats: tuple[Format, Format, Format]
) -> None:
    text, quoted, number = formats
    # Rows of one height, or long texts would push all others off the screen.
    sheet.set_row(line, 60)
    for place, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(line, place, cell, number)
        elif isinstance(cell, str) and cell:
            held = escaped(cell)
            if len(held.encode("utf-16-le")) > 2 * LONGEST_CELL:
                raise UnableToExport(
                    f"{names[place]} of {' / '.join(map(str, row[:2]))} has {len(held):,} characters: a cell of a "
                    f"workbook ({letters(place)}{line + 1}) holds {LONGEST_CELL:,}. Export as CSV or YAML."
                )
            sheet.write_string(line, place, held, quoted if looks_like_formula(held) else text)
