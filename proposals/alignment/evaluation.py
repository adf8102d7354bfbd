"""Figures of an alignment against gold links: precision, recall, F1, gaps, relations, conflicts, kinds and ranks.

Pure: gold pairs come in as dicts as loaded from YAML (format clause-alignment-gold/1), figures go out. The same
numbers as the scorer that the gold pairs came with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from proposals.alignment.clause import Clause, Proposal
from proposals.alignment.matching import align
from proposals.alignment.method import DEFAULT, Method
from proposals.alignment.similarity import score_matrix
from proposals.alignment.vocabulary import EMPTY, Vocabulary

Gold = Mapping[str, Any]

DRAWS = 2_000  # of pairs, for the interval of a figure

KIND_IN_GOLD = {
    "quantity": "quantity",
    "deadline": "deadline",
    "duration": "deadline",
    "territory": "territory",
    "modality": "modality",
    "legal_effect": "modality",
    "scope": "modality",
    "actor": "actor",
}


def proposal_from_gold(side: Mapping[str, Any], *, bare: bool = False) -> Proposal:
    """One side of a gold pair as a proposal: ids, labels, topics and texts; with `bare` texts alone."""
    slug = str(side["document"])
    clauses = tuple(
        Clause(
            id=f"{slug}/{entry['id']}",
            text=entry["text"],
            order=order,
            label="" if bare else entry.get("label", ""),
            topics=() if bare else tuple(entry.get("topics", ())),
        )
        for order, entry in enumerate(side["clauses"])
    )
    return Proposal(slug=slug, date="" if bare else str(side.get("date", "")), clauses=clauses)


def listed_only(proposal: Proposal, side: Mapping[str, Any]) -> Proposal:
    """The proposal with only the clauses that one side of a gold pair lists, by key. KeyError names a missing one."""
    by_key = {c.id.rpartition("/")[2]: c for c in proposal.clauses}
    return replace(proposal, clauses=tuple(by_key[entry["id"]] for entry in side["clauses"]), silences=())


def predict(
    gold: Gold,
    left: Proposal,
    right: Proposal,
    *,
    vocabulary: Vocabulary = EMPTY,
    method: Method = DEFAULT,
) -> dict[str, Any]:
    """The engine's answer to a gold pair in the format that the scorer reads, with the scores of all pairs.

    The engine's kinds are mapped to those of the gold (KIND_IN_GOLD); `condition` and `sequence` have none and are
    left out. A kind is reported where it is asserted and cannot hold together with the other side.
    """
    alignment = align(left, right, vocabulary=vocabulary, method=method)
    ours, theirs = left.in_reading_order(), right.in_reading_order()
    scores = score_matrix(ours, theirs, vocabulary=vocabulary, method=method)
    value = {(a.id, b.id): float(scores.logits[i, j]) for i, a in enumerate(ours) for j, b in enumerate(theirs)}
    value |= {(link.left, link.right): 99.0 for link in alignment.links if link.score == 1.0}
    return {
        "pair": gold["pair"],
        "links": [
            {
                "left": _key(link.left),
                "right": _key(link.right),
                "score": link.score,
                "relation": link.relation,
                "kinds": sorted(
                    {
                        KIND_IN_GOLD[d.kind]
                        for d in link.divergences
                        if d.asserted and not d.compatible and d.kind in KIND_IN_GOLD and link.relation == "conflict"
                    }
                ),
            }
            for link in alignment.links
        ],
        "scores": [[_key(a), _key(b), score] for (a, b), score in value.items()],
    }


@dataclass(kw_only=True, slots=True)
class Counts:
    """Hits, false alarms and misses of one pair or several, and the ranks of right counterparts."""

    link: list[int] = field(default_factory=lambda: [0, 0, 0])
    gap: list[int] = field(default_factory=lambda: [0, 0, 0])
    conflict: list[int] = field(default_factory=lambda: [0, 0, 0])
    kinds: list[int] = field(default_factory=lambda: [0, 0, 0])
    relation: list[int] = field(default_factory=lambda: [0, 0])
    ranks: list[float] = field(default_factory=list)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            link=[a + b for a, b in zip(self.link, other.link, strict=True)],
            gap=[a + b for a, b in zip(self.gap, other.gap, strict=True)],
            conflict=[a + b for a, b in zip(self.conflict, other.conflict, strict=True)],
            kinds=[a + b for a, b in zip(self.kinds, other.kinds, strict=True)],
            relation=[a + b for a, b in zip(self.relation, other.relation, strict=True)],
            ranks=self.ranks + other.ranks,
        )


def count(prediction: Mapping[str, Any], gold: Gold) -> Counts:
    """The counts of one pair. Doubtful links are neither rewarded nor punished."""
    ids = {side: [entry["id"] for entry in gold[side]["clauses"]] for side in ("left", "right")}
    sure = {(x["left"], x["right"]): x for x in gold["links"] if not x.get("doubtful")}
    doubtful = {(x["left"], x["right"]) for x in gold["links"] if x.get("doubtful")}
    links = {(x["left"], x["right"]): x for x in prediction["links"]}
    got = set(links) - doubtful
    hit = got & set(sure)
    agreed = {pair for pair in sure if not sure[pair].get("relation_doubtful")}
    judged = hit & agreed
    want = {pair for pair in agreed if sure[pair]["relation"] == "conflict"}
    said = {pair for pair in got - (set(sure) - agreed) if links[pair]["relation"] == "conflict"}
    kinds = [0, 0, 0]
    for pair in judged:
        found, true = set(links[pair].get("kinds", ())), set(sure[pair].get("kinds", ()))
        kinds = [kinds[0] + len(found & true), kinds[1] + len(found - true), kinds[2] + len(true - found)]
    if not judged:  # as the scorer does: without a relation to judge, nothing is said about conflicts either
        want, said = set(), set()
    return Counts(
        link=[len(hit), len(got - hit), len(set(sure) - hit)],
        gap=_gaps(ids, set(links), set(sure), doubtful),
        conflict=[len(want & said), len(said - want), len(want - said)],
        kinds=kinds,
        relation=[sum(links[p]["relation"] == sure[p]["relation"] for p in judged), len(judged)],
        ranks=_ranks(prediction, ids, set(sure), doubtful),
    )


def figures(counts: Counts) -> dict[str, Any]:
    """The figures of some counts. None where nothing could be measured."""
    ranks = counts.ranks
    return {
        "links": _f1(counts.link),
        "gaps": _f1(counts.gap),
        "relation_accuracy": counts.relation[0] / counts.relation[1] if counts.relation[1] else None,
        "conflicts": _f1(counts.conflict),
        "kinds": _f1(counts.kinds),
        "mrr": sum(1 / rank for rank in ranks) / len(ranks) if ranks else None,
        "hit_at_1": sum(rank <= 1 for rank in ranks) / len(ranks) if ranks else None,
        "hit_at_3": sum(rank <= 3 for rank in ranks) / len(ranks) if ranks else None,
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """A figure with the bounds within which it lies in 95 % of the draws. None where nothing could be measured."""

    value: float | None
    low: float | None
    high: float | None


def measured(pairs: Sequence[Counts], *, draws: int = DRAWS, seed: int = 1) -> dict[str, Measured]:
    """The figures over the counts of several pairs, with bootstrap intervals: in each draw pairs are drawn anew.

    A draw in which a figure cannot be measured does not count for it. Pairs that share a text are drawn as if they had
    nothing in common, so the intervals are rather too narrow than too wide.
    """
    if not pairs:
        return dict.fromkeys(SHARES, Measured(value=None, low=None, high=None))
    # How often each pair stands in each draw.
    drawn = np.random.default_rng(seed).multinomial(len(pairs), [1 / len(pairs)] * len(pairs), size=draws)
    found = {}
    for name, share in SHARES.items():
        parts = np.array([share(counts) for counts in pairs], dtype=float)
        above, below = parts.sum(axis=0)
        tops, bottoms = (drawn @ parts).T
        values = tops[bottoms > 0] / bottoms[bottoms > 0]
        low, high = np.percentile(values, (2.5, 97.5)).tolist() if values.size else (None, None)
        found[name] = Measured(value=float(above / below) if below else None, low=low, high=high)
    return found


def _share_of_f1(counts: Sequence[int]) -> tuple[float, float]:
    hits, false, missed = counts
    return 2 * hits, 2 * hits + false + missed


# Each figure as a share whose two numbers are sums over pairs, so that those of several pairs add up.
SHARES: Mapping[str, Callable[[Counts], tuple[float, float]]] = {
    "link_precision": lambda c: (c.link[0], c.link[0] + c.link[1]),
    "link_recall": lambda c: (c.link[0], c.link[0] + c.link[2]),
    "link_f1": lambda c: _share_of_f1(c.link),
    "gap_f1": lambda c: _share_of_f1(c.gap),
    "relation_accuracy": lambda c: (c.relation[0], c.relation[1]),
    "conflict_f1": lambda c: _share_of_f1(c.conflict),
    "kinds_f1": lambda c: _share_of_f1(c.kinds),
    "mrr": lambda c: (sum(1 / rank for rank in c.ranks), len(c.ranks)),
    "hit_at_3": lambda c: (sum(rank <= 3 for rank in c.ranks), len(c.ranks)),
}


def evaluate(predictions: Iterable[Mapping[str, Any]], golds: Sequence[Gold]) -> dict[str, Any]:
    """Figures by pair, over all (micro) and the mean of the pairs' link F1 (macro)."""
    known = {gold["pair"]: gold for gold in golds}
    counted = {p["pair"]: count(p, known[p["pair"]]) for p in predictions}
    pairs = {pair: figures(counts) for pair, counts in counted.items()}
    return {
        "pairs": pairs,
        "all": figures(sum(counted.values(), Counts())),
        "macro_link_f1": sum(x["links"]["f1"] or 0 for x in pairs.values()) / len(pairs) if pairs else None,
    }


