"""The score of a pair of clauses: a logistic sum whose addends are the explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from proposals.alignment.clause import Clause
from proposals.alignment.embedding import Embedder
from proposals.alignment.evidence import PROFILES, Evidence, evidence
from proposals.alignment.features import Matrix
from proposals.alignment.method import Method
from proposals.alignment.reasons import Reason, Shared
from proposals.alignment.rivals import rivals
from proposals.alignment.text import read
from proposals.alignment.vocabulary import Vocabulary


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
    rarity: Mapping[int, float] = field(repr=False)
    rows: Mapping[str, int] = field(repr=False)
    columns: Mapping[str, int] = field(repr=False)

    def place(self, left: str, right: str) -> tuple[int, int] | None:
        """Row and column of a pair of clause ids, None where one of them is not scored."""
        if left not in self.rows or right not in self.columns:
            return None
        return self.rows[left], self.columns[right]

    def nearness(self, row: int, column: int) -> tuple[float, float]:
        """How alike the wording of a pair is and how near its topics are, both 0 to 1."""
        told = ("characters", "concepts", "meaning")
        wording = max(float(self.parts[part][row, column]) for part in told if part in self.parts)
        return wording, float(self.parts["topics"][row, column])

    def shares_content(self, row: int, column: int) -> bool:
        """Whether a pair shares more than names and headings: a curated topic, a word, a concept or its meaning."""
        left, right = self.left[row], self.right[column]
        if set(left.topics) & set(right.topics):
            return True
        ours, theirs = self._content(left.text), self._content(right.text)
        if PROFILES[self.profiles[row, column]] == "meaning":
            near = self.parts["meaning"][row, column] >= self.method.thresholds["meaning"]
            return bool(near and ours and theirs)
        return bool(ours & theirs)

    def _content(self, text: str) -> frozenset[str]:
        """The stems and concepts of a text that belong to no name, heading or signature."""
        said = read(text)
        names = self.vocabulary.place_names.named(text) | self.vocabulary.actor_names.named(text)
        return said.content - said.names - frozenset().union(*(read(name).content for name in names.values()))

    def reasons(self, row: int, column: int) -> tuple[Reason, ...]:
        """The addends of one pair, the largest first, the bias last."""
        weights = self.method.weights[PROFILES[self.profiles[row, column]]]
        pair = Shared(left=self.left[row], right=self.right[column], rarity=self.rarity, vocabulary=self.vocabulary)
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
    embedder: Embedder | None = None,
    barred: frozenset[tuple[str, str]] = frozenset(),
    settled: frozenset[str] = frozenset(),
) -> Scores:
    """The scores of every pair.

    Pairs in `barred` (clause ids, left then right) and all pairs of the clauses in `settled` get no chance and rival
    nobody.
    """
    found = evidence(left, right, vocabulary=vocabulary, embedder=embedder)
    own, bias, pull = _sums(found, method)
    rows, columns = ({c.id: n for n, c in enumerate(side)} for side in (left, right))
    out = np.zeros(own.shape, dtype=np.bool_)
    for one, two in barred:
        if one in rows and two in columns:
            out[rows[one], columns[two]] = True
    out[[rows[c] for c in settled if c in rows], :] = True
    out[:, [columns[c] for c in settled if c in columns]] = True
    free = np.where(out, -np.inf, own)
    bound = method.thresholds["rival_bound"]
    coded = found.profiles == 0
    # Topics that the vocabulary does not know may be as coarse as one likes, so all other clauses compete.
    lead = rivals(free, bias, bound, left, right) if coded.any() else np.zeros_like(own)
    if not coded.all():
        lead = np.where(coded, lead, rivals(free, bias, bound))
    logits = np.round(own + pull * lead, 4)
    chance = np.where(out, 0.0, np.round(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), 4))
    return Scores(
        left=tuple(left),
        right=tuple(right),
        parts={**found.parts, "rivals": lead},
        profiles=found.profiles,
        logits=logits,
        chance=chance,
        method=method,
        vocabulary=vocabulary,
        rarity=found.concepts.rarities(),
        rows=rows,
        columns=columns,
    )


def _sums(found: Evidence, method: Method) -> tuple[Matrix, Matrix, Matrix]:
    """The weighted sum of the evidence of each pair by its profile, its bias, and the weight of its rivals."""
    own, bias, pull = (np.zeros(found.profiles.shape) for _ in range(3))
    for number in np.unique(found.profiles).tolist():
        weights = method.weights[PROFILES[number]]
        here = found.profiles == number
        total = np.full(found.profiles.shape, weights["bias"])
        for part, weight in weights.items():
            if part in found.parts:
                total += weight * found.parts[part]
        own[here], bias[here], pull[here] = total[here], weights["bias"], weights["rivals"]
    return np.round(own, 4), bias, pull
