"""What a proposal does not regulate: the state of its cells, matter gaps, element gaps, and the topic matrix.

Unknown is not absent: see `state_of`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proposals.alignment.clause import Clause, Proposal, Silence
from proposals.alignment.matching import Alignment
from proposals.alignment.vocabulary import Vocabulary

if TYPE_CHECKING:
    from proposals.alignment.concordance import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A matter, or an element of it, missing from `absent_from`. `nearest` is the best candidate there, if any."""

    kind: str
    row: str
    topic: str
    element: str
    absent_from: tuple[str, ...]
    present_in: tuple[str, ...]
    clauses: tuple[str, ...]
    state: str
    nearest: tuple[str, float] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixCell:
    """What one proposal says on a topic, with its clauses on it."""

    proposal: str
    state: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixLine:
    """One topic over all proposals, in the asked order."""

    topic: str
    group: str
    cells: tuple[MatrixCell, ...]


def state_of(proposal: Proposal, own: Sequence[Clause], topics: Sequence[str]) -> tuple[str, Silence | None]:
    """The state of a cell, first that holds, and the recorded silence if that is what holds.

    regulated, struck_out (deletions only), silent (an editor recorded it), unknown (clauses not complete), not_found.
    """
    if any(clause.kind != "deletion" for clause in own):
        return "regulated", None
    if own:
        return "struck_out", None
    recorded = sorted(
        (s for s in proposal.silences if s.topic in topics), key=lambda s: (s.topic, s.checked_on, s.reason)
    )
    if recorded:
        return "silent", recorded[0]
    return ("not_found" if proposal.complete == "yes" else "unknown"), None


def topic_regulated(proposal: Proposal, topics: Sequence[str], own: Sequence[str] = ()) -> bool:
    """Whether the proposal regulates one of these topics in other clauses than its `own` ones of the row."""
    return any(
        topic in topics
        for clause in proposal.in_reading_order()
        if clause.kind != "deletion" and clause.id not in own
        for topic in clause.topics
    )


def gaps_of(
    rows: Sequence["Row"],
    clauses: Mapping[str, Clause],
    pairs: Sequence[Alignment],
) -> tuple[Gap, ...]:
    """All gaps, row by row: matter gaps one for each text, then element gaps one for each element.

    A text that answers a clause of the row in another row has no gap here: its answer only does not answer the others.
    """
    nearest, answered = _nearest(pairs), _answered(pairs, clauses)
    found = []
    for row in rows:
        topic = row.topics[0] if row.topics else ""
        present = tuple(c.proposal for c in row.cells if c.state == "regulated")
        regulating = tuple(i for c in row.cells for i in c.clauses if clauses[i].kind != "deletion")
        if present:
            for cell in row.cells:
                if cell.state == "regulated" or any((i, cell.proposal) in answered for i in regulating):
                    continue
                candidates = [near for i in regulating if (near := nearest.get((i, cell.proposal)))]
                found.append(
                    Gap(
                        kind="matter",
                        row=row.id,
                        topic=topic,
                        element="",
                        absent_from=(cell.proposal,),
                        present_in=present,
                        clauses=regulating,
                        state=cell.state,
                        nearest=min(candidates, key=lambda c: (-c[1], c[0])) if candidates else None,
                    )
                )
        for gap in row.element_gaps:
            holders = set(gap.held_by)
            found.append(
                Gap(
                    kind="element",
                    row=row.id,
                    topic=topic,
                    element=gap.element,
                    absent_from=(gap.proposal,),
                    present_in=tuple(c.proposal for c in row.cells if holders & set(c.clauses)),
                    clauses=gap.held_by,
                    state="regulated",
                    nearest=None,
                )
            )
    return tuple(found)


def matrix_of(proposals: Sequence[Proposal], vocabulary: Vocabulary) -> tuple[MatrixLine, ...]:
    """Every topic that a proposal regulates, strikes out or is recorded silent on, in taxonomy order."""
    on: dict[tuple[str, str], list[Clause]] = {}
    topics: set[str] = set()
    for proposal in proposals:
        for clause in proposal.in_reading_order():
            for topic in dict.fromkeys(clause.topics):
                on.setdefault((proposal.slug, topic), []).append(clause)
                topics.add(topic)
        topics |= {silence.topic for silence in proposal.silences}
    lines = []
    for topic in sorted(topics, key=vocabulary.topic_key):
        cells = []
        for proposal in proposals:
            own = on.get((proposal.slug, topic), [])
            state, _ = state_of(proposal, own, [topic])
            cells.append(MatrixCell(proposal=proposal.slug, state=state, clauses=tuple(c.id for c in own)))
        lines.append(MatrixLine(topic=topic, group=vocabulary.groups.get(topic, ""), cells=tuple(cells)))
    return tuple(lines)


def _answered(pairs: Sequence[Alignment], clauses: Mapping[str, Clause]) -> set[tuple[str, str]]:
    """Clause ids with the slug of each proposal that has a clause linked to them; to strike out is no answer."""
    found = set()
    for pair in pairs:
        for link in pair.links:
            if "deletion" not in (clauses[link.left].kind, clauses[link.right].kind):
                found |= {(link.left, pair.right), (link.right, pair.left)}
    return found


def _nearest(pairs: Sequence[Alignment]) -> dict[tuple[str, str], tuple[str, float]]:
    """The best candidate of each clause in each other proposal, keyed by clause id and slug."""
    found = {}
    for pair in pairs:
        for clause, near in pair.nearest.items():
            owner = clause.rpartition("/")[0]
            found[clause, pair.right if owner == pair.left else pair.left] = near
    return found
