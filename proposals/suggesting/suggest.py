"""Suggestions for the clauses of a text."""

from collections.abc import Sequence
from itertools import repeat

from proposals.suggesting.knowledge import Knowledge
from proposals.suggesting.modality import modality
from proposals.suggesting.parties import parties, territories
from proposals.suggesting.suggestion import KINDS, Suggestion
from proposals.suggesting.terms import terms
from proposals.suggesting.topics import topics
from proposals.suggesting.words import READ, meanings_of, words_of


def suggest(
    texts: Sequence[str], *, knowledge: Knowledge, labels: Sequence[str] = ()
) -> tuple[tuple[Suggestion, ...], ...]:
    """What each text might be coded with, by kind as in KINDS, then the likeliest first, then by place.

    A label helps to find topics; all places are in the text. Texts are read up to 20,000 characters. At most five
    topics, one modality. Words are English; names are of any language.
    """
    return tuple(
        _suggestions(text, label, knowledge)
        for text, label in zip(texts, labels or repeat("", len(texts)), strict=True)
    )


def _suggestions(text: str, label: str, knowledge: Knowledge) -> tuple[Suggestion, ...]:
    text = text[:READ]
    words = words_of(text)
    meanings = list(dict.fromkeys((*meanings_of(label), *(one for word in words for one in word.meanings))))
    found = [
        *topics(text, words, meanings, knowledge),
        *parties(text, words, meanings, knowledge),
        *territories(text, words, meanings, knowledge),
        *modality(text),
        *terms(text, words, knowledge),
    ]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), -one.score, one.start, one.key)))
