"""What stored links were computed from, as numbers of 64 bits that the database compares with what is now."""

import hashlib

from proposals import alignment
from proposals.comparison import current_method

# Moves on when what is stored of a pair is.
_STORED_AS = "1"

# The decisions on pairs of public clauses, a digest for each pair of proposals, the lower id left. A decision is stale
# once a clause has moved on from the version that it was given on, so these versions count too.
DECIDED = """
    SELECT least(k.proposal_id, m.proposal_id) AS left_id, greatest(k.proposal_id, m.proposal_id) AS right_id,
           ('x' || left(md5(string_agg(concat_ws(':', d.id, c.number, k.version, m.version), ' ' ORDER BY d.id)), 16)
           )::bit(64)::bigint AS digest
    FROM proposals_decision d
    JOIN parties_change c ON c.kind = 'decision' AND c.record = d.id
    JOIN proposals_clause k ON k.id = d.left_id AND k.stage = 'public'
    JOIN proposals_clause m ON m.id = d.right_id AND m.stage = 'public'
    JOIN proposals_proposal p ON p.id = k.proposal_id AND p.stage = 'public'
    JOIN proposals_proposal q ON q.id = m.proposal_id AND q.stage = 'public'
    GROUP BY 1, 2
"""


def digest_of_clauses(proposal: alignment.Proposal) -> int:
    """Changes with anything that links are made from of a proposal."""
    return _number(repr((proposal.slug, proposal.clauses)))


def digest_of_method() -> int:
    """Changes with the method, with the current vocabulary, and with what is stored of a pair."""
    return _number(repr((_STORED_AS, *current_method())))


def _number(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], signed=True)
