"""The languages in use, and what PostgreSQL's stemmers make of words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from proposals.models.searched import STEMMERS

PLAIN = "simple"

# Jumps from one language to the next in the index; DISTINCT would read every clause.
_IN_USE = """
    WITH RECURSIVE used AS (
        (SELECT language FROM proposals_clause ORDER BY language LIMIT 1)
        UNION ALL
        SELECT (SELECT language FROM proposals_clause c WHERE c.language > used.language ORDER BY language LIMIT 1)
        FROM used WHERE used.language IS NOT NULL
    ), stemmers AS (
        SELECT DISTINCT known.stemmer
        FROM used JOIN unnest(%s::text[], %s::text[]) known(code, stemmer)
        ON known.code = lower(split_part(used.language, '-', 1))
    )
    SELECT stemmer, ARRAY(
        SELECT word FROM unnest(%s::text[]) word WHERE numnode(plainto_tsquery(stemmer::regconfig, word)) = 0
    )
    FROM stemmers ORDER BY stemmer
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Languages:
    """`stemmers` of the languages that clauses are in, and which of the words asked about they leave out as filler."""

    stemmers: tuple[str, ...]
    fillers: frozenset[str]

    @property
    def parsers(self) -> tuple[str, ...]:
        return (*self.stemmers, PLAIN)


def languages(words: Collection[str]) -> Languages:
    """One query, however many clauses there are."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_USE, [list(STEMMERS), list(STEMMERS.values()), list(words)])
        rows = cursor.fetchall()
    return Languages(
        stemmers=tuple(stemmer for stemmer, _ in rows),
        fillers=frozenset(word for _, left_out in rows for word in left_out),
    )


def stems(words: Iterable[str], *, parsers: Collection[str]) -> dict[str, set[tuple[str, str]]]:
    """What each parser makes of each word: pairs of the parser and what it stores. One query, none without words."""
    wanted = sorted(set(words))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, parser, tsvector_to_array(to_tsvector(parser::regconfig, word))"
            " FROM unnest(%s::text[]) word CROSS JOIN unnest(%s::text[]) parser",
            [wanted, list(parsers)],
        )
        found: dict[str, set[tuple[str, str]]] = {}
        for word, parser, stored in cursor.fetchall():
            found.setdefault(word, set()).update((parser, one) for one in stored)
    return found
