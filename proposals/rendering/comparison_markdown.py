"""A comparison as Markdown (GitHub's, with tables): one table for each group of matters."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.translation import gettext

from proposals.rendering.concordance_table import ConcordanceTable, TableCell, TableRow
from proposals.rendering.listings import Listing

# What makes mark-up, escaped wherever it stands. < > & as entities, since not every reader knows \<.
_MARKUP = re.compile(r"[\\`*_\[\]|~#$!{}]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BREAK = "<br>"


def comparison_markdown(table: ConcordanceTable) -> str:
    parts = [
        f"# {escaped(table.title)}",
        _table(("", *table.columns), [(label, *values) for label, values in table.facts]),
    ]
    parts.append("\n".join(f"- **{escaped(label)}**: {escaped(value)}" for label, value in table.about))
    parts.append(f"## {escaped(gettext('Concordance'))}")
    for group, rows in groupby(table.rows, key=lambda row: row.group):
        parts += [f"### {escaped(group)}", _rows(table.head, rows)]
    for listing in table.listings:
        parts += _listing(listing.folded())
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """The text in one line, without any mark-up that it might contain."""
    return _BREAK.join(_MARKUP.sub(r"\\\g<0>", line.translate(_ENTITIES)) for line in text.split("\n"))


def _rows(head: Sequence[str], rows: Iterable[TableRow]) -> str:
    lines = []
    for row in rows:
        cells = [_cell(cell) for cell in row.cells]
        matter = f"{row.number} {escaped(row.matter)}"
        lines.append([matter, *cells, _BREAK.join(escaped(line) for line in row.relation)])
    return _drawn([escaped(name) for name in head], lines)


def _cell(cell: TableCell) -> str:
    lines = [f"*{escaped(cell.state)}*"] if cell.state else []
    for one in cell.passages:
        text = escaped(one.text)
        lines.append(f"**{escaped(one.label)}**: {text} *({escaped(one.mark)})* \\[{one.note}\\]")
    return _BREAK.join([*lines, *(escaped(remark) for remark in cell.remarks)])


def _listing(listing: Listing) -> Iterable[str]:
    yield f"## {escaped(listing.name)}"
    yield escaped(listing.remark)
    if listing.rows:
        yield _table(listing.head, listing.rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return _drawn([escaped(name) for name in head], ([escaped(value) for value in row] for row in rows))


def _drawn(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    # Not padded: cells are paragraphs, and one long one would widen every other.
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
