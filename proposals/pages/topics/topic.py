"""The page of a topic: its clauses and positions by date, each with what changed, its figures and its disputes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, Dispute, Topic
from proposals.pages.records.facts import Named
from proposals.pages.records.said import (
    ShownDispute,
    ShownPosition,
    short_titles,
    shown_dispute,
    shown_position,
    slugs_of_disputes,
)
from proposals.pages.records.terms import shown_term
from proposals.pages.topics.asked import Asked, cut, read
from proposals.pages.topics.changes import ShownChange, clause_change, position_change
from proposals.pages.topics.figures import Measured, measured
from proposals.pages.topics.matter import Matter, newest_first, read_matter
from proposals.payloads import (
    ClausePayload,
    DisputePayload,
    ProposalPayload,
    clause_payloads,
    dispute_payloads,
    proposal_payloads,
)
from proposals.rendering.clauses import ShownClause, shown_clause
from proposals.rendering.dates import for_machines, in_words
from proposals.rendering.headings import Heading, heading_of
from proposals.timeline import TimelineEntry, timeline, timeline_entries


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownEntry:
    """A clause with its text's heading and figures, or a position; what belongs to the other is None or bare."""

    kind: str
    date: str
    machine_date: str
    change: ShownChange | None
    disputes: tuple[Named, ...] = ()
    clause: ShownClause | None = None
    heading: Heading | None = None
    figures: tuple[Named, ...] = ()
    position: ShownPosition | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """The entries of one period, however long it is."""

    date: str
    machine_date: str
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicPage:
    """`years` hold the entries of this `page` under their first year; figures are of all pages."""

    matter: Matter
    asked: Asked
    page: Page
    years: tuple[tuple[str, tuple[Day, ...]], ...]
    clause_count: int
    position_count: int
    figures: tuple[Measured, ...]
    disputes: tuple[ShownDispute, ...]
    slugs: tuple[str, ...]


def topic_page(topic: Topic, query: QueryDict, *, user: Reader | None) -> TopicPage:
    """A constant number of queries. Raises UnableToShow."""
    matter = read_matter(topic, user=user)
    asked = read(query, matter=matter)
    rows = list(timeline(topic, user=user, kinds=[asked.kind] if asked.kind else (), **asked.narrows))
    page = cut(newest_first(rows) if asked.order == "newest" else rows, query)
    entries = timeline_entries(list(page.object_list), topic=topic, user=user, as_of=asked.as_of)
    coded = _coded(topic, asked, user=user)
    disputes = _disputes(topic, user=user)
    found = [one["position"] for one in entries if one["position"]]
    heads = proposal_payloads(sorted({one["proposal"] for one in coded} | _texts(entries)), user=user)
    clauses = {one["id"]: one for one in [*coded, *(entry["clause"] for entry in entries if entry["clause"])]}
    included = include_records(
        heads=list(heads.values()),
        clauses=list(clauses.values()),
        silences=[],
        positions=found,
        disputes=disputes,
    )
    told = _Told(matter, heads=heads, disputes=disputes, included=included, titles=short_titles(found))
    return TopicPage(
        matter=matter,
        asked=asked,
        page=page,
        years=tuple(
            (year, tuple(_days(several)))
            for year, several in groupby(map(told.entry, entries), key=lambda one: one.machine_date[:4])
        ),
        clause_count=sum(row[2] == "clause" for row in rows),
        position_count=sum(row[2] == "position" for row in rows),
        figures=measured(coded, heads=heads, disputes=disputes, included=included),
        disputes=tuple(shown_dispute(one, included=included) for one in disputes if topic.slug in one["topics"]),
        slugs=tuple({one.proposal: None for one in matter.clauses.values()}),
    )


def topic_figures(topic: Topic, query: QueryDict, *, user: Reader | None) -> tuple[Measured, ...]:
    """The figures alone, as they are on the page. Raises UnableToShow."""
    asked = read(query, matter=read_matter(topic, user=user))
    coded, disputes = _coded(topic, asked, user=user), _disputes(topic, user=user)
    heads = proposal_payloads(sorted({one["proposal"] for one in coded}), user=user)
    included = include_records(heads=list(heads.values()), clauses=coded, silences=[], positions=[], disputes=disputes)
    return measured(coded, heads=heads, disputes=disputes, included=included)


def _coded(topic: Topic, asked: Asked, *, user: Reader | None) -> list[ClausePayload]:
    """The clauses with figures that the filters leave, on whatever page they stand, oldest first."""
    rows = timeline(topic, user=user, kinds=["clause"], **asked.narrows)
    wanted = Clause.objects.filter(pk__in=[row[5] for row in rows], terms__isnull=False).distinct()
    return clause_payloads(wanted.in_reading_order(), user=user)


def _disputes(topic: Topic, *, user: Reader | None) -> list[DisputePayload]:
    """On the topic, or about a clause on it, which may be of another of its topics."""
    about = Q(about__clause__topic_links__topic=topic)
    return list(
        dispute_payloads(slugs_of_disputes(Dispute.objects.filter(Q(topics=topic) | about), user=user)).values()
    )


def _texts(entries: Iterable[TimelineEntry]) -> set[str]:
    return {one["clause"]["proposal"] for one in entries if one["clause"]}


def _days(entries: Iterable[ShownEntry]) -> Iterable[Day]:
    for (machine_date, date), several in groupby(entries, key=lambda one: (one.machine_date, one.date)):
        yield Day(date=date, machine_date=machine_date, entries=tuple(several))


class _Told:
    """Entries of the timeline in words."""

    def __init__(
        self,
        matter: Matter,
        *,
        heads: Mapping[str, ProposalPayload],
        disputes: Sequence[DisputePayload],
        included: Mapping[str, Any],
        titles: Mapping[str, str],
    ) -> None:
        parties = {slug: one["name"] for slug, one in included["parties"].items()}
        self._headings = {slug: heading_of(head, parties=parties) for slug, head in heads.items()}
        self._matter, self._included, self._titles = matter, included, titles
        self._disputed: dict[tuple[str, str], list[Named]] = {}
        for one in disputes:
            named = Named(text=one["subject"], address=reverse("pages:dispute", args=[one["id"]]))
            for about in one["about"]:
                self._disputed.setdefault((about["kind"], about["id"]), []).append(named)

    def entry(self, entry: TimelineEntry) -> ShownEntry:
        date = in_words(entry["date"], entry["date_precision"], last=entry["date_end"], text=entry["date_text"])
        machine_date = for_machines(entry["date"], entry["date_precision"])
        if entry["position"]:
            return ShownEntry(
                kind="position",
                date=date,
                machine_date=machine_date,
                change=position_change(
                    entry["position_change"],
                    matter=self._matter,
                    names_person=bool(entry["position"]["person"]),
                ),
                disputes=tuple(self._disputed.get(("position", entry["position"]["id"]), ())),
                position=shown_position(entry["position"], included=self._included, titles=self._titles),
            )
        clause = entry["clause"]
        assert clause is not None  # noqa: S101  (an entry is one of the two)
        shown = shown_clause(clause, included=self._included)
        return ShownEntry(
            kind="clause",
            date=date,
            machine_date=machine_date,
            change=clause_change(
                entry["clause_change"],
                of=clause["id"],
                matter=self._matter,
                says_something=not shown.is_placeholder,
            ),
            disputes=tuple(self._disputed.get(("clause", clause["id"]), ())),
            clause=shown,
            heading=self._headings[clause["proposal"]],
            figures=tuple(shown_term(term, included=self._included) for term in clause["terms"]),
        )
