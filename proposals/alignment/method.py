"""The method that links clauses: its name, version, weights and thresholds, with digests that name them.

The weights are not chosen by hand: `fitting.fit` finds them on the gold pairs (see tests/alignment/gold/README.md).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """What decides links. `weights` maps a profile to the weight of each part; `thresholds` are bounds used as named.

    A pair of clauses is scored by the profile `topics+text` when both carry topics, by `text` when topics can be
    suggested where they carry none, and else by `wording`. The weights of `equivalence` tell links that say the same
    from those that only overlap.
    """

    name: str = "concordance"
    version: str = "1"
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @property
    def profile(self) -> str:
        """The profiles this method can use, best first."""
        return "coding+text, topics+text, text, wording"

    @property
    def weights_digest(self) -> str:
        """Twelve hex digits that change with any weight."""
        return _digest(self.weights)

    @property
    def thresholds_digest(self) -> str:
        """Twelve hex digits that change with any threshold."""
        return _digest(self.thresholds)


def _digest(values: Mapping[str, object]) -> str:
    plain = json.dumps(values, sort_keys=True, separators=(",", ":"), default=dict)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


DEFAULT = Method(
    weights={
        "coding+text": {
            "bias": -6.353,
            "words": 0.639,
            "characters": 0.825,
            "concepts": 1.684,
            "covered": 1.865,
            "topics": 2.115,
            "breadth": 0.453,
            "matter": 3.102,
            "related": 1.911,
            "places": 1.373,
            "label": 2.086,
            "rivals": 0.757,
        },
        "topics+text": {
            "bias": -6.077,
            "words": 1.15,
            "characters": 1.379,
            "concepts": 2.994,
            "covered": 2.728,
            "topics": 5.106,
            "breadth": 1.498,
            "rivals": 0.891,
        },
        "text": {
            "bias": -4.437,
            "words": 1.334,
            "characters": 1.714,
            "concepts": 2.289,
            "covered": 1.578,
            "topics": 3.22,
            "rivals": 1.315,
        },
        "wording": {
            "bias": -3.421,
            "words": 1.869,
            "characters": 2.878,
            "concepts": 3.98,
            "covered": 3.006,
            "rivals": 1.256,
        },
        "equivalence": {
            "bias": -4.343,
            "likeness": 3.364,
            "topics": 3.295,
            "length": -2.339,
            "difference": -2.064,
        },
    },
    thresholds={"link": 0.5, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 3.0},
)
