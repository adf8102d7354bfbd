"""A topic with how much a reader sees on it, and of whom, whatever a page of it is narrowed down to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parties.readers import Reader
from proposals.models import Position, Proposal, ProposalParty, Topic
from proposals.timeline import timeline

PER_PAGE = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """`rows` are those of the whole timeline, the earliest first; `texts` the slugs of those with a clause on it.

    `parties` and `processes` are names by slug.
    """

    topic: Topic
    rows: list[tuple]
    position_count: int
    texts: tuple[str, ...]
    parties: Mapping[str, str]
    processes: Mapping[str, str]

    @property
    def text_count(self) -> int:
        return len(self.texts)

    @property
    def clause_count(self) -> int:
        return len(self.rows) - self.position_count


def read_matter(topic: Topic, *, user: Reader | None) -> Matter:
    """Four queries."""
    rows = list(timeline(topic, user=user))
    texts = sorted({row[3] for row in rows if row[2] == "clause"})
    said = [row[5] for row in rows if row[2] == "position"]
    processes = Proposal.objects.filter(slug__in=texts).order_by().values_list("process__slug", "process__name")
    speakers = Position.objects.filter(pk__in=said).order_by().values_list("party__slug", "party__name")
    proposing = ProposalParty.objects.filter(role=ProposalParty.Role.PROPOSER, proposal__slug__in=texts)
    proposers = proposing.order_by().values_list("party__slug", "party__name")
    return Matter(
        topic=topic,
        rows=rows,
        position_count=len(said),
        texts=tuple(texts),
        parties=_by_name({*speakers.distinct(), *proposers.distinct()}),
        processes=_by_name(set(processes.distinct())),
    )


def newest_first(rows: list[tuple]) -> list[tuple]:
    """Rows of a timeline by date backwards; what is of one date, such as the clauses of a text, keeps its order."""
    return sorted(rows, key=lambda row: (row[0], row[1]), reverse=True)


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(sorted(named, key=lambda one: (one[1].casefold(), one[0])))
