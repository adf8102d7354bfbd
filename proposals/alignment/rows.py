"""Rows for n proposals from the links of their pairs.

Every clause is in a row and may stand in several; any two cells that regulate are joined by a link; every link is in
a row; no row is contained in another. A row grows around one clause: it takes the clause's counterparts in proposals
that are also joined among themselves, so that no chain ties unlike clauses together through a third. The number of rows
is bounded by the number of clauses times a constant of the number of proposals.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import combinations

from proposals.alignment.clause import Proposal
from proposals.alignment.matching import Link

Row = frozenset[str]


def row_id(clauses: Iterable[str]) -> str:
    """The stable name of a row: twelve hex digits of its clause ids."""
    return hashlib.sha256("\n".join(sorted(clauses)).encode()).hexdigest()[:12]


def rows_of(proposals: Sequence[Proposal], links: Sequence[Link]) -> list[Row]:
    """The rows as sets of clause ids, sorted; the same for any order of proposals and links."""
    owner: dict[str, str] = {}
    deletions: dict[str, set[str]] = {}
    struck: dict[str, str] = {}
    for proposal in proposals:
        for clause in proposal.in_reading_order():
            owner[clause.id] = proposal.slug
            if clause.kind == "deletion":
                deletions[clause.id] = set()
                struck[clause.id] = clause.strikes or clause.id
    joined: dict[str, set[str]] = {clause_id: set() for clause_id in owner if clause_id not in deletions}
    for link in links:
        for one, two in ((link.left, link.right), (link.right, link.left)):
            if one in deletions:
                deletions[one].add(two)
            elif two not in deletions:
                joined[one].add(two)
    rows: set[Row] = set()
    for clause_id in sorted(joined):
        rows |= _around(clause_id, joined, owner)
    kept = _without_repeats(_without_contained(rows), joined)
    return sorted(_with_deletions(kept, deletions, struck), key=sorted)


def _around(clause: str, joined: dict[str, set[str]], owner: dict[str, str]) -> set[Row]:
    """The rows that grow around one clause, one for each largest set of proposals joined among themselves."""
    near: dict[str, set[str]] = {}
    for other in joined[clause]:
        near.setdefault(owner[other], set()).add(other)
    found = set()
    for clique in _cliques(near, joined):
        counterparts = {other for slug in clique for other in near[slug]}
        siblings = {
            candidate
            for candidate in (joined[next(iter(sorted(counterparts)))] if counterparts else ())
            if owner[candidate] == owner[clause] and counterparts <= joined[candidate]
        }
        found.add(frozenset({clause} | siblings | counterparts))
    return found


def _cliques(near: dict[str, set[str]], joined: dict[str, set[str]]) -> list[frozenset[str]]:
    """The largest sets of proposals whose counterparts are joined pair by pair. At most 3^(n/3) for n proposals."""
    slugs = sorted(near)
    tied: dict[str, set[str]] = {slug: set() for slug in slugs}
    for one, two in combinations(slugs, 2):
        if any(joined[clause] & near[two] for clause in near[one]):
            tied[one].add(two)
            tied[two].add(one)
    found: list[frozenset[str]] = []

    def grow(clique: set[str], open_: set[str], done: set[str]) -> None:
        if not open_ and not done:
            found.append(frozenset(clique))
            return
        pivot = min(open_ | done, key=lambda slug: (-len(tied[slug] & open_), slug))
        for slug in sorted(open_ - tied[pivot]):
            grow(clique | {slug}, open_ & tied[slug], done & tied[slug])
            open_ = open_ - {slug}
            done = done | {slug}

    grow(set(), set(slugs), set())
    return found


def _without_contained(rows: set[Row]) -> list[Row]:
    kept: list[Row] = []
    holding: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (-len(row), sorted(row))):
        if not any(row < other for other in holding.get(min(row), ())):
            kept.append(row)
            for clause in row:
                holding.setdefault(clause, []).append(row)
    return kept


def _without_repeats(rows: list[Row], joined: dict[str, set[str]]) -> list[Row]:
    """Rows without those that add nothing: all their clauses and links stand in other rows. Smallest go first."""

    def ties(row: Row) -> list[tuple[str, ...]]:
        return [(a,) for a in row] + [(a, b) for a in row for b in joined[a] & row if a < b]

    content = {row: ties(row) for row in rows}
    held: dict[tuple[str, ...], int] = {}
    for tie in (tie for row in rows for tie in content[row]):
        held[tie] = held.get(tie, 0) + 1
    kept = []
    for row in sorted(rows, key=lambda row: (len(row), sorted(row))):
        if all(held[tie] > 1 for tie in content[row]):
            for tie in content[row]:
                held[tie] -= 1
        else:
            kept.append(row)
    return kept


def _with_deletions(rows: list[Row], deletions: dict[str, set[str]], struck: dict[str, str]) -> list[Row]:
    """Each deletion put into every row of what it strikes out, or else into a row of those that strike out the same."""
    placed = [row | {d for d, targets in deletions.items() if targets & row} for row in rows]
    alone: dict[str, set[str]] = {}
    for deletion in deletions:
        if not any(deletion in row for row in placed):
            alone.setdefault(struck[deletion], set()).add(deletion)
    return placed + [frozenset(group) for group in alone.values()]
