"""Stored proposals as the engine's values, for work on many pairs."""

from collections.abc import Collection

from proposals import alignment
from proposals.comparison.engine_input import engine_clause
from proposals.models import Clause
from proposals.payloads import clause_payloads


def stored_proposals(slugs: Collection[str]) -> dict[str, alignment.Proposal]:
    """The public clauses of the proposals of these slugs that are stored, by slug; unknown slugs are left out."""
    clauses: dict[str, list[alignment.Clause]] = {}
    stored = Clause.objects.visible_to(None).filter(proposal__slug__in=slugs)
    for clause in clause_payloads(stored.in_reading_order(), user=None):
        clauses.setdefault(clause["proposal"], []).append(engine_clause(clause))
    return {slug: alignment.Proposal(slug=slug, clauses=tuple(found)) for slug, found in clauses.items()}
