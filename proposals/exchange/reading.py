"""Files of the exchange format as documents that remember their lines. Nothing here looks at the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from proposals.exchange.events import Unreadable, build
from proposals.exchange.faults import MOST, Fault, Path, place_of, pointer_of
from proposals.exchange.json_events import json_events
from proposals.exchange.yaml_events import yaml_events

LARGEST = 5_000_000  # bytes; anything larger is no file of proposals
_READERS = {".yaml": yaml_events, ".yml": yaml_events, ".json": json_events}


@dataclass(frozen=True)
class Document:
    """The content of a file, with the line of every value by its path. A file that could not be read is `lost`."""

    name: str
    data: Any
    marks: dict[Path, int] = field(default_factory=dict)
    lost: bool = False

    def fault(self, path: Path, reason: str, code: str = "invalid", *, clash: bool = False) -> Fault:
        """A fault at a path, on the line of the nearest value that has one."""
        line = next((self.marks[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.marks), 0)
        return Fault(self.name, line, place_of(path), reason, pointer_of(path), code, clash)


@dataclass(frozen=True)
class Reading:
    """What `read_files` found: documents in the order of their names, faults, and whether whole folders were read."""

    documents: tuple[Document, ...]
    faults: tuple[Fault, ...]
    folders: bool


def read_files(paths: Iterable[str | FilePath]) -> Reading:
    """The documents of files and, read recursively, of folders: *.yaml, *.yml and *.json, each file once."""
    faults: list[Fault] = []
    files: dict[FilePath, None] = {}
    folders = False
    for path in map(FilePath, paths):
        folders = folders or path.is_dir()
        try:
            files.update(dict.fromkeys(_files(path)))
        except Unreadable as fault:
            faults.append(Fault(str(path), fault.line, "", fault.reason))
    documents = [_document(file, faults) for file in files]
    return Reading(tuple(documents), tuple(faults), folders)


def files_of(paths: Iterable[str | FilePath]) -> list[FilePath]:
    """The files that `read_files` would read, unread. What is no file or folder of them stands among them as it is."""
    files: dict[FilePath, None] = {}
    for path in map(FilePath, paths):
        try:
            files.update(dict.fromkeys(_files(path)))
        except Unreadable:
            files[path] = None
    return list(files)


def read_text(name: str, text: str) -> tuple[Document, list[Fault]]:
    """One document from text that is at hand; the end of `name` says whether it is YAML or JSON."""
    marks: dict[Path, int] = {}
    faults: list[Fault] = []

    def complain(line: int, path: Path, reason: str) -> None:
        faults.append(Fault(name, line, place_of(path), reason, pointer_of(path), "unreadable"))
        if len(faults) >= MOST:
            raise Unreadable(f"has {MOST:,} faults or more; it is not read any further", line)

    try:
        data = build(_READERS[FilePath(name).suffix.lower()](text), marks, complain)
    except Unreadable as fault:
        found = Fault(name, fault.line, "", fault.reason, code="unreadable")
        return Document(name, None, lost=True), [*faults, found]
    return Document(name, data, marks), faults


def _files(path: FilePath) -> Iterator[FilePath]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in _READERS and file.is_file())
        if not found:
            raise Unreadable("there is no .yaml, .yml or .json file in this folder")
        yield from found
    elif path.suffix.lower() not in _READERS:
        raise Unreadable("is not a .yaml, .yml or .json file, and no folder" if path.exists() else "does not exist")
    elif not path.is_file():
        raise Unreadable("is not a file" if path.exists() else "does not exist")
    else:
        yield path


def _document(file: FilePath, faults: list[Fault]) -> Document:
    try:
        document, found = read_text(str(file), text_of(file))
    except Unreadable as fault:
        document, found = Document(str(file), None, lost=True), [Fault(str(file), fault.line, "", fault.reason)]
    faults.extend(found)
    return document


def text_of(file: FilePath) -> str:
    """The text of a file. Raises Unreadable."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise Unreadable(f"has {size:,} bytes; files of more than {LARGEST:,} are not read")
        content = file.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be opened: {error.strerror}") from error
    return decoded(content)


def decoded(content: bytes) -> str:
    """UTF-8 as text, without a byte order mark. Raises Unreadable."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"is not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}", line) from error
