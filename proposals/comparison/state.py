"""The state of all that a comparison depends on, without the engine: by one query, or two after a change of any."""

import datetime
import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from django.core.cache import caches
from django.db import connection

from parties.readers import Reader, sees_all
from parties.stamps import State, state_of_kinds
from proposals import alignment
from proposals.comparison.embedder import current_embedder
from proposals.models import VocabularySnapshot

_METHOD = (
    *(alignment.DEFAULT.name, alignment.DEFAULT.version),
    *(alignment.DEFAULT.weights_digest, alignment.DEFAULT.thresholds_digest),
)
# Moves with every change of any record. The highest number tells apart what was restored from a backup and went on
# otherwise, which may come to the same sum.
_EVERYTHING = "SELECT sum(number)::text || ' ' || max(number) FROM parties_change"
# The records that a comparison shows or is made from, each with the number of its last change. As wide as the answer
# may be: of a position on a topic it is the engine that says whether it bears on a row.
_NUMBERS = f"""
    WITH p AS (
        SELECT id FROM proposals_proposal WHERE slug = ANY(%(slugs)s) AND (%(staff)s OR stage = 'public')
    ), k AS (
        SELECT k.id FROM proposals_clause k JOIN p ON p.id = k.proposal_id WHERE %(staff)s OR k.stage = 'public'
    ), t AS (
        SELECT topic_id AS id FROM proposals_clausetopic WHERE clause_id IN (SELECT id FROM k)
        UNION SELECT topic_id FROM proposals_silence WHERE proposal_id IN (SELECT id FROM p)
    ), s AS (
        SELECT id, party_id, person_id, topic_id, source_id FROM proposals_position
        WHERE %(positions)s AND (topic_id IN (SELECT id FROM t) OR proposal_id IN (SELECT id FROM p))
          AND (%(staff)s OR stage = 'public') AND (%(as_of)s::date IS NULL OR date <= %(as_of)s::date)
    ), d AS (
        SELECT DISTINCT dispute_id AS id FROM proposals_disputeabout
        WHERE %(disputes)s AND (clause_id IN (SELECT id FROM k) OR proposal_id IN (SELECT id FROM p)
                                OR position_id IN (SELECT id FROM s))
    ), topics AS (
        SELECT id FROM t UNION SELECT topic_id FROM s
        UNION SELECT topic_id FROM proposals_dispute_topics WHERE dispute_id IN (SELECT id FROM d)
    ), terms AS (
        SELECT measure_id, subject_id, whose_id FROM proposals_term WHERE clause_id IN (SELECT id FROM k)
    ), needed (kind, record) AS (
        SELECT 'proposal', id FROM p
        UNION SELECT 'decision', id FROM proposals_decision
              WHERE left_id IN (SELECT id FROM k) AND right_id IN (SELECT id FROM k)
        UNION SELECT 'vocabulary', id FROM proposals_vocabularysnapshot WHERE is_current
        UNION SELECT 'topic', id FROM topics
        UNION SELECT 'topic_group', group_id FROM proposals_topic WHERE id IN (SELECT id FROM topics)
        UNION SELECT 'territory', territory_id FROM proposals_clauseterritory WHERE clause_id IN (SELECT id FROM k)
        UNION SELECT 'measure', measure_id FROM terms
        UNION SELECT 'party', party_id FROM proposals_clauseparty WHERE clause_id IN (SELECT id FROM k)
        UNION SELECT 'party', subject_id FROM terms
        UNION SELECT 'party', whose_id FROM terms
        UNION SELECT 'party', party_id FROM proposals_contest WHERE clause_id IN (SELECT id FROM k)
        UNION SELECT 'party', party_id FROM proposals_proposalparty
              WHERE role = 'proposer' AND proposal_id IN (SELECT id FROM p)
        UNION SELECT 'party', party_id FROM s
        UNION SELECT 'person', person_id FROM s
        UNION SELECT 'source', source_id FROM proposals_clausesource WHERE clause_id IN (SELECT id FROM k)
        UNION SELECT 'source', source_id FROM proposals_silence WHERE proposal_id IN (SELECT id FROM p)
        UNION SELECT 'source', source_id FROM s
        UNION SELECT 'source', source_id FROM proposals_disputeclaim WHERE dispute_id IN (SELECT id FROM d)
        UNION SELECT 'source', source_id FROM proposals_disputeabout WHERE dispute_id IN (SELECT id FROM d)
        UNION SELECT 'person', person_id FROM proposals_disputeabout WHERE dispute_id IN (SELECT id FROM d)
        UNION SELECT 'position', id FROM s
        UNION SELECT 'dispute', id FROM d
    )
    SELECT ({_EVERYTHING}), md5(string_agg(
        c.kind || c.record || ':' || CASE WHEN %(staff)s THEN c.number ELSE c.public_number END,
        ' ' ORDER BY c.kind, c.record
    ))
    FROM needed n JOIN parties_change c ON c.kind = n.kind AND c.record = n.record
    WHERE %(staff)s OR c.visible
"""  # noqa: S608  (put together of the one above)


def state_of_comparison(
    *, proposals: Sequence[str], user: Reader | None, include: Collection[str] = (), as_of: datetime.date | None = None
) -> State:
    """Changes whenever a record does that the comparison of these stored proposals shows or is made from.

    PostgreSQL takes longer to plan that query than to answer it. So what it found is remembered, and while no record at
    all has changed since, which is quick to ask, it is not asked again.
    """
    asked: dict[str, Any] = {
        # PostgreSQL refuses a text with a zero byte, and no proposal is called so.
        "slugs": [slug for slug in proposals if "\0" not in slug],
        "staff": sees_all(user),
        # A dispute about a position stands in the rows that this bears on.
        "positions": bool({"positions", "readings", "disputes"} & set(include)),
        "disputes": "disputes" in include,
        "as_of": as_of,
    }
    known, name = caches["states"], hashlib.sha256(repr(asked).encode()).hexdigest()
    everything, numbers = known.get(name, (None, None))
    with connection.cursor() as cursor:
        if everything is not None:
            cursor.execute(_EVERYTHING)
        if everything is None or cursor.fetchone() != (everything,):
            # Both by one statement, so that they tell of one state of the database.
            cursor.execute(_NUMBERS, asked)
            everything, numbers = cursor.fetchone()
            known.set(name, (everything, numbers))
    return (numbers, *_made_by())


def state_of_all_links(*kinds: str, user: Reader | None) -> State:
    """Changes whenever a record of these kinds does, or any that the links of all proposals are made from."""
    made_from = ("clause", "decision", "proposal", "vocabulary")
    return (*state_of_kinds((*made_from, *kinds), everything=sees_all(user)), *_made_by())


def current_method() -> tuple[str, ...]:
    """The names of all that links are made by, apart from records: changes whenever all of them would have to be made
    anew. One query.
    """
    name = VocabularySnapshot.objects.filter(is_current=True).values_list("name", flat=True).first()
    return (*(str(one) for one in _made_by()), name or "")


def _made_by() -> State:
    embedder = current_embedder()
    return (*_METHOD, embedder.name if embedder else "")
