"""Weights found on gold pairs, so that the numbers in method.py can be found again, and figures on pairs kept apart.

Two logistic regressions with a small ridge penalty, by Newton's method: the first on the evidence of each pair of
clauses alone, the second on its result and on how far the pair leads its rivals. The two are then written as one sum.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause, Proposal
from proposals.alignment.divergence import divergences
from proposals.alignment.embedding import Embedder
from proposals.alignment.evidence import PROFILES, evidence
from proposals.alignment.features import Matrix
from proposals.alignment.meaning import meaning_cosines
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.relation import equivalence_signs
from proposals.alignment.rivals import rivals
from proposals.alignment.similarity import score_matrix
from proposals.alignment.vocabulary import EMPTY, Vocabulary

_Table = tuple[Matrix, Matrix, npt.NDArray[np.bool_]]

RIDGE = 1.0
ROUNDS = 4


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Example:
    """A gold pair (as loaded from YAML) with its two proposals and the vocabulary to score them with.

    `documents` names the texts behind it: two files on one text, in other words, share a name here. For an honest
    figure the vocabulary is made without them.
    """

    gold: Mapping[str, Any]
    left: Proposal
    right: Proposal
    vocabulary: Vocabulary
    documents: frozenset[str]

    @property
    def coded(self) -> bool:
        """Whether all its clauses carry topics that the vocabulary knows."""
        clauses = (*self.left.clauses, *self.right.clauses)
        return all(c.topics and all(t in self.vocabulary.ranks for t in c.topics) for c in clauses)

    def bare(self) -> "Example":
        """The same pair by its texts alone, nothing curated."""
        return replace(self, left=_bare(self.left), right=_bare(self.right))

    def pairs(self, wanted: Callable[[Mapping[str, Any]], bool]) -> set[tuple[str, str]]:
        """The clause ids of the gold links that are wanted."""
        links = (link for link in self.gold["links"] if wanted(link))
        return {(f"{self.left.slug}/{link['left']}", f"{self.right.slug}/{link['right']}") for link in links}


def _bare(proposal: Proposal) -> Proposal:
    clauses = tuple(Clause(id=c.id, text=c.text, order=c.order, kind=c.kind) for c in proposal.clauses)
    return Proposal(slug=proposal.slug, clauses=clauses)


def fitted(examples: Sequence[Example], *, like: Method = DEFAULT, embedder: Embedder | None = None) -> Method:
    """The method with all its weights fitted on the examples.

    What is coded counts only where it can be had, in the profile `coding+text`; topics as the files have them, texts
    with suggested topics and texts alone are learned from all the examples; so is `meaning`, with an embedder.
    """
    bare = [_bare_of(example) for example in examples]
    plain = [_without_vocabulary(example) for example in bare]
    sets = {
        "coding+text": [example for example in examples if example.coded],
        "topics+text": examples,
        "text": bare,
        "wording": plain,
    }
    if embedder:
        sets["meaning"] = bare
    weights = {profile: fit(found, profile, like=like, embedder=embedder) for profile, found in sets.items() if found}
    return replace(like, weights={**like.weights, **weights, "equivalence": fit_equivalence(examples, like=like)})


def held_out(
    examples: Sequence[Example], *, by_document: bool, like: Method = DEFAULT
) -> Iterator[tuple[Example, Method]]:
    """Each example with a method fitted on the others.

    With `by_document` only those others count that share no document with it.
    """
    for example in examples:
        others = [
            other
            for other in examples
            if other is not example and not (by_document and other.documents & example.documents)
        ]
        yield example, fitted(others, like=like)


@lru_cache(maxsize=256)
def _bare_of(example: Example) -> Example:
    return example.bare()


@lru_cache(maxsize=256)
def _without_vocabulary(example: Example) -> Example:
    return replace(example, vocabulary=EMPTY)


def fit(
    examples: Sequence[Example], profile: str, *, like: Method = DEFAULT, embedder: Embedder | None = None
) -> dict[str, float]:
    """The weights of one profile: those parts that `like` has in it, fitted on all the examples."""
    parts = [part for part in like.weights[profile] if part not in ("bias", "rivals")]
    bound = like.thresholds["rival_bound"]
    tables = [
        _meanings(example, embedder) if profile == "meaning" and embedder else _table(example, tuple(parts))
        for example in examples
    ]
    truth = np.concatenate([y[kept] for _, y, kept in tables])
    own = _logistic(np.concatenate([x[kept] for x, _, kept in tables]), truth, RIDGE)
    rival = 0.0
    for _ in range(ROUNDS):
        # The lead is measured on the very sum that it is added to, so the two are fitted in turns.
        sums = [x @ own[:-1] + own[-1] for x, _, _ in tables]
        leads = [
            rivals(s, float(own[-1]), bound, *(_scored_clauses(example) if profile == PROFILES[0] else ()))
            for s, example in zip(sums, examples, strict=True)
        ]
        both = [np.stack([s, lead], axis=-1)[kept] for s, lead, (_, _, kept) in zip(sums, leads, tables, strict=True)]
        scale, rival, shift = _logistic(np.concatenate(both), truth, RIDGE / 10)
        own = own * scale
        own[-1] += shift
    weights = {"bias": own[-1], **dict(zip(parts, own[:-1], strict=True)), "rivals": rival}
    return {part: round(float(weight), 3) for part, weight in weights.items()}


def fit_equivalence(examples: Sequence[Example], *, like: Method = DEFAULT) -> dict[str, float]:
    """The weights that tell equivalent from overlapping links.

    Only links without an asserted, incompatible difference count, as only these come to the question.
    """
    names = tuple(name for name in like.weights["equivalence"] if name != "bias")
    judged = [case for example in examples for case in _compatible_links(example, names)]
    if not judged:
        return dict(like.weights["equivalence"])
    *weights, bias = _logistic(
        np.array([signs for signs, _ in judged]), np.array([float(equal) for _, equal in judged]), RIDGE / 3
    )
    return {
        "bias": round(float(bias), 3),
        **{name: round(float(w), 3) for name, w in zip(names, weights, strict=True)},
    }


@lru_cache(maxsize=256)
def _compatible_links(example: Example, names: tuple[str, ...]) -> list[tuple[list[float], bool]]:
    """The signs of equivalence of each sure link without a conflict, and whether it is an equivalence."""
    compatible = example.pairs(
        lambda link: not link.get("doubtful") and not link.get("relation_doubtful") and link["relation"] != "conflict"
    )
    equal = example.pairs(lambda link: link["relation"] == "equivalent")
    ours, theirs = example.left.in_reading_order(), example.right.in_reading_order()
    scores = score_matrix(ours, theirs, vocabulary=example.vocabulary, method=DEFAULT)
    found = []
    for pair in sorted(compatible):
        place = scores.place(*pair)
        if place is None:
            continue
        likeness, topics = scores.nearness(*place)
        one, two = ours[place[0]], theirs[place[1]]
        differences = divergences(one, two, likeness=likeness, vocabulary=example.vocabulary)
        if not any(d.asserted and not d.compatible for d in differences):
            signs = equivalence_signs(one, two, differences, likeness=likeness, topics=topics)
            found.append(([signs[name] for name in names], pair in equal))
    return found


@lru_cache(maxsize=1024)
def _table(example: Example, parts: tuple[str, ...]) -> _Table:
    """The evidence of all pairs of clauses, which of them are links, and which count: not the doubtful ones."""
    ours, theirs = _scored_clauses(example)
    matrices = evidence(ours, theirs, vocabulary=example.vocabulary).parts
    return (np.stack([matrices[part] for part in parts], axis=-1), *_truth(example))


def _meanings(example: Example, embedder: Embedder) -> _Table:
    """The same with nearness in meaning as the only evidence, though these texts are in one language."""
    cosines, _ = meaning_cosines(*_scored_clauses(example), embedder)
    return (cosines[..., None], *_truth(example))


def _truth(example: Example) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """Which pairs of clauses are links, and which count."""
    ours, theirs = _scored_clauses(example)
    doubtful = example.pairs(lambda link: bool(link.get("doubtful")))
    links = example.pairs(lambda link: not link.get("doubtful"))
    pairs = [[(a.id, b.id) for b in theirs] for a in ours]
    truth = np.array([[pair in links for pair in row] for row in pairs], dtype=float)
    kept = np.array([[pair not in doubtful for pair in row] for row in pairs], dtype=np.bool_)
    return truth, kept


def _scored_clauses(example: Example) -> tuple[list[Clause], list[Clause]]:
    left, right = (
        [clause for clause in side.in_reading_order() if clause.kind != "deletion"]
        for side in (example.left, example.right)
    )
    return left, right


def _logistic(values: Matrix, truth: Matrix, ridge: float) -> Matrix:
    """Coefficients, the intercept (which is not penalised) last."""
    design = np.concatenate([values, np.ones((len(values), 1))], axis=1)
    penalty = np.eye(design.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    found = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (chance - truth) + penalty @ found
        curve = (design.T * (chance * (1 - chance))) @ design + penalty
        step = np.linalg.solve(curve, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    return found
