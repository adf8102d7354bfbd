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
            "bias": -5.804,
            "words": 1.362,
            "characters": 1.326,
            "concepts": 2.423,
            "covered": 2.322,
            "topics": 4.927,
            "breadth": 1.384,
            "rivals": 1.075,
        },
        "text": {
            "bias": -4.464,
            "words": 1.405,
            "characters": 1.431,
            "concepts": 1.865,
            "covered": 1.627,
            "topics": 3.242,
            "rivals": 1.51,
        },
        "equivalence": {
            "bias": -2.745,
            "likeness": 3.722,
            "topics": 1.959,
            "length": -2.509,
            "difference": -2.379,
        },
    },
    thresholds={"link": 0.5, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 3.0},
)
