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
            "bias": -6.55,
            "characters": 0.852,
            "concepts": 1.777,
            "covered": 1.817,
            "topics": 2.435,
            "breadth": 0.586,
            "matter": 2.339,
            "related": 2.034,
            "places": 1.224,
            "label": 1.847,
            "rivals": 0.612,
        },
        "topics+text": {
            "bias": -6.125,
            "characters": 1.541,
            "concepts": 3.329,
            "covered": 3.125,
            "topics": 5.24,
            "breadth": 1.664,
            "rivals": 0.824,
        },
        "text": {
            "bias": -4.565,
            "characters": 2.032,
            "concepts": 2.609,
            "covered": 1.849,
            "topics": 3.568,
            "rivals": 1.11,
        },
        "wording": {
            "bias": -3.599,
            "characters": 4.125,
            "concepts": 5.181,
            "covered": 3.678,
            "rivals": 0.967,
        },
        "meaning": {
            "bias": -3.155,
            "meaning": 7.002,
            "rivals": 1.054,
        },
        "equivalence": {
            "bias": -4.75,
            "likeness": 3.458,
            "topics": 3.745,
            "length": -2.662,
            "difference": -2.258,
        },
    },
    thresholds={"link": 0.5, "suggestion": 0.05, "links_per_clause": 8, "rival_bound": 4.0, "meaning": 0.3},
)
