"""A comparison as one rectangular CSV table: every line has as many fields as the first."""

from collections.abc import Iterable

from django.utils.translation import gettext

from parties.delimited import Value, csv_bytes
from proposals.rendering.concordance_table import ConcordanceTable, TableCell
from proposals.rendering.listings import told


def comparison_csv(table: ConcordanceTable) -> bytes:
    """`Part` says what a line is: "about" the texts, a "matter", or an entry of one of the lists that follow."""
    head = [
        gettext("Part"),
        gettext("Row"),
        gettext("Group"),
        gettext("Matter"),
        *table.columns,
        gettext("Relation"),
        gettext("Notes"),
    ]
    return csv_bytes(head, [*_about(table), *_matters(table), *_entries(table)])


def _about(table: ConcordanceTable) -> Iterable[list[Value]]:
    for label, values in table.facts:
        yield [gettext("about"), "", "", label, *values, "", ""]
    for label, value in table.about:
        yield [gettext("about"), "", "", label, *[""] * len(table.columns), value, ""]


def _matters(table: ConcordanceTable) -> Iterable[list[Value]]:
    for row in table.rows:
        notes = " ".join(f"[{one.note}]" for cell in row.cells for one in cell.passages)
        cells = [cell_in_lines(cell) for cell in row.cells]
        yield [gettext("matter"), row.number, row.group, row.matter, *cells, "\n".join(row.relation), notes]


def _entries(table: ConcordanceTable) -> Iterable[list[Value]]:
    blank = [""] * (len(table.columns) - 1)
    for listing in table.listings:
        for entry in listing.rows:
            yield [listing.name, "", "", entry[0], "\n".join(told(listing.head, entry)), *blank, "", ""]


def cell_in_lines(cell: TableCell) -> str:
    """A cell as plain text: the state where there is one, then each clause with its mark and note, then remarks."""
    lines = [cell.state] if cell.state else []
    lines += [f"{one.label}: {one.text} ({one.mark}) [{one.note}]" for one in cell.passages]
    return "\n".join([*lines, *cell.remarks])
