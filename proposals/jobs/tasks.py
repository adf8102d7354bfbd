"""The tasks of the queue, by name. They are found through settings; the work is done in the other modules."""

from typing import Any

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from proposals.jobs import failing, runs
from proposals.jobs.aligning import Stopped, align_job
from proposals.jobs.queue import ALIGN, BEGIN, queue_realign
from proposals.models.realigning import QUEUE
from proposals.models.realigning import TASK as REALIGN

# How many workers may die at a job, be stopped in it, or meet errors, all told, before no further one takes it.
MOST_ATTEMPTS = 10


class GivenUp(Exception):
    """It has failed as often as it may."""


class _Again(BaseRetryStrategy):
    """Soon, and later each time; at once where only the worker was stopped."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, GivenUp):
            return None
        return RetryDecision(retry_in={"seconds": 0 if isinstance(exception, JobAborted) else 1 + job.attempts})


@app.task(name=BEGIN, queue=QUEUE, pass_context=True, retry=_Again())
def begin(context: JobContext, run: int) -> None:
    try:
        runs.begin(run)
    except Exception as error:
        if context.job.attempts + 1 < failing.MOST_ERRORS:
            raise
        failing.note_failed_beginning(run, _told(error))
        raise GivenUp from error


@app.task(name=ALIGN, queue=QUEUE, pass_context=True, retry=_Again())
def align(context: JobContext, run: int, job: int) -> None:
    try:
        align_job(job, stop=context.should_abort)
    except Stopped as error:
        raise JobAborted from error
    except Exception as error:
        if failing.note_failure(job, _told(error)):
            raise GivenUp from error
        raise


@app.task(name=REALIGN, queue=QUEUE)
def realign() -> None:
    try:
        runs.realign()
    except Exception:
        # Not tried again as it is: by now another may wait, and at most one does.
        queue_realign(in_seconds=60)
        raise


def give_up(arguments: dict[str, Any]) -> None:
    """A job that worker after worker died at."""
    error = f"It was begun {MOST_ATTEMPTS} times, and its worker died."
    if "job" in arguments:
        failing.note_failure(arguments["job"], error, last=True)
    elif "run" in arguments:
        failing.note_failed_beginning(arguments["run"], error)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
