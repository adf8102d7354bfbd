"""Which proposals stand nearest to one, by stored links that are fresh: what is stale is left out until it is made."""

from typing import TypedDict

from django.db import connection

from parties.readers import Reader
from parties.stamps import State
from proposals.comparison import state_of_all_links
from proposals.jobs.digests import DECIDED, digest_of_method
from proposals.jobs.stored_links import StoredLink, unpacked
from proposals.models import Proposal
from proposals.payloads import ProposalHead, proposal_head, proposal_payloads

_NEAREST = f"""
    WITH decided AS MATERIALIZED ({DECIDED}), fresh AS (
        SELECT t.* FROM proposals_alignedtext t
        JOIN parties_change c ON c.kind = 'proposal' AND c.record = t.proposal_id AND c.visible
             AND c.public_number = t.number
    ), pairs AS (
        SELECT * FROM proposals_alignedpair WHERE left_id = %(pk)s
        UNION ALL SELECT * FROM proposals_alignedpair WHERE right_id = %(pk)s
    )
    SELECT q.slug, p.left_id = %(pk)s, p.nearness, p.links
    FROM pairs p
    JOIN fresh l ON l.proposal_id = p.left_id AND l.inputs = p.left_inputs
    JOIN fresh r ON r.proposal_id = p.right_id AND r.inputs = p.right_inputs
    JOIN proposals_proposal q ON q.id = CASE WHEN p.left_id = %(pk)s THEN p.right_id ELSE p.left_id END
    LEFT JOIN decided d ON d.left_id = p.left_id AND d.right_id = p.right_id
    WHERE p.nearness > 0 AND p.decided = coalesce(d.digest, 0) AND p.made_by = %(made_by)s
    ORDER BY p.nearness DESC, q.slug
"""
_STORED = """
    SELECT (SELECT sum(pairs_done)::text FROM proposals_alignmentrun),
           (SELECT sum(number)::text || ' ' || count(*) FROM proposals_alignedtext)
"""


class NearLink(TypedDict):
    """`own` is the clause of the proposal asked about, `other` that of the nearer one."""

    own: str
    other: str
    relation: str
    score: float
    decided_by: str


class NearPayload(TypedDict):
    proposal: ProposalHead
    nearness: float
    links: list[NearLink]


class Nearest:
    """The proposals nearest to one, the nearest first, ready to be sliced into a page: payloads are made of a slice."""

    def __init__(self, proposal: Proposal, *, user: Reader | None) -> None:
        self._own, self._user = proposal.slug, user
        with connection.cursor() as cursor:
            cursor.execute(_NEAREST, {"pk": proposal.pk, "made_by": digest_of_method()})
            self._found = cursor.fetchall()

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, place: slice) -> list[NearPayload]:
        rows = self._found[place]
        payloads = proposal_payloads([slug for slug, *_ in rows], user=self._user)
        return [
            {
                "proposal": proposal_head(payloads[slug]),
                "nearness": nearness,
                "links": [_link(one, self._own, slug, left=left) for one in unpacked(links)],
            }
            for slug, left, nearness, links in rows
        ]


def _link(link: StoredLink, own: str, other: str, *, left: bool) -> NearLink:
    ours, theirs = (link.left, link.right) if left else (link.right, link.left)
    return {
        "own": f"{own}/{ours}",
        "other": f"{other}/{theirs}",
        "relation": link.relation,
        "score": link.score,
        "decided_by": link.decided_by,
    }


def state_of_nearest(*, user: Reader | None) -> State:
    """Changes whenever a stored link does, or any record that decides whether it is fresh."""
    with connection.cursor() as cursor:
        cursor.execute(_STORED)
        return (*state_of_all_links(user=user), *(cursor.fetchone() or ()))
