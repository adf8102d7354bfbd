"""The score of a pair of clauses: a logistic sum whose addends are the explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.features import Matrix, cosines, coverage, inverse_frequencies
from proposals.alignment.method import Method
from proposals.alignment.text import TextFeatures, read
from proposals.alignment.topics import topic_cosines
from proposals.alignment.vocabulary import Vocabulary

SHOWN = 3  # words named in a reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One addend of a score: its name, what it adds to the logit, and in plain words what was shared."""

    part: str
    weight: float
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """The scores of all pairs of two clause lists. `parts` are the unweighted matrices, `chance` the probabilities."""

    left: tuple[Clause, ...]
    right: tuple[Clause, ...]
    parts: Mapping[str, Matrix]
    tagged: npt.NDArray[np.bool_]
    logits: Matrix
    chance: Matrix
    method: Method
    rarity: npt.NDArray[np.float64] = field(repr=False)
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

    def reasons(self, row: int, column: int) -> tuple[Reason, ...]:
        """The addends of one pair, the largest first, the bias last."""
        weights = self.method.weights["topics+text" if self.tagged[row, column] else "text"]
        left, right = self.left[row], self.right[column]
        found = []
        for part, weight in weights.items():
            if part == "bias":
                continue
            value = float(self.parts[part][row, column])
            addend = round(weight * value, 4)
            if addend:
                found.append(Reason(part=part, weight=addend, detail=self._detail(part, left, right, value)))
        found.sort(key=lambda reason: (-abs(reason.weight), reason.part))
        return (*found, Reason(part="bias", weight=round(weights["bias"], 4), detail="what any pair starts from"))

    def _detail(self, part: str, left: Clause, right: Clause, value: float) -> str:
        if part == "topics":
            shared = [topic for topic in left.topics if topic in right.topics]
            return ", ".join(shared) or ("topics near each other" if left.topics and right.topics else "suggested topics")
        if part == "breadth":
            return f"{len(set(left.topics))} and {len(set(right.topics))} topics"
        if part == "words":
            return ", ".join(self._shared_words(read(left.text), read(right.text)))
        if part == "concepts":
            theirs = set(read(right.text).concepts)
            return ", ".join([concept for concept in read(left.text).concepts if concept in theirs][:SHOWN])
        if part == "rivals":
            return "closest in its row and column" if value > 0 else "another clause is closer"
        return f"{value:.2f}"

    def _shared_words(self, left: TextFeatures, right: TextFeatures) -> list[str]:
        shared = np.intersect1d(left.word_slots, right.word_slots)
        ranked = sorted(shared.tolist(), key=lambda slot: (-self.rarity[slot], left.word_of_slot[slot]))
        return [left.word_of_slot[slot] for slot in ranked[:SHOWN]]


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
    parts, rarity = evidence(left, right, vocabulary=vocabulary)
    tagged = np.logical_and.outer([bool(c.topics) for c in left], [bool(c.topics) for c in right])
    own = np.where(tagged, _sum(parts, method.weights["topics+text"]), _sum(parts, method.weights["text"]))
    own = np.round(own, 4)
    rows, columns = ({c.id: n for n, c in enumerate(side)} for side in (left, right))
    out = np.zeros(own.shape, dtype=np.bool_)
    for one, two in barred:
        if one in rows and two in columns:
            out[rows[one], columns[two]] = True
    out[[rows[c] for c in settled if c in rows], :] = True
    out[:, [columns[c] for c in settled if c in columns]] = True
    parts["rivals"] = rivals(np.where(out, -np.inf, own), method.thresholds["rival_bound"])
    pull = np.where(tagged, method.weights["topics+text"]["rivals"], method.weights["text"]["rivals"])
    logits = np.round(own + pull * parts["rivals"], 4)
    chance = np.where(out, 0.0, np.round(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), 4))
    return Scores(
        left=tuple(left),
        right=tuple(right),
        parts=parts,
        tagged=tagged,
        logits=logits,
        chance=chance,
        method=method,
        rarity=rarity,
        rows=rows,
        columns=columns,
    )


def evidence(
    left: Sequence[Clause], right: Sequence[Clause], *, vocabulary: Vocabulary
) -> tuple[dict[str, Matrix], npt.NDArray[np.float64]]:
    """The matrices of all parts but `rivals`, and how telling each word is."""
    ours, theirs = [read(c.text) for c in left], [read(c.text) for c in right]
    word_rarity = inverse_frequencies(
        [t.word_slots for t in ours], [t.word_slots for t in theirs], vocabulary.word_counts, vocabulary.documents
    )
    gram_rarity = inverse_frequencies(
        [t.gram_slots for t in ours], [t.gram_slots for t in theirs], vocabulary.gram_counts, vocabulary.documents
    )
    none = np.zeros_like(word_rarity)
    concept_rarity = inverse_frequencies([t.concept_slots for t in ours], [t.concept_slots for t in theirs], none, 0)
    parts = {
        "words": cosines(
            [(t.word_slots, t.word_weights) for t in ours], [(t.word_slots, t.word_weights) for t in theirs], word_rarity
        ),
        "characters": cosines(
            [(t.gram_slots, t.gram_weights) for t in ours], [(t.gram_slots, t.gram_weights) for t in theirs], gram_rarity
        ),
        "concepts": cosines(
            [(t.concept_slots, t.concept_weights) for t in ours],
            [(t.concept_slots, t.concept_weights) for t in theirs],
            concept_rarity,
        ),
        "covered": coverage([t.concept_slots for t in ours], [t.concept_slots for t in theirs], concept_rarity),
        "topics": topic_cosines(left, right, vocabulary),
        "breadth": np.round(np.log(np.add.outer(*[[max(1.0, len(set(c.topics))) for c in s] for s in (left, right)]) / 2), 4),
    }
    return parts, word_rarity


def rivals(own: Matrix, bound: float) -> Matrix:
    """How far each pair is ahead of (or behind) the best other pair of its row and of its column, averaged, bounded."""
    return np.round((_lead(own, bound) + _lead(own.T, bound).T) / 2, 4)


def _lead(own: Matrix, bound: float) -> Matrix:
    if own.shape[1] < 2:
        return np.full(own.shape, 0.0)
    top = np.sort(own, axis=1)[:, -2:]
    best, second = top[:, 1:], top[:, :1]
    with np.errstate(invalid="ignore"):
        lead = own - np.where(own == best, second, best)
    return np.clip(np.nan_to_num(lead, nan=-bound, posinf=bound, neginf=-bound), -bound, bound)


def _sum(parts: Mapping[str, Matrix], weights: Mapping[str, float]) -> Matrix:
    total = np.full(next(iter(parts.values())).shape, weights["bias"])
    for part, weight in weights.items():
        if part in parts:
            total = total + weight * parts[part]
    return total
