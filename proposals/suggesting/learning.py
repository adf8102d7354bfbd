"""What words say about a clause, learnt from coded ones: how much more often they stand where a code stands.

The measure is the engine's (alignment/vocabulary.py), over words and headings, with the votes of the nearest clauses
beside it: docs/decisions/suggestions.md has what each brings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt

_SURE = 3  # times a word has to be met with a code to count in full
_VOTERS = 30  # nearest clauses that are asked
_VOTES = 0.6  # of the evidence of the words
_LATER = 0.3  # the k-th code of a clause weighs 1 / (1 + 0.3 k)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A coded clause: its words' meanings, its codes with the first one foremost, and what it is called."""

    name: str
    meanings: frozenset[str]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A code for a text. `telling` weighs the meanings that speak for it, `nearest` is a clause that has it."""

    code: str
    score: float
    telling: Mapping[str, float]
    nearest: str


class Lesson:
    """What examples teach about codes. `defined` has the meanings of each code's own name and definition."""

    def __init__(self, examples: Sequence[Example], defined: Mapping[str, Iterable[str]]) -> None:
        self._examples = examples
        met = Counter(meaning for example in examples for meaning in example.meanings)
        self._rarity = {meaning: log((len(examples) + 1) / (times + 0.5)) for meaning, times in met.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, example in enumerate(examples):
            for meaning in sorted(example.meanings):
                self._holders[meaning].append(place)
        self._lengths = [self._length(example.meanings) for example in examples]
        self._telling = _telling(examples, {code: frozenset(meanings) for code, meanings in defined.items()}, met)

    def guesses(self, meanings: Sequence[str], *, among: frozenset[str] | None = None) -> list[Guess]:
        """The codes that the meanings point to, the likeliest first; with `among` only these."""
        evidence: dict[str, dict[str, float]] = defaultdict(dict)
        for meaning in meanings:
            for code, weight in self._telling.get(meaning, {}).items():
                if among is None or code in among:
                    evidence[code][meaning] = weight
        votes, nearest = self._votes(meanings, among)
        sums = {code: sum(weights.values()) for code, weights in evidence.items()}
        most, loudest = max(sums.values(), default=0.0) or 1.0, max(votes.values(), default=0.0) or 1.0
        scores = {
            code: (sums.get(code, 0.0) / most + _VOTES * votes.get(code, 0.0) / loudest) / (1 + _VOTES)
            for code in sums.keys() | votes.keys()
        }
        return [
            Guess(code=code, score=round(score, 4), telling=evidence.get(code, {}), nearest=nearest.get(code, ""))
            for code, score in sorted(scores.items(), key=lambda item: (-round(item[1], 4), item[0]))
        ]

    def _votes(
        self, meanings: Sequence[str], among: frozenset[str] | None
    ) -> tuple[Mapping[str, float], Mapping[str, str]]:
        shared: dict[int, float] = defaultdict(float)
        for meaning in meanings:
            for place in self._holders.get(meaning, ()):
                shared[place] += self._rarity[meaning] ** 2
        length = self._length(meanings)
        cosines = {place: value / (length * self._lengths[place]) for place, value in shared.items()}
        votes: dict[str, float] = defaultdict(float)
        nearest: dict[str, str] = {}
        for place in sorted(cosines, key=lambda place: (-round(cosines[place], 6), place))[:_VOTERS]:
            for rank, code in enumerate(self._examples[place].codes):
                if among is None or code in among:
                    votes[code] += cosines[place] ** 2 / (1 + _LATER * rank)
                    nearest.setdefault(code, self._examples[place].name)
        return votes, nearest

    def _length(self, meanings: Iterable[str]) -> float:
        # fsum: the order of a set must not show in the last digit.
        return sqrt(fsum(self._rarity.get(meaning, 0.0) ** 2 for meaning in meanings)) or 1.0


def _telling(
    examples: Sequence[Example], defined: Mapping[str, frozenset[str]], met: Counter[str]
) -> Mapping[str, Mapping[str, float]]:
    """For each meaning the codes that it speaks for, with the log of its share there over its share everywhere."""
    times = Counter(code for example in examples for code in example.codes)
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        for code in set(example.codes):
            together[code].update(example.meanings)
    defining = Counter(meaning for meanings in defined.values() for meaning in meanings)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for code in sorted(together.keys() | defined.keys()):
        own = defined.get(code, frozenset())
        for meaning in together[code].keys() | own:
            both = together[code][meaning] + (meaning in own)
            share = both / (times[code] + 2)
            everywhere = (met[meaning] + defining[meaning] + 0.5) / (len(examples) + len(defined) + 1)
            if (weight := log(share / everywhere) * min(1.0, both / _SURE)) > 0:
                found[meaning][code] = weight
    return found
