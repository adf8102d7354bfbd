"""Which topics each text of a process regulates, page by page of its history: a constant number of queries, no engine
run.

States are the engine's (`state_of`): unknown is not absent.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TypeVar

from parties.busy import a_few_at_once
from parties.readers import Reader
from proposals import alignment
from proposals.alignment.gaps import state_of
from proposals.models import Clause, ClauseTopic, Process, Proposal, Silence, Topic, TopicGroup

# As many columns as can be read side by side, and be drawn in a third of a second.
MOST_TEXTS = 40

_Record = TypeVar("_Record", Process, TopicGroup)


class NotCovered(Exception):
    """A `process`, `group`, `proposal` or `page` (the `kind`) of that name is not there; `known` are those that are."""

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
    """Lines in taxonomy order under their groups; `process` is None where no text is to be seen.

    `proposals` are those of this `page` of `page_count`, the first of which has the newest; among all `text_count` by
    date they begin with number `first`.
    """

    process: Process | None
    processes: tuple[Process, ...]
    groups: tuple[TopicGroup, ...]
    proposals: tuple[Proposal, ...]
    page: int
    page_count: int
    text_count: int
    first: int
    lines: tuple[tuple[TopicGroup, tuple[CoverageLine, ...]], ...]


@a_few_at_once
def coverage(
    *, user: Reader | None, process: str = "", group: str = "", proposals: Collection[str] = (), page: str = ""
) -> Coverage:
    """Topic by proposal for one process: the one named, else that of the newest text. Seven queries.

    A topic is left out if no text of the page touches it and a settlement is not expected to. Raises NotCovered.
    """
    seen = Proposal.objects.visible_to(user).in_date_order()
    newest = dict.fromkeys(seen.reverse().values_list("process", flat=True))
    found = Process.objects.in_bulk(newest)
    processes = tuple(found[pk] for pk in newest)
    chosen = _named("process", process, processes) if process else next(iter(processes), None)
    columns = list(seen.filter(process=chosen)) if chosen else []
    known = {one.slug: one for one in columns}
    for slug in proposals:
        if slug not in known:
            raise NotCovered("proposal", slug, sorted(known))
    if proposals:
        columns = [one for one in columns if one.slug in proposals]
    pages = max(1, ceil(len(columns) / MOST_TEXTS))
    number = _page(page, pages)
    text_count, end = len(columns), len(columns) - (number - 1) * MOST_TEXTS
    begin = max(0, end - MOST_TEXTS)
    columns = columns[begin:end]

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
        page=number,
        page_count=pages,
        text_count=text_count,
        first=begin + 1,
        lines=tuple((found, tuple(members)) for found, members in groupby(lines, key=lambda line: line.topic.group)),
    )


def _named(kind: str, slug: str, records: Sequence[_Record]) -> _Record:
    for one in records:
        if one.slug == slug:
            return one
    raise NotCovered(kind, slug, sorted(one.slug for one in records))


def _page(asked: str, count: int) -> int:
    numbers = [str(number + 1) for number in range(count)]
    if (asked or "1") not in numbers:
        raise NotCovered("page", asked, numbers)
    return int(asked or "1")


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
