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
            "bias": -6.389,
            "words": 0.558,
            "characters": 0.721,
            "concepts": 1.471,
            "covered": 1.63,
            "topics": 1.849,
            "breadth": 0.396,
            "matter": 2.711,
            "related": 1.67,
            "places": 1.2,
            "label": 1.823,
            "rivals": 0.718,
        },
        "topics+text": {
            "bias": -5.904,
            "words": 1.121,
            "characters": 1.344,
            "concepts": 2.919,
            "covered": 2.659,
            "topics": 4.977,
            "breadth": 1.46,
            "rivals": 0.847,
        },
        "text": {
            "bias": -4.306,
            "words": 1.303,
            "characters": 1.675,
            "concepts": 2.237,
            "covered": 1.543,
            "topics": 3.147,
            "rivals": 1.196,
        },
        "wording": {
            "bias": -3.477,
            "words": 1.961,
            "characters": 3.019,
            "concepts": 4.175,
            "covered": 3.153,
            "rivals": 1.059,
        },
        "meaning": {
            "bias": -3.01,
            "meaning": 6.238,
            "rivals": 1.245,
        },
        "equivalence": {
            "bias": -4.352,
            "likeness": 3.367,
            "topics": 3.303,
            "length": -2.341,
            "difference": -2.074,
        },
    },
    thresholds={"link": 0.5, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 4.0, "meaning": 0.3},
)
