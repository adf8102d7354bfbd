"""What becomes of a job that fails: it is tried again a few times, then told as failed, and its run goes on."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from proposals.jobs.runs import count_ended, end_if_all_ended
from proposals.models import AlignmentJob, AlignmentRun

# How often a job may fail before it is given up.
MOST_ERRORS = 3
_LONGEST = 2_000


def note_failure(pk: int, error: str, *, last: bool = False) -> bool:
    """Keeps why a job failed; whether that was its last attempt, after which it, and its pairs, count as failed."""
    with transaction.atomic():
        waiting = AlignmentJob.objects.filter(pk=pk, state=AlignmentJob.State.WAITING)
        job = waiting.select_for_update().first()
        if job is None:
            return True
        last = last or job.attempts + 1 >= MOST_ERRORS
        state = AlignmentJob.State.FAILED if last else AlignmentJob.State.WAITING
        waiting.update(state=state, error=error[:_LONGEST], attempts=F("attempts") + 1)
        if last:
            count_ended(job.run_id, failed=len(job.others))
            end_if_all_ended(job.run_id)
    return last


def note_failed_beginning(pk: int, error: str) -> None:
    """A run that could not be planned: nothing of it was queued."""
    AlignmentRun.objects.filter(pk=pk, state=AlignmentRun.State.QUEUED).update(
        state=AlignmentRun.State.FAILED, ended_at=Now(), error=error[:_LONGEST]
    )