def _key(clause_id: str) -> str:
    return clause_id.rpartition("/")[2]


def _f1(counts: Sequence[int]) -> dict[str, Any]:
    hits, false, missed = counts
    return {
        "p": hits / (hits + false) if hits + false else None,
        "r": hits / (hits + missed) if hits + missed else None,
        "f1": 2 * hits / (2 * hits + false + missed) if hits + false + missed else None,
        "tp": hits,
        "fp": false,
        "fn": missed,
    }


def _gaps(
    ids: Mapping[str, Sequence[str]],
    links: set[tuple[str, str]],
    sure: set[tuple[str, str]],
    doubtful: set[tuple[str, str]],
) -> list[int]:
    """Clauses without any counterpart; those with doubtful links only are left out."""
    counts = [0, 0, 0]
    for place, side in enumerate(("left", "right")):
        linked = {pair[place] for pair in sure}
        skipped = {pair[place] for pair in doubtful} - linked
        found = {pair[place] for pair in links}
        for clause in ids[side]:
            if clause not in skipped:
                true, said = clause not in linked, clause not in found
                counts = [counts[0] + (true and said), counts[1] + (said and not true), counts[2] + (true and not said)]
    return counts


def _ranks(
    prediction: Mapping[str, Any],
    ids: Mapping[str, Sequence[str]],
    sure: set[tuple[str, str]],
    doubtful: set[tuple[str, str]],
) -> list[float]:
    """The rank of the best right counterpart of each clause that has one; ties take the middle rank."""
    score = {(a, b): float(s) for a, b, s in prediction.get("scores", ())}
    low = float("-inf")
    ranks = []
    for side, other in (("left", "right"), ("right", "left")):
        for clause in ids[side]:
            pairs = [(clause, c) if side == "left" else (c, clause) for c in ids[other]]
            right = [score.get(pair, low) for pair in pairs if pair in sure]
            if right:
                best = max(right)
                rest = [score.get(pair, low) for pair in pairs if pair not in sure | doubtful]
                ranks.append(1 + sum(s > best for s in rest) + sum(s == best for s in rest) / 2)
    return ranks
