"""What another proposal holds against one clause: linked clauses, next best candidates, or how it is absent."""

from collections.abc import Sequence
from dataclasses import dataclass

from proposals.alignment.clause import Decision, Proposal, Silence
from proposals.alignment.embedding import Embedder
from proposals.alignment.gaps import state_of, topic_regulated
from proposals.alignment.matching import Link, Suggestion, align
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.vocabulary import EMPTY, Vocabulary

SUGGESTED = 3  # unlinked candidates shown of one proposal


@dataclass(frozen=True, kw_only=True, slots=True)
class Counterparts:
    """What one proposal holds against a clause of another, which is the left side of links and suggestions.

    `state` and `silence` are those of its cell. `nearest` is the best candidate where it has no linked clause.
    """

    proposal: str
    state: str
    topic_regulated: bool
    silence: Silence | None
    links: tuple[Link, ...]
    suggestions: tuple[Suggestion, ...]
    nearest: tuple[str, float] | None

    @property
    def score(self) -> float:
        """How near the proposal comes to the clause: the best score of a linked clause, else that of the nearest."""
        return max((link.score for link in self.links), default=self.nearest[1] if self.nearest else 0.0)


def counterparts(
    clause_id: str,
    own: Proposal,
    other: Proposal,
    *,
    decisions: Sequence[Decision] = (),
    vocabulary: Vocabulary = EMPTY,
    method: Method = DEFAULT,
    embedder: Embedder | None = None,
    alone: bool = False,
) -> Counterparts:
    """What `other` holds against a clause (id) of `own`, which is no placeholder.

    The two proposals are scored whole, since links hang on their rivals: the links are those of a comparison. What is
    remembered of two small ones answers for all their clauses; `alone` says that no other clause will be asked about,
    and takes half the time.
    """
    found = align(
        own,
        other,
        decisions=decisions,
        vocabulary=vocabulary,
        method=method,
        embedder=embedder,
        suggest=True,
        of=frozenset({clause_id}) if alone else None,
    )
    theirs = {clause.id: clause for clause in other.in_reading_order()}
    links = tuple(link for link in found.links if link.left == clause_id)
    answering = [theirs[link.right] for link in links]
    asked = next(clause for clause in own.clauses if clause.id == clause_id)
    leading = sorted({clause.topics[0] for clause in (asked, *answering) if clause.topics})
    state, silence = state_of(other, answering, leading)
    return Counterparts(
        proposal=other.slug,
        state=state,
        topic_regulated=topic_regulated(other, leading, [clause.id for clause in answering]),
        silence=silence,
        links=tuple(sorted(links, key=lambda link: (-link.score, theirs[link.right].order, link.right))),
        suggestions=tuple(one for one in found.suggestions if one.left == clause_id)[:SUGGESTED],
        nearest=None if links else found.nearest.get(clause_id),
    )
