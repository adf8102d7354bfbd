"""Element gaps: a proposal regulates a matter, but lacks an element that the others have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proposals.alignment.clause import Clause, Proposal
from proposals.alignment.figures import stated
from proposals.alignment.text import read

ELEMENTS = ("deadline", "duration", "figure", "condition", "monitor", "guarantor", "penalty")


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementGap:
    """An element that `proposal` lacks in a row; `held_by` are the clauses that have it."""

    proposal: str
    element: str
    held_by: tuple[str, ...]


def element_gaps(clauses: Sequence[Clause], owners: Mapping[str, Proposal]) -> tuple[ElementGap, ...]:
    """The element gaps of a row from its regulating clauses, by proposal (slug) and element."""
    slugs = sorted({owners[c.id].slug for c in clauses})
    found = []
    for element in ELEMENTS:
        held_by = tuple(c.id for c in clauses if element in elements(c))
        holders = {owners[clause_id].slug for clause_id in held_by}
        if held_by:
            found += [ElementGap(proposal=s, element=element, held_by=held_by) for s in slugs if s not in holders]
    return tuple(sorted(found, key=lambda gap: (gap.proposal, ELEMENTS.index(gap.element))))


def elements(clause: Clause) -> frozenset[str]:
    """The elements that a clause has: by its curated fields; figures and times also by its wording."""
    found = set()
    for term in clause.terms:
        if term.kind == "quantity" and term.comparator != "unspecified":
            found.add("figure")
        if term.kind == "duration":
            found.add("deadline" if term.is_deadline else "duration")
        if term.kind == "date":
            found.add("deadline")
    said = stated(clause.text)
    if any(figure.value is not None for figure in said.figures):
        found.add("figure")
    limits = [s for s in said.spans if s.comparator in ("at_most", "immediate", "as_soon_as_possible")]
    if said.dates or limits:
        found.add("deadline")
    if "deadline" not in found and any(s.hours is not None for s in said.spans):
        found.add("duration")
    if clause.condition:
        found.add("condition")
    concepts = read(clause.text).said
    if clause.parties("monitor") or "monitoring" in concepts:
        found.add("monitor")
    if clause.parties("guarantor"):
        found.add("guarantor")
    if "penalty" in concepts or {"sanctions", "violation"} <= concepts:
        found.add("penalty")
    return frozenset(found)
