"""The method that links clauses: its name, version, weights and thresholds, with digests that name them.

The weights are not chosen by hand: `fitting.fit` finds them on the gold pairs (see tests/alignment/gold/README.md).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Method:
    """What decides links. `weights` maps a profile to the weight of each part; `thresholds` are bounds used as named.

    A pair of clauses is scored by the profile `coding+text` when both carry topics that the vocabulary knows, by
    `topics+text` when they carry others, by `text` when topics can be suggested where they carry none, and else by
    `wording`; untagged clauses in two languages by `meaning`, where there is an embedder. The weights of `equivalence`
    tell links that say the same from those that only overlap.
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
            "bias": -6.408,
            "characters": 0.825,
            "concepts": 1.563,
            "covered": 1.713,
            "topics": 1.863,
            "breadth": 0.398,
            "matter": 2.721,
            "related": 1.67,
            "places": 1.198,
            "label": 1.846,
            "rivals": 0.721,
        },
        "topics+text": {
            "bias": -5.93,
            "characters": 1.624,
            "concepts": 3.158,
            "covered": 2.838,
            "topics": 5.022,
            "breadth": 1.461,
            "rivals": 0.852,
        },
        "text": {
            "bias": -4.326,
            "characters": 2.077,
            "concepts": 2.54,
            "covered": 1.747,
            "topics": 3.166,
            "rivals": 1.212,
        },
        "wording": {
            "bias": -3.506,
            "characters": 3.689,
            "concepts": 4.788,
            "covered": 3.58,
            "rivals": 1.074,
        },
        "meaning": {
            "bias": -3.01,
            "meaning": 6.238,
            "rivals": 1.245,
        },
        "equivalence": {
            "bias": -4.326,
            "likeness": 3.366,
            "topics": 3.298,
            "length": -2.356,
            "difference": -2.074,
        },
    },
    thresholds={"link": 0.5, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 4.0, "meaning": 0.3},
)
