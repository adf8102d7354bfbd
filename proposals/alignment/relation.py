"""The relation of two linked clauses: equivalent, overlap or conflict, and which side is the wider one."""

from collections.abc import Mapping, Sequence
from math import log

from proposals.alignment.clause import Clause
from proposals.alignment.cues import cues
from proposals.alignment.divergence import Divergence, same_content
from proposals.alignment.text import read


def relation_of(
    left: Clause,
    right: Clause,
    found: Sequence[Divergence],
    *,
    likeness: float,
    topics: float,
    weights: Mapping[str, float],
) -> str:
    """Conflict where an asserted difference cannot hold together; equivalent where they say the same; else overlap.

    `likeness` of the wording and nearness of `topics` are within 0..1. Whether two texts say the same is a logistic sum
    of these two, of how different their lengths are and of any asserted difference; see fitting.fit_equivalence.
    """
    if same_content(left, right):
        return "equivalent"
    if any(d.asserted and not d.compatible for d in found):
        return "conflict"
    if any(d.kind == "condition" for d in found) or _refuses(left) != _refuses(right):
        return "overlap"
    signs = equivalence_signs(left, right, found, likeness=likeness, topics=topics)
    return (
        "equivalent" if weights["bias"] + sum(weights[sign] * value for sign, value in signs.items()) > 0 else "overlap"
    )


def _refuses(clause: Clause) -> bool:
    """Whether the clause forbids, by its curated force or else by its wording."""
    return (clause.modality or cues(clause.text).modality) == "must_not"


def equivalence_signs(
    left: Clause, right: Clause, found: Sequence[Divergence], *, likeness: float, topics: float
) -> dict[str, float]:
    """What tells two compatible clauses that say the same from two that only overlap."""
    lengths = [len(read(clause.text).stems) + 1 for clause in (left, right)]
    return {
        "likeness": likeness,
        "topics": topics,
        "length": round(abs(log(lengths[0] / lengths[1])), 4),
        "difference": float(any(d.asserted for d in found)),
    }


def wider_side(left: Clause, right: Clause, relation: str, found: Sequence[Divergence]) -> str | None:
    """Which of two overlapping clauses includes the other, None where neither does or it cannot be told."""
    if relation == "equivalent":
        return None
    sides = []
    for name in ("topics", "territories"):
        ours, theirs = set(getattr(left, name)), set(getattr(right, name))
        if ours and theirs and ours != theirs:
            sides.append("left" if ours > theirs else "right" if theirs > ours else "")
    if not sides or "" in sides or len(set(sides)) > 1:
        return None
    return sides[0]
