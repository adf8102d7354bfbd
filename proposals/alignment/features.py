"""Matrices that compare every clause of one proposal with every clause of another, one matrix for each kind of evidence.

All entries are within 0..1 and rounded to four decimals, so that no later comparison hangs on the order of additions.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from proposals.alignment.text import SLOTS, Counts, Slots

Matrix = npt.NDArray[np.float64]
Bag = Mapping[str, float]

BLOCK = 16_000_000  # entries of the widest dense block held at once (128 MB)


def inverse_frequencies(
    left: Sequence[Slots], right: Sequence[Slots], known: Counts, documents: int
) -> Counts:
    """How telling each slot is, from the vocabulary and these two texts together; never below 1."""
    met = known + np.bincount(np.concatenate([*left, *right, np.zeros(0, dtype=np.int64)]), minlength=SLOTS)
    total = documents + len(left) + len(right)
    weights: Counts = 1.0 + np.log((1.0 + total) / (1.0 + np.minimum(met, total)))
    return weights


def cosines(
    left: Sequence[tuple[Slots, Counts]], right: Sequence[tuple[Slots, Counts]], rarity: Counts
) -> Matrix:
    """Cosine of the weighted slots of each pair; 0 where a side is empty. Cost: clauses x clauses x shared slots."""
    result = np.zeros((len(left), len(right)))
    if not left or not right:
        return result
    left_slots, right_slots = [np.concatenate([slots for slots, _ in side]) for side in (left, right)]
    seen = np.zeros(SLOTS, dtype=np.int8)
    seen[left_slots] |= 1
    seen[right_slots] |= 2
    column = np.cumsum(seen == 3) - 1
    width = int(column[-1]) + 1
    if width == 0:
        return result
    step = max(1, BLOCK // width)
    for top in range(0, len(left), step):
        rows = _dense(left[top : top + step], rarity, seen, column, width)
        for start in range(0, len(right), step):
            columns = _dense(right[start : start + step], rarity, seen, column, width)
            result[top : top + step, start : start + step] = rows @ columns.T
    return np.round(np.clip(result, 0.0, 1.0), 4)


def _dense(
    side: Sequence[tuple[Slots, Counts]], rarity: Counts, seen: npt.NDArray[np.int8], column: Slots, width: int
) -> Matrix:
    slots = np.concatenate([s for s, _ in side])
    owner = np.repeat(np.arange(len(side)), [len(s) for s, _ in side])
    values = np.concatenate([w for _, w in side]) * rarity[slots]
    norms = np.sqrt(np.bincount(owner, weights=values**2, minlength=len(side)))
    values = values / norms[owner]
    shared = seen[slots] == 3
    dense = np.zeros((len(side), width))
    dense[owner[shared], column[slots[shared]]] = values[shared]
    return dense


def coverage(left: Sequence[Slots], right: Sequence[Slots], rarity: Counts) -> Matrix:
    """How much of the lighter text of each pair the other covers: shared weight over the lesser weight of the two."""
    result = np.zeros((len(left), len(right)))
    weights = [np.array([rarity[slots].sum() for slots in side]) for side in (left, right)]
    rooted = [[(slots, np.ones(len(slots))) for slots in side] for side in (left, right)]
    if left and right:
        norms = np.sqrt(np.multiply.outer(*weights))
        lesser = np.minimum.outer(*weights)
        shared = cosines(rooted[0], rooted[1], np.sqrt(rarity)) * norms
        result = np.divide(shared, lesser, out=result, where=lesser > 0)
    return np.round(np.clip(result, 0.0, 1.0), 4)
