"""What somebody uploads or pastes, as records: exchange files, an archive of them, a table, a workbook of tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from proposals.exchange.container import unpacked
from proposals.exchange.csv_table import is_table, read_csv
from proposals.exchange.entries import Entry, validate
from proposals.exchange.events import Unreadable
from proposals.exchange.faults import Fault
from proposals.exchange.reading import LARGEST, Document, decoded, read_text
from proposals.exchange.tables import Sheet, sheet_entries
from proposals.exchange.workbook_reading import read_workbook

KINDS_OF_FILES = (".yaml", ".yml", ".json", ".zip", ".csv", ".tsv", ".xlsx")
_MACROS = (".xlsm", ".xltm", ".xlsb", ".xls")


@dataclass(frozen=True)
class Upload:
    """The records of an upload, its faults so far, and whether all of it could be read."""

    entries: list[Entry]
    faults: list[Fault]
    complete: bool


def read_upload(name: str, content: bytes, *, kind: str) -> Upload:
    """The records of a file, read by the end of its name; `kind` is what the rows of a table are."""
    try:
        return _read(name, content, kind)
    except Unreadable as fault:
        return Upload([], [Fault(name, fault.line, "", fault.reason, code="unreadable")], complete=False)


def name_of_paste(text: str, *, kind: str) -> str:
    """What a pasted text would be called as a file: a table, as spreadsheets copy it, JSON, or YAML."""
    if is_table(text, kind):
        return "pasted.csv"
    return "pasted.json" if text.lstrip().startswith("{") else "pasted.yaml"


def _exchange_files(content: bytes) -> list[tuple[str, bytes]]:
    """The exchange files of an archive; what else is in it, such as a README, is left alone."""
    files = unpacked(content)
    found = [(name, files[name]) for name in sorted(files) if name.lower().endswith((".yaml", ".yml", ".json"))]
    if not found:
        raise Unreadable("holds no .yaml, .yml or .json file")
    return found


def _document(name: str, content: bytes) -> tuple[Document, list[Fault]]:
    try:
        _refuse_large(content)
        return read_text(name, decoded(content))
    except Unreadable as fault:
        return Document(name, None, lost=True), [Fault(name, fault.line, "", fault.reason, code="unreadable")]


def _read(name: str, content: bytes, kind: str) -> Upload:
    suffix = PurePath(name).suffix.lower()
    _refuse_large(content)
    if suffix in (".csv", ".tsv"):
        return _of_sheets([read_csv(name, decoded(content), kind)], [])
    if suffix == ".xlsx":
        return _of_sheets(*read_workbook(name, content, kind))
    if suffix == ".zip":
        return _of_documents([_document(inner, file) for inner, file in _exchange_files(content)])
    if suffix in KINDS_OF_FILES:
        return _of_documents([_document(name, content)])
    hint = "; save it as .xlsx, without macros" if suffix in _MACROS else ""
    raise Unreadable(f"is none of {', '.join(KINDS_OF_FILES)}{hint}")


def _refuse_large(content: bytes) -> None:
    if len(content) > LARGEST:
        raise Unreadable(f"has {len(content):,} bytes; files of more than {LARGEST:,} are not read")


def _of_sheets(sheets: list[Sheet], found: list[Fault]) -> Upload:
    entries, faults = sheet_entries(sheets)
    return Upload(entries, [*found, *faults], complete=bool(entries) or not faults)


def _of_documents(read: list[tuple[Document, list[Fault]]]) -> Upload:
    faults = [fault for _, several in read for fault in several]
    documents = [document for document, _ in read]
    entries, found = validate(documents)
    return Upload(entries, [*faults, *found], complete=not faults)
