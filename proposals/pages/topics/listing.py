"""All topics under their groups, with how much is recorded on each and from when to when."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count

from parties.readers import Reader
from proposals.models import Clause, ClauseTopic, Position, Term, Topic, TopicGroup
from proposals.rendering.dates import for_machines, in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDay:
    words: str
    machine: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedTopic:
    """`first` and `last` are the dates of the earliest and the latest entry; None where nothing is recorded."""

    slug: str
    name: str
    definition: str
    clauses: int
    proposals: int
    positions: int
    first: ShownDay | None
    last: ShownDay | None
    measures: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class _Recorded:
    clauses: int = 0
    proposals: int = 0
    positions: int = 0
    periods: list[tuple[date, date, str, date | None, str]] = field(default_factory=list)
    measures: Counter[str] = field(default_factory=Counter)


def list_topics(*, user: Reader | None) -> list[tuple[TopicGroup, list[ListedTopic]]]:
    """By group, in the order of the taxonomy; four queries."""
    found: dict[int, _Recorded] = {}
    seen = Clause.objects.visible_to(user)
    period = ("date", "last_day", "date_precision", "date_end", "date_text")
    coded = ClauseTopic.objects.filter(clause__in=seen).values("topic", "clause__proposal").order_by()
    of_texts = coded.annotate(clauses=Count("clause")).values_list(
        "topic", "clauses", *(f"clause__proposal__{name}" for name in period)
    )
    for topic, clauses, *days in of_texts:
        own = found.setdefault(topic, _Recorded())
        own.clauses += clauses
        own.proposals += 1
        own.periods.append(tuple(days))
    for topic, *days in Position.objects.visible_to(user).order_by().values_list("topic", *period):
        own = found.setdefault(topic, _Recorded())
        own.positions += 1
        own.periods.append(tuple(days))
    measures = Term.objects.filter(clause__in=seen).values("clause__topic_links__topic", "measure__name").order_by()
    for topic, name, count in measures.annotate(count=Count("pk")).values_list(
        "clause__topic_links__topic", "measure__name", "count"
    ):
        if topic in found:
            found[topic].measures[name] += count
    topics = Topic.objects.in_taxonomy_order()
    return [
        (group, [_listed(topic, found.get(topic.pk, _Recorded())) for topic in several])
        for group, several in groupby(topics, key=lambda topic: topic.group)
    ]


def _listed(topic: Topic, own: _Recorded) -> ListedTopic:
    return ListedTopic(
        slug=topic.slug,
        name=topic.name,
        definition=topic.definition,
        clauses=own.clauses,
        proposals=own.proposals,
        positions=own.positions,
        first=_shown(min(own.periods, key=lambda one: one[:2])) if own.periods else None,
        last=_shown(max(own.periods, key=lambda one: one[:2])) if own.periods else None,
        measures=tuple(name for name, _ in sorted(own.measures.items(), key=lambda one: (-one[1], one[0]))),
    )


def _shown(period: tuple[date, date, str, date | None, str]) -> ShownDay:
    first, _, precision, end, text = period
    last = end.isoformat() if end else None
    return ShownDay(
        words=in_words(first.isoformat(), precision, last=last, text=text),
        machine=for_machines(first.isoformat(), precision),
    )
