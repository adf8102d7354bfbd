"""Simpler methods to measure the engine against, under the protocol that it is measured by."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from proposals.alignment import Clause
from proposals.alignment.evaluation import Counts, count
from proposals.alignment.features import Matrix
from proposals.alignment.fitting import Example
from proposals.rendering.measurement import Peer

_WORD = re.compile(r"[^\W_]+")


def peers(examples: Sequence[Example]) -> list[Peer]:
    """Each simpler method on all the examples, with the threshold for one chosen on the others."""
    found = []
    for name, score in _METHODS.items():
        scores = [score(example) for example in examples]
        found.append(
            Peer(name=name, mutual=_run(examples, scores, _mutual_best), either=_run(examples, scores, _either_best))
        )
    return found


def trigram_similarity(one: str, two: str) -> float:
    """The share of trigrams that two texts have in common, as PostgreSQL's pg_trgm counts them.

    Words are runs of letters and digits in lower case, with two spaces before and one after each; each trigram counts
    once.
    """
    ours, theirs = (
        {
            padded[at : at + 3]
            for word in _WORD.findall(text.lower())
            for padded in [f"  {word} "]
            for at in range(len(word) + 1)
        }
        for text in (one, two)
    )
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _each(example: Example, score: Callable[[Clause, Clause], float]) -> Matrix:
    left, right = example.left.in_reading_order(), example.right.in_reading_order()
    return np.array([[round(score(a, b), 4) for b in right] for a in left])


def _ratio(one: str, two: str) -> float:
    # Of words: on letters it is slower and does worse.
    return SequenceMatcher(None, one.lower().split(), two.lower().split(), autojunk=False).ratio()


def _jaccard(one: Clause, two: Clause) -> float:
    ours, theirs = set(one.topics), set(two.topics)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def _tf_idf(example: Example) -> Matrix:
    """Cosines of words as they stand, each weighed by how few of the clauses of both texts have it."""
    left, right = example.left.in_reading_order(), example.right.in_reading_order()
    bags = [Counter(_WORD.findall(clause.text.lower())) for clause in (*left, *right)]
    met = Counter(word for bag in bags for word in bag)
    column = {word: k for k, word in enumerate(sorted(met))}
    values = np.zeros((len(bags), len(column)))
    for row, bag in enumerate(bags):
        for word, times in bag.items():
            values[row, column[word]] = times * (1 + np.log((1 + len(bags)) / (1 + met[word])))
    values /= np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
    return np.round(values[: len(left)] @ values[len(left) :].T, 4)


_METHODS: Mapping[str, Callable[[Example], Matrix]] = {
    "difflib ratio": lambda e: _each(e, lambda a, b: _ratio(a.text, b.text)),
    "trigrams (pg_trgm)": lambda e: _each(e, lambda a, b: trigram_similarity(a.text, b.text)),
    "TF-IDF cosine": _tf_idf,
    "TF-IDF + topics": lambda e: _tf_idf(e) + _each(e, _jaccard),
}


def _mutual_best(scores: Matrix) -> Matrix:
    return np.minimum(_where_best(scores, 1), _where_best(scores, 0))


def _either_best(scores: Matrix) -> Matrix:
    return np.maximum(_where_best(scores, 1), _where_best(scores, 0))


def _where_best(scores: Matrix, axis: int) -> Matrix:
    """The scores that are the best of their row or column and above nothing; -1 elsewhere."""
    best: Matrix = np.where((scores == scores.max(axis=axis, keepdims=True)) & (scores > 0), scores, -1.0)
    return best


def _run(
    examples: Sequence[Example], scores: Sequence[Matrix], candidates: Callable[[Matrix], Matrix]
) -> dict[str, Counts]:
    known = [candidates(matrix) for matrix in scores]
    judged = [_judged(example, found) for example, found in zip(examples, known, strict=True)]
    counts = {}
    for at, example in enumerate(examples):
        cut = _best_threshold([case for other, case in enumerate(judged) if other != at])
        counts[example.gold["pair"]] = count(_prediction(example, scores[at], known[at] >= cut), example.gold)
    return counts


def _judged(example: Example, candidates: Matrix) -> tuple[list[tuple[float, bool]], int]:
    """The score of each candidate that counts, whether it is a link, and how many links there are."""
    doubtful = example.pairs(lambda link: bool(link.get("doubtful")))
    links = example.pairs(lambda link: not link.get("doubtful"))
    left, right = example.left.in_reading_order(), example.right.in_reading_order()
    found = []
    for i, j in zip(*np.nonzero(candidates > 0), strict=True):
        pair = (left[i].id, right[j].id)
        if pair not in doubtful:
            found.append((float(candidates[i, j]), pair in links))
    return found, len(links)


def _best_threshold(cases: Sequence[tuple[list[tuple[float, bool]], int]]) -> float:
    """The least score of a link with which F1 is greatest, the highest of several."""
    wanted = sum(links for _, links in cases)
    ranked = sorted((case for found, _ in cases for case in found), reverse=True)
    best, cut, hits = 0.0, 1.0, 0
    for told, (score, right) in enumerate(ranked, 1):
        hits += right
        last_of_its_score = told == len(ranked) or ranked[told][0] < score
        f1 = 2 * hits / (told + wanted)
        if last_of_its_score and f1 > best:
            best, cut = f1, score
    return cut


def _prediction(example: Example, scores: Matrix, linked: Any) -> dict[str, Any]:
    keys = [
        [clause.id.rpartition("/")[2] for clause in side.in_reading_order()] for side in (example.left, example.right)
    ]
    pairs = [(i, j) for i in range(len(keys[0])) for j in range(len(keys[1]))]
    return {
        "pair": example.gold["pair"],
        "links": [
            {"left": keys[0][i], "right": keys[1][j], "relation": "overlap", "kinds": []}
            for i, j in pairs
            if linked[i, j]
        ],
        "scores": [[keys[0][i], keys[1][j], float(scores[i, j])] for i, j in pairs],
    }
