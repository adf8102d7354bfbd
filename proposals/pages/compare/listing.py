"""The proposals to choose from, and pairs worth laying side by side."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from parties.models import Party
from parties.readers import Reader
from proposals.models import Clause, Lineage, Proposal, ProposalParty, Stage
from proposals.pages.addresses import comparison_address
from proposals.payloads import proposal_payloads
from proposals.querysets import ProposalQuerySet
from proposals.rendering.dates import for_machines, in_words
from proposals.rendering.headings import Heading, heading_of

# Relations that make a pair worth reading side by side, the nearest kin first.
_KIN = (
    Lineage.Relation.ANSWERS,
    Lineage.Relation.REVISES,
    Lineage.Relation.SUPERSEDES,
    Lineage.Relation.BUILDS_ON,
    Lineage.Relation.RIVALS,
)
_SUGGESTIONS = 8
# On a page, beside those that are ticked.
MOST_LISTED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    heading: Heading
    process: str
    is_ticked: bool
    # Where the record stands, if it is not public; blank if it is.
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A later text beside the one that it answers, revises …"""

    later: Heading
    earlier: Heading
    relation: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """Proposals by year, newest first, as far as they stand in this `part` of all that were found.

    `count` is the number of all; `has_processes` says that those shown are of more than one process.
    """

    years: tuple[tuple[str, tuple[Entry, ...]], ...]
    suggestions: tuple[Suggestion, ...]
    count: int
    part: Page
    has_processes: bool


def list_proposals(*, user: Reader | None, ticked: Collection[str] = (), search: str = "", part: str = "1") -> Listing:
    """The proposals that the reader sees: those ticked, and those with all words of `search` in title, date …

    Suggested first are kin of the ticked ones. A constant number of queries, and of records read whole.
    """
    seen = Proposal.objects.visible_to(user)
    found = _having(seen, search.casefold().split())
    # PostgreSQL takes no zero byte, and no slug has one.
    ticked = [slug for slug in ticked if "\0" not in slug]
    kept = set(seen.filter(slug__in=ticked).values_list("slug", flat=True)) if ticked else set()
    others = Paginator([slug for slug in found if slug not in kept], MOST_LISTED).get_page(part)
    shown = list(seen.filter(slug__in={*kept, *others.object_list}).in_date_order().reverse().select_related("process"))
    ties = _ties(seen, ticked=ticked, user=user)
    tied = {slug for tie in ties for slug in (tie.proposal.slug, tie.earlier.slug)}
    headings = _headings({*(one.slug for one in shown), *tied}, user=user)
    entries = [
        Entry(
            heading=headings[proposal.slug],
            process=proposal.process.name,
            is_ticked=proposal.slug in kept,
            stage="" if proposal.stage == Stage.PUBLIC else proposal.get_stage_display(),
        )
        for proposal in shown
    ]
    return Listing(
        years=tuple((year, tuple(group)) for year, group in groupby(entries, key=lambda entry: entry.heading.year)),
        suggestions=tuple(_suggestion(tie, headings) for tie in ties),
        count=others.paginator.count + len(kept),
        part=others,
        has_processes=len({entry.process for entry in entries}) > 1,
    )


def _having(seen: ProposalQuerySet, words: Sequence[str]) -> list[str]:
    """The slugs of those whose head has all the words, newest first; few columns are read of however many there are."""
    newest = seen.in_date_order().reverse()
    if not words:
        return list(newest.values_list("slug", flat=True))
    proposers: dict[int, list[str]] = {}
    roles = ProposalParty.objects.filter(role=ProposalParty.Role.PROPOSER, proposal__in=seen)
    for proposal, name in roles.order_by("order", "pk").values_list("proposal", "party__name"):
        proposers.setdefault(proposal, []).append(name)
    columns = ("title", "short_title", "kind", "date", "date_precision", "date_end", "date_text", "slug", "pk")
    return [one.slug for one in newest.only(*columns) if _has(one, proposers.get(one.pk, ()), words)]


def _has(proposal: Proposal, proposers: Iterable[str], words: Sequence[str]) -> bool:
    first, last = proposal.date.isoformat(), proposal.date_end.isoformat() if proposal.date_end else None
    precision = proposal.date_precision
    date = in_words(first, precision, last=last, text=proposal.date_text)
    told = (proposal.title, proposal.short_title, date, for_machines(first, precision), proposal.get_kind_display())
    text = " ".join((*told, *proposers)).casefold()
    return all(word in text for word in words)


def _headings(slugs: Collection[str], *, user: Reader | None) -> dict[str, Heading]:
    payloads = proposal_payloads(slugs, user=user)
    proposers = {party for payload in payloads.values() for party in payload["proposers"]}
    names = dict(Party.objects.filter(slug__in=proposers).values_list("slug", "name"))
    return {slug: heading_of(payload, parties=names) for slug, payload in payloads.items()}


def _ties(seen: ProposalQuerySet, *, ticked: Collection[str], user: Reader | None) -> list[Lineage]:
    """Those of the ticked proposals first, then the nearest kin, then the newest; only texts that have clauses."""
    clauses = Clause.objects.visible_to(user)
    kin = Case(*(When(relation=relation, then=Value(place)) for place, relation in enumerate(_KIN)))
    of_ticked = Case(When(Q(proposal__slug__in=ticked) | Q(earlier__slug__in=ticked), then=Value(0)), default=Value(1))
    found = Lineage.objects.filter(
        Exists(clauses.filter(proposal=OuterRef("proposal"))),
        Exists(clauses.filter(proposal=OuterRef("earlier"))),
        relation__in=_KIN,
        proposal__in=seen,
        earlier__in=seen,
    )
    newest = ("-proposal__date", "-proposal__last_day", "-proposal__slug", "order", "pk")
    in_order = found.order_by(*([of_ticked] if ticked else []), kin, *newest)
    return list(in_order.select_related("proposal", "earlier")[:_SUGGESTIONS])


def _suggestion(tie: Lineage, headings: Mapping[str, Heading]) -> Suggestion:
    later, earlier = headings[tie.proposal.slug], headings[tie.earlier.slug]
    return Suggestion(
        later=later,
        earlier=earlier,
        relation=str(tie.get_relation_display()),
        address=comparison_address([earlier.slug, later.slug]),
    )
