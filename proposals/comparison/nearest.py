"""The proposals likeliest to hold a counterpart of a clause, out of any number of them, by PostgreSQL's indexes alone.

Only this choice is approximate: what the engine then says of a chosen proposal is what a comparison says. The index is
the one that search uses, so it is there with every clause that is committed, for every process on every host, and needs
no building, no memory and no refreshing.

A clause is looked for by its rarest words, as PostgreSQL's own statistics of the column tell them, and by its leading
topic together with one of its parties. Words that stand in much of the corpus are left out: they say little, and to
read what they lead to takes long.
"""

from __future__ import annotations

import re
from math import log

from django.db import connection
from django.db.models import QuerySet

from parties.readers import Reader
from proposals.models import Clause, ClauseTopic, Proposal

# Clauses that the words asked for may lead to together, by estimate.
_READ = 1_500
_MOST_WORDS = 12
# What a shared leading topic and a shared party count, beside words that count as the logarithm of how rare they are.
_TOPIC = 6.0
_PARTY = 2.0

_STATISTICS = """
    WITH own AS (SELECT unnest(tsvector_to_array(search)) AS word FROM proposals_clause WHERE id = %s),
    known AS (
        SELECT e.word, f.share
        FROM pg_stats s,
            unnest(s.most_common_elems::text::text[]) WITH ORDINALITY e(word, place)
            JOIN unnest(s.most_common_elem_freqs) WITH ORDINALITY f(share, place) USING (place)
        WHERE s.schemaname = current_schema() AND s.tablename = 'proposals_clause' AND s.attname = 'search'
    )
    SELECT own.word, known.share, (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'proposals_clause'::regclass)
    FROM own LEFT JOIN known USING (word)
"""
# OFFSET 0 has PostgreSQL begin with the topic: a party, of which it knows nothing here, may lead to most clauses.
_FOUND = """
    WITH named AS (SELECT DISTINCT party_id AS id FROM proposals_clauseparty WHERE clause_id = %(clause)s),
    read AS MATERIALIZED (
        (SELECT id FROM proposals_clause WHERE search @@ %(any)s::tsquery LIMIT {words})
        UNION
        (SELECT t.clause_id
         FROM (SELECT clause_id FROM proposals_clausetopic WHERE topic_id = %(topic)s OFFSET 0) t
         WHERE EXISTS (SELECT FROM proposals_clauseparty p WHERE p.clause_id = t.clause_id
                       AND p.party_id IN (SELECT id FROM named))
         LIMIT {words})
    ), weighed AS (
        SELECT c.id, c.proposal_id,
            (SELECT coalesce(sum(w.weight), 0) FROM unnest(%(words)s::text[], %(weights)s::float[]) w(word, weight)
             WHERE c.search @@ w.word::tsquery)
            + (SELECT {topic} * count(*) FROM proposals_clausetopic t
               WHERE t.clause_id = c.id AND t.topic_id = %(topic)s)
            + (SELECT {party} * count(DISTINCT p.party_id) FROM proposals_clauseparty p
               WHERE p.clause_id = c.id AND p.party_id IN (SELECT id FROM named)) AS weight
        FROM read JOIN proposals_clause c ON c.id = read.id
        WHERE c.kind <> 'placeholder' AND c.proposal_id <> %(own)s
    )
    SELECT w.proposal_id, max(w.weight) AS best FROM weighed w
    WHERE w.proposal_id IN ({among}) AND EXISTS (SELECT FROM ({seen}) seen(id) WHERE seen.id = w.id)
    GROUP BY w.proposal_id ORDER BY best DESC, w.proposal_id LIMIT %(count)s
"""


def nearest_proposals(clause: Clause, *, among: QuerySet[Proposal], user: Reader | None, count: int) -> list[int]:
    """Primary keys of at most so many proposals of `among`, the likeliest first. Three queries."""
    words = _rarest_words(clause.pk)
    topic = ClauseTopic.objects.filter(clause=clause).order_by("order", "pk").values_list("topic", flat=True).first()
    quoted = [_quoted(word) for word, _ in words]
    inner, given = among.order_by().values("pk").query.sql_with_params()
    seen, visible = Clause.objects.visible_to(user).order_by().values("pk").query.sql_with_params()
    # Those of Django's own queries have no names; they are given some, as one statement knows one kind alone.
    named = {f"given_{place}": value for place, value in enumerate((*given, *visible))}
    places = iter(named)
    inner, seen = (
        "".join(f"%({next(places)})s" if part == "%s" else part for part in _parts(sql)) for sql in (inner, seen)
    )
    sql = _FOUND.format(words=2 * _READ, topic=_TOPIC, party=_PARTY, among=inner, seen=seen)
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                **named,
                "any": " | ".join(quoted),
                "words": quoted,
                "weights": [weight for _, weight in words],
                "topic": topic,
                "clause": clause.pk,
                "own": clause.proposal_id,
                "count": count,
            },
        )
        return [pk for pk, _ in cursor.fetchall()]


def _parts(sql: str) -> list[str]:
    return re.split("(%s)", sql)


def _rarest_words(clause: int) -> list[tuple[str, float]]:
    """The rarest words of a clause with what they count, as many as lead to few enough clauses together."""
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS, [clause])
        rows = cursor.fetchall()
    # A word that the statistics do not know is rarer than all that they know.
    least = min((share for _, share, _ in rows if share), default=0.001)
    shares = sorted((least / 2 if share is None else share, word, total) for word, share, total in rows)
    found: list[tuple[str, float]] = []
    left = float(_READ)
    for share, word, total in shares[:_MOST_WORDS]:
        left -= share * total
        if found and left < 0:
            break
        found.append((word, -log(share)))
    return found


def _quoted(word: str) -> str:
    """A word as a query of its own."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
