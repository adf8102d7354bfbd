"""What each word of a query leads to: words in texts, records by their names, and what was probably meant."""

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from parties.readers import Reader
from proposals.models import Clause, ClauseParty, ClauseTerritory, ClauseTopic
from proposals.search.languages import PLAIN, Languages, languages
from proposals.search.names import Name, Record, names, other_names, words_of_names
from proposals.search.plans import first_of_each
from proposals.search.terms import Term
from proposals.search.typos import can_be_corrected, meant

# Kharkov is another spelling within "Kharkiv oblast".
_SAME_NAME = 0.6
KINDS = ("party", "territory", "topic", "proposal")


@dataclass(frozen=True, kw_only=True, slots=True)
class Clue:
    """A term with everything that it finds clauses by.

    `places` and `parties` are other names of what it names as a whole; `meant` stands in for a word found nowhere.
    """

    term: Term
    parsers: tuple[str, ...]
    named: tuple[Name, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    parties: tuple[tuple[str, ...], ...] = ()
    meant: tuple[str, ...] = ()

    def records(self, kind: str) -> set[int]:
        return {name.pk for name in self.named if name.kind == kind}

    def slugs(self, kind: str) -> set[str]:
        return {name.slug for name in self.named if name.kind == kind}

    @property
    def exact(self) -> SearchQuery:
        """The word itself in all its inflected forms, or the phrase; else what was meant by it."""
        spelled = [(word,) for word in self.meant] or self.term.spellings
        return any_of([phrase(words, parser) for words in spelled for parser in self.parsers])

    @property
    def respelled(self) -> SearchQuery | None:
        """Other spellings of the place that it names."""
        return any_of([phrase(words, PLAIN) for words in self.places]) if self.places else None

    @property
    def wider(self) -> SearchQuery | None:
        """Longer words that begin with it, and other names of the party: a capital for its government."""
        queries = [phrase(words, PLAIN) for words in self.parties]
        if self.term.begins_words:
            queries.append(SearchQuery(f"'{self.term.text}':*", config=PLAIN, search_type="raw"))
        return any_of(queries) if queries else None

    @property
    def _words(self) -> Q:
        return Q(search=any_of([query for query in (self.exact, self.respelled, self.wider) if query]))

    @property
    def _ways(self) -> list[QuerySet[Any, Any]]:
        """Each finds keys by an index of its own; with OR for them, PostgreSQL would read every clause."""
        clauses = Clause._base_manager.order_by()
        ways: list[QuerySet[Any, Any]] = [clauses.filter(self._words).values("pk")]
        if self.term.unspaced:
            within = [f"%{self.term.text}%"]
            ways.append(clauses.filter(Q(text__holds_one_of=within) | Q(label__holds_one_of=within)).values("pk"))
        return [*ways, *(coded(kind, records) for kind in KINDS if (records := self.records(kind)))]

    @property
    def keys(self) -> QuerySet[Any, Any]:
        """Primary keys of the clauses that match, some of them repeated: the first is found without all others."""
        first, *others = self._ways
        return first.union(*others, all=True) if others else first

    @property
    def condition(self) -> Q:
        """Holds of the clauses that match."""
        first, *others = self._ways
        # Of repeated keys PostgreSQL expects so few that it looks each of them up.
        return Q(pk__in=first.union(*others)) if others else self._words


def clues_of(terms: Sequence[Term], *, user: Reader | None) -> list[Clue]:
    """The clues of a query: three queries, two more where it names a party or place, up to four to correct it.

    Filler words (the, of) count only where there is nothing else.
    """
    spoken = languages([term.text for term in terms])
    kept = [term for term in terms if term.quoted or term.text not in spoken.fillers]
    if not kept:
        return [Clue(term=replace(term, quoted=True), parsers=(PLAIN,)) for term in terms]
    clues = _named(kept, spoken, asked=terms, user=user)
    lost = _lost(clues, user)
    correctable = {clue.term.text for clue in lost if can_be_corrected(clue.term)}
    return _corrected(clues, correctable, user) if correctable else clues


def any_of(queries: Sequence[SearchQuery]) -> SearchQuery:
    first, *others = queries
    for other in others:
        first = first | other
    return first


def phrase(words: Sequence[str], parser: str) -> SearchQuery:
    return SearchQuery(" ".join(words), config=parser, search_type="phrase")


def coded(kind: str, records: Collection[int]) -> QuerySet[Any, Any]:
    """The clauses that carry one of the records."""
    if kind == "proposal":
        return Clause._base_manager.filter(proposal__in=records).values("pk")
    through = {"party": ClauseParty, "territory": ClauseTerritory, "topic": ClauseTopic}[kind]
    return through._base_manager.filter(**{f"{kind}__in": records}).values("clause")


def _named(terms: Sequence[Term], spoken: Languages, *, asked: Sequence[Term], user: Reader | None) -> list[Clue]:
    found = names(user, beginnings={term.words[0] for term in terms})
    whole = _whole_names(asked, found)
    spelled = other_names({record for records in whole.values() for record in records})
    places, parties = (
        {
            term: frozenset(
                spelling
                for record in whole.get(term, ())
                if record[0] == kind
                for words in spelled.get(record, ())
                for spelling in _spellings(term, words)
            )
            for term in terms
        }
        for kind in ("territory", "party")
    )
    # A title with another spelling of the place leads to its clauses too.
    if further := {words[0] for spellings in places.values() for words in spellings}:
        found += names(user, beginnings=further)
    return [
        Clue(
            term=term,
            parsers=spoken.parsers,
            named=tuple(dict.fromkeys(name for name in found if _leads_to(term, places[term], name))),
            places=tuple(sorted(places[term])),
            parties=tuple(sorted(parties[term] - places[term])),
        )
        for term in terms
    ]


def _leads_to(term: Term, spellings: Collection[tuple[str, ...]], name: Name) -> bool:
    return name.holds(term) or any(name.holds(Term(words=words, quoted=True)) for words in spellings)


def _spellings(term: Term, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Another name of what the term names; of a name of several words also the one that is spelled much like it."""
    if not words or words == term.words:
        return
    yield words
    if len(words) > 1 and len(term.words) == 1:
        for word in words:
            if word != term.text and word[0] == term.text[0] and _likeness(word, term.text) >= _SAME_NAME:
                yield (word,)


def _likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, left, right).ratio()


def _whole_names(terms: Sequence[Term], found: list[Name]) -> dict[Term, set[Record]]:
    """Of each term the parties and places that it names in full, alone or with the terms beside it."""
    words = [(word, term) for term in terms for word in term.words]
    whole: dict[Term, set[Record]] = {}
    for name in found:
        size = len(name.words)
        if name.kind not in ("party", "territory") or name.is_slug or not size:
            continue
        for start in range(len(words) - size + 1):
            here = words[start : start + size]
            if tuple(word for word, _ in here) == name.words:
                for _, term in here:
                    whole.setdefault(term, set()).add(name.record)
    return whole


def _lost(clues: Sequence[Clue], user: Reader | None) -> list[Clue]:
    """The clues that no clause the reader sees has anything of: one query."""
    met = {place for (place,) in first_of_each([clue.keys for clue in clues], columns=(), most=1, user=user)}
    return [clue for place, clue in enumerate(clues) if place not in met]


def _corrected(clues: Sequence[Clue], lost: set[str], user: Reader | None) -> list[Clue]:
    corrections = meant(lost, user=user, named=words_of_names(user))
    found = names(user, beginnings={word for words in corrections.values() for word in words})
    return [
        replace(clue, meant=near, named=tuple(name for name in found if not set(near).isdisjoint(name.words)))
        if (near := corrections.get(clue.term.text))
        else clue
        for clue in clues
    ]
