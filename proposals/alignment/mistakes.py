"""Where an answer and the gold links part, so that figures come with examples."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CLASSES = ("missed_link", "false_link", "missed_conflict", "false_conflict", "wrong_kinds")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One error on a pair of clauses. `score` is the engine's chance that they are a link; `said` and `drawn` are in
    words."""

    pair: str
    left: str
    right: str
    left_text: str
    right_text: str
    score: float
    said: str
    drawn: str


def mistakes(prediction: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, list[Mistake]]:
    """The errors of an answer by class (CLASSES), those first of which the engine was surest.

    Judged as `count` does: what the readers doubt is no error either way.
    """
    texts = [{entry["id"]: entry["text"] for entry in gold[side]["clauses"]} for side in ("left", "right")]
    drawn = {(x["left"], x["right"]): x for x in gold["links"]}
    told = {(x["left"], x["right"]): x for x in prediction["links"]}
    logits = {(left, right): float(score) for left, right, score in prediction["scores"]}
    found: dict[str, list[Mistake]] = {name: [] for name in CLASSES}
    for pair in sorted(told.keys() | drawn.keys()):
        name = _class_of(told.get(pair), drawn.get(pair))
        if name:
            mistake = Mistake(
                pair=gold["pair"],
                left=f"{gold['left']['document']}/{pair[0]}",
                right=f"{gold['right']['document']}/{pair[1]}",
                left_text=texts[0][pair[0]],
                right_text=texts[1][pair[1]],
                score=told[pair]["score"] if pair in told else _chance(logits.get(pair, -math.inf)),
                said=_in_words(told.get(pair)),
                drawn=_in_words(drawn.get(pair)),
            )
            found[name].append(mistake)
    return {name: surest_first(name, errors) for name, errors in found.items()}


def surest_first(name: str, errors: Sequence[Mistake]) -> list[Mistake]:
    """The errors of one class in the order of how sure the engine was; equal ones by pair and clauses."""
    sign = 1 if name == "missed_link" else -1
    return sorted(errors, key=lambda m: (sign * m.score, m.pair, m.left, m.right))


def _class_of(told: Mapping[str, Any] | None, drawn: Mapping[str, Any] | None) -> str:
    if drawn and drawn.get("doubtful"):
        return ""
    if not told or not drawn:
        return "false_link" if told else "missed_link"
    said, meant = told["relation"] == "conflict", drawn["relation"] == "conflict"
    if drawn.get("relation_doubtful"):
        return ""
    if said != meant:
        return "false_conflict" if said else "missed_conflict"
    return "wrong_kinds" if said and set(told.get("kinds", ())) != set(drawn.get("kinds", ())) else ""


def _in_words(link: Mapping[str, Any] | None) -> str:
    if not link:
        return "no link"
    kinds = ", ".join(sorted(link.get("kinds", ())))
    return f"{link['relation']} ({kinds})" if kinds else link["relation"]


def _chance(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
