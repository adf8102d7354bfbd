"""The proposals to choose from, and pairs worth laying side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from parties.readers import Reader
from proposals.models import Lineage, Proposal, Stage
from proposals.pages.addresses import comparison_address
from proposals.payloads import ProposalPayload, proposal_payloads
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
    """Proposals by year, newest first; `has_processes` says that they are of more than one process."""

    years: tuple[tuple[str, tuple[Entry, ...]], ...]
    suggestions: tuple[Suggestion, ...]
    count: int
    has_processes: bool


def list_proposals(*, user: Reader | None, ticked: Collection[str] = (), search: str = "") -> Listing:
    """The proposals that the reader sees: those ticked, and those with all words of `search` in title, date …

    Suggested first are kin of the ticked ones. A constant number of queries.
    """
    found = Proposal.objects.visible_to(user).in_date_order().reverse().with_parts(user)
    proposals = list(found)
    payloads = proposal_payloads([proposal.slug for proposal in proposals], user=user)
    headings = {proposal.slug: _heading(proposal, payloads[proposal.slug]) for proposal in proposals}
    words = search.casefold().split()
    shown = [one for one in proposals if one.slug in ticked or _has(headings[one.slug], words)]
    entries = [
        Entry(
            heading=headings[proposal.slug],
            process=proposal.process.name,
            is_ticked=proposal.slug in ticked,
            stage="" if proposal.stage == Stage.PUBLIC else proposal.get_stage_display(),
        )
        for proposal in shown
    ]
    return Listing(
        years=tuple((year, tuple(group)) for year, group in groupby(entries, key=lambda entry: entry.heading.year)),
        suggestions=_suggestions(proposals, headings, ticked=ticked),
        count=len(entries),
        has_processes=len({entry.process for entry in entries}) > 1,
    )


def _heading(proposal: Proposal, payload: ProposalPayload) -> Heading:
    names = {role.party.slug: role.party.name for role in proposal.roles.all()}
    return heading_of(payload, parties=names)


def _has(heading: Heading, words: Sequence[str]) -> bool:
    told = (heading.title, heading.short_title, heading.date, heading.machine_date, heading.proposers, heading.kind)
    text = " ".join(told).casefold()
    return all(word in text for word in words)


def _suggestions(
    proposals: Sequence[Proposal], headings: dict[str, Heading], *, ticked: Collection[str]
) -> tuple[Suggestion, ...]:
    """Those of the ticked proposals first, then the nearest kin, then the newest; only texts that have clauses."""
    ties = [
        (tie, headings[proposal.slug], headings[tie.earlier.slug])
        for proposal in proposals
        for tie in proposal.lineage.all()
        if tie.relation in _KIN
    ]
    ties = [one for one in ties if one[1].clause_count and one[2].clause_count]
    ties.sort(key=lambda one: (not {one[1].slug, one[2].slug} & set(ticked), _KIN.index(one[0].relation)))
    return tuple(
        Suggestion(
            later=later,
            earlier=earlier,
            relation=str(tie.get_relation_display()),
            address=comparison_address([earlier.slug, later.slug]),
        )
        for tie, later, earlier in ties[:_SUGGESTIONS]
    )
