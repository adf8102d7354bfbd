"""A comparison as a DOCX document: landscape, with real headings and a table whose head stands on every page."""

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from itertools import groupby

from django.utils.translation import get_language, gettext
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from proposals.rendering.concordance_table import ConcordanceTable, TableCell, TableRow
from proposals.rendering.listings import Listing

_MARGIN = Mm(12)
_A4, _A3 = (Mm(297), Mm(210)), (Mm(420), Mm(297))
_MANY = 4  # columns that still fit on A4
# The same comparison gives the same bytes, so no clock is read.
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

# The last column of a list holds most of the words.
_OF_LISTINGS = {2: (0.1, 0.9), 3: (0.06, 0.2, 0.74), 4: (0.06, 0.16, 0.22, 0.56)}

Fill = Callable[[_Cell], None]


def comparison_docx(table: ConcordanceTable) -> bytes:
    document = Document()
    width = _set_up(document, table)
    document.add_heading(table.title, level=0)
    equal = [0.12, *[0.88 / len(table.columns)] * len(table.columns)]
    _table(
        document, ("", *table.columns), [[label, *values] for label, values in table.facts], width=width, shares=equal
    )
    document.add_paragraph()
    for label, value in table.about:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)
    document.add_heading(gettext("Concordance"), level=1)
    _concordance(document, table, width=width)
    for listing in table.listings:
        _listing(document, listing.folded(), width=width)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def _set_up(document: DocxDocument, table: ConcordanceTable) -> Length:
    """Page, language and properties; returns the width that a table has."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _A4 if len(table.columns) <= _MANY else _A3
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(9)
    style.paragraph_format.space_after = Pt(3)
    set_properties(document, title=table.title)
    return Length(section.page_width - 2 * _MARGIN)


def set_properties(document: DocxDocument, *, title: str) -> str:
    """Title and language, no author, no clock; returns the language, in which all is unless a run says otherwise."""
    language = (get_language() or "en").partition("-")
    tag = f"{language[0]}-{language[2].upper()}" if language[2] else language[0]
    for declared in document.styles.element.iter(qn("w:lang")):
        declared.set(qn("w:val"), tag)
    known = document.core_properties
    known.title, known.language, known.author, known.comments = title[:255], tag, "", ""
    known.created = known.modified = MADE
    return tag


def _concordance(document: DocxDocument, table: ConcordanceTable, *, width: Length) -> None:
    lines: list[list[str | Fill]] = []
    groups = set()
    for group, rows in groupby(table.rows, key=lambda row: row.group):
        groups.add(len(lines))
        lines.append([_bold(group), *[""] * (len(table.head) - 1)])
        lines += [_line(row) for row in rows]
    _table(document, table.head, lines, width=width, shares=_shares(len(table.head)), spanned=groups)


def _line(row: TableRow) -> list[str | Fill]:
    cells: list[str | Fill] = [_said(cell) for cell in row.cells]
    return [_bold(f"{row.number} {row.matter}"), *cells, _lines(row.relation)]


def _lines(lines: Sequence[str]) -> Fill:
    def fill(cell: _Cell) -> None:
        for number, line in enumerate(lines):
            (cell.add_paragraph() if number else _first(cell)).add_run(line)

    return fill


def _said(said: TableCell) -> Fill:
    def fill(cell: _Cell) -> None:
        if said.state:
            _first(cell).add_run(said.state).italic = True
        for one in said.passages:
            paragraph = _first(cell) if not said.state and one is said.passages[0] else cell.add_paragraph()
            paragraph.add_run(f"{one.label}: ").bold = True
            paragraph.add_run(one.text).font.strike = one.is_struck_out or None
            paragraph.add_run(f" ({one.mark})").italic = True
            paragraph.add_run(f" [{one.note}]")
        for remark in said.remarks:
            cell.add_paragraph(remark)

    return fill


def _bold(text: str) -> Fill:
    def fill(cell: _Cell) -> None:
        _first(cell).add_run(text).bold = True

    return fill


def _first(cell: _Cell) -> Paragraph:
    return cell.paragraphs[0]


def _listing(document: DocxDocument, listing: Listing, *, width: Length) -> None:
    document.add_heading(listing.name, level=1)
    if listing.remark:
        document.add_paragraph(listing.remark)
    if listing.rows:
        _table(document, listing.head, listing.rows, width=width, shares=_OF_LISTINGS[len(listing.head)])


def _table(
    document: DocxDocument,
    head: Sequence[str],
    lines: Sequence[Sequence[str | Fill]],
    *,
    width: Length,
    shares: Sequence[float],
    spanned: set[int] | frozenset[int] = frozenset(),
) -> None:
    """A table with a head that is repeated; the lines in `spanned` are one cell wide."""
    table = document.add_table(rows=len(lines) + 1, cols=len(head), style="Table Grid")
    table.autofit = False
    for column, part in zip(table.columns, shares, strict=True):
        column.width = Length(int(width * part))
    # Asked for once: python-docx walks the whole table for each cell that it is asked for.
    cells = table._cells
    for place, name in enumerate(head):
        _bold(name)(cells[place])
    for number, line in enumerate(lines, 1):
        own = cells[number * len(head) : (number + 1) * len(head)]
        for cell, content, part in zip(own, line, shares, strict=True):
            cell.width = Length(int(width * part))
            if callable(content):
                content(cell)
            elif content:
                _first(cell).add_run(content)
        if number - 1 in spanned:
            own[0].merge(own[-1])
            _first(own[0]).paragraph_format.keep_with_next = True
    _mark_rows(table, may_split=len(head) > _MANY)


def _shares(columns: int) -> list[float]:
    """The share of each column of the concordance: the first one is narrow, the last one has the most words."""
    first, last = (0.14, 0.28) if columns <= _MANY else (0.1, 0.23) if columns <= 2 * _MANY - 2 else (0.09, 0.19)
    return [first, *[(1 - first - last) / (columns - 2)] * (columns - 2), last]


def _mark_rows(table: Table, *, may_split: bool) -> None:
    """The first row is repeated on every page; rows stay whole unless narrow columns make them as long as pages."""
    for number, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        if not may_split:
            properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def undated(archive: bytes) -> bytes:
    """The same archive with one date on all of its files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(zipfile.ZipInfo(name, _ZIP_DATE), given.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
