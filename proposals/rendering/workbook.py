"""A comparison as an XLSX workbook: the table on the first sheet, each list on one of its own."""

import datetime
import io
import math
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from parties.spreadsheet_text import looks_like_formula
from proposals.rendering.comparison_csv import cell_in_lines
from proposals.rendering.concordance_table import ConcordanceTable
from proposals.rendering.listings import Listing

LONGEST_CELL = 32_767  # characters, by the format
_CUT = " … (cut: a cell holds no more)"
# The same comparison gives the same bytes, so no clock is read.
_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
# Points: of a line of text, and the tallest row that the format has.
_LINE, _TALLEST = 12, 409
_LISTED = 28
_WIDTHS = {3: (6, 18, 22, 60, 50), 5: (6, 16, 18, 40, 40)}
_NARROW = (6, 14, 16, 30, 36)


class _Formats:
    """Cells that wrap; those whose text looks like a formula are told to be text, should somebody edit them."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        plain = {"text_wrap": True, "valign": "top", "font_size": 9}
        self.text = book.add_format(plain)
        self.head = book.add_format(plain | {"bold": True, "bottom": 1, "bg_color": "#eeeeee"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self._quoted = {
            one: book.add_format(given | {"quote_prefix": True})
            for one, given in ((self.text, plain), (self.head, plain | {"bold": True, "bottom": 1}))
        }

    def of(self, text: str, chosen: Format) -> Format:
        return self._quoted.get(chosen, chosen) if looks_like_formula(text) else chosen


def comparison_xlsx(table: ConcordanceTable) -> bytes:
    """Every text is a string cell, never a formula or a link. A text too long for a cell is cut, and says so."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": table.title[:255], "created": _MADE})
    formats = _Formats(book)
    _concordance(book.add_worksheet(gettext("Concordance")), table, formats)
    for listing in table.listings:
        _listing(book.add_worksheet(listing.short), listing, formats)
    book.close()
    return stream.getvalue()


def _concordance(sheet: Worksheet, table: ConcordanceTable, formats: _Formats) -> None:
    first = 3
    relation = first + len(table.columns)
    _page(sheet, title=table.title)
    number, group, matter, column, last = _WIDTHS.get(len(table.columns) + 1, _NARROW)
    widths = (number, group, matter, *[column] * len(table.columns), last)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    _write(sheet, 0, [table.title], formats, formats.title)
    line = 1
    for label, values in table.facts:
        line = _write(sheet, line, ["", "", label, *values], formats, widths=widths)
    for label, value in table.about:
        line = _write(sheet, line, ["", "", label, *[""] * len(table.columns), value], formats, widths=widths)
    top = line
    head = [gettext("Row"), gettext("Group"), *table.head]
    line = _write(sheet, line, head, formats, formats.head)
    sheet.repeat_rows(top)
    sheet.freeze_panes(line, first)
    for row in table.rows:
        cells = [cell_in_lines(cell) for cell in row.cells]
        sheet.write_number(line, 0, row.number, formats.text)
        line = _write(sheet, line, ["", row.group, row.matter, *cells, "\n".join(row.relation)], formats, widths=widths)
    if table.rows:
        sheet.autofilter(top, 0, line - 1, relation)


def _listing(sheet: Worksheet, listing: Listing, formats: _Formats) -> None:
    _page(sheet, title=listing.name)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, len(listing.head) - 1, _LISTED)
    widths = (8, *[_LISTED] * (len(listing.head) - 1))
    line = _write(sheet, 0, [listing.name], formats, formats.title)
    if listing.remark:
        # In one line, as a wrapped one would be as high as the first column is narrow.
        line = _write(sheet, line, [listing.remark], formats, formats.title)
    line = _write(sheet, line, listing.head, formats, formats.head)
    sheet.freeze_panes(line, 0)
    for entry in listing.rows:
        line = _write(sheet, line, entry, formats, widths=widths)


def _page(sheet: Worksheet, *, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(8 if title.startswith(gettext("Concordance")) else 9)
    sheet.fit_to_pages(1, 0)


def _write(
    sheet: Worksheet,
    line: int,
    texts: Sequence[str],
    formats: _Formats,
    chosen: Format | None = None,
    *,
    widths: Sequence[int] = (),
) -> int:
    """One line of string cells, empty ones left out, high enough for `widths`. The number of the next line."""
    for column, text in enumerate(texts):
        if text:
            whole = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT
            sheet.write_string(line, column, whole, formats.of(whole, chosen or formats.text))
    if widths:
        # Not every program measures wrapped texts when it opens a file. Lines about the texts end before the last one.
        lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=False))
        sheet.set_row(line, min(_TALLEST, _LINE * lines + 3))
    return line + 1


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column."""
    return sum(max(1, math.ceil(len(part) / width)) for part in text.split("\n"))
