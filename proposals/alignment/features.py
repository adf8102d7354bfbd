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
class _Entries:
    """Those entries of one side whose slots the other side has too: which, in which clause, and the column of each."""

    clauses: int
    kept: Slots
    owners: Slots
    columns: Slots

    def dense(self, values: Counts, width: int, start: int, step: int) -> Matrix:
        """The values of the kept entries of `step` clauses from `start` on, a row for each clause."""
        dense = np.zeros((min(step, self.clauses - start), width))
        if step >= self.clauses:
            dense[self.owners, self.columns] = values
        else:
            here = (self.owners >= start) & (self.owners < start + step)
            dense[self.owners[here] - start, self.columns[here]] = values[here]
        return dense


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Overlap:
    """The slots that two sides share; cost: texts x texts x shared slots."""

    left: Side
    right: Side
    places: tuple[Slots, Slots] = field(init=False, repr=False)
    entries: tuple[_Entries, _Entries] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = _in_both(self.left.slots, self.right.slots)
        entries = []
        for side, here in zip((self.left, self.right), places, strict=True):
            column_of = np.full(len(side.slots), -1)
            column_of[here] = np.arange(len(here))
            columns = column_of[side.places]
            kept = np.flatnonzero(columns >= 0)
            entries.append(_Entries(clauses=side.clauses, kept=kept, owners=side.owners[kept], columns=columns[kept]))
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "entries", tuple(entries))

    def counts(self) -> Matrix:
        """How many slots each pair has in common."""
        return self.products(*(np.ones(len(side.counts)) for side in (self.left, self.right)))

    def products(self, ours: Counts, theirs: Counts) -> Matrix:
        """Sums over shared slots of the products of both sides' values (one for each entry), in blocks of clauses."""
        left, right = self.entries
        result = np.zeros((left.clauses, right.clauses))
        width = len(self.places[0])
        if width:
            step = max(1, BLOCK // width)
            for top in range(0, left.clauses, step):
                rows = left.dense(ours[left.kept], width, top, step)
                for start in range(0, right.clauses, step):
                    columns = right.dense(theirs[right.kept], width, start, step)
                    result[top : top + step, start : start + step] = product(rows, columns)
        return result


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Channel:
    """One kind of evidence in the wording (grams, concepts) of two texts.

    How telling a slot is comes from the vocabulary (`known` of `documents` clauses have it) and these texts together.
    """

    left: Side
    right: Side
    known: Counts
    documents: int
    _overlap: Overlap = field(init=False, repr=False)
    _rarity: tuple[Counts, Counts] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        overlap = Overlap(left=self.left, right=self.right)
        ours, theirs = overlap.places
        rarity = []
        for side, other, here, there in ((self.left, self.right, ours, theirs), (self.right, self.left, theirs, ours)):
            met = side.met + self.known[side.slots]
            met[here] += other.met[there]
            rarity.append(self._telling(met))
        object.__setattr__(self, "_overlap", overlap)
        object.__setattr__(self, "_rarity", tuple(rarity))

    def rarities(self) -> dict[int, float]:
        """How telling each slot is that both texts have, to four decimals; never below 1."""
        here = self._overlap.places[0]
        return dict(zip(self.left.slots[here].tolist(), self._rarity[0][here].round(4).tolist(), strict=True))

    def cosines(self) -> Matrix:
        """Cosine of the weighted slots of each pair; 0 where a side is empty."""
        values = [side.counts * rarity for side, rarity in self._each()]
        lengths = [np.sqrt(_sums(side, value**2)) for (side, _), value in zip(self._each(), values, strict=True)]
        return _share(self._overlap.products(*values), np.multiply.outer(*lengths))

    def coverage(self) -> Matrix:
        """How much of the lighter text of each pair the other covers: shared rarity over the lesser of the two sums."""
        shared = self._overlap.products(*(np.sqrt(rarity) for _, rarity in self._each()))
        return _share(shared, np.minimum.outer(*(_sums(side, rarity) for side, rarity in self._each())))

    def _each(self) -> list[tuple[Side, Counts]]:
        """Both sides, each with how telling its entries are."""
        sides = (self.left, self.right)
        return [(side, rarity[side.places]) for side, rarity in zip(sides, self._rarity, strict=True)]

    def _telling(self, met: Counts) -> Counts:
        total = self.documents + self.left.clauses + self.right.clauses
        telling: Counts = 1.0 + np.log((1.0 + total) / (1.0 + np.minimum(met, total)))
        return telling


_NONE = np.zeros(0, dtype=np.int64)


def _in_both(ours: Slots, theirs: Slots) -> tuple[Slots, Slots]:
    """Where the slots that two sorted unique lists share stand in each."""
    if not len(theirs):
        return _NONE, _NONE
    at = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    here = np.flatnonzero(theirs[at] == ours)
    return here, at[here]


def _sums(side: Side, values: Counts) -> Counts:
    """The sum of the values of each clause."""
    return np.bincount(side.owners, weights=values, minlength=side.clauses).astype(np.float64)


def product(rows: Matrix, columns: Matrix) -> Matrix:
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
