"""Matrices that compare the wording of every clause of one proposal with every clause of another.

All entries are within 0..1 and rounded to four decimals, so that no later comparison hangs on the order of additions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from proposals.alignment.text import Counts, Slots

Matrix = npt.NDArray[np.float64]

BLOCK = 16_000_000  # entries of the widest dense block held at once (128 MB)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Side:
    """The slots of all clauses of one side in one run, numbered anew; `owners` tells which clause each belongs to."""

    clauses: int
    slots: Slots
    counts: Counts
    owners: Slots
    rarity: Counts


class Channel:
    """One kind of evidence in the wording (words, grams, concepts) of two lists of texts.

    Each text is given as its sorted unique slots and their weights. How telling a slot is comes from the vocabulary
    (`known` of `documents` clauses have it) and these texts together. Cost: texts x texts x shared slots.
    """

    def __init__(
        self,
        left: Sequence[tuple[Slots, Counts]],
        right: Sequence[tuple[Slots, Counts]],
        known: Counts,
        documents: int,
    ) -> None:
        runs = [np.concatenate([_NONE, *(slots for slots, _ in side)]) for side in (left, right)]
        slots, places = np.unique(np.concatenate(runs), return_inverse=True)
        cut = len(runs[0])
        met = [np.bincount(part, minlength=len(slots)) for part in (places[:cut], places[cut:])]
        total = documents + len(left) + len(right)
        self._slots = slots
        self._rarity = 1.0 + np.log((1.0 + total) / (1.0 + np.minimum(met[0] + met[1] + known[slots], total)))
        shared = (met[0] > 0) & (met[1] > 0)
        self._width = int(shared.sum())
        self._column = np.where(shared, np.cumsum(shared) - 1, -1)
        self._sides = [
            _Side(
                clauses=len(side),
                slots=part,
                counts=np.concatenate([np.zeros(0), *(counts for _, counts in side)]),
                owners=np.repeat(np.arange(len(side)), [len(slots) for slots, _ in side]),
                rarity=self._rarity[part],
            )
            for side, part in ((left, places[:cut]), (right, places[cut:]))
        ]

    def rarity(self) -> dict[int, float]:
        """How telling each slot of the texts is, to four decimals; never below 1."""
        return dict(zip(self._slots.tolist(), np.round(self._rarity, 4).tolist(), strict=True))

    def cosines(self) -> Matrix:
        """Cosine of the weighted slots of each pair; 0 where a side is empty."""
        left, right = ((side, side.counts * side.rarity) for side in self._sides)
        products = self._products(left, right)
        lengths = [np.sqrt(np.bincount(s.owners, weights=v**2, minlength=s.clauses)) for s, v in (left, right)]
        return _share(products, np.multiply.outer(*lengths))

    def coverage(self) -> Matrix:
        """How much of the lighter text of each pair the other covers: shared rarity over the lesser of the two sums."""
        left, right = ((side, np.sqrt(side.rarity)) for side in self._sides)
        shared = self._products(left, right)
        sums = [np.bincount(s.owners, weights=s.rarity, minlength=s.clauses) for s in self._sides]
        return _share(shared, np.minimum.outer(*sums))

    def _products(self, left: tuple[_Side, Counts], right: tuple[_Side, Counts]) -> Matrix:
        """Sums over shared slots of the products of both sides' values."""
        result = np.zeros((left[0].clauses, right[0].clauses))
        if self._width:
            step = max(1, BLOCK // self._width)
            for top in range(0, result.shape[0], step):
                rows = self._dense(*left, top, step)
                for start in range(0, result.shape[1], step):
                    result[top : top + step, start : start + step] = rows @ self._dense(*right, start, step).T
        return result

    def _dense(self, side: _Side, values: Counts, start: int, step: int) -> Matrix:
        """The values of some clauses as rows, cut to the columns of slots that both sides have."""
        columns = self._column[side.slots]
        kept = (columns >= 0) & (side.owners >= start) & (side.owners < start + step)
        dense = np.zeros((min(step, side.clauses - start), self._width))
        dense[side.owners[kept] - start, columns[kept]] = values[kept]
        return dense


_NONE = np.zeros(0, dtype=np.int64)


def _share(part: Matrix, whole: Matrix) -> Matrix:
    share = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return np.round(np.clip(share, 0.0, 1.0), 4)
