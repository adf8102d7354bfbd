"""The page of a search: what was found, what else was looked for, and where to go from there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from parties.readers import Reader
from proposals.pages.search.asked import Asked, Kind, no_page
from proposals.pages.search.clauses import Clauses, FoundClause
from proposals.pages.search.facets import Removal, ShownFacet, removals, shown_facets, told_apart
from proposals.pages.search.named import NamedRecords, named_records
from proposals.pages.search.positions import FoundPosition, Positions
from proposals.search import ClauseSearch

PER_PAGE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Searched:
    """One kind of what is searched, with how many there are of it."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchPage:
    """`notes` say what else was looked for; addresses are blank where nothing is there."""

    kinds: tuple[Searched, ...]
    chosen: tuple[Removal, ...]
    notes: tuple[str, ...]
    named: tuple[NamedRecords, ...]
    clauses: tuple[FoundClause, ...]
    positions: tuple[FoundPosition, ...]
    facets: tuple[ShownFacet, ...]
    count: int
    number: int
    last: int
    earlier: str
    later: str
    document: str


def search_page(asked: Asked, *, user: Reader | None) -> SearchPage:
    """What is found for a search that is not blank. Raises UnableToSearch. A constant number of queries."""
    search = ClauseSearch(asked.q, user=user) if asked.q else None
    clauses = Clauses(asked, search=search, user=user)
    positions = Positions(asked, search=search, user=user)
    limit, offset = PER_PAGE, PER_PAGE * (asked.page - 1)
    found_clauses: tuple[FoundClause, ...] = ()
    found_positions: tuple[FoundPosition, ...] = ()
    if asked.of_positions:
        count, found_positions = positions.page(limit=limit, offset=offset)
        counts = {Kind.CLAUSE: clauses.count(), Kind.POSITION: count}
    else:
        count, found_clauses = clauses.page(limit=limit, offset=offset)
        counts = {Kind.CLAUSE: count, Kind.POSITION: positions.count()}
    last = max(1, -(-count // PER_PAGE))
    if asked.page > last:
        raise no_page(asked.page, last=last)
    facets = positions.facets() if asked.of_positions else clauses.facets()
    return SearchPage(
        kinds=tuple(
            Searched(
                label=str(kind.label),
                count=counts[kind],
                address=asked.address(kind=kind.value),
                is_chosen=kind == asked.kind,
            )
            for kind in Kind
        ),
        chosen=removals(asked),
        notes=tuple(_notes(search)) if search else (),
        named=named_records(search, user=user) if search and asked.page == 1 else (),
        clauses=found_clauses,
        positions=found_positions,
        facets=shown_facets(facets, asked=asked),
        count=count,
        number=asked.page,
        last=last,
        earlier=asked.address(page=asked.page - 1) if asked.page > 1 else "",
        later=asked.address(page=asked.page + 1) if asked.page < last else "",
        document="" if asked.of_positions else _document(asked, limit=limit, offset=offset),
    )


def _notes(search: ClauseSearch) -> Iterable[str]:
    if not search.clues:
        yield gettext("There is no letter and no figure to search for.")
    for clue in search.clues:
        if clue.meant:
            sentence = gettext("No clause has “%(word)s”; those are shown that have %(meant)s.")
            yield sentence % {"word": clue.term.text, "meant": told_apart(clue.meant)}
        if others := [" ".join(words) for words in (*clue.places, *clue.parties)]:
            sentence = gettext("“%(word)s” was also looked for under other names of the same: %(names)s.")
            yield sentence % {"word": clue.term.text, "names": told_apart(others)}


def _document(asked: Asked, *, limit: int, offset: int) -> str:
    """The same clauses as the API answers them."""
    query = ({"q": asked.q} if asked.q else {}) | asked.filters | {"limit": str(limit), "offset": str(offset)}
    return f"{reverse('clauses-list')}?{urlencode(query)}"
