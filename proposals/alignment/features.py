"""Matrices that compare the wording of every clause of one proposal with every clause of another.

All entries are within 0..1 and rounded to four decimals, so that no later comparison hangs on the order of additions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from proposals.alignment.text import Counts, Slots, read

Matrix = npt.NDArray[np.float64]

BLOCK = 16_000_000  # entries of the widest dense block held at once (128 MB)
# A product of up to so many multiplications is done by one thread. Waking others costs more processor time than they
# save, which is worth it for a HUGE product alone; TILE is the side of the pieces that others are cut into.
ONE_THREAD, HUGE, TILE = 200_000, 2_000_000_000, 48


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Side:
    """All slots of the clauses of one text, entry by entry: in which clause, which of `slots`, and how often (weight).

    `slots` are sorted and unique, `met` tells how many clauses have each.
    """

    clauses: int
    slots: Slots
    met: Counts
    owners: Slots
    places: Slots
    counts: Counts

    @classmethod
    def of(cls, texts: Sequence[tuple[Slots, Counts]]) -> "Side":
        """The side of these clauses, each given as its sorted unique slots and their weights."""
        run = np.concatenate([_NONE, *(slots for slots, _ in texts)])
        slots, places = np.unique(run, return_inverse=True)
        return cls(
            clauses=len(texts),
            slots=slots,
            met=np.bincount(places, minlength=len(slots)).astype(np.float64),
            owners=np.repeat(np.arange(len(texts)), [len(slots) for slots, _ in texts]),
            places=places,
            counts=np.concatenate([np.zeros(0), *(counts for _, counts in texts)]),
        )


@lru_cache(maxsize=256)
def sides(texts: tuple[str, ...]) -> tuple[Side, Side]:
    """The characters and the concepts of some texts."""
    found = [read(text) for text in texts]
    return (
        Side.of([(text.gram_slots, text.gram_weights) for text in found]),
        Side.of([(text.concept_slots, text.concept_weights) for text in found]),
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Weighted:
    """A side with how telling each of its entries is, and its column among the shared slots (-1: not shared)."""

    side: Side
    rarity: Counts
    columns: Slots


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Channel:
    """One kind of evidence in the wording (grams, concepts) of two texts.

    How telling a slot is comes from the vocabulary (`known` of `documents` clauses have it) and these texts together.
    Cost: texts x texts x shared slots.
    """

    left: Side
    right: Side
    known: Counts
    documents: int
    _sides: tuple[_Weighted, _Weighted] = field(init=False, repr=False)
    _width: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        shared, ours, theirs = _in_both(self.left.slots, self.right.slots)
        sides = []
        for side, other, here, there in (
            (self.left, self.right, ours, theirs),
            (self.right, self.left, theirs, ours),
        ):
            met = side.met + self.known[side.slots]
            met[here] += other.met[there]
            columns = np.full(len(side.slots), -1)
            columns[here] = np.arange(shared)
            rarity = self._telling(met)[side.places]
            sides.append(_Weighted(side=side, rarity=rarity, columns=columns[side.places]))
        object.__setattr__(self, "_width", shared)
        object.__setattr__(self, "_sides", tuple(sides))

    def rarities(self) -> dict[int, float]:
        """How telling each slot is that both texts have, to four decimals; never below 1."""
        left, _ = self._sides
        shared = np.flatnonzero(left.columns >= 0)
        slots = self.left.slots[left.side.places[shared]]
        return dict(zip(slots.tolist(), left.rarity[shared].round(4).tolist(), strict=True))

    def cosines(self) -> Matrix:
        """Cosine of the weighted slots of each pair; 0 where a side is empty."""
        values = [part.side.counts * part.rarity for part in self._sides]
        lengths = [np.sqrt(self._sums(part, value**2)) for part, value in zip(self._sides, values, strict=True)]
        return _share(self._products(*values), np.multiply.outer(*lengths))

    def shared(self) -> Matrix:
        """How many slots each pair has in common."""
        return self._products(*(np.ones_like(part.side.counts) for part in self._sides))

    def coverage(self) -> Matrix:
        """How much of the lighter text of each pair the other covers: shared rarity over the lesser of the two sums."""
        shared = self._products(*(np.sqrt(part.rarity) for part in self._sides))
        return _share(shared, np.minimum.outer(*(self._sums(part, part.rarity) for part in self._sides)))

    def _telling(self, met: Counts | float) -> Counts:
        total = self.documents + self.left.clauses + self.right.clauses
        telling: Counts = 1.0 + np.log((1.0 + total) / (1.0 + np.minimum(met, total)))
        return telling

    def _sums(self, part: _Weighted, values: Counts) -> Counts:
        return np.bincount(part.side.owners, weights=values, minlength=part.side.clauses).astype(np.float64)

    def _products(self, ours: Counts, theirs: Counts) -> Matrix:
        """Sums over shared slots of the products of both sides' values, in blocks of clauses."""
        left, right = self._sides
        result = np.zeros((left.side.clauses, right.side.clauses))
        if self._width:
            step = max(1, BLOCK // self._width)
            for top in range(0, result.shape[0], step):
                rows = self._dense(left, ours, top, step)
                for start in range(0, result.shape[1], step):
                    columns = self._dense(right, theirs, start, step)
                    result[top : top + step, start : start + step] = _product(rows, columns)
        return result

    def _dense(self, part: _Weighted, values: Counts, start: int, step: int) -> Matrix:
        """The values of some clauses as rows, cut to the columns of slots that both sides have."""
        owners = part.side.owners
        kept = (part.columns >= 0) & (owners >= start) & (owners < start + step)
        dense = np.zeros((min(step, part.side.clauses - start), self._width))
        dense[owners[kept] - start, part.columns[kept]] = values[kept]
        return dense


_NONE = np.zeros(0, dtype=np.int64)


def _in_both(ours: Slots, theirs: Slots) -> tuple[int, Slots, Slots]:
    """How many slots two sorted unique lists share, and where these stand in each."""
    if not len(theirs):
        return 0, _NONE, _NONE
    at = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    here = np.flatnonzero(theirs[at] == ours)
    return len(here), here, at[here]


def _product(rows: Matrix, columns: Matrix) -> Matrix:
    """rows x columns transposed; all but a huge product in tiles that one thread does."""
    (height, width), across = rows.shape, columns.shape[0]
    if height * across * width > HUGE:
        return rows @ columns.T
    high, wide = min(height, TILE) or 1, min(across, TILE) or 1
    deep = max(1, ONE_THREAD // (high * wide))
    result = np.zeros((height, across))
    for top in range(0, height, high):
        for left in range(0, across, wide):
            tile = result[top : top + high, left : left + wide]
            for start in range(0, width, deep):
                tile += (
                    rows[top : top + high, start : start + deep] @ columns[left : left + wide, start : start + deep].T
                )
    return result


def _share(part: Matrix, whole: Matrix) -> Matrix:
    share = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return np.round(np.clip(share, 0.0, 1.0), 4)
