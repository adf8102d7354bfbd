"""The score of a pair of clauses: a logistic sum whose addends are the explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.coding import label_in_text, related_topics, shared_matter, shared_places
from proposals.alignment.features import Channel, Matrix, Side
from proposals.alignment.method import Method
from proposals.alignment.reasons import Reason, Shared
from proposals.alignment.rivals import rivals
from proposals.alignment.text import SLOTS, read
from proposals.alignment.topics import topic_cosines
from proposals.alignment.vocabulary import Vocabulary

PROFILES = ("coding+text", "topics+text", "text", "wording")
NOWHERE = np.zeros(SLOTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """The scores of all pairs of two clause lists.

    `parts` are the unweighted matrices, `profiles` tells for each pair which of PROFILES it is scored by, `chance` are
    the probabilities.
    """

    left: tuple[Clause, ...]
    right: tuple[Clause, ...]
    parts: Mapping[str, Matrix]
    profiles: npt.NDArray[np.int64]
    logits: Matrix
    chance: Matrix
    method: Method
    vocabulary: Vocabulary = field(repr=False)
    words: Channel = field(repr=False)
    rows: Mapping[str, int] = field(repr=False)
    columns: Mapping[str, int] = field(repr=False)

    def place(self, left: str, right: str) -> tuple[int, int] | None:
        """Row and column of a pair of clause ids, None where one of them is not scored."""
        if left not in self.rows or right not in self.columns:
            return None
        return self.rows[left], self.columns[right]

    def nearness(self, row: int, column: int) -> tuple[float, float]:
        """How alike the wording of a pair is and how near its topics are, both 0 to 1."""
        wording = max(float(self.parts[part][row, column]) for part in ("words", "characters", "concepts"))
        return wording, float(self.parts["topics"][row, column])

    def shares_content(self, row: int, column: int) -> bool:
        """Whether a pair has a curated topic or a word or concept in common that is not a mere name or heading."""
        left, right = self.left[row], self.right[column]
        if set(left.topics) & set(right.topics):
            return True
        ours, theirs = read(left.text), read(right.text)
        shared = (ours.content & theirs.content) - ours.names - theirs.names
        return bool(shared) and bool(shared - self._named(left.text) - self._named(right.text))

    def _named(self, text: str) -> frozenset[str]:
        """Stems and concepts of the names of known places and parties in a text, however they are written."""
        names = self.vocabulary.place_names.named(text) | self.vocabulary.actor_names.named(text)
        return frozenset().union(*(read(name).content for name in names.values()))

    def reasons(self, row: int, column: int) -> tuple[Reason, ...]:
        """The addends of one pair, the largest first, the bias last."""
        weights = self.method.weights[PROFILES[self.profiles[row, column]]]
        pair = Shared(left=self.left[row], right=self.right[column], words=self.words, vocabulary=self.vocabulary)
        found = []
        for part, weight in weights.items():
            if part == "bias":
                continue
            value = float(self.parts[part][row, column])
            addend = round(weight * value, 4)
            if addend:
                found.append(Reason(part=part, weight=addend, detail=pair.detail(part, value)))
        found.sort(key=lambda reason: (-abs(reason.weight), reason.part))
        return (*found, Reason(part="bias", weight=round(weights["bias"], 4), detail="what any pair starts from"))


def score_matrix(
    left: Sequence[Clause],
    right: Sequence[Clause],
    *,
    vocabulary: Vocabulary,
    method: Method,
    barred: frozenset[tuple[str, str]] = frozenset(),
    settled: frozenset[str] = frozenset(),
) -> Scores:
    """The scores of every pair.

    Pairs in `barred` (clause ids, left then right) and all pairs of the clauses in `settled` get no chance and rival
    nobody.
    """
    parts, words, suggested = evidence(left, right, vocabulary=vocabulary)
    known, tagged = (
        np.logical_and.outer([test(c) for c in left], [test(c) for c in right])
        for test in (
            lambda c: bool(c.topics) and all(t in vocabulary.ranks for t in c.topics),
            lambda c: bool(c.topics),
        )
    )
    profiles = np.where(known, 0, np.where(tagged, 1, np.where(suggested, 2, 3)))
    weights = [method.weights[profile] for profile in PROFILES]
    own = np.choose(profiles, [_sum(parts, w) for w in weights])
    own = np.round(own, 4)
    rows, columns = ({c.id: n for n, c in enumerate(side)} for side in (left, right))
    out = np.zeros(own.shape, dtype=np.bool_)
    for one, two in barred:
        if one in rows and two in columns:
            out[rows[one], columns[two]] = True
    out[[rows[c] for c in settled if c in rows], :] = True
    out[:, [columns[c] for c in settled if c in columns]] = True
    bias = np.choose(profiles, [w["bias"] for w in weights])
    free = np.where(out, -np.inf, own)
    bound = method.thresholds["rival_bound"]
    # Topics that the vocabulary does not know may be as coarse as one likes, so all other clauses compete.
    parts["rivals"] = np.where(profiles == 0, rivals(free, bias, bound, left, right), rivals(free, bias, bound))
    pull = np.choose(profiles, [w["rivals"] for w in weights])
    logits = np.round(own + pull * parts["rivals"], 4)
    chance = np.where(out, 0.0, np.round(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), 4))
    return Scores(
        left=tuple(left),
        right=tuple(right),
        parts=parts,
        profiles=profiles,
        logits=logits,
        chance=chance,
        method=method,
        vocabulary=vocabulary,
        words=words,
        rows=rows,
        columns=columns,
    )


def evidence(
    left: Sequence[Clause], right: Sequence[Clause], *, vocabulary: Vocabulary
) -> tuple[dict[str, Matrix], Channel, npt.NDArray[np.bool_]]:
    """The matrices of all parts but `rivals`, the channel of words, and which pairs have topics or suggested ones."""
    words, characters, concepts = channels(tuple(c.text for c in left), tuple(c.text for c in right), vocabulary)
    breadths = [[max(1.0, len(set(c.topics))) for c in side] for side in (left, right)]
    topics, known = topic_cosines(left, right, vocabulary)
    parts = {
        "words": words.cosines(),
        "characters": characters.cosines(),
        "concepts": concepts.cosines(),
        "covered": concepts.coverage(),
        "topics": topics,
        "breadth": np.round(np.log(np.add.outer(*breadths) / 2), 4),
        "matter": shared_matter(left, right, vocabulary),
        "related": related_topics(left, right, vocabulary),
        "places": shared_places(left, right),
        "label": label_in_text(left, right),
    }
    return parts, words, known


def channels(left: tuple[str, ...], right: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Channel, Channel, Channel]:
    """The words, the characters and the concepts of two lists of texts."""
    ours, theirs = _sides(left), _sides(right)
    return (
        Channel(left=ours[0], right=theirs[0], known=vocabulary.word_counts, documents=vocabulary.documents),
        Channel(left=ours[1], right=theirs[1], known=vocabulary.gram_counts, documents=vocabulary.documents),
        Channel(left=ours[2], right=theirs[2], known=NOWHERE, documents=0),
    )


@lru_cache(maxsize=256)
def _sides(texts: tuple[str, ...]) -> tuple[Side, Side, Side]:
    """The words, the characters and the concepts of one list of texts."""
    found = [read(text) for text in texts]
    return (
        Side.of([(text.word_slots, text.word_weights) for text in found]),
        Side.of([(text.gram_slots, text.gram_weights) for text in found]),
        Side.of([(text.concept_slots, text.concept_weights) for text in found]),
    )


def _sum(parts: Mapping[str, Matrix], weights: Mapping[str, float]) -> Matrix:
    total = np.full(next(iter(parts.values())).shape, weights["bias"])
    for part, weight in weights.items():
        if part in parts:
            total = total + weight * parts[part]
    return total
