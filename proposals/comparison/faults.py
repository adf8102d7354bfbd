"""What a comparison cannot be made of, with every fault named."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MIN_PROPOSALS = 2
MAX_PROPOSALS = 8
MAX_CLAUSES = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was asked; `index` is the place among the proposals, None where it is the whole."""

    code: str
    detail: str
    index: int | None = None


class UnableToCompare(Exception):
    """The proposals asked for cannot be compared; `faults` holds every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.detail for fault in faults))
        self.faults = tuple(faults)


class UnknownProposals(UnableToCompare):
    """No such proposal, or none that the reader may see; `near` maps each slug to those most like it."""

    def __init__(self, unknown: Sequence[tuple[int, str]], known: Iterable[str]) -> None:
        known = sorted(known)
        self.near = {slug: difflib.get_close_matches(slug, known, n=3, cutoff=0.5) for _, slug in unknown}
        super().__init__([Fault("unknown_proposal", _no_such(slug, self.near[slug]), index) for index, slug in unknown])


def check_selection(slugs: Sequence[str]) -> None:
    """Refuse fewer than two, more than eight, or the same proposal twice."""
    faults = []
    if not MIN_PROPOSALS <= len(slugs) <= MAX_PROPOSALS:
        faults.append(
            Fault(
                "number_of_proposals",
                f"A comparison is of {MIN_PROPOSALS} to {MAX_PROPOSALS} proposals; {len(slugs)} were given.",
            )
        )
    faults += [
        Fault("proposal_twice", f"{slug} is named twice.", index)
        for index, slug in enumerate(slugs)
        if slug in slugs[:index]
    ]
    if faults:
        raise UnableToCompare(faults)


def check_size(clauses: int) -> None:
    """Refuse more clauses than one answer may hold."""
    if clauses > MAX_CLAUSES:
        raise UnableToCompare(
            [Fault("number_of_clauses", f"A comparison is of at most {MAX_CLAUSES} clauses; these are {clauses}.")]
        )


def _no_such(slug: str, near: Sequence[str]) -> str:
    return f"There is no proposal {slug}." + (f" Near it: {', '.join(near)}." if near else "")
