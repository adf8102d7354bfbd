"""Records as rows of a table, one column a field of the exchange format; docs/exports.md says how to read one.

A table says less than a file: columns that it leaves out stay as they are, and records that it lacks are not absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from proposals.exchange.cells import BadCell, Cell, plain_text, read, truth, whole_number, written
from proposals.exchange.entries import ORDER, Entry, normalised, pair_address, repeated, state_of
from proposals.exchange.faults import MOST, Fault, Path, did_you_mean, place_of
from proposals.exchange.format import KINDS
from proposals.exchange.reading import Document
from proposals.exchange.references import no_such
from proposals.exchange.stored import bare, canonical, later_clause
from proposals.exchange.stored import clause_address as address_of_clause
from proposals.exchange.structure import row_faults

# What a record was when it was written to the table: if it is something else by now, the row is in conflict with it.
STATE = "state"
MOST_ROWS = 20_000
_ADDRESSES = {"clause": ("proposal", "id"), "decision": ("clause", "other")}


@dataclass(frozen=True)
class Sheet:
    """A table as it was read: its head, and the cells of each row with the row's number in the file."""

    name: str
    kind: str
    head: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True)
class _RowOfSheet(Document):
    """A row in the place of a document: it tells faults by their cells."""

    row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)

    def fault(self, path: Path, reason: str, code: str = "invalid", *, clash: bool = False) -> Fault:
        column = self.columns.get(str(path[0]), 0) if path else 0
        place = f"{letters(column)}{self.row} {place_of(path)}".strip()
        return Fault(self.name, self.row, place, reason, code=code, clash=clash)


def columns_of(kind: str) -> list[str]:
    """The names of the columns of a kind, in their order."""
    names = [*address_columns(kind), *([ORDER] if KINDS[kind].ordered else [])]
    names += [each.name for each in KINDS[kind].fields]
    return [*names, *(["stale"] if kind == "decision" else []), STATE]


def address_columns(kind: str) -> tuple[str, ...]:
    """The columns that name the record; each table has them."""
    return _ADDRESSES.get(kind, ("id",))


def row_of(kind: str, row: Any) -> list[Cell]:
    """The cells of a stored record that was loaded with its parts, in the order of `columns_of`."""
    data = canonical(kind, row)
    cells: list[Cell] = list(_address_cells(kind, row))
    cells += [data[ORDER]] if KINDS[kind].ordered else []
    cells += [written(each, data.get(each.name)) for each in KINDS[kind].fields]
    cells += ["true" if data.get("stale") else "false"] if kind == "decision" else []
    return [*cells, state_of(kind, data)]


