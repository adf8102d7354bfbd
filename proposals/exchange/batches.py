"""Import of many files in batches: each is written whole or not at all, and what is written stays.

For corpora. A batch is a transaction of its own, so memory is bounded by a batch and others write in between. Whoever
starts again after an end of any kind goes on: files whose records all are as the last import noted them are passed
over, without asking for the records themselves.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from proposals.exchange.entries import digest, entries_of
from proposals.exchange.events import Unreadable
from proposals.exchange.importing import Report, import_proposals, settle
from proposals.exchange.plan import Action, Change
from proposals.exchange.reading import Document, files_of, read_text, text_of
from proposals.models import ImportedRecord

# Records in one transaction: large enough that a statement is worth its way, small enough that a waiting editor
# hardly notices.
RECORDS = 2_000

Address = tuple[str, str]


@dataclass
class Total:
    """What was done so far, counted by action and kind of record, and what was not done for an editor's sake."""

    records: int = 0
    # Of files that were passed over, as all in them was imported before.
    passed: int = 0
    changes: Counter[tuple[Action, str]] = field(default_factory=Counter)
    conflicts: list[Change] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Of the records of the files: an absent one is of none."""
        return self.passed + self.changes.total() - self.of(Action.ABSENT).total()

    def of(self, action: Action) -> Counter[str]:
        """How many records of each kind it was done to."""
        return Counter({kind: count for (one, kind), count in self.changes.items() if one is action})

    def add(self, report: Report) -> None:
        self.changes.update((change.action, change.kind) for change in report.changes)
        self.conflicts += [change for change in report.changes if change.action is Action.CONFLICT]


@dataclass
class _File:
    """A file as a glance at it shows it: how many records it holds, and the files that these name."""

    path: FilePath
    records: int = 0
    imported: bool = False
    named: set[int] = field(default_factory=set)


def import_in_batches(
    paths: Sequence[str | FilePath],
    *,
    records: int = RECORDS,
    overwrite: bool = False,
    tell: Callable[[Total], None] = lambda total: None,
) -> Total:
    """Imports files and folders, about so many records at a time, and tells how far it is after each batch.

    Files come after those whose records they name; files that name each other are one batch, however large. Raises
    UnableToImport with the faults of a batch: nothing of it was written, and all before it was.
    """
    files = _glance(list(files_of(paths)))
    total = Total(records=sum(file.records for file in files))
    if not overwrite:
        total.passed = sum(file.records for file in files if file.imported)
    tell(total)
    for number, batch in enumerate(_batches(files, records=records, overwrite=overwrite)):
        # Statistics soon lead astray while the first tables grow, and hardly ever later.
        report = import_proposals(batch, overwrite=overwrite, within=True, tidy=number & (number + 1) == 0)
        total.add(report)
        tell(total)
    if total.changes:
        settle()
    return total


def _glance(paths: Sequence[FilePath]) -> list[_File]:
    noted = {(kind, address): kept for kind, address, kept in ImportedRecord.objects.values_list(*_NOTED)}
    files = [_File(path) for path in paths]
    home: dict[Address, int] = {}
    named: list[set[Address]] = []
    for place, file in enumerate(files):
        held, references, file.imported = _read(file.path, noted)
        file.records = len(held)
        named.append(references)
        for one in held:
            # Whoever holds a record twice is refused, which is found out where both are read together.
            if (first := home.setdefault(one, place)) != place:
                file.named.add(first)
                files[first].named.add(place)
    for file, references in zip(files, named, strict=True):
        file.named |= {home[one] for one in references if one in home}
    return files


_NOTED = ("kind", "address", "digest")
# What a file that is not one of ours may make of reading it as one.
_ODD = (AttributeError, KeyError, TypeError, ValueError, ArithmeticError)


def _read(path: FilePath, noted: dict[Address, str]) -> tuple[list[Address], set[Address], bool]:
    """Records that a file holds, records that it names, and whether all of them are noted just so.

    Nothing is checked here: a file with faults is not as noted, so it is read again and told of.
    """
    try:
        entries = list(entries_of(_document(path)))
        held = [(entry.kind, entry.address) for entry in entries]
        named = {(one.kind, one.address) for entry in entries for one in entry.references()}
        named |= {("proposal", entry.own) for entry in entries if entry.own}
        imported = bool(held) and all(
            noted.get((entry.kind, entry.address)) == digest(entry.kind, entry.data) for entry in entries
        )
    except _ODD:
        return [], set(), False
    return held, named, imported


def _document(path: FilePath) -> Document:
    try:
        text = text_of(path)
        if path.suffix.lower() == ".json":
            return Document(str(path), json.loads(text))
        return read_text(str(path), text)[0]
    except Unreadable as fault:
        raise ValueError(fault.reason) from fault


def _batches(files: Sequence[_File], *, records: int, overwrite: bool) -> Iterator[list[FilePath]]:
    order = _in_order(files)
    place = {file: n for n, file in enumerate(order)}
    batch: list[FilePath] = []
    size, reach = 0, 0
    for n, one in enumerate(order):
        file = files[one]
        reach = max(reach, *(place[other] for other in file.named), n)
        if overwrite or not file.imported:
            batch.append(file.path)
            size += file.records
        # Not before all that the files so far name is among them.
        if batch and size >= records and reach <= n:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_order(files: Sequence[_File]) -> list[int]:
    """Places of the files, each after those that it names as far as that is possible, else as they stand."""
    found: list[int] = []
    seen: set[int] = set()
    for first in range(len(files)):
        if first in seen:
            continue
        seen.add(first)
        way = [(first, iter(sorted(files[first].named)))]
        while way:
            one, others = way[-1]
            following = next((other for other in others if other not in seen), None)
            if following is None:
                found.append(one)
                way.pop()
            else:
                seen.add(following)
                way.append((following, iter(sorted(files[following].named))))
    return found
