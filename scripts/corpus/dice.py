"""Seeded choices that give the same answers on every version of Python: all rest on `random()`, which is fixed."""

from collections.abc import Mapping, Sequence
from math import exp, log
from random import Random
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()


class Dice:
    """`of` names what is drawn: two dice of one seed and name fall alike, and no other draw moves them."""

    def __init__(self, seed: int, *of: object) -> None:
        self._random = Random("/".join(map(str, (seed, *of)))).random  # noqa: S311 (no secret hangs on it)

    def chance(self, share: float) -> bool:
        return self._random() < share

    def whole(self, least: int, most: int) -> int:
        return least + int(self._random() * (most - least + 1))

    def one(self, several: Sequence[T]) -> T:
        return several[int(self._random() * len(several))]

    def some(self, several: Sequence[T], count: int) -> list[T]:
        """So many of them, or all, none twice."""
        left = list(several)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(count, len(left)))]

    def weighed(self, shares: Mapping[T, float]) -> T:
        point = self._random() * sum(shares.values())
        for value, share in shares.items():
            point -= share
            if point < 0:
                return value
        return next(reversed(list(shares)))

    def lognormal(self, median: float, spread: float) -> float:
        return exp(log(median) + spread * _NORMAL.inv_cdf(min(max(self._random(), 1e-9), 1 - 1e-9)))

    def near_front(self, several: Sequence[T]) -> T:
        """One of them, the first most often and the last seldom."""
        return several[int(self._random() ** 2 * len(several))]
