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
        return "topics+text, text, wording"

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
            "bias": -5.788,
            "words": 1.37,
            "characters": 1.33,
            "concepts": 2.351,
            "covered": 2.348,
            "topics": 4.925,
            "breadth": 1.383,
            "rivals": 1.078,
        },
        "text": {
            "bias": -4.444,
            "words": 1.43,
            "characters": 1.457,
            "concepts": 1.835,
            "covered": 1.643,
            "topics": 3.217,
            "rivals": 1.518,
        },
        "wording": {
            "bias": -3.243,
            "words": 1.991,
            "characters": 2.317,
            "concepts": 3.409,
            "covered": 3.161,
            "rivals": 1.486,
        },
        "equivalence": {
            "bias": -2.752,
            "likeness": 3.718,
            "topics": 1.969,
            "length": -2.51,
            "difference": -2.377,
        },
    },
    thresholds={"link": 0.5, "uncovered": 0.35, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 3.0},
)
