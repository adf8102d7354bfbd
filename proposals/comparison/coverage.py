"""Which topics each text of a process regulates, over the whole history: a constant number of queries, no engine run.

States are the engine's (`state_of`): unknown is not absent.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from parties.busy import a_few_at_once
from parties.readers import Reader
from proposals import alignment
from proposals.alignment.gaps import state_of
from proposals.models import Clause, ClauseTopic, Process, Proposal, Silence, Topic, TopicGroup

_Record = TypeVar("_Record", Process, TopicGroup)


class NotCovered(Exception):
    """A `process`, `group` or `proposal` (the `kind`) of that name is not there; `known` are those that are."""

    def __init__(self, kind: str, slug: str, known: Sequence[str]) -> None:
        super().__init__(f"No {kind} {slug}")
        self.kind, self.slug, self.known = kind, slug, tuple(known)


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageCell:
    """What one proposal has on one topic; `keys` are its clauses on it in reading order, deletions among them."""

    proposal: str
    state: str
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageLine:
    """One topic over all proposals, in date order."""

    topic: Topic
    cells: tuple[CoverageCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """Lines in taxonomy order under their groups; `process` is None where no text is to be seen."""

    process: Process | None
    processes: tuple[Process, ...]
    groups: tuple[TopicGroup, ...]
    proposals: tuple[Proposal, ...]
    lines: tuple[tuple[TopicGroup, tuple[CoverageLine, ...]], ...]


@a_few_at_once
def coverage(*, user: Reader | None, process: str = "", group: str = "", proposals: Collection[str] = ()) -> Coverage:
    """Topic by proposal for one process: the one named, else that of the newest text. Five queries.

    A topic is left out if no text touches it and a settlement is not expected to. Raises NotCovered.
    """
    seen = list(Proposal.objects.visible_to(user).in_date_order().select_related("process"))
    processes = tuple({one.process_id: one.process for one in reversed(seen)}.values())
    chosen = _named("process", process, processes) if process else next(iter(processes), None)
    columns = [one for one in seen if chosen and one.process_id == chosen.pk]
    known = {one.slug: one for one in columns}
    for slug in proposals:
        if slug not in known:
            raise NotCovered("proposal", slug, sorted(known))
    if proposals:
        columns = [one for one in columns if one.slug in proposals]

    topics = list(Topic.objects.in_taxonomy_order())
    groups = tuple({topic.group_id: topic.group for topic in topics}.values())
    if group:
        wanted = _named("group", group, groups)
        topics = [topic for topic in topics if topic.group_id == wanted.pk]
    own, texts = _clauses_by_topic(columns, user=user), _texts(columns)
    lines = []
    for topic in topics:
        cells = []
        for one in columns:
            clauses = own.get((one.pk, topic.pk), [])
            state, _ = state_of(texts[one.pk], clauses, [topic.slug])
            cells.append(CoverageCell(proposal=one.slug, state=state, keys=tuple(clause.id for clause in clauses)))
        if topic.core or any(cell.state in ("regulated", "struck_out", "silent") for cell in cells):
            lines.append(CoverageLine(topic=topic, cells=tuple(cells)))
    return Coverage(
        process=chosen,
        processes=processes,
        groups=groups,
        proposals=tuple(columns),
        lines=tuple((found, tuple(members)) for found, members in groupby(lines, key=lambda line: line.topic.group)),
    )


def _named(kind: str, slug: str, records: Sequence[_Record]) -> _Record:
    for one in records:
        if one.slug == slug:
            return one
    raise NotCovered(kind, slug, sorted(one.slug for one in records))


def _clauses_by_topic(
    proposals: Sequence[Proposal], *, user: Reader | None
) -> dict[tuple[int, int], list[alignment.Clause]]:
    """Clauses that hold content, by proposal and topic, with no more of each than its state asks for."""
    seen = Clause.objects.visible_to(user).filter(proposal__in=proposals).exclude(kind=Clause.Kind.PLACEHOLDER)
    coded = (
        ClauseTopic.objects.filter(clause__in=seen)
        .order_by("clause__order", "clause__key")
        .values_list("clause__proposal", "topic", "clause__key", "clause__kind", "clause__order")
    )
    found: dict[tuple[int, int], list[alignment.Clause]] = {}
    for proposal, topic, key, kind, order in coded:
        found.setdefault((proposal, topic), []).append(alignment.Clause(id=key, text="", order=order, kind=kind))
    return found


def _texts(proposals: Sequence[Proposal]) -> dict[int, alignment.Proposal]:
    silences: dict[int, list[alignment.Silence]] = {}
    recorded = Silence.objects.filter(proposal__in=proposals).order_by("pk")
    for proposal, topic, reason in recorded.values_list("proposal", "topic__slug", "reason"):
        silences.setdefault(proposal, []).append(alignment.Silence(topic=topic, reason=reason))
    return {
        one.pk: alignment.Proposal(
            slug=one.slug, complete=one.clauses_complete, silences=tuple(silences.get(one.pk, ()))
        )
        for one in proposals
    }
