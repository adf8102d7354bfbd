"""All places, by what they are on the map."""

from dataclasses import dataclass

from django.db.models import Count

from parties.as_json import in_order_of
from parties.readers import Reader
from proposals.models import Clause, ClauseTerritory, Territory
from proposals.pages.addresses import territory_address
from proposals.pages.records.facts import Named, also_called, party_names
from proposals.payloads import territory_payloads


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPlace:
    """`also` are its other names, each with who uses it."""

    place: Named
    also: str
    texts: int
    clauses: int


def list_places(*, user: Reader | None) -> tuple[tuple[str, tuple[ListedPlace, ...]], ...]:
    """By kind, then by name. A constant number of queries."""
    places = in_order_of(Territory.objects.in_name_order(), territory_payloads)
    names = party_names(*(one["aliases"] for one in places))
    links = ClauseTerritory.objects.filter(clause__in=Clause.objects.visible_to(user)).order_by()
    counted = links.values_list("territory__slug").annotate(
        Count("clause__proposal", distinct=True), Count("clause", distinct=True)
    )
    counts = {slug: (texts, clauses) for slug, texts, clauses in counted}
    listed = {
        kind: tuple(
            ListedPlace(
                place=Named(text=one["name"], address=territory_address(one["slug"])),
                also=also_called(one["aliases"], names=names),
                texts=counts.get(one["slug"], (0, 0))[0],
                clauses=counts.get(one["slug"], (0, 0))[1],
            )
            for one in places
            if one["kind"] == kind
        )
        for kind in Territory.Kind
    }
    return tuple((str(kind.label), several) for kind, several in listed.items() if several)
