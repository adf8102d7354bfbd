"""One job: a proposal aligned with those others whose pairs are stale, all stored in one transaction."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from threading import Lock

from django.db import connection, transaction

from proposals import alignment
from proposals.comparison import current_embedder, current_vocabulary, load_decisions, stored_proposals
from proposals.jobs.digests import DECIDED, digest_of_clauses, digest_of_method
from proposals.jobs.runs import count_ended, end_if_all_ended
from proposals.jobs.stored_links import packed
from proposals.models import AlignedPair, AlignmentJob, AlignmentRun

# Clauses kept between jobs, some 5 kB each: those of two jobs that are about the same others.
KEPT = 10_000

_NUMBERS = """
    SELECT record, address, public_number FROM parties_change
    WHERE kind = 'proposal' AND visible AND record = ANY(%s) ORDER BY record
"""
_DECIDED_AMONG = f"SELECT left_id, right_id, digest FROM ({DECIDED}) d WHERE left_id = ANY(%s) AND right_id = ANY(%s)"


class Stopped(Exception):
    """The worker was asked to stop; nothing of the job is stored."""


class _Texts:
    """Proposals as the engine takes them, with their digests. The last ones are kept, up to a number of clauses."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], tuple[alignment.Proposal, int]] = OrderedDict()
        self._clauses = 0
        self._lock = Lock()

    def of(self, pks: Collection[int]) -> dict[int, tuple[alignment.Proposal, int]]:
        """Of these proposals those that are public and have clauses, as they are now."""
        # The number before the clauses, as in texts.py: then what is kept under it is never older than it.
        with connection.cursor() as cursor:
            cursor.execute(_NUMBERS, [sorted(pks)])
            now = {pk: (slug, number) for pk, slug, number in cursor.fetchall()}
        with self._lock:
            found = {pk: self._kept[pk, n] for pk, (_, n) in now.items() if (pk, n) in self._kept}
        read = stored_proposals([slug for pk, (slug, _) in now.items() if pk not in found])
        for pk, (slug, _) in now.items():
            if pk not in found and slug in read:
                found[pk] = (read[slug], digest_of_clauses(read[slug]))
        with self._lock:
            self._keep({(pk, now[pk][1]): text for pk, text in found.items()})
        return found

    def _keep(self, used: dict[tuple[int, int], tuple[alignment.Proposal, int]]) -> None:
        for key, text in used.items():
            if key not in self._kept:
                self._clauses += len(text[0].clauses)
            self._kept[key] = text
            self._kept.move_to_end(key)
        while self._clauses > KEPT and len(self._kept) > 1:
            _, (proposal, _) = self._kept.popitem(last=False)
            self._clauses -= len(proposal.clauses)


_texts = _Texts()


def align_job(pk: int, *, stop: Callable[[], bool] = lambda: False) -> None:
    """Does a job that waits, unless its run was cancelled. Done twice, it stores the same once. Raises Stopped."""
    job = AlignmentJob.objects.select_related("run").filter(pk=pk, state=AlignmentJob.State.WAITING).first()
    if job is None or job.run.state != AlignmentRun.State.RUNNING:
        return
    pairs = list(_aligned(job.proposal, job.others, stop))
    with transaction.atomic():
        # First, so that of two who did the same job one counts.
        if not AlignmentJob.objects.filter(pk=pk, state=AlignmentJob.State.WAITING).update(
            state=AlignmentJob.State.DONE, error=""
        ):
            return
        AlignedPair.objects.bulk_create(
            pairs,
            update_conflicts=True,
            unique_fields=["left", "right"],
            update_fields=["left_inputs", "right_inputs", "decided", "made_by", "nearness", "links"],
        )
        count_ended(job.run_id, done=len(job.others))
        end_if_all_ended(job.run_id)


def _aligned(pk: int, others: Iterable[int], stop: Callable[[], bool]) -> Iterable[AlignedPair]:
    """The pairs that are stale, in the order in which they are stored."""
    # Everything that a digest is of is read after it: what changes meanwhile is told as stale, never as fresh.
    made_by, vocabulary, embedder = digest_of_method(), current_vocabulary(), current_embedder()
    decided = _decided(pk, others)
    texts = _texts.of([pk, *others])
    if pk not in texts:
        return
    stored = _stored(pk, others)
    slugs = [texts[one][0].slug for one in {pk, *(one for pair in decided for one in pair)} if one in texts]
    decisions = load_decisions(slugs, user=None) if decided else []
    for other in sorted(others):
        if stop():
            raise Stopped
        if other not in texts:
            continue
        left, right = min(pk, other), max(pk, other)
        inputs = (texts[left][1], texts[right][1], decided.get((left, right), 0), made_by)
        if stored.get((left, right)) != inputs:
            found = alignment.align(
                texts[left][0], texts[right][0], decisions=decisions, vocabulary=vocabulary, embedder=embedder
            )
            yield _pair(left, right, inputs, found, len(texts[left][0].clauses) + len(texts[right][0].clauses))


def _pair(
    left: int, right: int, inputs: tuple[int, int, int, int], found: alignment.Alignment, clauses: int
) -> AlignedPair:
    linked = {link.left for link in found.links} | {link.right for link in found.links}
    return AlignedPair(
        left_id=left,
        right_id=right,
        left_inputs=inputs[0],
        right_inputs=inputs[1],
        decided=inputs[2],
        made_by=inputs[3],
        nearness=round(len(linked) / clauses, 4),
        links=packed(found.links),
    )


def _decided(pk: int, others: Iterable[int]) -> dict[tuple[int, int], int]:
    among = sorted({pk, *others})
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED_AMONG, [among, among])
        return {(left, right): digest for left, right, digest in cursor.fetchall() if pk in (left, right)}


def _stored(pk: int, others: Iterable[int]) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    columns = ("left_id", "right_id", "left_inputs", "right_inputs", "decided", "made_by")
    found = [
        *AlignedPair.objects.filter(left=pk, right__in=others).values_list(*columns),
        *AlignedPair.objects.filter(right=pk, left__in=others).values_list(*columns),
    ]
    return {(left, right): tuple(inputs) for left, right, *inputs in found}
