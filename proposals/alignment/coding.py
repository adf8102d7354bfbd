"""Matrices that compare what is coded on clauses, beside the nearness of their topics (topics.py).

Clauses without the coding in question get 0. All entries are within 0..1 and rounded to four decimals.
"""

from collections.abc import Sequence

import numpy as np

from proposals.alignment.clause import Clause
from proposals.alignment.features import Channel, Matrix, Side
from proposals.alignment.text import SLOTS, read
from proposals.alignment.topics import holders
from proposals.alignment.vocabulary import Vocabulary


def shared_matter(left: Sequence[Clause], right: Sequence[Clause], vocabulary: Vocabulary) -> Matrix:
    """How far a shared topic makes one matter: the greatest concentration of the topics that a pair shares.

    Where each text has one clause on a topic, two clauses on it answer each other; where each has five, they need not.
    """
    found = np.zeros((len(left), len(right)))
    ours, theirs = holders(left), holders(right)
    for topic in sorted(ours.keys() & theirs.keys()):
        block = np.ix_(ours[topic], theirs[topic])
        found[block] = np.maximum(found[block], vocabulary.concentration(topic))
    return np.round(found, 4)


def related_topics(left: Sequence[Clause], right: Sequence[Clause], vocabulary: Vocabulary) -> Matrix:
    """How often the clauses of the vocabulary carry both of two different topics, the best two of each pair."""
    topics = sorted({topic for clause in (*left, *right) for topic in clause.topics})
    if not topics:
        return np.zeros((len(left), len(right)))
    column = {topic: k for k, topic in enumerate(topics)}
    together = np.array([[vocabulary.togetherness(one, two) for two in topics] for one in topics])
    reach = np.zeros((len(left), len(topics)))
    for row, clause in enumerate(left):
        if clause.topics:
            reach[row] = together[[column[topic] for topic in clause.topics]].max(axis=0)
    found = np.zeros((len(left), len(right)))
    for at, clause in enumerate(right):
        if clause.topics:
            found[:, at] = reach[:, [column[topic] for topic in clause.topics]].max(axis=1)
    return np.round(found, 4)


def shared_places(left: Sequence[Clause], right: Sequence[Clause]) -> Matrix:
    """The share of places that two clauses have in common among all places of either."""
    places = {place: k for k, place in enumerate(sorted({p for clause in (*left, *right) for p in clause.territories}))}
    ours, theirs = (_incidence([c.territories for c in side], places) for side in (left, right))
    shared = ours @ theirs.T
    either = np.add.outer(ours.sum(axis=1), theirs.sum(axis=1)) - shared
    return np.round(np.divide(shared, either, out=np.zeros_like(shared), where=either > 0), 4)


def label_in_text(left: Sequence[Clause], right: Sequence[Clause]) -> Matrix:
    """How much of the label of one clause the other's text says, in concepts; the better of the two ways."""
    there = _said(left, right)
    back = _said(right, left).T
    return np.maximum(there, back)


def _said(labelled: Sequence[Clause], telling: Sequence[Clause]) -> Matrix:
    labels, texts = [read(c.label) for c in labelled], [read(c.text) for c in telling]
    channel = Channel(
        left=Side.of([(label.concept_slots, label.concept_weights) for label in labels]),
        right=Side.of([(text.concept_slots, text.concept_weights) for text in texts]),
        known=_NOTHING,
        documents=0,
    )
    size = np.array([[len(label.concept_slots)] for label in labels])
    return np.round(channel.shared() / np.maximum(size, 1), 4) if labels else channel.shared()


_NOTHING = np.zeros(SLOTS)


def _incidence(held: Sequence[Sequence[str]], column: dict[str, int]) -> Matrix:
    found = np.zeros((len(held), len(column)))
    for row, names in enumerate(held):
        found[row, [column[name] for name in names]] = 1
    return found
