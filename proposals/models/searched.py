"""What full-text search reads of a clause: a column that the database computes from its words.

Each field stands in it twice: in stems of the clause's language, so that "guarantee" finds "guarantees", and word by
word, so that names, beginnings of words and languages without a stemmer are found too.
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func

# The languages that PostgreSQL ships a stemmer for, by the code that a clause's language begins with.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# PostgreSQL's parser would make paths, hosts, tags and signed numbers of words that these join.
JOINERS = "/\\_.:@+=&~?#<>-\u2010\u2011\u2012\u2013\u2014"
# 600,000 is one number. A dot or a plain space may as well part two.
THOUSANDS = ",'\u2019\u00a0\u2009\u202f"
# PostgreSQL refuses vectors of more than a megabyte, and a clause must be saved however long it is.
_MOST = {"label": 200, "text": 50_000, "condition": 5_000, "number": 40}
_WEIGHTS = {"label": "A", "text": "B", "condition": "C", "number": "D"}


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


def _stemmer() -> str:
    known = " ".join(f"WHEN '{code}' THEN '{name}'::regconfig" for code, name in STEMMERS.items())
    return f"CASE lower(split_part(%(language)s, '-', 1)) {known} ELSE 'simple'::regconfig END"


def _words(field: str) -> str:
    spaced = f"translate(left(%({field})s, {_MOST[field]}), {_quoted(JOINERS)}, {_quoted(' ' * len(JOINERS))})"
    return (
        f"regexp_replace({spaced}, '(\\d)[{THOUSANDS.replace(chr(39), chr(39) * 2)}](?=\\d{{3}}(?!\\d))', '\\1', 'g')"
    )


def _vector() -> str:
    parts = [
        f"setweight(to_tsvector({parser}, {_words(field)}), '{weight}')"
        for field, weight in _WEIGHTS.items()
        for parser in (("'simple'::regconfig",) if field == "number" else (_stemmer(), "'simple'::regconfig"))
    ]
    # A sign that no query holds parts the fields, so that no phrase runs from one into the next.
    return "({})".format(" || '\u00b6:1'::tsvector || ".join(parts))


class SearchedWords(Func):
    """The search vector of a clause: its label weighs most, then the text, the condition, the number."""

    fields = (*_WEIGHTS, "language")
    sql = _vector()
    output_field = SearchVectorField()

    def __init__(self) -> None:
        super().__init__(*map(F, self.fields))

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        compiled = [compiler.compile(source)[0] for source in self.source_expressions]
        return self.sql % dict(zip(self.fields, compiled, strict=True)), ()
