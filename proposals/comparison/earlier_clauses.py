"""What changed in a clause on a topic against the one before it, as the engine tells it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypedDict

from parties.busy import a_few_at_once
from parties.readers import Reader
from proposals import alignment
from proposals.comparison.document import divergence_document
from proposals.comparison.embedder import current_embedder
from proposals.comparison.engine_input import engine_clause
from proposals.comparison.loading import clauses_of, load_decisions
from proposals.comparison.vocabulary import current_vocabulary
from proposals.models import Clause, Topic
from proposals.payloads import ClausePayload

# Texts of the process on the topic before a clause's own that are searched for a clause linked to it, so that a page
# stays affordable.
LOOKED_BACK = 10


class ClauseChange(TypedDict):
    """Of two clauses that are not linked nothing more is said: what is null is said of links alone."""

    against: str
    order_certain: bool
    linked: bool
    relation: str | None
    wider: str | None
    score: float | None
    decided_by: str | None
    stale: bool
    differs: bool | None
    divergences: list[dict[str, Any]]


class _Place(NamedTuple):
    """Where a clause on the topic stands in time: texts of one period stand beside each other, none before another."""

    first_day: Any
    last_day: Any
    process: int
    proposal: str
    order: int
    pk: int
    key: str
    kind: str

    @property
    def id(self) -> str:
        return f"{self.proposal}/{self.key}"

    @property
    def period(self) -> tuple[Any, Any]:
        return self.first_day, self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClauses:
    """Clauses by primary key, and what changed in each by its id; None where there is nothing earlier to set it
    against."""

    clauses: Mapping[int, ClausePayload] = field(default_factory=dict)
    changes: Mapping[str, ClauseChange | None] = field(default_factory=dict)


@a_few_at_once
def told_clauses(pks: Collection[int], *, topic: Topic, user: Reader | None) -> ToldClauses:
    """These clauses on a topic, each set against an earlier clause on it of another text of its process that the
    reader sees: texts of two processes do not answer each other.

    That is the nearest one that is linked to it, among the LOOKED_BACK texts before it, and of several in one text the
    best; where there is none, the one directly before. A constant number of queries.
    """
    if not pks:
        return ToldClauses()
    places = _places(pks, topic, user)
    wanted = [place for place in places if place.pk in pks]
    before = {place.pk: _before(place, places) for place in wanted}
    slugs = {place.proposal for place in wanted} | {one.proposal for found in before.values() for one in found}
    loaded = clauses_of(sorted(slugs), user=user)
    payloads = {clause["id"]: clause for clauses in loaded.values() for clause in clauses}
    judge = _Judge(loaded, places, user)
    return ToldClauses(
        clauses={place.pk: payloads[place.id] for place in wanted},
        changes={place.id: judge.change(place, before[place.pk]) for place in wanted},
    )


def _places(pks: Collection[int], topic: Topic, user: Reader | None) -> list[_Place]:
    """Every clause on the topic that the reader sees of the processes of these, in the order of time."""
    processes = Clause.objects.filter(pk__in=pks).values("proposal__process")
    stored = Clause.objects.visible_to(user).filter(topic_links__topic=topic, proposal__process__in=processes)
    columns = (
        *("proposal__date", "proposal__last_day", "proposal__process", "proposal__slug"),
        *("order", "pk", "key", "kind"),
    )
    stored = stored.in_reading_order()
    return [_Place(*row) for row in stored.values_list(*columns)]


def _before(place: _Place, places: Sequence[_Place]) -> list[_Place]:
    """The clauses that a clause may be set against, those directly before it first. A placeholder says nothing."""
    if place.kind == Clause.Kind.PLACEHOLDER:
        return []
    found: list[_Place] = []
    texts: set[str] = set()
    for one in reversed(places):
        if one.process != place.process or one.period >= place.period or one.proposal == place.proposal:
            continue
        if one.kind == Clause.Kind.PLACEHOLDER:
            continue
        texts.add(one.proposal)
        if len(texts) > LOOKED_BACK:
            break
        found.append(one)
    return found


class _Judge:
    """Says what changed between two clauses of the loaded proposals."""

    def __init__(
        self, loaded: Mapping[str, Sequence[ClausePayload]], places: Sequence[_Place], user: Reader | None
    ) -> None:
        self._proposals = {
            slug: alignment.Proposal(slug=slug, clauses=tuple(engine_clause(clause) for clause in clauses))
            for slug, clauses in loaded.items()
        }
        on_topic: dict[str, set[str]] = {}
        for place in places:
            on_topic.setdefault(place.proposal, set()).add(place.id)
        self._on_topic = {proposal: frozenset(ids) for proposal, ids in on_topic.items()}
        self._decisions = load_decisions(self._proposals, user=user)
        self._vocabulary, self._embedder = current_vocabulary(), current_embedder()

    def change(self, place: _Place, before: Sequence[_Place]) -> ClauseChange | None:
        if not before:
            return None
        earlier = {one.id: one for one in before}
        for text in dict.fromkeys(one.proposal for one in before):
            links = [link for link in self._links(text, place.proposal) if link.right == place.id]
            if links := [link for link in links if link.left in earlier]:
                best = min(links, key=lambda link: (-link.score, earlier[link.left].order, link.left))
                return _linked(best, certain=_follows(place, earlier[best.left]))
        return _not_linked(before[0].id, certain=_follows(place, before[0]))

    def _links(self, earlier: str, later: str) -> Sequence[alignment.Link]:
        return alignment.align(
            self._proposals[earlier],
            self._proposals[later],
            decisions=self._decisions,
            vocabulary=self._vocabulary,
            embedder=self._embedder,
            of=self._on_topic[later],
        ).links


def _follows(later: _Place, earlier: _Place) -> bool:
    return bool(earlier.last_day < later.first_day)


def _linked(link: alignment.Link, *, certain: bool) -> ClauseChange:
    return {
        "against": link.left,
        "order_certain": certain,
        "linked": True,
        "relation": link.relation,
        "wider": link.wider,
        "score": link.score,
        "decided_by": link.decided_by,
        "stale": link.stale,
        # Other words for the same, or a hint from the wording, are no change.
        "differs": link.relation == "conflict" or any(divergence.asserted for divergence in link.divergences),
        "divergences": [divergence_document(divergence) for divergence in link.divergences],
    }


def _not_linked(against: str, *, certain: bool) -> ClauseChange:
    return {
        "against": against,
        "order_certain": certain,
        "linked": False,
        "relation": None,
        "wider": None,
        "score": None,
        "decided_by": None,
        "stale": False,
        "differs": None,
        "divergences": [],
    }
