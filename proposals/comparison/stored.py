"""Stored proposals as the engine's values, for work on many pairs."""

from collections.abc import Collection

from proposals import alignment
from proposals.comparison.engine_input import engine_clause
from proposals.comparison.loading import clauses_of


def stored_proposals(slugs: Collection[str]) -> dict[str, alignment.Proposal]:
    """The public clauses of the proposals of these slugs that are stored, by slug; unknown slugs are left out."""
    return {
        slug: alignment.Proposal(slug=slug, clauses=tuple(engine_clause(clause) for clause in clauses))
        for slug, clauses in clauses_of(slugs, user=None).items()
        if clauses
    }
