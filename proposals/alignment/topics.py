"""Topics of clauses as vectors: the curated ones, or for clauses without any those that the vocabulary suggests.

A topic counts for itself and, more weakly, for its group, so that two topics of one group are near. Earlier topics of a
clause count for more than later ones, and topics that many clauses carry for less than rare ones.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.features import Matrix, product
from proposals.alignment.text import read
from proposals.alignment.vocabulary import Vocabulary

GROUP_SHARE = 0.4  # of a topic's squared weight; flat between 0.25 and 0.6 on the gold pairs
RANK_DISCOUNT = 0.3  # the k-th topic of a clause weighs 1 / (1 + 0.3 k)
LEAST = 0.2  # suggested topics with less than this share of the best one's evidence are dropped


def topic_cosines(
    left: Sequence[Clause], right: Sequence[Clause], vocabulary: Vocabulary
) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """How near the topics of each pair are, 0..1, and for which pairs both sides have topics, curated or suggested."""
    rarity = topic_rarity([*left, *right])
    weighed = [[_weights(clause, rarity, vocabulary) for clause in side] for side in (left, right)]
    topics = sorted({topic for side in weighed for weights in side for topic in weights})
    place = {topic: k for k, topic in enumerate(topics)}
    groups = {group: k for k, group in enumerate(sorted({_group(topic, vocabulary) for topic in topics}))}
    of_group = np.zeros((len(topics), len(groups)))
    of_group[range(len(topics)), [groups[_group(topic, vocabulary)] for topic in topics]] = sqrt(GROUP_SHARE)
    sides = []
    for side in weighed:
        own = np.zeros((len(side), len(topics)))
        told = [(row, place[topic], weight) for row, weights in enumerate(side) for topic, weight in weights.items()]
        if told:
            rows, columns, values = zip(*told, strict=True)
            own[rows, columns] = values
        both = np.concatenate([own * sqrt(1 - GROUP_SHARE), product(own, of_group.T)], axis=1)
        sides.append(both / np.maximum(np.sqrt((both**2).sum(axis=1, keepdims=True)), 1e-9))
    cosines: Matrix = np.clip(product(*sides), 0.0, 1.0).round(4)
    known = np.logical_and.outer(*([bool(weights) for weights in side] for side in weighed))
    return cosines, known


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


def topic_rarity(clauses: Sequence[Clause]) -> dict[str, float]:
    """How telling each curated topic is among these clauses; never below 1."""
    met = Counter(topic for clause in clauses for topic in set(clause.topics))
    return {topic: 1.0 + log((1 + len(clauses)) / (1 + met[topic])) for topic in sorted(met)}


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


def _weights(clause: Clause, rarity: Mapping[str, float], vocabulary: Vocabulary) -> dict[str, float]:
    if not clause.topics:
        return suggest_topics(clause.text, vocabulary)
    return {
        topic: rarity[topic] / (1 + RANK_DISCOUNT * rank) for rank, topic in enumerate(dict.fromkeys(clause.topics))
    }


def _group(topic: str, vocabulary: Vocabulary) -> str:
    """The group of a topic; a topic that the taxonomy lacks is a group of its own."""
    return vocabulary.groups.get(topic) or f"={topic}"
