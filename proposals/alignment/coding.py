"""Matrices that compare what is coded on clauses, beside the nearness of their topics (topics.py).

Clauses without the coding in question get 0. All entries are within 0..1 and rounded to four decimals.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from proposals.alignment.clause import Clause
from proposals.alignment.features import Matrix, Overlap, Side, product, sides
from proposals.alignment.text import read
from proposals.alignment.topics import holders
from proposals.alignment.vocabulary import Vocabulary


def shared_matter(left: Sequence[Clause], right: Sequence[Clause], vocabulary: Vocabulary) -> Matrix:
    """How far a shared topic makes one matter: the greatest concentration of the topics that a pair shares.

    Where each text has one clause on a topic, two clauses on it answer each other; where each has five, they need not.
    """
    found = np.zeros((len(left), len(right)))
    ours, theirs = holders(left), holders(right)
    for topic in sorted(ours.keys() & theirs.keys(), key=vocabulary.concentration):
        found[np.ix_(ours[topic], theirs[topic])] = vocabulary.concentration(topic)
    return found.round(4)


def related_topics(left: Sequence[Clause], right: Sequence[Clause], vocabulary: Vocabulary) -> Matrix:
    """How often the clauses of the vocabulary carry both of two different topics, the best two of each pair."""
    if not left or not right:
        return np.zeros((len(left), len(right)))
    (rows, starts), (columns, breaks) = (
        _places_of_topics(tuple(clause.topics for clause in side), vocabulary) for side in (left, right)
    )
    reach = np.maximum.reduceat(vocabulary.related[rows], starts, axis=0)
    return np.maximum.reduceat(reach[:, columns], breaks, axis=1).round(4)


@lru_cache(maxsize=512)
def _places_of_topics(carried: tuple[tuple[str, ...], ...], vocabulary: Vocabulary) -> tuple[list[int], list[int]]:
    """The places of all topics, clause after clause, and where each clause begins; no topic is an unknown one."""
    places: list[int] = []
    starts = []
    for topics in carried:
        starts.append(len(places))
        places += [vocabulary.place_of(topic) for topic in topics or ("",)]
    return places, starts


def shared_places(left: Sequence[Clause], right: Sequence[Clause]) -> Matrix:
    """The share of places that two clauses have in common among all places of either."""
    places = {place: k for k, place in enumerate(sorted({p for clause in (*left, *right) for p in clause.territories}))}
    if not places:
        return np.zeros((len(left), len(right)))
    ours, theirs = (_incidence([c.territories for c in side], places) for side in (left, right))
    shared = product(ours, theirs)
    either = np.add.outer(ours.sum(axis=1), theirs.sum(axis=1)) - shared
    return np.divide(shared, either, out=np.zeros_like(shared), where=either > 0).round(4)


def label_in_text(left: Sequence[Clause], right: Sequence[Clause]) -> Matrix:
    """How much of the label of one clause the other's text says, in concepts; the better of the two ways."""
    there = _said(left, right)
    back = _said(right, left).T
    return np.maximum(there, back)


def _said(labelled: Sequence[Clause], telling: Sequence[Clause]) -> Matrix:
    labels = _concepts_of_labels(tuple(clause.label for clause in labelled))
    _, texts = sides(tuple(clause.text for clause in telling))
    shared = Overlap(left=labels, right=texts).counts()
    size = np.bincount(labels.owners, minlength=labels.clauses)
    return (shared / np.maximum(size, 1)[:, None]).round(4)


@lru_cache(maxsize=256)
def _concepts_of_labels(labels: tuple[str, ...]) -> Side:
    found = [read(label) for label in labels]
    return Side.of([(label.concept_slots, label.concept_weights) for label in found])


def _incidence(held: Sequence[Sequence[str]], column: dict[str, int]) -> Matrix:
    found = np.zeros((len(held), len(column)))
    rows = [row for row, names in enumerate(held) for _ in names]
    found[rows, [column[name] for names in held for name in names]] = 1
    return found
