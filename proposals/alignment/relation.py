"""The relation of two linked clauses: equivalent, overlap or conflict, and which side is the wider one."""

from collections.abc import Mapping, Sequence
from math import log

from proposals.alignment.clause import Clause
from proposals.alignment.cues import cues
from proposals.alignment.divergence import Divergence, same_content
from proposals.alignment.text import read

INCLUDED, BESIDES = 0.8, 0.7  # shares of the concepts of the narrower and the wider clause that the other has


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


def wider_side(left: Clause, right: Clause, relation: str) -> str | None:
    """Which of two clauses that are not equivalent includes the other, None where neither does or it cannot be told.

    By their topics and places where these differ; else, where they overlap, by their wording: one says nearly all that
    the other says and much besides.
    """
    if relation == "equivalent":
        return None
    sides = []
    for name in ("topics", "territories"):
        ours, theirs = set(getattr(left, name)), set(getattr(right, name))
        if ours and theirs and ours != theirs:
            sides.append("left" if ours > theirs else "right" if theirs > ours else "")
    if not sides:
        return _wordier(left, right) if relation == "overlap" else None
    return sides[0] if len(set(sides)) == 1 and sides[0] else None


def _wordier(left: Clause, right: Clause) -> str | None:
    ours, theirs = (read(clause.text).said for clause in (left, right))
    shared = len(ours & theirs)
    if not shared:
        return None
    if shared >= INCLUDED * len(ours) and shared < BESIDES * len(theirs):
        return "right"
    if shared >= INCLUDED * len(theirs) and shared < BESIDES * len(ours):
        return "left"
    return None
