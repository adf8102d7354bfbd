"""What docs/accuracy.md is made of, once it is measured (proposals/management) and before it is told (accuracy.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proposals.alignment import Method
from proposals.alignment.evaluation import Counts
from proposals.alignment.mistakes import Mistake

Run = Mapping[str, Counts]  # by the name of the pair


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A pair of texts that was measured. `links` are the sure ones, `doubtful` those that count for nothing."""

    name: str
    gold: bool
    own: bool
    near_verbatim: bool
    kept_apart: bool
    clauses: tuple[int, int]
    links: int
    doubtful: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    """One way to keep texts apart, with what is coded on the clauses and by their texts alone."""

    coded: Run
    bare: Run


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """A simpler method: linking what is best in row and column, and what is best in row or column."""

    name: str
    mutual: Run
    either: Run


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What is known of the pairs beside their files: who drew them, and what was chosen by looking at them.

    `apart` tells what became of those that were kept apart.
    """

    gold: str = ""
    readings: str = ""
    chosen: str = ""
    apart: str = ""
    near_verbatim: tuple[str, ...] = ()
    kept_apart: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Accuracy:
    """All that the page tells.

    `apart_…` measure the pairs that were kept apart and nothing else, `delivered` the gold pairs by the engine as it
    ships. `weights_from` says on which pairs its weights are found again, "" on none.
    """

    pairs: Sequence[Pair]
    without_pair: Measurement
    without_document: Measurement
    apart_without_pairs: Measurement
    apart_without_documents: Measurement
    delivered: Run
    peers: Sequence[Peer]
    mistakes: Mapping[str, Sequence[Mistake]]
    about: About
    method: Method
    weights_from: str
    vocabulary: str
    folders: tuple[str, str]
