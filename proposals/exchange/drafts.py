"""Texts that are compared without being stored: clause sets of the exchange format, or plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from proposals.comparison import Draft
from proposals.exchange.draft_payloads import draft_payload, piece_payload
from proposals.exchange.entries import Entry, normalised, validate
from proposals.exchange.faults import LISTED, Path, UnableToImport, did_you_mean, pointer_of
from proposals.exchange.fields import Reference
from proposals.exchange.format import KINDS
from proposals.exchange.reading import read_files
from proposals.exchange.references import no_such
from proposals.exchange.stored import addresses, bare
from proposals.exchange.structure import draft_faults
from proposals.splitting import split

_CLAUSE = KINDS["clause"]


@dataclass(frozen=True)
class DraftFault:
    """One thing wrong with a draft; `pointer` is an RFC 6901 JSON pointer into what was sent."""

    pointer: str
    code: str
    detail: str


class UnreadableDraft(Exception):
    """An object is no draft; `faults` holds every reason."""

    def __init__(self, faults: Iterable[DraftFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.pointer))
        super().__init__(" ".join(f"{fault.pointer or '/'}: {fault.detail}." for fault in self.faults[:10]))


def read_draft(value: Any, *, place: int, pointer: str = "") -> Draft:
    """The draft in one object of decoded JSON: {"slug"?, "clauses": [...]} or {"slug"?, "text"}.

    Without a slug it is called draft-{place}. `pointer` is the object's own place in what was sent; the pointers of
    faults begin with it. Raises UnreadableDraft with up to 200 faults. Asks the database once for each kind of record
    that the clauses name.
    """
    # Each fault costs a search for what was meant, so they are not all looked for.
    listed = islice(_faults(value), LISTED)
    faults = [DraftFault(pointer + pointer_of(path), code, reason) for path, code, reason in listed]
    if faults:
        raise UnreadableDraft(faults)
    slug = value.get("slug") or f"draft-{place}"
    if "text" in value:
        pieces = enumerate(split(value["text"]), start=1)
        return Draft(slug=slug, clauses=[piece_payload(slug, order, piece) for order, piece in pieces])
    return Draft(slug=slug, clauses=_payloads(slug, value["clauses"]))


def read_draft_file(path: str | FilePath, *, place: int) -> Draft:
    """The draft in a file: one proposal of the exchange format, or one object of the other shape.

    Raises UnableToImport with file and line of every fault.
    """
    reading = read_files([path])
    if reading.faults:
        raise UnableToImport(reading.faults)
    (document,) = reading.documents
    if isinstance(document.data, dict) and "format" not in document.data:
        try:
            return read_draft(document.data, place=place)
        except UnreadableDraft:
            raise UnableToImport(document.fault(at, reason) for at, _code, reason in _faults(document.data)) from None
    entries, faults = validate([document])
    faults += [entry.fault(path, reason) for entry in entries for path, reason in _strange(entry, entries)]
    proposals = [entry for entry in entries if entry.kind == "proposal"]
    if len(proposals) != 1 and not faults:
        faults.append(
            document.fault(("proposals",), f"holds {len(proposals)} proposals; a comparison takes a file of one")
        )
    if faults:
        raise UnableToImport(faults)
    (proposal,) = proposals
    clauses = _payloads(proposal.address, [entry.raw for entry in entries if entry.kind == "clause"])
    return Draft(slug=proposal.address, title=proposal.data["short_title"], clauses=clauses)


def _payloads(slug: str, clauses: list[Mapping[str, Any]]) -> list[Any]:
    payloads = []
    for order, clause in enumerate(clauses, start=1):
        # What is graded unverified by default is a stored clause; a draft that says nothing is not graded at all.
        graded = {name: clause.get(name) for name in ("evidence", "confidence")}
        payloads.append(draft_payload(slug, order, clause["id"], normalised(_CLAUSE, clause, slug) | graded))
    return payloads


def _faults(value: Any) -> Iterator[tuple[Path, str, str]]:
    structural = list(islice(draft_faults(value), LISTED))
    yield from structural
    if not isinstance(value, dict):
        return
    if ("clauses" in value) == ("text" in value):
        yield (), "clauses_or_text", "give either clauses or text"
    clauses = value.get("clauses")
    keyed = [
        (("clauses", place), clause)
        for place, clause in enumerate(clauses if isinstance(clauses, list) else ())
        if isinstance(clause, dict) and isinstance(clause.get("id"), str)
    ]
    first: dict[str, Path] = {}
    for path, clause in keyed:
        earlier = first.setdefault(clause["id"], path)
        if earlier != path:
            yield (*path, "id"), "twice", f"the id stands twice; first at {pointer_of((*earlier, 'id'))}"
    if not structural:
        named = [
            Reference((*path, *reference.path), reference.kind, reference.address)
            for path, clause in keyed
            for reference in _references(clause)
        ]
        yield from _unknown(named, set(first))


def _references(clause: Mapping[str, Any]) -> Iterator[Reference]:
    for each in _CLAUSE.fields:
        # "" as the own proposal leaves keys as they are, so that they can be told from addresses.
        yield from each.references(clause.get(each.name), (each.name,), "")


def _unknown(named: list[Reference], keys: set[str]) -> Iterator[tuple[Path, str, str]]:
    """References to vocabulary that is not stored and to own clauses that are not there.

    Clauses of other texts are not looked for: they may be those of another draft.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for reference in named:
        wanted[reference.kind].add(reference.address)
    wanted.pop("clause", None)
    missing = {kind: few - set(bare(kind, few)) for kind, few in wanted.items()}
    known = {kind: addresses(kind) for kind, few in missing.items() if few}
    for reference in named:
        address = reference.address
        if reference.kind == "clause":
            if "/" not in address and address not in keys:
                yield reference.path, "unknown_clause", f"there is no clause '{address}'{did_you_mean(address, keys)}"
        elif address in missing[reference.kind]:
            yield reference.path, f"unknown_{reference.kind}", no_such(reference.kind, address, known[reference.kind])


def _strange(entry: Entry, entries: list[Entry]) -> Iterator[tuple[Path, str]]:
    """What a clause of a file names that neither the file nor the database knows."""
    if entry.kind != "clause" or not entry.whole:
        return
    here = {(each.kind, each.address) for each in entries}
    named = [ref for ref in entry.references() if ref.kind != "clause" and (ref.kind, ref.address) not in here]
    for path, _code, reason in _unknown(named, set()):
        yield path, reason
