"""The records of a set of documents, each with its address and canonical form, and what is wrong with them as files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from proposals.exchange.faults import MOST, Fault, Path
from proposals.exchange.fields import KEY, Link, Reference, full_address, pruned
from proposals.exchange.format import KINDS, LISTS, PARTS, RecordKind
from proposals.exchange.reading import Document
from proposals.exchange.retired import Retired
from proposals.exchange.structure import file_faults, written_faults

# Part of the canonical form only, not of files: there, the place in the list says it.
ORDER = "order"
# Parts that an import only adds to.
_GROW = {part.name: part for record in KINDS.values() for part in record.parts if isinstance(part, Retired)}


@dataclass
class Entry:
    """One record of a file.

    `own` is the id of the proposal that a clause or decision stands in. `data` is the canonical form; it is empty where
    the record has faults of structure (`whole` is False then). A row of a table names in `given` the fields that it has
    a column for, and in `state` what the record was when the table was written.
    """

    kind: str
    address: str
    document: Document
    path: Path
    raw: Mapping[str, Any]
    place: int
    own: str = ""
    whole: bool = True
    data: dict[str, Any] = field(default_factory=dict)
    given: frozenset[str] | None = None
    state: str = ""

    @property
    def record(self) -> RecordKind:
        return KINDS[self.kind]

    def fault(self, path: Path, reason: str, code: str = "invalid", *, clash: bool = False) -> Fault:
        return self.document.fault((*self.path, *path), reason, code, clash=clash)

    def references(self) -> Iterator[Reference]:
        """Every other record that this one names, the proposal it stands in apart; paths begin at the record."""
        for each in self.record.fields:
            yield from each.references(self.raw.get(each.name), (each.name,), self.own)
        if self.kind == "decision":
            for name in ("clause", "other"):
                if isinstance(self.raw.get(name), str):
                    clause = full_address(self.raw[name], KEY, self.own) if name == "clause" else self.raw[name]
                    yield Reference((name,), "clause", clause)


def validate(documents: Iterable[Document]) -> tuple[list[Entry], list[Fault]]:
    """The records of the documents in reading order, and the faults that files alone show: structure and duplicates."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for document in documents:
        if document.lost:
            continue
        found = list(islice(file_faults(document.data), MOST))
        faults += [document.fault(path, reason, code) for path, code, reason in found]
        if len(found) == MOST:
            faults.append(document.fault((), f"has {MOST:,} faults or more; it is not checked any further", "too_many"))
            continue
        entries.extend(_entries(document, {_record_path(path) for path, _code, _reason in found}))
    return entries, [*faults, *repeated(entries)]


def record_entries(kind: str, body: Any, *, own: str = "", known: bool = False) -> tuple[list[Entry], list[Fault]]:
    """One record that stands alone, as an editor sends it, with the clauses in it; paths begin at the record.

    `own` is the proposal of a clause. A `known` record is there already: its clauses are written one by one.
    """
    document = Document("body", body)
    found = list(islice(written_faults(kind, body, known=known), MOST))
    faults = [document.fault(path, reason, code) for path, code, reason in found]
    broken: set[Path] = {path[:2] if path[:1] == ("clauses",) and len(path) > 1 else () for path, _code, _ in found}
    address = _own_address(kind, body, own)
    if not address:
        return [], faults
    entries = [_entry(KINDS[kind], address, document, (), body, 0, broken, own=own)]
    # Where it takes no clauses, and decisions in any case, nothing has looked at what is in them.
    if kind == "proposal" and not known:
        entries += _clauses_in(document, (), body, address, broken)
    return entries, [*faults, *repeated(entries)]


def _own_address(kind: str, body: Any, own: str) -> str:
    """The address of a record that stands alone, or nothing where it does not say it."""
    if not isinstance(body, dict):
        return ""
    names = ("clause", "other") if kind == "decision" else ("id",)
    ids = [one for name in names if isinstance(one := body.get(name), str)]
    if len(ids) < len(names):
        return ""
    if kind == "decision":
        return pair_address(*ids)
    return f"{own}/{ids[0]}" if own else ids[0]


def entries_of(document: Document) -> Iterator[Entry]:
    """The records of a document that is taken to be free of faults."""
    return _entries(document, set())