def letters(column: int) -> str:
    """The name of a column, counted from 0, in a spreadsheet: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def sheet_entries(sheets: Iterable[Sheet]) -> tuple[list[Entry], list[Fault]]:
    """The records of tables, as `validate` gives those of documents, and the faults that the tables show.

    Where a head is not understood there are no records, as every row would be wrong.
    """
    several = list(sheets)
    faults = [fault for sheet in several for fault in _head_faults(sheet)]
    if faults:
        return [], faults
    entries: list[Entry] = []
    for sheet in several:
        entries += _entries(sheet, faults)
        if len(faults) >= MOST:
            faults.append(Fault(sheet.name, 0, "", f"has {MOST:,} faults or more; it is not checked any further"))
            break
    faults += _unknown_proposals(entries)
    return entries, [*faults, *repeated(entries)]


def _address_cells(kind: str, row: Any) -> Sequence[str]:
    if kind == "clause":
        return row.proposal.slug, row.key
    if kind == "decision":
        own, other = later_clause(row)
        return address_of_clause(own), address_of_clause(other)
    return (str(getattr(row, KINDS[kind].id_attr)),)


def _head_faults(sheet: Sheet) -> Iterable[Fault]:
    known = columns_of(sheet.kind)
    for place, name in enumerate(sheet.head):
        cell = f"{letters(place)}1"
        if not name and any(place < len(cells) and cells[place] not in (None, "") for _, cells in sheet.rows):
            yield Fault(sheet.name, 1, cell, "the column has no name", code="unknown_field")
        elif name and name not in known:
            reason = f"there is no column '{name[:60]}'{did_you_mean(name, known)}"
            yield Fault(sheet.name, 1, cell, reason, code="unknown_field")
        elif name and name in sheet.head[:place]:
            yield Fault(sheet.name, 1, cell, f"the column '{name}' stands twice", code="twice")
    for name in address_columns(sheet.kind):
        if name not in sheet.head:
            reason = f"the column '{name}' is missing: it says which record a row is"
            yield Fault(sheet.name, 1, "A1", reason, code="missing")
    for row, cells in sheet.rows:
        beyond = [place for place in range(len(sheet.head), len(cells)) if cells[place] not in (None, "")]
        if beyond:
            yield Fault(sheet.name, row, f"{letters(beyond[0])}{row}", "stands in a column that has no name")


def _entries(sheet: Sheet, faults: list[Fault]) -> Iterator[Entry]:
    """The records of one table; what is wrong with them joins the faults."""
    places = {name: place for place, name in enumerate(sheet.head) if name}
    rows = []
    for row, cells in sheet.rows:
        raw, told = _read(sheet.kind, places, cells)
        document = _RowOfSheet(sheet.name, raw, row=row, columns=places)
        rows.append((_entry(sheet.kind, raw, document, places), document, told))
    stored = bare(sheet.kind, [entry.address for entry, _, _ in rows if entry])
    for entry, document, told in rows:
        known = entry is not None and entry.address in stored
        # What could not be read is not missing.
        bad = {path for path, _, _ in told}
        for fault in row_faults(sheet.kind, document.data):
            path, code, _ = fault
            # Of a stored record, the columns that are left out stay as they are.
            if path[:1] not in bad and not (known and code == "missing" and len(path) == 1 and path[0] not in places):
                told.append(fault)
        faults += [document.fault(path, reason, code) for path, code, reason in told]
        if entry:
            entry.whole = not told
            if entry.whole:
                _fill(entry)
            yield entry
        if len(faults) >= MOST:
            return


def _read(kind: str, places: Mapping[str, int], cells: Sequence[Cell]) -> tuple[dict[str, Any], list[Any]]:
    """What a row says, as a file would, and the cells that say nothing that can be understood."""
    fields = {each.name: each for each in KINDS[kind].fields}
    raw: dict[str, Any] = {}
    told: list[tuple[Path, str, str]] = []
    for name, place in places.items():
        cell = cells[place] if place < len(cells) else None
        try:
            if cell is None or cell == "":
                continue
            if name in fields:
                value = read(fields[name], cell)
            elif name == ORDER:
                value = whole_number(cell)
            else:
                value = truth(cell) if name == "stale" else plain_text(cell).strip()
        except BadCell as bad:
            told.append(((name,), "unreadable", bad.reason))
        else:
            raw |= {} if value is None else {name: value}
    return raw, told


def _entry(kind: str, raw: Mapping[str, Any], document: _RowOfSheet, places: Mapping[str, int]) -> Entry | None:
    """The record of a row, or nothing where the row does not say which it is."""
    named = [raw.get(name, "") for name in address_columns(kind)]
    if not all(named):
        return None
    address = pair_address(named[0], named[1]) if kind == "decision" else "/".join(named)
    own = str(raw["proposal"]) if kind == "clause" else ""
    given = frozenset(places) - {*address_columns(kind), STATE}
    if ORDER not in raw:
        given -= {ORDER}
    state = str(raw.get(STATE, ""))
    return Entry(kind, address, document, (), raw, document.row, own, given=given, state=state)


def _fill(entry: Entry) -> None:
    entry.data = normalised(entry.record, entry.raw, entry.own)
    if ORDER in entry.raw:
        entry.data[ORDER] = entry.raw[ORDER]
    if entry.raw.get("stale"):
        entry.data["stale"] = True


def _unknown_proposals(entries: Sequence[Entry]) -> Iterable[Fault]:
    """A fault for each clause of a proposal that is neither in the tables nor stored."""
    known = {entry.address for entry in entries if entry.kind == "proposal"}
    missing = {entry.own for entry in entries if entry.kind == "clause"} - known
    stored = bare("proposal", missing)
    for entry in entries:
        if entry.kind == "clause" and entry.own not in known and entry.own not in stored:
            yield entry.fault(("proposal",), no_such("proposal", entry.own, ()), "unknown_proposal")
