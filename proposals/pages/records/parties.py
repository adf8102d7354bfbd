"""A party or person: names and who uses them, what they put forward, what binds them, and what they said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext

from parties.as_json import in_order_of
from parties.models import Party, Person
from parties.payloads import MembershipPayload, PartyPayload, PersonPayload, party_payloads, person_payloads
from parties.readers import Reader
from proposals.comparison import said_up_to, stands
from proposals.comparison.included import include_records
from proposals.models import Clause, ClauseParty, Contest, Position, Proposal, ProposalParty, Topic
from proposals.pages.addresses import clause_address, topic_address
from proposals.pages.records.facts import Fact, Named, also_called, fact, known, label_of, party_names
from proposals.pages.records.said import (
    ShownDispute,
    ShownPosition,
    ShownStand,
    disputes_about,
    disputes_on,
    positions_of,
    short_titles,
    shown_dispute,
    shown_position,
    shown_stand,
)
from proposals.payloads import dispute_payloads
from proposals.rendering.dates import for_machines, in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedParty:
    party: Named
    also: str
    proposals: int
    positions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedProposal:
    proposal: Named
    date: str
    machine_date: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """The clauses of one proposal in which a party has a role, which the note of each tells."""

    of: DatedProposal
    clauses: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OnTopic:
    topic: Named
    stand: ShownStand


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyPage:
    party: PartyPayload
    kind: str
    facts: tuple[Fact, ...]
    persons: tuple[Named, ...]
    roles: tuple[tuple[str, tuple[DatedProposal, ...]], ...]
    bound: tuple[Bound, ...]
    bound_count: int
    contested: tuple[Named, ...]
    topics: tuple[OnTopic, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonPage:
    person: PersonPayload
    facts: tuple[Fact, ...]
    positions: tuple[ShownPosition, ...]
    disputes: tuple[ShownDispute, ...]


def list_parties(*, user: Reader | None) -> tuple[tuple[str, tuple[ListedParty, ...]], ...]:
    """By kind, then by name. A constant number of queries."""
    parties = in_order_of(Party.objects.in_name_order(), party_payloads)
    names = {one["slug"]: one["name"] for one in parties}
    roles = ProposalParty.objects.filter(proposal__in=Proposal.objects.visible_to(user))
    proposals = dict(roles.order_by().values_list("party__slug").annotate(Count("proposal", distinct=True)))
    said = Position.objects.visible_to(user).order_by()
    positions = dict(said.values_list("party__slug").annotate(Count("pk")))
    listed = {
        kind: tuple(
            ListedParty(
                party=Named(text=one["name"], address=reverse("pages:party", args=[one["slug"]])),
                also=also_called(one["aliases"], names=names),
                proposals=proposals.get(one["slug"], 0),
                positions=positions.get(one["slug"], 0),
            )
            for one in parties
            if one["kind"] == kind
        )
        for kind in Party.Kind
    }
    return tuple((str(kind.label), several) for kind, several in listed.items() if several)


def party_page(slug: str, *, user: Reader | None) -> PartyPage | None:
    """None where there is no such party. A constant number of queries."""
    party = party_payloads([slug]).get(slug)
    if party is None:
        return None
    persons = Person.objects.filter(party__slug=slug).in_name_order()
    bound = tuple(_bound(slug, user=user))
    return PartyPage(
        party=party,
        kind=str(Party.Kind(party["kind"]).label),
        facts=known(_facts(party)),
        persons=tuple(
            Named(text=person.name, address=reverse("pages:person", args=[person.slug]), note=person.role)
            for person in persons
        ),
        roles=tuple(_roles(slug, user=user)),
        bound=bound,
        bound_count=sum(len(one.clauses) for one in bound),
        contested=tuple(_contested(slug, user=user)),
        topics=tuple(_topics(slug, user=user)),
    )


def person_page(slug: str, *, user: Reader | None) -> PersonPage | None:
    """None where there is no such person. A constant number of queries."""
    person = person_payloads([slug]).get(slug)
    if person is None:
        return None
    positions = positions_of(Position.objects.filter(person__slug=slug), user=user)
    disputes = dispute_payloads(disputes_about(user, person__slug=slug))
    included = include_records(
        heads=[], clauses=[], silences=[], positions=list(positions.values()), disputes=list(disputes.values())
    )
    titles = short_titles(positions.values())
    party = Party.objects.get(slug=person["party"])
    names = party_names(person["aliases"])
    return PersonPage(
        person=person,
        facts=known(
            [
                fact(gettext("Spoke for"), Named(text=party.name, address=reverse("pages:party", args=[party.slug]))),
                fact(gettext("Office"), person["role"]),
                fact(gettext("Also written"), also_called(person["aliases"], names=names)),
                fact(gettext("Note"), person["note"]),
            ]
        ),
        positions=tuple(shown_position(one, included=included, titles=titles) for one in positions.values()),
        disputes=tuple(shown_dispute(one, included=included) for one in disputes.values()),
    )


def _facts(party: PartyPayload) -> Iterable[Fact]:
    ties = [*party["members"], *party["member_of"]]
    others = {one["party"] for one in ties} | {user for alias in party["aliases"] for user in alias["used_by"]}
    names = dict(Party.objects.filter(slug__in=others).values_list("slug", "name"))
    yield fact(gettext("Kind"), label_of(Party.Kind, party["kind"]))
    yield fact(gettext("Also called"), *(also_called([alias], names=names) for alias in party["aliases"]))
    yield fact(gettext("Note"), party["note"])
    yield fact(gettext("Belongs to"), *_memberships(party["member_of"], names=names))
    yield fact(gettext("Members"), *_memberships(party["members"], names=names))


def _memberships(ties: Sequence[MembershipPayload], *, names: dict[str, str]) -> Iterable[Named]:
    for tie in ties:
        parts = [
            gettext("from %(day)s") % {"day": in_words(tie["starts_on"], "day")} if tie["starts_on"] else "",
            gettext("until %(day)s") % {"day": in_words(tie["ends_on"], "day")} if tie["ends_on"] else "",
        ]
        slug = tie["party"]
        address = reverse("pages:party", args=[slug])
        yield Named(text=names.get(slug, slug), address=address, note=" ".join(part for part in parts if part))


def dated_proposal(proposal: Proposal) -> DatedProposal:
    last = proposal.date_end.isoformat() if proposal.date_end else None
    first = proposal.date.isoformat()
    return DatedProposal(
        proposal=Named(text=proposal.short_title, address=reverse("pages:proposal", args=[proposal.slug])),
        date=in_words(first, proposal.date_precision, last=last, text=proposal.date_text),
        machine_date=for_machines(first, proposal.date_precision),
    )


def _roles(slug: str, *, user: Reader | None) -> Iterable[tuple[str, tuple[DatedProposal, ...]]]:
    seen = ProposalParty.objects.filter(party__slug=slug, proposal__in=Proposal.objects.visible_to(user))
    ties = list(
        seen.select_related("proposal").order_by("-proposal__date", "-proposal__last_day", "proposal__slug", "pk")
    )
    for role in ProposalParty.Role:
        found = tuple(dated_proposal(tie.proposal) for tie in ties if tie.role == role)
        if found:
            yield str(role.label), found


def _bound(slug: str, *, user: Reader | None) -> Iterable[Bound]:
    """The clauses in which it has a role, under their proposals by date, the newest first."""
    ties = ClauseParty.objects.filter(party__slug=slug, clause__in=Clause.objects.visible_to(user))
    in_order = ties.select_related("clause__proposal").order_by(
        *("-clause__proposal__date", "-clause__proposal__last_day", "clause__proposal__slug"), "clause__order", "pk"
    )
    for proposal, several in groupby(in_order, key=lambda tie: tie.clause.proposal):
        clauses: dict[str, list[str]] = {}
        labels: dict[str, str] = {}
        for tie in several:
            clauses.setdefault(tie.clause.key, []).append(str(tie.get_role_display()))
            labels[tie.clause.key] = tie.clause.label
        yield Bound(
            of=dated_proposal(proposal),
            clauses=tuple(
                Named(text=labels[key], address=clause_address(f"{proposal.slug}/{key}"), note=", ".join(roles))
                for key, roles in clauses.items()
            ),
        )


def _contested(slug: str, *, user: Reader | None) -> Iterable[Named]:
    found = Contest.objects.filter(party__slug=slug, clause__in=Clause.objects.visible_to(user))
    for one in found.select_related("clause__proposal").order_by("clause__proposal__date", "clause__order", "pk"):
        address = clause_address(f"{one.clause.proposal.slug}/{one.clause.key}")
        yield Named(text=f"{one.clause.proposal.short_title}: {one.clause.label}", address=address, note=one.objection)


def _topics(slug: str, *, user: Reader | None) -> Iterable[OnTopic]:
    """Topics in the order of the taxonomy."""
    said = said_up_to(Position.objects.filter(party__slug=slug), user=user)
    shown = partial(
        shown_position,
        included=include_records(heads=[], clauses=[], silences=[], positions=said, disputes=[]),
        titles=short_titles(said),
        disputes=disputes_on(said, user=user),
    )
    found = {topic: stand for (_, topic), stand in stands(said).items()}
    for topic in Topic.objects.in_taxonomy_order().filter(slug__in=found):
        yield OnTopic(
            topic=Named(text=topic.name, address=topic_address(topic.slug)),
            stand=shown_stand(found[topic.slug], show=shown),
        )
