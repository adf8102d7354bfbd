"""One place: its names, each with who uses it, and what texts provide for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from parties.payloads import AliasPayload
from parties.readers import Reader
from proposals.comparison.included import include_records
from proposals.models import Clause, Territory
from proposals.pages.addresses import search_address
from proposals.pages.records.facts import Named, label_of, party_names
from proposals.pages.records.places import Places
from proposals.payloads import (
    ClausePayload,
    TerritoryPayload,
    clause_payloads,
    proposal_payloads,
    territory_payloads,
)
from proposals.rendering.clauses import ShownClause, shown_clause
from proposals.rendering.headings import Heading, heading_of

# Told in full; a page of more would be too heavy to open.
MOST_CLAUSES = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownName:
    """One name of a place, with the parties that alone use it; nobody where it is not recorded as one side's."""

    name: str
    users: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """A clause that touches the place; `modality` is the force of its wording, and `places` are all that it touches."""

    clause: ShownClause
    modality: str
    places: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class InText:
    """The clauses of one text."""

    heading: Heading
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacePage:
    """`left_out` clauses are beyond those that are told."""

    place: TerritoryPayload
    kind: str
    others: tuple[ShownName, ...]
    texts: tuple[InText, ...]
    clause_count: int
    left_out: int
    search_address: str


def place_page(slug: str, *, user: Reader | None) -> PlacePage | None:
    """None where there is no such place. A constant number of queries."""
    place = territory_payloads([slug]).get(slug)
    if place is None:
        return None
    found = Clause.objects.visible_to(user).filter(territory_links__territory__slug=slug).in_reading_order()
    clauses = clause_payloads(found[:MOST_CLAUSES], user=user)
    count = found.count()
    return PlacePage(
        place=place,
        kind=label_of(Territory.Kind, place["kind"]),
        others=tuple(_others(place["aliases"])),
        texts=tuple(_texts(clauses, user=user)),
        clause_count=count,
        left_out=count - len(clauses),
        search_address=search_address(territory=slug),
    )


def _others(aliases: Sequence[AliasPayload]) -> Iterable[ShownName]:
    """In alphabetical order: any other would seem to prefer one."""
    names = party_names(aliases)
    for alias in sorted(aliases, key=lambda one: (one["name"].casefold(), one["name"])):
        users = sorted((names.get(user, user), user) for user in alias["used_by"])
        yield ShownName(
            name=alias["name"],
            users=tuple(Named(text=name, address=reverse("pages:party", args=[user])) for name, user in users),
        )


def _texts(clauses: Sequence[ClausePayload], *, user: Reader | None) -> Iterable[InText]:
    heads = proposal_payloads({one["proposal"] for one in clauses}, user=user)
    included = include_records(heads=list(heads.values()), clauses=clauses, silences=[], positions=[], disputes=[])
    parties = {slug: one["name"] for slug, one in included["parties"].items()}
    places = Places(included["territories"])
    for slug, several in groupby(clauses, key=lambda one: one["proposal"]):
        yield InText(
            heading=heading_of(heads[slug], parties=parties),
            provisions=tuple(
                Provision(
                    clause=shown_clause(one, included=included),
                    modality=label_of(Clause.Modality, one["modality"]),
                    places=places.of(one),
                )
                for one in several
            ),
        )
