"""Putting jobs into the queue, with the transaction that they belong to: they are there exactly if it is."""

import datetime
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from proposals.models.realigning import QUEUE
from proposals.models.realigning import TASK as REALIGN

ALIGN, BEGIN = "align", "begin"

# By Django's own connection, also within a worker, whose library has connections of its own.
_MANAGER = JobManager(DjangoConnector())


def queue_begin(run: int) -> None:
    _MANAGER.batch_defer_jobs([_job(BEGIN, {"run": run})])


def queue_jobs(run: int, jobs: Sequence[int]) -> None:
    _MANAGER.batch_defer_jobs([_job(ALIGN, {"run": run, "job": job}) for job in jobs])


def queue_realign(*, in_seconds: float = 0) -> None:
    """At most one waits. What edits queue is put there by a trigger: proposals/models/realigning.py."""
    at = timezone.now() + datetime.timedelta(seconds=in_seconds) if in_seconds else None
    with suppress(AlreadyEnqueued), transaction.atomic():
        _MANAGER.batch_defer_jobs([_job(REALIGN, {}, lock=REALIGN, queueing_lock=REALIGN, scheduled_at=at)])


def take_back_jobs(run: int) -> None:
    """Those of a run that no worker has begun."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_cancel_job_v1(id, false, true) FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name = ANY(%s) AND args @> jsonb_build_object('run', %s::bigint)",
            [[ALIGN, BEGIN], run],
        )


def _job(task: str, arguments: dict[str, Any], **options: Any) -> Job:
    options = {"lock": None, "queueing_lock": None, **options}
    return Job(id=None, queue=QUEUE, task_name=task, task_kwargs=arguments, **options)
