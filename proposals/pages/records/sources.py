"""A source with everything that cites it, and all sources with what they can be narrowed down to."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, Dispute, Evidence, Position, Proposal, Silence, Source, Statement, TextVersion
from proposals.pages.addresses import clause_address
from proposals.pages.numbered import page_of
from proposals.pages.records.facts import Fact, Named, fact, known, label_of
from proposals.pages.records.parties import DatedProposal, dated_proposal
from proposals.pages.records.said import ShownPosition, positions_of, short_titles, shown_position, slugs_of_disputes
from proposals.payloads import source_payloads
from proposals.rendering.clauses import ShownSource, shown_source

_PER_PAGE = 50


class UnknownSources(Exception):
    """A parameter names no sources; the message says which, and what there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceList:
    page: Page
    shown: tuple[ShownSource, ...]
    grades: tuple[tuple[str, str], ...]
    publishers: tuple[str, ...]
    grade: str
    publisher: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedIn:
    of: DatedProposal
    clauses: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePage:
    shown: ShownSource
    facts: tuple[Fact, ...]
    proposals: tuple[DatedProposal, ...]
    copies: tuple[Named, ...]
    clauses: tuple[CitedIn, ...]
    clause_count: int
    positions: tuple[ShownPosition, ...]
    silences: tuple[Named, ...]
    disputes: tuple[Named, ...]
    statements: tuple[Named, ...]


def list_sources(query: QueryDict) -> SourceList:
    """By publisher and title. Raises UnknownSources, NoSuchPage."""
    grade, publisher = query.get("grade", ""), query.get("publisher", "")
    found = Source.objects.order_by("publisher", "title", "pk")
    publishers = tuple(Source.objects.order_by("publisher").values_list("publisher", flat=True).distinct())
    if grade and grade not in Source.Reliability.values:
        raise UnknownSources(
            gettext("There is no grade “%(grade)s”; there are %(grades)s.")
            % {"grade": grade, "grades": ", ".join(Source.Reliability.values)}
        )
    if publisher and publisher not in publishers:
        raise UnknownSources(gettext("No source is of the publisher “%(name)s”.") % {"name": publisher})
    if grade:
        found = found.filter(reliability=grade)
    if publisher:
        found = found.filter(publisher=publisher)
    page = page_of(Paginator(found.values_list("slug", flat=True), _PER_PAGE), query.get("page", ""))
    slugs = list(page.object_list)
    sources = source_payloads(slugs)
    return SourceList(
        page=page,
        shown=tuple(shown_source(sources[slug]) for slug in slugs),
        grades=tuple((str(one.value), str(one.label)) for one in Source.Reliability),
        publishers=publishers,
        grade=grade,
        publisher=publisher,
    )


def source_page(source: Source, *, user: Reader | None) -> SourcePage:
    """A constant number of queries."""
    payload = source_payloads([source.slug])[source.slug]
    visible = Proposal.objects.visible_to(user)
    positions = positions_of(Position.objects.filter(source=source), user=user)
    included = include_records(heads=[], clauses=[], silences=[], positions=list(positions.values()), disputes=[])
    titles = short_titles(positions.values())
    clauses = tuple(_clauses(source, user=user))
    copies = TextVersion.objects.filter(source=source, proposal__in=visible).select_related("proposal")
    return SourcePage(
        shown=shown_source(payload),
        facts=known(
            [
                fact(gettext("Publisher"), payload["publisher"]),
                fact(gettext("Date"), _date(shown_source(payload), payload["date_note"])),
                fact(gettext("Grade"), label_of(Source.Reliability, payload["reliability"])),
                fact(gettext("Standpoint"), payload["stance_note"]),
                fact(gettext("How much of it was read"), label_of(Evidence, payload["access"])),
                fact(gettext("What it prints"), payload["covers"]),
            ]
        ),
        proposals=tuple(dated_proposal(one) for one in visible.filter(citations__source=source).in_date_order()),
        copies=tuple(
            Named(text=one.proposal.short_title, address=_proposal(one.proposal), note=one.name)
            for one in copies.order_by("proposal__date", "order", "pk")
        ),
        clauses=clauses,
        clause_count=sum(len(one.clauses) for one in clauses),
        positions=tuple(shown_position(one, included=included, titles=titles) for one in positions.values()),
        silences=tuple(_silences(source, user=user)),
        disputes=tuple(_disputes(source, user=user)),
        statements=tuple(
            Named(text=one.subject, note=one.claim)
            for one in Statement.objects.visible_to(user).filter(source=source).in_order()
        ),
    )


def _date(shown: ShownSource, note: str | None) -> Named | None:
    return Named(text=shown.date, note=note or "") if shown.date else None


def _proposal(proposal: Proposal) -> str:
    return reverse("pages:proposal", args=[proposal.slug])


def _clauses(source: Source, *, user: Reader | None) -> Iterable[CitedIn]:
    found = Clause.objects.visible_to(user).filter(citations__source=source).select_related("proposal")
    for proposal, several in groupby(found.in_reading_order(), key=lambda clause: clause.proposal):
        yield CitedIn(
            of=dated_proposal(proposal),
            clauses=tuple(
                Named(text=one.label, address=clause_address(f"{proposal.slug}/{one.key}"), note=one.locator)
                for one in several
            ),
        )


def _silences(source: Source, *, user: Reader | None) -> Iterable[Named]:
    found = Silence.objects.filter(source=source, proposal__in=Proposal.objects.visible_to(user))
    for one in found.select_related("proposal", "topic").order_by("proposal__date", "topic__slug", "pk"):
        note = f"{one.topic.name}: {one.reason}"
        yield Named(text=one.proposal.short_title, address=_proposal(one.proposal), note=note)


def _disputes(source: Source, *, user: Reader | None) -> Iterable[Named]:
    cited = slugs_of_disputes(Dispute.objects.filter(claims__source=source), user=user)
    about = slugs_of_disputes(Dispute.objects.filter(about__source=source), user=user)
    for one in Dispute.objects.filter(slug__in={*cited, *about}).in_order():
        yield Named(text=one.subject, address=reverse("pages:dispute", args=[one.slug]))