def repeated(entries: list[Entry]) -> Iterator[Fault]:
    """A fault for each entry whose address another one has."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        earlier = first.setdefault((entry.kind, entry.address), entry)
        if earlier is not entry:
            entry.whole = False
            named = "this pair is decided" if entry.kind == "decision" else f"{entry.kind} {entry.address} stands"
            at = earlier.fault((), "")
            where = f"{at.file}:{at.line}" if at.line else at.pointer
            yield entry.fault(("id",), f"{named} twice; first in {where}", "twice")


def comparable(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A canonical form with all that has no order sorted: equal forms say the same."""
    found = dict(data)
    for part in KINDS[kind].parts:
        if part.name in found:
            found[part.name] = part.comparable(found[part.name])
    return found


def digest(kind: str, data: Mapping[str, Any]) -> str:
    """What an import notes about a record that it wrote. What only grows is left out: to delete a clause is no edit."""
    told = comparable(kind, {name: value for name, value in data.items() if name not in _GROW})
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def state_of(kind: str, data: Mapping[str, Any]) -> str:
    """A short word for what a record says. It begins with a letter, or spreadsheets would read some as numbers."""
    return f"s{digest(kind, data)[:16]}"


def pair_address(left: str, right: str) -> str:
    """The address of a decision: its two clauses, whichever way round they are named."""
    return " ".join(sorted((left, right)))


def normalised(record: RecordKind, raw: Mapping[str, Any], own: str) -> dict[str, Any]:
    """The canonical form of a record that is free of faults of structure."""
    return pruned({each.name: each.normalise(raw.get(each.name), own) for each in record.fields})


def changed_fields(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the fields in which two canonical forms differ, in the order of the format."""
    old, new = dict(old), dict(new)
    for name, part in _GROW.items():
        old[name], new[name] = [], part.added(old.get(name), new.get(name))
    old, new = comparable(kind, old), comparable(kind, new)
    return tuple(
        name for name in (*(each.name for each in KINDS[kind].fields), "stale", ORDER) if old.get(name) != new.get(name)
    )


def name_of(record: RecordKind, attr: str) -> str:
    """The name in files of a model's attribute, such as a fault of its rules names it."""
    if attr in (record.id_attr, "slug"):
        return "id"
    for each in record.fields:
        if isinstance(each, PARTS):
            continue
        if each.name == attr or (isinstance(each, Link) and each.attr == attr):
            return each.name
    return {"left": "clause", "right": "other"}.get(attr, "")


def _record_path(path: Path) -> Path:
    nested = len(path) > 3 and path[0] == "proposals" and path[2] in ("clauses", "decisions")
    return path[:4] if nested else path[:2]


def _entries(document: Document, broken: set[Path]) -> Iterator[Entry]:
    data = document.data if isinstance(document.data, dict) else {}
    for name, record in LISTS.items():
        for place, raw, path in _records(data.get(name), (name,)):
            address = raw.get("id")
            if not isinstance(address, str):
                continue
            yield _entry(record, address, document, path, raw, place, broken, own="")
            if record.kind == "proposal":
                yield from _clauses_in(document, path, raw, address, broken)
                yield from _decisions_in(document, path, raw, address, broken)


def _clauses_in(document: Document, path: Path, raw: Mapping[str, Any], own: str, broken: set[Path]) -> Iterator[Entry]:
    for place, clause, inner in _records(raw.get("clauses"), (*path, "clauses")):
        if isinstance(clause.get("id"), str):
            address = f"{own}/{clause['id']}"
            yield _entry(KINDS["clause"], address, document, inner, clause, place, broken, own=own)


def _decisions_in(
    document: Document, path: Path, raw: Mapping[str, Any], own: str, broken: set[Path]
) -> Iterator[Entry]:
    for place, decision, inner in _records(raw.get("decisions"), (*path, "decisions")):
        key, other = decision.get("clause"), decision.get("other")
        if isinstance(key, str) and isinstance(other, str):
            address = pair_address(f"{own}/{key}", other)
            yield _entry(KINDS["decision"], address, document, inner, decision, place, broken, own=own)


def _entry(
    record: RecordKind,
    address: str,
    document: Document,
    path: Path,
    raw: Mapping[str, Any],
    place: int,
    broken: set[Path],
    *,
    own: str,
) -> Entry:
    entry = Entry(record.kind, address, document, path, raw, place, own, whole=path not in broken)
    if entry.whole:
        entry.data = normalised(record, raw, own)
        if record.ordered:
            entry.data[ORDER] = place + 1
        if record.kind == "decision" and raw.get("stale"):
            entry.data["stale"] = True
    return entry


def _records(value: Any, path: Path) -> Iterator[tuple[int, Mapping[str, Any], Path]]:
    for place, raw in enumerate(value if isinstance(value, list) else ()):
        if isinstance(raw, dict):
            yield place, raw, (*path, place)
