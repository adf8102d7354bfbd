"""A topic with how much a reader sees on it, and of whom, whatever a page of it is narrowed down to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from parties.readers import Reader
from proposals.models import Clause, Position, ProposalParty, Topic

PER_PAGE = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """`texts` are the slugs of those with a clause on the topic; `parties` and `processes` are names by slug."""

    topic: Topic
    clause_count: int
    position_count: int
    texts: tuple[str, ...]
    parties: Mapping[str, str]
    processes: Mapping[str, str]

    @property
    def text_count(self) -> int:
        return len(self.texts)


def read_matter(topic: Topic, *, user: Reader | None) -> Matter:
    """Three queries."""
    seen = Clause.objects.visible_to(user).filter(topic_links__topic=topic).order_by()
    named = seen.values_list("proposal", "proposal__slug", "proposal__process__slug", "proposal__process__name")
    texts = list(named.annotate(count=Count("pk")))
    said = Position.objects.visible_to(user).filter(topic=topic).order_by()
    speakers = list(said.values_list("party__slug", "party__name").annotate(count=Count("pk")))
    proposing = ProposalParty.objects.filter(role=ProposalParty.Role.PROPOSER, proposal__in=[pk for pk, *_ in texts])
    parties = set(proposing.values_list("party__slug", "party__name").distinct())
    return Matter(
        topic=topic,
        clause_count=sum(count for *_, count in texts),
        position_count=sum(count for *_, count in speakers),
        texts=tuple(sorted(slug for _, slug, *_ in texts)),
        parties=_by_name(parties | {(slug, name) for slug, name, _ in speakers}),
        processes=_by_name({(slug, name) for _, _, slug, name, _ in texts}),
    )


def newest_first(rows: list[tuple]) -> list[tuple]:
    """Rows of a timeline by date backwards; what is of one date, such as the clauses of a text, keeps its order."""
    return sorted(rows, key=lambda row: (row[0], row[1]), reverse=True)


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(sorted(named, key=lambda one: (one[1].casefold(), one[0])))
