"""Links between two proposals: many-to-many, decisions first, the same whichever side is named first."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from proposals.alignment.choosing import choose
from proposals.alignment.clause import Clause, Decision, Proposal
from proposals.alignment.divergence import Divergence, divergences, in_order, mirrored
from proposals.alignment.embedding import Embedder
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.reasons import Reason
from proposals.alignment.relation import relation_of, wider_side
from proposals.alignment.sequence import sequence_divergence
from proposals.alignment.similarity import Scores, score_matrix
from proposals.alignment.vocabulary import EMPTY, Vocabulary

REMEMBERED_CELLS = 2_500  # pairs of clauses up to which an alignment is remembered: some 20 kB each


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Two clauses (ids) that regulate the same matter, with the reasons and the typed differences."""

    left: str
    right: str
    relation: str
    wider: str | None
    score: float
    decided_by: str
    stale: bool
    reasons: tuple[Reason, ...]
    divergences: tuple[Divergence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A pair below the cut that an editor may want to look at."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Alignment:
    """The links of two proposals (slugs).

    `nearest` gives for each clause its best candidate on the other side; `suggestions`, if asked for, the best unlinked
    ones.
    """

    left: str
    right: str
    links: tuple[Link, ...]
    suggestions: tuple[Suggestion, ...]
    nearest: Mapping[str, tuple[str, float]] = field(default_factory=dict)


def align(
    left: Proposal,
    right: Proposal,
    *,
    decisions: Sequence[Decision] = (),
    vocabulary: Vocabulary = EMPTY,
    method: Method = DEFAULT,
    embedder: Embedder | None = None,
    suggest: bool = False,
    of: frozenset[str] | None = None,
) -> Alignment:
    """The alignment of two proposals. Naming them the other way round gives the mirrored answer.

    Decisions about other clauses are ignored. An embedder is asked only about untagged clauses in two languages. With
    `suggest` editors also get the next best candidates. Cost grows with the product of the two numbers of clauses;
    the alignments of small proposals asked for last are remembered, by all they depend on.

    With `of`, clauses (ids, of either side), only their links, suggestions and nearest ones are told. They are the
    same, since all pairs are scored and chosen from; but half of the time goes into telling what differs between the
    clauses of each link.
    """
    one, two = (left, right) if left.slug <= right.slug else (right, left)
    among = tuple(d for d in decisions if {_slug(d.left), _slug(d.right)} == {one.slug, two.slug})
    small = len(one.clauses) * len(two.clauses) <= REMEMBERED_CELLS
    found = (remembered if small else _align)(one, two, among, vocabulary, method, embedder, suggest, of)
    if one is left:
        return found
    turned = swapped(found)
    place = _places(left, right)
    return replace(
        turned,
        links=tuple(sorted(turned.links, key=lambda link: (place[link.left], place[link.right]))),
        suggestions=tuple(sorted(turned.suggestions, key=lambda s: (-s.score, place[s.left], place[s.right]))),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    """The pairs of clause ids that are links, in reading order, with what they were chosen by."""

    pairs: Sequence[tuple[str, str]]
    position: Mapping[str, int]
    scores: Scores
    verdicts: Mapping[tuple[str, str], Decision]
    struck: Set[tuple[str, str]]


def _chosen(
    left: Proposal,
    right: Proposal,
    decisions: Sequence[Decision],
    vocabulary: Vocabulary,
    method: Method,
    embedder: Embedder | None,
) -> _Chosen:
    ours, theirs = left.in_reading_order(), right.in_reading_order()
    clauses = {c.id: c for c in (*ours, *theirs)}
    verdicts = _verdicts(ours, theirs, decisions)
    struck = _strikes(ours, theirs, verdicts)
    scores = score_matrix(
        [c for c in ours if c.kind != "deletion"],
        [c for c in theirs if c.kind != "deletion"],
        vocabulary=vocabulary,
        method=method,
        embedder=embedder,
        barred=frozenset(pair for pair, verdict in verdicts.items() if not verdict.same),
        settled=frozenset(c for pair in struck if any(clauses[c].kind == "deletion" for c in pair) for c in pair),
    )
    pairs = {(scores.left[i].id, scores.right[j].id) for i, j in choose(scores)}
    pairs |= struck | {pair for pair, verdict in verdicts.items() if verdict.same}
    position = {c.id: n for side in (ours, theirs) for n, c in enumerate(side)}
    return _Chosen(
        pairs=sorted(pairs, key=lambda pair: (position[pair[0]], position[pair[1]])),
        position=position,
        scores=scores,
        verdicts=verdicts,
        struck=struck,
    )


def _align(
    left: Proposal,
    right: Proposal,
    decisions: Sequence[Decision],
    vocabulary: Vocabulary,
    method: Method,
    embedder: Embedder | None,
    suggest: bool,
    of: frozenset[str] | None,
) -> Alignment:
    chosen = _chosen(left, right, decisions, vocabulary, method, embedder)
    maker = _maker(chosen, left, right, vocabulary)
    struck = {one: (two, 1.0) for pair in sorted(chosen.struck) for one, two in (pair, pair[::-1])}
    nearest = _nearest(chosen.scores) | struck
    return Alignment(
        left=left.slug,
        right=right.slug,
        links=tuple(maker.link(pair) for pair in chosen.pairs if of is None or not of.isdisjoint(pair)),
        suggestions=_suggestions(chosen.scores, set(chosen.pairs), chosen.position, of) if suggest else (),
        nearest=nearest if of is None else {one: nearest[one] for one in sorted(of) if one in nearest},
    )


remembered = lru_cache(maxsize=1024)(_align)


def _places(left: Proposal, right: Proposal) -> dict[str, int]:
    return {c.id: n for side in (left, right) for n, c in enumerate(side.in_reading_order())}


def _slug(clause_id: str) -> str:
    return clause_id.rpartition("/")[0]


def _counterparts(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, two in pairs:
        found.setdefault(one, []).append(two)
        found.setdefault(two, []).append(one)
    return found


def _verdicts(
    ours: Sequence[Clause], theirs: Sequence[Clause], decisions: Sequence[Decision]
) -> dict[tuple[str, str], Decision]:
    left, right = {c.id for c in ours}, {c.id for c in theirs}
    found = {}
    for decision in sorted(decisions, key=lambda d: (d.left, d.right, d.same, d.relation)):
        if decision.left in left and decision.right in right:
            found[decision.left, decision.right] = decision
        elif decision.right in left and decision.left in right:
            found[decision.right, decision.left] = decision
    return found


def _strikes(
    ours: Sequence[Clause], theirs: Sequence[Clause], verdicts: Mapping[tuple[str, str], Decision]
) -> set[tuple[str, str]]:
    """Pairs in which one clause strikes out the other, unless an editor refused the pair."""
    left, right = {c.id for c in ours}, {c.id for c in theirs}
    pairs = {(c.id, c.strikes) for c in ours if c.strikes in right} | {
        (c.strikes, c.id) for c in theirs if c.strikes in left
    }
    return {pair for pair in pairs if pair not in verdicts or verdicts[pair].same}


@dataclass(frozen=True, kw_only=True, slots=True)
class _LinkMaker:
    """Turns pairs of clause ids into links, given all that was found about the two proposals."""

    clauses: Mapping[str, Clause]
    scores: Scores
    verdicts: Mapping[tuple[str, str], Decision]
    struck: Set[tuple[str, str]]
    counterparts: Mapping[str, Sequence[str]]
    vocabulary: Vocabulary

    def link(self, pair: tuple[str, str]) -> Link:
        left, right = self.clauses[pair[0]], self.clauses[pair[1]]
        place = self.scores.place(*pair)
        verdict = self.verdicts.get(pair)
        likeness, topics = self.scores.nearness(*place) if place else (0.0, 0.0)
        found = divergences(left, right, likeness=likeness, vocabulary=self.vocabulary)
        order = sequence_divergence(left, right, counterparts=self.counterparts, clauses=self.clauses)
        if order:
            found = in_order([*found, order])
        weights = self.scores.method.weights["equivalence"]
        judged = relation_of(left, right, found, likeness=likeness, topics=topics, weights=weights)
        relation = (verdict.relation if verdict else "") or ("conflict" if pair in self.struck else judged)
        certain = place is None or verdict is not None or pair in self.struck
        return Link(
            left=left.id,
            right=right.id,
            relation=relation,
            wider=wider_side(left, right, relation),
            score=1.0 if certain else float(self.scores.chance[place]),
            decided_by="editor" if verdict else "engine",
            stale=verdict.stale if verdict else False,
            reasons=self._reasons(pair, place),
            divergences=found,
        )

    def _reasons(self, pair: tuple[str, str], place: tuple[int, int] | None) -> tuple[Reason, ...]:
        """What the score rests on; a decision or a striking out, which need no score, come first."""
        reasons = []
        verdict = self.verdicts.get(pair)
        if verdict:
            note = f": {verdict.note}" if verdict.note else ""
            reasons.append(Reason(part="decision", weight=0.0, detail=f"an editor calls it the same matter{note}"))
        if pair in self.struck:
            one, two = pair if self.clauses[pair[0]].strikes == pair[1] else pair[::-1]
            reasons.append(Reason(part="strikes", weight=0.0, detail=f"{one} strikes out {two}"))
        return (*reasons, *(self.scores.reasons(*place) if place else ()))


def _maker(chosen: _Chosen, left: Proposal, right: Proposal, vocabulary: Vocabulary) -> _LinkMaker:
    return _LinkMaker(
        clauses={c.id: c for c in (*left.clauses, *right.clauses)},
        scores=chosen.scores,
        verdicts=chosen.verdicts,
        struck=chosen.struck,
        counterparts=_counterparts(chosen.pairs),
        vocabulary=vocabulary,
    )


def _suggestions(
    scores: Scores, linked: set[tuple[str, str]], position: Mapping[str, int], of: Set[str] | None, shown: int = 3
) -> tuple[Suggestion, ...]:
    """The best unlinked candidates of each clause, or of these, at most three, above the floor for suggestions."""
    floor = scores.method.thresholds["suggestion"]
    best = np.zeros(scores.chance.shape, dtype=np.bool_)
    rows = np.argsort(-scores.chance, axis=1, kind="stable")[:, :shown]
    columns = np.argsort(-scores.chance, axis=0, kind="stable")[:shown]
    np.put_along_axis(best, rows, values=True, axis=1)
    np.put_along_axis(best, columns, values=True, axis=0)
    picked = zip(*(found.tolist() for found in np.nonzero(best & (scores.chance >= floor))), strict=True)
    found = [
        Suggestion(
            left=scores.left[i].id,
            right=scores.right[j].id,
            score=float(scores.chance[i, j]),
            reasons=scores.reasons(i, j),
        )
        for i, j in picked
        if (scores.left[i].id, scores.right[j].id) not in linked
        and (of is None or not of.isdisjoint((scores.left[i].id, scores.right[j].id)))
    ]
    return tuple(sorted(found, key=lambda s: (-s.score, position[s.left], position[s.right])))


def _nearest(scores: Scores) -> dict[str, tuple[str, float]]:
    """The best candidate of each scored clause, where it has any chance at all."""
    found = {}
    if scores.left and scores.right:
        for i, j in enumerate(np.argmax(scores.chance, axis=1).tolist()):
            found[scores.left[i].id] = (scores.right[j].id, float(scores.chance[i, j]))
        for j, i in enumerate(np.argmax(scores.chance, axis=0).tolist()):
            found[scores.right[j].id] = (scores.left[i].id, float(scores.chance[i, j]))
    return {clause: near for clause, near in found.items() if near[1] > 0}


def swapped(alignment: Alignment) -> Alignment:
    """The same alignment named from the other side."""
    suggestions = [replace(s, left=s.right, right=s.left) for s in alignment.suggestions]
    return Alignment(
        left=alignment.right,
        right=alignment.left,
        links=tuple(_mirrored(link) for link in alignment.links),
        suggestions=tuple(suggestions),
        nearest=alignment.nearest,
    )


def _mirrored(link: Link) -> Link:
    other = {"left": "right", "right": "left", None: None}
    return replace(
        link,
        left=link.right,
        right=link.left,
        wider=other[link.wider],
        divergences=tuple(mirrored(d) for d in link.divergences),
    )
