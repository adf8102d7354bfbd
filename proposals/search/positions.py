"""Finds what parties said by the same words as clauses: in the statement, or by a name of what it is about."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add, or_

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Func, Q, TextField, Value

from parties.models import Person
from proposals.models.searched import JOINERS, THOUSANDS
from proposals.payloads import PositionPayload
from proposals.querysets import PositionQuerySet
from proposals.search.clauses import ClauseSearch
from proposals.search.clues import Clue, any_of, phrase
from proposals.search.persons import persons_named

# Statements are in the language of the installation, which may be any of those that clauses are in. There are few
# enough of them to be read at each search: 1,000 take about 50 ms.
_NAMED = ("party", "topic", "proposal")
NAMED = ("party", "person", "topic", "proposal")


def matching_positions(search: ClauseSearch, positions: PositionQuerySet) -> PositionQuerySet:
    """Those of the positions that match every word of the query."""
    if not search.clues:
        return positions.none()
    vectors = [SearchVector(_parted("statement"), config=parser) for parser in search.clues[0].parsers]
    found = positions.annotate(words=reduce(add, vectors))
    for clue in search.clues:
        found = found.filter(_condition(clue))
    return found


def names_matched(search: ClauseSearch, positions: Sequence[PositionPayload]) -> list[list[str]]:
    """For each of the positions by whose names it matches, beside its own words. One query for all."""
    leading: dict[str, set[str]] = {kind: set() for kind in NAMED}
    for clue in search.clues:
        for kind in _NAMED:
            leading[kind] |= clue.slugs(kind)
    patterns = [persons_named(clue.term).values("pk") for clue in search.clues]
    persons = Person.objects.filter(reduce(or_, (Q(pk__in=one) for one in patterns), Q(pk__in=[])))
    leading["person"] = set(persons.values_list("slug", flat=True))
    return [[kind for kind in NAMED if one[kind] in leading[kind]] for one in positions]  # type: ignore[literal-required]


def _parted(field: str) -> Func:
    """Joined words apart and figures in one, as in the search vector of a clause."""
    spaced = Func(F(field), Value(JOINERS), Value(" " * len(JOINERS)), function="translate", output_field=TextField())
    pattern = Value(f"(\\d)[{THOUSANDS}](?=\\d{{3}}(?!\\d))")
    return Func(spaced, pattern, Value("\\1"), Value("g"), function="regexp_replace", output_field=TextField())


def _condition(clue: Clue) -> Q:
    matching = Q(words=any_of(list(_queries(clue))))
    if clue.term.unspaced:
        matching |= Q(statement__icontains=clue.term.text)
    matching |= Q(person__in=persons_named(clue.term))
    for kind in _NAMED:
        if records := clue.records(kind):
            matching |= Q(**{f"{kind}__in": records})
    return matching


def _queries(clue: Clue) -> Iterator[SearchQuery]:
    yield from (query for query in (clue.exact, clue.respelled, clue.wider) if query)
    if clue.meant:
        # A word that no clause has may well stand in a statement.
        yield from _as_asked(clue.term.spellings, parsers=clue.parsers)


def _as_asked(spellings: Sequence[Sequence[str]], *, parsers: Sequence[str]) -> Iterator[SearchQuery]:
    return (phrase(words, parser) for words in spellings for parser in parsers)
