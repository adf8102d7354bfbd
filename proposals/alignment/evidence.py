"""What speaks for and against each pair of clauses, as one matrix for each kind of evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.coding import label_in_text, related_topics, shared_matter, shared_places
from proposals.alignment.embedding import Embedder
from proposals.alignment.features import Channel, Matrix, sides
from proposals.alignment.meaning import in_other_tongues, meaning_cosines
from proposals.alignment.text import SLOTS
from proposals.alignment.topics import topic_cosines
from proposals.alignment.vocabulary import Vocabulary

PROFILES = ("coding+text", "topics+text", "text", "wording", "meaning")
_NOWHERE = np.zeros(SLOTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The unweighted matrices of all pairs; `profiles` tells by which of PROFILES each pair is to be scored."""

    parts: Mapping[str, Matrix]
    profiles: npt.NDArray[np.int64]
    concepts: Channel = field(repr=False)


def evidence(
    left: Sequence[Clause], right: Sequence[Clause], *, vocabulary: Vocabulary, embedder: Embedder | None = None
) -> Evidence:
    """The evidence of every pair but how it stands among its rivals, which needs the weights (see rivals.py)."""
    ours, theirs = (sides(tuple(clause.text for clause in side)) for side in (left, right))
    grams = Channel(left=ours[0], right=theirs[0], known=vocabulary.gram_counts, documents=vocabulary.documents)
    concepts = Channel(left=ours[1], right=theirs[1], known=_NOWHERE, documents=0)
    breadths = [[max(1.0, len(set(c.topics))) for c in side] for side in (left, right)]
    topics, suggested = topic_cosines(left, right, vocabulary)
    parts = {
        "characters": grams.cosines(),
        "concepts": concepts.cosines(),
        "covered": concepts.coverage(),
        "topics": topics,
        "breadth": np.round(np.log(np.add.outer(*breadths) / 2), 4),
        "matter": shared_matter(left, right, vocabulary),
        "related": related_topics(left, right, vocabulary),
        "places": shared_places(left, right),
        "label": label_in_text(left, right),
    }
    tagged = np.logical_and.outer([bool(c.topics) for c in left], [bool(c.topics) for c in right])
    coded = tagged & np.logical_and.outer(*([vocabulary.knows(c.topics) for c in side] for side in (left, right)))
    profiles = np.where(coded, 0, np.where(tagged, 1, np.where(suggested, 2, 3)))
    if embedder and not tagged.all():
        foreign = in_other_tongues(left, right) & ~tagged
        if foreign.any():
            parts["meaning"], told = meaning_cosines(left, right, embedder)
            profiles[foreign & told] = 4
    return Evidence(parts=parts, profiles=profiles, concepts=concepts)
