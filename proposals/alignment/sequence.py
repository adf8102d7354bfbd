"""Differences in the order of obligations: what two linked clauses each come after, by their recorded dependencies."""

from collections.abc import Mapping, Sequence

from proposals.alignment.clause import Clause
from proposals.alignment.divergence import Divergence, Side

TOGETHER = ("with", "during")


def sequence_divergence(
    left: Clause, right: Clause, *, counterparts: Mapping[str, Sequence[str]], clauses: Mapping[str, Clause]
) -> Divergence | None:
    """The difference in order, or None. `counterparts` gives the linked clause ids of every clause id.

    Asserted where one text has this clause after another one, and the other text has their counterparts together or
    in the opposite order. Nothing is said where a text records no order.
    """
    for one, two in ((left, right), (right, left)):
        for earlier in sorted(target for relation, target in one.depends_on if relation == "after"):
            for other in counterparts.get(earlier, ()):
                told = _order(two, clauses[other])
                if told:
                    words = {one.id: f"after {earlier}", two.id: told}
                    return Divergence(
                        kind="sequence",
                        asserted=True,
                        summary="other order of obligations",
                        sides=tuple(
                            Side(proposal=clause.id.rpartition("/")[0], clause=clause.id, text=words[clause.id])
                            for clause in (left, right)
                        ),
                    )
    return None


def _order(clause: Clause, other: Clause) -> str:
    """How a clause stands to another one of its text, where it is together with it or before it; else ""."""
    together = [relation for relation, target in clause.depends_on if target == other.id and relation in TOGETHER]
    together += [relation for relation, target in other.depends_on if target == clause.id and relation in TOGETHER]
    if together:
        return f"{together[0]} {other.id}"
    return f"before {other.id}" if ("after", clause.id) in other.depends_on else ""
