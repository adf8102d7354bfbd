"""The page of a topic: its clauses and positions by date, each with what changed, its figures and its disputes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, Dispute, Term, Topic
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
from proposals.pages.topics.asked import Asked, UnableToShow, cut, read
from proposals.pages.topics.changes import ShownChange, clause_change, position_change
from proposals.pages.topics.earlier import Earlier, read_earlier
from proposals.pages.topics.figures import MOST_DRAWN, Measured, measured
from proposals.pages.topics.matter import Matter, newest_first, read_matter
from proposals.pages.topics.measures import MOST_FIGURES, Counted, count_figures, first_of, one_of
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

MOST_DISPUTES = 12
# Of one measure alone there may be any number of figures.
_MOST_READ = 200


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
    """`years` hold the entries of this `page` under their first year.

    Figures are of all its pages and of `shown` among the `measures`; `disputes` are the first of `dispute_count`.
    """

    matter: Matter
    asked: Asked
    page: Page
    years: tuple[tuple[str, tuple[Day, ...]], ...]
    clause_count: int
    position_count: int
    measures: tuple[Counted, ...]
    shown: tuple[Counted, ...]
    figures: tuple[Measured, ...]
    disputes: tuple[ShownDispute, ...]
    dispute_count: int


def topic_page(topic: Topic, query: QueryDict, *, user: Reader | None) -> TopicPage:
    """A constant number of queries. Raises UnableToShow."""
    matter = read_matter(topic, user=user)
    asked = read(query, matter=matter)
    rows = _rows(asked, matter, user=user)
    page = cut(newest_first(rows) if asked.order == "newest" else rows, query)
    entries = timeline_entries(list(page.object_list), topic=topic, user=user, as_of=asked.as_of)
    earlier = read_earlier(entries, topic=topic, user=user, rows=newest_first(matter.rows))
    # Figures are of all that the filters leave, whatever kind of entry is shown.
    clauses = _clauses(rows if asked.kind != "position" else _rows(replace(asked, kind=""), matter, user=user))
    measures = count_figures(clauses)
    shown = (one_of(measures, asked.measure),) if asked.measure else first_of(measures, most=MOST_FIGURES)
    coded = _coded(clauses, shown, user=user)
    disputes = _disputes(topic, user=user)
    found = [one["position"] for one in entries if one["position"]]
    heads = proposal_payloads(sorted({one["proposal"] for one in coded} | _texts(entries)), user=user)
    named = {one["id"]: one for one in [*coded, *(entry["clause"] for entry in entries if entry["clause"])]}
    included = include_records(
        heads=list(heads.values()),
        clauses=list(named.values()),
        silences=[],
        positions=found,
        disputes=disputes,
    )
    on_topic = [one for one in disputes if topic.slug in one["topics"]]
    told = _Told(earlier, heads=heads, disputes=disputes, included=included, titles=short_titles(found))
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
        measures=measures,
        shown=shown,
        figures=measured(coded, measures=_codes(shown), heads=heads, disputes=disputes, included=included),
        disputes=tuple(shown_dispute(one, included=included) for one in on_topic[:MOST_DISPUTES]),
        dispute_count=len(on_topic),
    )


def figures_of_measure(topic: Topic, query: QueryDict, *, user: Reader | None) -> Measured | None:
    """The figures of the measure asked for, else of the one with the most; None where no text sets any.

    Raises UnableToShow.
    """
    matter = read_matter(topic, user=user)
    asked = read(query, matter=matter)
    clauses = _clauses(_rows(replace(asked, kind=""), matter, user=user))
    measures = [one for one in count_figures(clauses) if not one.is_date]
    if not measures:
        return None
    wanted = one_of(measures, asked.measure or measures[0].code)
    if wanted.count > MOST_DRAWN:
        raise _too_many(wanted.count)
    coded, disputes = _coded(clauses, [wanted], user=user), _disputes(topic, user=user)
    heads = proposal_payloads(sorted({one["proposal"] for one in coded}), user=user)
    included = include_records(heads=list(heads.values()), clauses=coded, silences=[], positions=[], disputes=disputes)
    (found,) = measured(coded, measures=[wanted.code], heads=heads, disputes=disputes, included=included)
    if found.is_crowded:
        raise _too_many(found.figure_count)
    return found


def _too_many(count: int) -> UnableToShow:
    message = gettext(
        "%(count)d figures are too many for one picture. Narrow them down by dates, a party or a process."
    )
    return UnableToShow(message % {"count": count})


def _rows(asked: Asked, matter: Matter, *, user: Reader | None) -> list[tuple[Any, ...]]:
    """What the filters leave of the timeline: one query where there are any."""
    if not asked.is_narrowed:
        return matter.rows
    return list(timeline(matter.topic, user=user, kinds=[asked.kind] if asked.kind else (), **asked.narrows))


def _clauses(rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """Their primary keys."""
    return [row[5] for row in rows if row[2] == "clause"]


def _coded(clauses: Sequence[int], measures: Sequence[Counted], *, user: Reader | None) -> list[ClausePayload]:
    """Those with figures of these measures, oldest first; of very many the newest."""
    terms = Term.objects.filter(clause__in=clauses, measure__code__in=_codes(measures))
    having = terms.order_by("-clause__proposal__date", "-clause").values_list("clause", "clause__proposal__date")
    newest = [pk for pk, _ in having.distinct()[:_MOST_READ]]
    return clause_payloads(Clause.objects.filter(pk__in=newest).in_reading_order(), user=user)


def _codes(measures: Sequence[Counted]) -> list[str]:
    return [one.code for one in measures]


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
        earlier: Earlier,
        *,
        heads: Mapping[str, ProposalPayload],
        disputes: Sequence[DisputePayload],
        included: Mapping[str, Any],
        titles: Mapping[str, str],
    ) -> None:
        parties = {slug: one["name"] for slug, one in included["parties"].items()}
        self._headings = {slug: heading_of(head, parties=parties) for slug, head in heads.items()}
        self._earlier, self._included, self._titles = earlier, included, titles
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
                    earlier=self._earlier,
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
                earlier=self._earlier,
                says_something=not shown.is_placeholder,
            ),
            disputes=tuple(self._disputed.get(("clause", clause["id"]), ())),
            clause=shown,
            heading=self._headings[clause["proposal"]],
            figures=tuple(shown_term(term, included=self._included) for term in clause["terms"]),
        )
