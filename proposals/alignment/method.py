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

    A pair of clauses is scored by the profile `topics+text` when both carry topics, otherwise by `text`.
    """

    name: str = "concordance"
    version: str = "1"
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @property
    def profile(self) -> str:
        """The profiles this method can use, best first."""
        return "topics+text, text"

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
        "topics+text": {
            "bias": -5.841,
            "words": 1.932,
            "characters": 1.779,
            "concepts": 3.457,
            "topics": 5.268,
            "breadth": 1.366,
            "rivals": 1.012,
        },
        "text": {
            "bias": -4.465,
            "words": 1.417,
            "characters": 1.439,
            "concepts": 1.875,
            "covered": 1.616,
            "topics": 3.241,
            "rivals": 1.512,
        },
        "equivalence": {"bias": -2.96, "likeness": 3.95, "topics": 2.09, "length": -2.65, "difference": -1.79},
    },
    thresholds={"link": 0.5, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 3.0},
)
