"""Which proposals a clause is set against where nobody named them: all of a small collection, the likeliest of a large.

Otherwise one page of one clause would cost what the collection weighs.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from parties.readers import Reader
from proposals.comparison.counterparts import MAX_PAIRS
from proposals.comparison.nearest import nearest_proposals
from proposals.models import Clause, Proposal
from proposals.querysets import ProposalQuerySet

# Up to so many other proposals are all looked through.
MOST_OF_ALL = 60
# Of more, at most so many: as many as may be asked for by number.
MOST_NEAREST = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Those that are looked through, and how many of how many were left out; 0 where none was."""

    among: ProposalQuerySet
    left_out: int
    of: int

    @property
    def looked_through(self) -> int:
        return self.of - self.left_out


def likeliest(clause: Clause, *, among: ProposalQuerySet, user: Reader | None) -> Choice:
    """All of `among`, or the nearest of them if they are many. One query; five where a choice has to be made."""
    others = among.exclude(pk=clause.proposal_id)
    of = others.count()
    if of <= MOST_OF_ALL:
        return Choice(among=others, left_out=0, of=of)
    near = _within_bounds(clause, nearest_proposals(clause, among=others, user=user, count=MOST_NEAREST), user=user)
    return Choice(among=Proposal.objects.visible_to(user).filter(pk__in=near), left_out=of - len(near), of=of)


def _within_bounds(clause: Clause, near: list[int], *, user: Reader | None) -> list[int]:
    """Of the nearest, the nearest first, as many as one answer may set against a text of this length."""
    seen = Clause.objects.visible_to(user).filter(proposal__in=[clause.proposal_id, *near])
    counts = dict(seen.order_by().values_list("proposal").annotate(Count("pk")))
    left = MAX_PAIRS // max(1, counts.get(clause.proposal_id, 0))
    found = []
    for pk in near:
        left -= counts.get(pk, 0)
        if left < 0:
            break
        found.append(pk)
    return found
