"""Which pairs are stale, and the jobs that they are cut into."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from proposals.jobs.digests import DECIDED, digest_of_method

# Pairs of clauses in one job: some seconds of work, so that progress is seen and little is lost with a worker.
CELLS = 150_000
# Clauses of the others that a job is about: successive jobs are about the same ones, which a worker keeps.
CHUNK = 4_000
# Pairs of clauses of two proposals, beyond which they would take more memory than a worker is promised.
MOST_CELLS = 1_000_000

_IN_SCOPE = """
    SELECT t.proposal_id AS id, t.inputs, t.clauses
    FROM proposals_alignedtext t JOIN unnest(%(scope)s::bigint[]) AS scope (id) ON scope.id = t.proposal_id
    WHERE t.clauses > 0
"""
_COUNTS = f"""
    WITH texts AS ({_IN_SCOPE})
    SELECT count(*), count(*) FILTER (WHERE l.clauses::bigint * r.clauses > %(most)s)
    FROM texts l JOIN texts r ON l.id < r.id
"""
_STALE = f"""
    WITH texts AS MATERIALIZED ({_IN_SCOPE}), decided AS MATERIALIZED ({DECIDED})
    SELECT l.id, array_agg(r.id ORDER BY r.id)
    FROM texts l
    JOIN texts r ON l.id < r.id AND l.clauses::bigint * r.clauses <= %(most)s
    LEFT JOIN proposals_alignedpair p ON p.left_id = l.id AND p.right_id = r.id
    LEFT JOIN decided d ON d.left_id = l.id AND d.right_id = r.id
    WHERE p.left_inputs IS DISTINCT FROM l.inputs OR p.right_inputs IS DISTINCT FROM r.inputs
       OR p.decided IS DISTINCT FROM coalesce(d.digest, 0) OR p.made_by IS DISTINCT FROM %(made_by)s
    GROUP BY l.id ORDER BY l.id
"""
_CLAUSES = f"SELECT id, clauses FROM ({_IN_SCOPE}) texts ORDER BY id"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All pairs of some proposals: how many there are, and the stale ones as jobs, a proposal against others each."""

    pairs: int
    left_out: int
    jobs: Sequence[tuple[int, list[int]]]

    @property
    def stale(self) -> int:
        return sum(len(others) for _, others in self.jobs)


def plan_of(scope: Sequence[int]) -> Plan:
    """The plan for the proposals (ids) whose texts are fresh. Cost: a query over all pairs, some s for 2 million."""
    asked: dict[str, Any] = {"scope": list(scope), "most": MOST_CELLS, "made_by": digest_of_method()}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        pairs, left_out = cursor.fetchone() or (0, 0)
        cursor.execute(_CLAUSES, asked)
        clauses = dict(cursor.fetchall())
        cursor.execute(_STALE, asked)
        stale = dict(cursor.fetchall())
    return Plan(pairs=pairs - left_out, left_out=left_out, jobs=list(_jobs(stale, clauses)))


def _jobs(stale: dict[int, list[int]], clauses: dict[int, int]) -> Iterator[tuple[int, list[int]]]:
    """Chunk of the others by chunk, so that a worker which goes from job to job keeps most of what it has read."""
    chunk_of, filled = {}, 0
    for pk, count in clauses.items():
        chunk_of[pk] = filled // CHUNK
        filled += count
    found: dict[tuple[int, int], list[int]] = {}
    for pk, other in _from_the_busier_side(stale):
        found.setdefault((chunk_of[other], pk), []).append(other)
    for (_, pk), others in sorted(found.items()):
        yield from ((pk, some) for some in _within_bounds(others, clauses, CELLS // clauses[pk]))


def _from_the_busier_side(stale: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Each stale pair from the side that has more of them: after an edit all are those of the one edited proposal."""
    degree = Counter(right for others in stale.values() for right in others)
    for left, others in stale.items():
        degree[left] += len(others)
    for left, others in stale.items():
        for right in others:
            yield (right, left) if degree[right] > degree[left] else (left, right)


def _within_bounds(others: list[int], clauses: dict[int, int], most: int) -> Iterator[list[int]]:
    some: list[int] = []
    filled = 0
    for other in sorted(others):
        if some and filled + clauses[other] > most:
            yield some
            some, filled = [], 0
        some.append(other)
        filled += clauses[other]
    if some:
        yield some
