"""One proposal with its clauses in reading order and where everything is known from."""

from dataclasses import dataclass

from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, Proposal, ProposalParty
from proposals.pages.addresses import choice_address, comparison_address
from proposals.payloads import clause_payloads, proposal_payloads, source_payloads
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
    heading: Heading
    record: Proposal
    roles: tuple[tuple[str, str], ...]
    clauses: tuple[ShownClause, ...]
    silences: tuple[Silence, ...]
    sources: tuple[ShownSource, ...]
    kin: tuple[Kin, ...]
    choice_address: str


def proposal_page(proposal: Proposal, *, user: Reader | None) -> ProposalPage:
    """The page of a proposal loaded with its parts. A constant number of queries."""
    found = Clause.objects.visible_to(user).filter(proposal=proposal).in_reading_order()
    clauses = clause_payloads(found, user=user)
    payload = proposal_payloads([proposal.slug], user=user)[proposal.slug]
    included = include_records(
        heads=[payload], clauses=clauses, silences=payload["silences"], positions=[], disputes=[]
    )
    cited = source_payloads(payload["sources"])
    names = {role.party.slug: role.party.name for role in proposal.roles.all()}
    return ProposalPage(
        heading=heading_of(payload, parties=names),
        record=proposal,
        roles=tuple(_roles(proposal)),
        clauses=tuple(shown_clause(clause, included=included) for clause in clauses),
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
        kin=(*_earlier(proposal), *_later(proposal, user=user)),
        choice_address=choice_address([proposal.slug]),
    )


def _roles(proposal: Proposal) -> list[tuple[str, str]]:
    named = [
        (str(role.label), [one.party.name for one in proposal.roles.all() if one.role == role])
        for role in ProposalParty.Role
    ]
    return [(label, ", ".join(names)) for label, names in named if names]


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
