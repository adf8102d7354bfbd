"""What the engine is given of each public proposal, as a digest: read anew only of those that changed."""

from typing import Any

from django.db import connection, transaction

from proposals.comparison import stored_proposals
from proposals.jobs.digests import digest_of_clauses
from proposals.models import AlignedPair, AlignedText

# Proposals read at once: memory is bounded, and a query for each would cost more than the rows.
_AT_ONCE = 50

# The number before the clauses, by two statements: what is changed between the two is read anew the next time.
_MOVED = """
    SELECT c.record, c.address, c.public_number
    FROM parties_change c
    JOIN proposals_proposal p ON p.id = c.record
    LEFT JOIN proposals_alignedtext t ON t.proposal_id = c.record
    WHERE c.kind = 'proposal' AND c.visible AND t.number IS DISTINCT FROM c.public_number
    ORDER BY c.record
"""
_HIDDEN = """
    SELECT t.proposal_id FROM proposals_alignedtext t
    JOIN parties_change c ON c.kind = 'proposal' AND c.record = t.proposal_id
    WHERE NOT c.visible
"""


def refresh_texts() -> None:
    """Brings the digests up to what is public now. Of a proposal that was withdrawn nothing stays, its pairs included.

    It may be asked for twice at once, and be cut off anywhere.
    """
    with transaction.atomic():
        hidden = [pk for pk, *_ in _rows(_HIDDEN)]
        if hidden:
            AlignedPair.objects.filter(left__in=hidden).delete()
            AlignedPair.objects.filter(right__in=hidden).delete()
            AlignedText.objects.filter(pk__in=hidden).delete()
    moved = _rows(_MOVED)
    for start in range(0, len(moved), _AT_ONCE):
        _read(moved[start : start + _AT_ONCE])


def _read(moved: list[tuple[int, str, int]]) -> None:
    found = stored_proposals([slug for _, slug, _ in moved])
    texts = [
        AlignedText(
            proposal_id=pk,
            number=number,
            inputs=digest_of_clauses(found[slug]) if slug in found else 0,
            clauses=len(found[slug].clauses) if slug in found else 0,
        )
        for pk, slug, number in moved
    ]
    AlignedText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["proposal"], update_fields=["number", "inputs", "clauses"]
    )


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
