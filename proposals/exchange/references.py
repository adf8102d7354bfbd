"""References that name nothing, in the files or in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from proposals.exchange.entries import Entry
from proposals.exchange.faults import LISTED, Fault, did_you_mean, shortened
from proposals.exchange.stored import addresses, bare

_COMPARISONS = 500_000
_WORDS = {"topic_group": "topic group"}


def unknown_references(entries: Iterable[Entry]) -> Iterator[Fault]:
    """A fault for every reference to a record that is neither among the entries nor stored, with near matches."""
    entries = list(entries)
    known: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        known[entry.kind].add(entry.address)
    missing = [
        (entry, reference)
        for entry in entries
        for reference in entry.references()
        if reference.needed and reference.address not in known[reference.kind]
    ]
    wanted: dict[str, set[str]] = defaultdict(set)
    for _entry, reference in missing:
        wanted[reference.kind].add(reference.address)
    stored = {kind: bare(kind, named) for kind, named in wanted.items()}
    near: dict[str, set[str]] = {}
    unknown = [pair for pair in missing if pair[1].address not in stored[pair[1].kind]]
    for count, (entry, reference) in enumerate(unknown):
        if reference.kind not in near:
            near[reference.kind] = known[reference.kind] | set(addresses(reference.kind))
        # Looking for near matches is slow, and nobody reads more of them than are listed.
        looked_for = min(LISTED, _COMPARISONS // (1 + len(near[reference.kind])))
        hints = near[reference.kind] if count < looked_for else ()
        reason = no_such(reference.kind, reference.address, hints)
        yield entry.fault(reference.path, reason, f"unknown_{reference.kind}")


def no_such(kind: str, address: str, known: Iterable[str]) -> str:
    """The reason given for a reference that names nothing."""
    return f"there is no {_WORDS.get(kind, kind)} '{shortened(address)}'{did_you_mean(address, known)}"
