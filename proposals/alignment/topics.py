"""Topics of clauses as vectors: the curated ones, or for clauses without any those that the vocabulary suggests.

A topic counts for itself and, more weakly, for its group, so that two topics of one group are near. Earlier topics of a
clause count for more than later ones, and topics that many clauses carry for less than rare ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.features import Matrix, product
from proposals.alignment.text import Counts, Slots, read
from proposals.alignment.vocabulary import Vocabulary

GROUP_SHARE = 0.4  # of a topic's squared weight; flat between 0.25 and 0.6 on the gold pairs
RANK_DISCOUNT = 0.3  # the k-th topic of a clause weighs 1 / (1 + 0.3 k)
LEAST = 0.2  # suggested topics with less than this share of the best one's evidence are dropped


def topic_cosines(
    left: Sequence[Clause], right: Sequence[Clause], vocabulary: Vocabulary
) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """How near the topics of each pair are, 0..1, and for which pairs both sides have topics, curated or suggested."""
    carried = [
        _carried(tuple((c.topics, "" if c.topics else c.text) for c in side), vocabulary) for side in (left, right)
    ]
    topics = sorted({topic for side in carried for topic in side.topics})
    place = {topic: k for k, topic in enumerate(topics)}
    columns = [np.array([place[topic] for topic in side.topics], dtype=np.int64) for side in carried]
    met = sum(np.bincount(at[side.curated], minlength=len(topics)) for at, side in zip(columns, carried, strict=True))
    rarity = 1.0 + np.log((1 + len(left) + len(right)) / (1 + met))
    to_group = _to_groups(tuple(topics), vocabulary)
    sides = []
    for clauses, side, at in zip((left, right), carried, columns, strict=True):
        own = np.zeros((len(clauses), len(topics)))
        own[side.rows, at] = side.weights * np.where(side.curated, rarity[at], 1.0)
        both = np.concatenate([own * sqrt(1 - GROUP_SHARE), product(own, to_group)], axis=1)
        sides.append(both / np.maximum(np.sqrt((both**2).sum(axis=1, keepdims=True)), 1e-9))
    cosines: Matrix = np.clip(product(*sides), 0.0, 1.0).round(4)
    return cosines, np.logical_and.outer(*(side.any(axis=1) for side in sides))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Carried:
    """The topics of all clauses of a side, entry by entry: of which clause, how early, and whether it is curated."""

    rows: Slots
    topics: tuple[str, ...]
    weights: Counts
    curated: npt.NDArray[np.bool_]


@lru_cache(maxsize=512)
def _carried(clauses: tuple[tuple[tuple[str, ...], str], ...], vocabulary: Vocabulary) -> _Carried:
    """What clauses carry, each given by its topics or else its text, to which topics are suggested."""
    told: list[tuple[int, str, float, bool]] = []
    for row, (topics, text) in enumerate(clauses):
        if topics:
            ranked = enumerate(dict.fromkeys(topics))
            told += [(row, topic, 1 / (1 + RANK_DISCOUNT * rank), True) for rank, topic in ranked]
        else:
            told += [(row, topic, weight, False) for topic, weight in suggest_topics(text, vocabulary).items()]
    return _Carried(
        rows=np.array([row for row, _, _, _ in told], dtype=np.int64),
        topics=tuple(topic for _, topic, _, _ in told),
        weights=np.array([weight for _, _, weight, _ in told], dtype=np.float64),
        curated=np.array([curated for _, _, _, curated in told], dtype=np.bool_),
    )


@lru_cache(maxsize=1024)
def _to_groups(topics: tuple[str, ...], vocabulary: Vocabulary) -> Matrix:
    """Groups x topics: what each topic adds to its group. A topic that the taxonomy lacks is a group of its own."""
    groups = [vocabulary.groups.get(topic) or f"={topic}" for topic in topics]
    names = sorted(set(groups))
    table = np.zeros((len(names), len(topics)))
    table[[names.index(group) for group in groups], range(len(topics))] = sqrt(GROUP_SHARE)
    return table


def holders(clauses: Sequence[Clause]) -> Mapping[str, Sequence[int]]:
    """The places in the list of the clauses that carry each curated topic."""
    return _holders(tuple(clause.topics for clause in clauses))


@lru_cache(maxsize=512)
def _holders(carried: tuple[tuple[str, ...], ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, topics in enumerate(carried):
        for topic in dict.fromkeys(topics):
            found.setdefault(topic, []).append(place)
    return found


def suggest_topics(text: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Topics of the taxonomy that the wording points to, with weights up to 1, the best first.

    Evidence is how much more often the words of the text stand in clauses (and definitions) of a topic than elsewhere.
    """
    features = read(text)
    evidence = vocabulary.topic_evidence(np.union1d(features.word_slots, features.concept_slots))
    best = max(evidence.values(), default=0.0)
    if best <= 0:
        return {}
    kept = {topic: (value / best) ** 2 for topic, value in evidence.items() if value >= LEAST * best}
    return dict(sorted(kept.items(), key=lambda item: (-round(item[1], 4), vocabulary.topic_key(item[0]))))
