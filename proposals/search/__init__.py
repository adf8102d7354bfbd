"""Finds clauses, and positions, by words: in their text, or by the names of the parties, places, topics and proposals
that they touch.

Every word of a query must match. A word matches by its stem, as the beginning of a longer word, by a name or alias, or
by another spelling of the same name; only a word that is found nowhere is taken as a typing error. What a reader may
not see is matched by nothing.
"""

from proposals.search import lookups  # noqa: F401  (registers itself)
from proposals.search.clauses import ClauseSearch, RankedPage
from proposals.search.facets import FACETS, MAX_VALUES, Facet, FacetPayload, facet_counts
from proposals.search.matches import Match, Segment, marked, matches
from proposals.search.persons import persons_named
from proposals.search.positions import matching_positions, names_matched
from proposals.search.terms import MAX_TERMS, Term, TooManyWords, terms_of

__all__ = [
    "FACETS",
    "MAX_TERMS",
    "MAX_VALUES",
    "ClauseSearch",
    "Facet",
    "FacetPayload",
    "Match",
    "RankedPage",
    "Segment",
    "Term",
    "TooManyWords",
    "facet_counts",
    "marked",
    "matches",
    "matching_positions",
    "names_matched",
    "persons_named",
    "terms_of",
]
