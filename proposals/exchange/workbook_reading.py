"""XLSX workbooks as tables. What could run, reach out or blow up is refused before the workbook is opened."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from itertools import repeat
from operator import is_
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from proposals.exchange.cells import Cell
from proposals.exchange.container import refuse_definitions, unpacked
from proposals.exchange.events import Unreadable
from proposals.exchange.faults import Fault, did_you_mean
from proposals.exchange.format import KINDS
from proposals.exchange.tables import MOST_ROWS, Sheet, letters
from proposals.exchange.workbook import unescaped

# More than any kind has fields; rows that reach further would be a way to fill the memory.
_MOST_COLUMNS = 100
# Rows that hold nothing are passed over, up to here.
_LAST_ROW = 100_000
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_REFUSED = (
    (re.compile(r"vbaproject|\.bin$|macrosheets/|activex/", re.IGNORECASE), "macros or programs"),
    (re.compile(r"externallinks/|connections\.xml|querytables/", re.IGNORECASE), "links to data elsewhere"),
    (re.compile(r"embeddings/", re.IGNORECASE), "other files inside"),
)
_HARMLESS_LINK = "/hyperlink"
# What LibreOffice makes of the values.
_TRUTHS: Mapping[Any, bool] = {"=TRUE()": True, "=FALSE()": False}
# What openpyxl and the parser below it raise on files that are not as they should be.
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, ArithmeticError, AssertionError),
    *(LookupError, EOFError, OSError, NotImplementedError, RecursionError),
    *(ParseError, zipfile.BadZipFile),
)


def read_workbook(name: str, content: bytes, kind: str) -> tuple[list[Sheet], list[Fault]]:
    """The sheets of a workbook, each for the kind that its name is the plural of; a single one for `kind`.

    Formulas and errors in cells are faults. Raises Unreadable where the workbook is none that is read here.
    """
    _check(unpacked(content))
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    try:
        with warnings.catch_warnings():
            # Of what it does not know, such as colours by rule.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            for one in book.worksheets:
                title = f"{name}, sheet {one.title}"
                wanted = _kind(one.title, kind, alone=len(book.worksheets) == 1)
                if not wanted:
                    names = [record.plural for record in KINDS.values()]
                    near = did_you_mean(one.title, names)
                    reason = f"a sheet is named for what it holds: {', '.join(names)}{near}"
                    faults.append(Fault(title, 0, "", reason, code="unknown_sheet"))
                    continue
                rows = list(_rows(one, title, faults, left=MOST_ROWS - sum(len(sheet.rows) for sheet in sheets)))
                if rows:
                    head = [str(cell).strip() if cell is not None else "" for cell in rows[0][1]]
                    sheets.append(Sheet(title, wanted, head, rows[1:]))
    except _BROKEN as error:
        raise Unreadable("is no workbook that can be read") from error
    if not sheets and not faults:
        raise Unreadable("holds no table")
    return sheets, faults


def _kind(title: str, kind: str, *, alone: bool) -> str:
    named = {record.plural: record.kind for record in KINDS.values()}
    return named.get(title.strip().lower(), kind if alone else "")


def _check(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        for pattern, what in _REFUSED:
            # Printers' settings are a .bin that every workbook of Excel may have, and that nobody reads here.
            if pattern.search(name) and "printersettings/" not in name.lower():
                raise Unreadable(f"holds {what} ({name}); save it as a plain .xlsx without them")
        if name.lower().endswith((".xml", ".rels", ".vml")):
            refuse_definitions(name, content)
    types = files.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if "macroenabled" in types.lower():
        raise Unreadable("is a workbook with macros; save it as a plain .xlsx without them")
    if _MAIN not in types:
        raise Unreadable("is no XLSX workbook")
    for name, content in files.items():
        if name.lower().endswith(".rels"):
            _refuse_outside(name, content)


def _refuse_outside(name: str, content: bytes) -> None:
    """Links in cells are only text here; everything else that leads out of the file would be fetched by others."""
    for link in fromstring(content):  # noqa: S314 (it has no definitions, which was checked)
        outside = link.get("TargetMode", "").lower() == "external"
        if outside and not link.get("Type", "").endswith(_HARMLESS_LINK):
            raise Unreadable(f"refers to {link.get('Target', '')[:100]} outside of the file ({name})")


def _rows(sheet: Any, title: str, faults: list[Fault], *, left: int) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()
    found = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        # A gap of a hundred thousand rows is passed over in tenths of a second.
        empty = all(map(is_, cells, repeat(EMPTY_CELL)))
        values = [] if empty else [_value(cell, title, number, place, faults) for place, cell in enumerate(cells)]
        while values and values[-1] is None:
            values.pop()
        if values or number == 1:
            yield number, values
            found += 1
        if found > left + 1:
            raise Unreadable(f"has more than {MOST_ROWS:,} rows; split it")
        if number >= _LAST_ROW:
            raise Unreadable(f"reaches down to row {_LAST_ROW:,}; delete the empty rows below the table")


def _value(cell: Any, title: str, row: int, column: int, faults: list[Fault]) -> Cell:
    if cell.data_type == "f" and cell.value in _TRUTHS:
        return _TRUTHS[cell.value]
    if cell.data_type in ("f", "e"):
        what = "a formula: put what it gives in its place" if cell.data_type == "f" else f"an error ({cell.value})"
        faults.append(Fault(title, row, f"{letters(column)}{row}", f"holds {what}", code="formula"))
        return None
    if isinstance(cell.value, str):
        return unescaped(cell.value) or None
    value: Cell = cell.value
    return value
