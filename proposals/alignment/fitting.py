"""Weights found on gold pairs, so that the numbers in method.py can be found again.

Two logistic regressions with a small ridge penalty, by Newton's method: the first on the evidence of each pair of
clauses alone, the second on its result and on how far the pair leads its rivals. The two are then written as one sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from proposals.alignment.clause import Proposal
from proposals.alignment.divergence import divergences
from proposals.alignment.features import Matrix
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.relation import equivalence_signs
from proposals.alignment.similarity import evidence, rivals, score_matrix
from proposals.alignment.vocabulary import Vocabulary

RIDGE = 1.0
BOUND = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A gold pair: two proposals, the pairs of clause ids that are links, and those neither rewarded nor punished."""

    left: Proposal
    right: Proposal
    links: frozenset[tuple[str, str]]
    doubtful: frozenset[tuple[str, str]]
    vocabulary: Vocabulary


def fit(examples: Sequence[Example], profile: str, *, like: Method = DEFAULT) -> dict[str, float]:
    """The weights of one profile: those parts that `like` has in it, fitted on all the examples."""
    parts = [part for part in like.weights[profile] if part not in ("bias", "rivals")]
    tables = [_table(example, parts) for example in examples]
    truth = np.concatenate([y[kept] for _, y, kept in tables])
    own = _logistic(np.concatenate([x[kept] for x, _, kept in tables]), truth, RIDGE)
    sums = [x @ own[:-1] + own[-1] for x, _, _ in tables]
    ahead = [np.stack([s, rivals(s, BOUND)], axis=-1)[kept] for s, (_, _, kept) in zip(sums, tables, strict=True)]
    both = _logistic(np.concatenate(ahead), truth, RIDGE / 10)
    weights = {"bias": both[0] * own[-1] + both[2]}
    weights |= {part: both[0] * weight for part, weight in zip(parts, own[:-1], strict=True)}
    weights["rivals"] = both[1] / both[0]
    return {part: round(float(weight), 3) for part, weight in weights.items()}


def _table(example: Example, parts: Sequence[str]) -> tuple[Matrix, Matrix, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    ours = [c for c in example.left.in_reading_order() if c.kind != "deletion"]
    theirs = [c for c in example.right.in_reading_order() if c.kind != "deletion"]
    matrices, _ = evidence(ours, theirs, vocabulary=example.vocabulary)
    values = np.stack([matrices[part] for part in parts], axis=-1)
    pairs = [[(a.id, b.id) for b in theirs] for a in ours]
    truth = np.array([[pair in example.links for pair in row] for row in pairs], dtype=float)
    kept = np.array([[pair not in example.doubtful for pair in row] for row in pairs], dtype=np.bool_)
    return values, truth, kept


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


def fit_equivalence(
    examples: Sequence[tuple[Example, frozenset[tuple[str, str]]]], *, method: Method = DEFAULT
) -> dict[str, float]:
    """The weights that tell equivalent from overlapping links, from examples with those of their links that are equal.

    Only links without an asserted, incompatible difference count, as only these come to the question.
    """
    names = [name for name in method.weights["equivalence"] if name != "bias"]
    values, truth = [], []
    for example, equal in examples:
        ours, theirs = example.left.in_reading_order(), example.right.in_reading_order()
        scores = score_matrix(ours, theirs, vocabulary=example.vocabulary, method=method)
        for i, left in enumerate(ours):
            for j, right in enumerate(theirs):
                if (left.id, right.id) in example.links:
                    likeness, topics = scores.nearness(i, j)
                    found = divergences(left, right, likeness=likeness, vocabulary=example.vocabulary)
                    if not any(d.asserted and not d.compatible for d in found):
                        signs = equivalence_signs(left, right, found, likeness=likeness, topics=topics)
                        values.append([signs[name] for name in names])
                        truth.append(float((left.id, right.id) in equal))
    weights = _logistic(np.array(values), np.array(truth), RIDGE / 3)
    return {name: round(float(weight), 3) for name, weight in zip([*names, "bias"], weights, strict=True)}
