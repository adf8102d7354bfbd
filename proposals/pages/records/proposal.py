"""One proposal with its clauses in reading order and where everything is known from."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, Position, Proposal, ProposalParty
from proposals.pages.addresses import choice_address, comparison_address, topic_address
from proposals.pages.records.facts import Named
from proposals.pages.records.places import Places
from proposals.pages.records.said import (
    ShownDispute,
    ShownPosition,
    disputes_about,
    positions_of,
    shown_dispute,
    shown_position,
)
from proposals.payloads import clause_payloads, dispute_payloads, proposal_payloads, source_payloads
from proposals.rendering.clauses import ShownClause, ShownSource, shown_clause, shown_source
from proposals.rendering.dates import in_words
from proposals.rendering.headings import Heading, heading_of
from proposals.rendering.lines import Silence


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """A proposal that this one is tied to; `relation` reads from the later to the earlier."""

    slug: str
    short_title: str
    relation: str
    note: str
    is_earlier: bool
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalPage:
    """Each of the clauses stands with its places; `has_later` says that a later text is tied to it."""

    heading: Heading
    record: Proposal
    roles: tuple[tuple[str, tuple[Named, ...]], ...]
    topics: tuple[tuple[Named, int], ...]
    positions: tuple[ShownPosition, ...]
    disputes: tuple[ShownDispute, ...]
    exports: tuple[Named, ...]
    clauses: tuple[tuple[ShownClause, tuple[Named, ...]], ...]
    silences: tuple[Silence, ...]
    sources: tuple[ShownSource, ...]
    kin: tuple[Kin, ...]
    has_later: bool
    choice_address: str


def proposal_page(proposal: Proposal, *, user: Reader | None) -> ProposalPage:
    """The page of a proposal loaded with its parts. A constant number of queries."""
    found = Clause.objects.visible_to(user).filter(proposal=proposal).in_reading_order()
    clauses = clause_payloads(found, user=user)
    payload = proposal_payloads([proposal.slug], user=user)[proposal.slug]
    positions = positions_of(Position.objects.filter(proposal=proposal), user=user)
    disputes = dispute_payloads(disputes_about(user, proposal=proposal))
    included = include_records(
        heads=[payload],
        clauses=clauses,
        silences=payload["silences"],
        positions=list(positions.values()),
        disputes=list(disputes.values()),
    )
    titles = {proposal.slug: proposal.short_title}
    counts = Counter(topic for clause in clauses for topic in clause["topics"])
    places = Places(included["territories"])
    cited = source_payloads(payload["sources"])
    names = {role.party.slug: role.party.name for role in proposal.roles.all()}
    later = _later(proposal, user=user)
    return ProposalPage(
        heading=heading_of(payload, parties=names),
        record=proposal,
        roles=tuple(_roles(proposal)),
        topics=tuple(
            (Named(text=topic["name"], address=topic_address(slug)), counts[slug])
            for slug, topic in included["topics"].items()
            if counts[slug]
        ),
        positions=tuple(shown_position(one, included=included, titles=titles) for one in positions.values()),
        disputes=tuple(shown_dispute(one, included=included) for one in disputes.values()),
        exports=tuple(_exports(proposal.slug)),
        clauses=tuple((shown_clause(clause, included=included), places.of(clause)) for clause in clauses),
        silences=tuple(
            Silence(
                topic=silence.topic.name,
                reason=silence.reason,
                checked_by=silence.checked_by,
                checked_on=in_words(silence.checked_on.isoformat(), "day"),
                source=shown_source(included["sources"][silence.source.slug]) if silence.source else None,
            )
            for silence in proposal.silences.all()
        ),
        sources=tuple(shown_source(cited[slug]) for slug in payload["sources"]),
        kin=(*_earlier(proposal), *later),
        has_later=bool(later),
        choice_address=choice_address([proposal.slug]),
    )


# Formats of a proposal as the API answers it, by their value of `format`.
_EXPORTS = (("json", "JSON"), ("yaml", "YAML"), ("akn", "Akoma Ntoso"))


def _exports(slug: str) -> list[Named]:
    address = reverse("proposals-detail", args=[slug])
    return [Named(text=name, address=f"{address}?format={code}") for code, name in _EXPORTS]


def _roles(proposal: Proposal) -> list[tuple[str, tuple[Named, ...]]]:
    named = [
        (
            str(role.label),
            tuple(
                Named(text=one.party.name, address=reverse("pages:party", args=[one.party.slug]))
                for one in proposal.roles.all()
                if one.role == role
            ),
        )
        for role in ProposalParty.Role
    ]
    return [(label, names) for label, names in named if names]


def _earlier(proposal: Proposal) -> list[Kin]:
    return [
        Kin(
            slug=tie.earlier.slug,
            short_title=tie.earlier.short_title,
            relation=str(tie.get_relation_display()),
            note=tie.note,
            is_earlier=True,
            address=comparison_address([tie.earlier.slug, proposal.slug]),
        )
        for tie in proposal.lineage.all()
    ]


def _later(proposal: Proposal, *, user: Reader | None) -> list[Kin]:
    ties = (
        proposal.descendants.filter(proposal__in=Proposal.objects.visible_to(user))
        .select_related("proposal")
        .order_by("proposal__date", "proposal__last_day", "proposal__slug", "pk")
    )
    return [
        Kin(
            slug=tie.proposal.slug,
            short_title=tie.proposal.short_title,
            relation=str(tie.get_relation_display()),
            note=tie.note,
            is_earlier=False,
            address=comparison_address([proposal.slug, tie.proposal.slug]),
        )
        for tie in ties
    ]
