"""A worker: procrastinate's, kept going while the database is away, and taking up what dead workers left.

A worker that dies, of `kill -9` or with its host, stops sending its heartbeat; whichever worker looks next gives its
jobs back to the queue. A job that is done twice that way stores the same once.
"""

import asyncio
import contextlib
import logging
import signal
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate.app import App
from procrastinate.contrib.django import app as django_app
from procrastinate.exceptions import ConnectorException, ProcrastinateException
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker

from proposals.jobs.queue import queue_realign
from proposals.jobs.tasks import MOST_ATTEMPTS, give_up

_log = logging.getLogger(__name__)

# Hours that jobs which failed are kept, for people to look at.
_KEPT_HOURS = 30 * 24
# Seconds between tries to reach a database that is away.
_LONGEST_PAUSE = 2


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How a worker works; times in seconds. It is taken for dead when four of its heartbeats are missing."""

    concurrency: int = 1
    heartbeat: float = 1
    grace: float = 30
    until_empty: bool = False

    @property
    def stalled_after(self) -> float:
        return 4 * self.heartbeat


def work(habits: Habits) -> None:
    """Works until SIGTERM or SIGINT, then finishes its job or, after the grace, gives it back."""
    asyncio.run(_work(habits))


async def _work(habits: Habits) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    former: int | None = None
    pause = 0.2
    while not stop.is_set():
        django: Any = django_app
        worker: Worker | None = None
        try:
            with django.replace_connector(django.connector.get_worker_connector()) as app:
                async with app.open_async():
                    worker = _worker(app, habits)
                    await _hand_back(app, former, habits)
                    pause = 0.2
                    await _until_stopped(worker, app, stop, habits)
            if habits.until_empty:
                return
        # The connection may fail anywhere, and each library below has its own name for it.
        except Exception as error:  # noqa: BLE001
            _log.warning("The database is away (%s); trying again.", error or type(error).__name__)
        former = (worker and worker.worker_id) or former
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _worker(app: App, habits: Habits) -> Worker:
    app.perform_import_paths()
    options: dict[str, Any] = {
        **app.worker_defaults,
        "concurrency": habits.concurrency,
        "wait": not habits.until_empty,
        # What is done is done; what failed stays, to be looked at.
        "delete_jobs": "successful",
        "fetch_job_polling_interval": 2.0,
        "shutdown_graceful_timeout": habits.grace,
        "install_signal_handlers": False,
        "update_heartbeat_interval": habits.heartbeat,
        "stalled_worker_timeout": habits.stalled_after,
    }
    return Worker(app=app, **options)


async def _until_stopped(worker: Worker, app: App, stop: asyncio.Event, habits: Habits) -> None:
    """Returns when it was asked to stop, or ended by itself: because a connection broke, or nothing is left to do."""
    running = asyncio.create_task(worker.run())
    rescuing = asyncio.create_task(_rescue_now_and_then(app, habits))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            worker.stop()
        await running
    finally:
        for task in (rescuing, stopping):
            task.cancel()
        await asyncio.gather(rescuing, stopping, return_exceptions=True)


async def _hand_back(app: App, former: int | None, habits: Habits) -> None:
    """What this process left when its connection broke, and what has been lying about for long."""
    if former is not None:
        await app.job_manager.unregister_worker(former)
    await _rescue(app, habits)
    await app.job_manager.delete_old_jobs(
        nb_hours=_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def _rescue_now_and_then(app: App, habits: Habits) -> None:
    while True:
        await asyncio.sleep(habits.heartbeat)
        # The worker beside it meets the same failure, and ends.
        with contextlib.suppress(ConnectorException):
            await _rescue(app, habits)


async def _rescue(app: App, habits: Habits) -> None:
    await app.job_manager.prune_stalled_workers(habits.stalled_after)
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=habits.stalled_after):
        # Another worker may have been faster.
        with contextlib.suppress(ProcrastinateException):
            if job.attempts < MOST_ATTEMPTS and not job.queueing_lock:
                await app.job_manager.retry_job(job)
                _log.warning("Job %s of a dead worker is given back.", job.id)
            else:
                await app.job_manager.finish_job_by_id_async(_id_of(job), status=Status.FAILED, delete_job=False)
                await sync_to_async(_end)(job)


def _id_of(job: Job) -> int:
    if job.id is None:
        raise ValueError("A job of the queue has an id.")
    return job.id


def _end(job: Job) -> None:
    try:
        if job.queueing_lock:
            # By now another may wait, and at most one does.
            queue_realign()
        else:
            give_up(job.task_kwargs)
    finally:
        close_old_connections()
