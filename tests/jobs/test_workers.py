"""Workers as they run: processes of their own, on the queue of the test database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from proposals.jobs import Asked, start_run
from proposals.models import AlignedPair, AlignmentJob, AlignmentRun
from tests.factories import make_proposal
from tests.jobs.doing import pairs_of, queued, stored

pytestmark = pytest.mark.django_db(transaction=True)

_ROOT = Path(__file__).resolve().parents[2]
# Seconds until what never ends is given up.
_PATIENCE = 60


@pytest.fixture(autouse=True)
def _emptied_queue(transactional_db) -> Iterator[None]:
    """What empties the database after a test knows the tables of models alone."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@contextmanager
def worker(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of `manage.py work`, which ends with the block."""
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={quote(settings['HOST'], safe='')}"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work", "--heartbeat", "0.5", *arguments],
        cwd=_ROOT,
        env={**os.environ, "DATABASE_URL": f"{url}&port={settings['PORT']}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def wait_until(holds, *, what):
    patience = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < patience, f"It never came to {what}."
        time.sleep(0.05)


def ended(run):
    run.refresh_from_db()
    return run.state not in AlignmentRun.ACTIVE


@contextmanager
def held_up_at(proposal) -> Iterator[None]:
    """Whoever stores a pair of the proposal waits until the block ends: a job that is caught in its middle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(4711)")
        cursor.execute(
            "CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER hold_up BEFORE INSERT ON proposals_alignedpair FOR EACH ROW"
            f" WHEN (NEW.left_id = {proposal.pk} OR NEW.right_id = {proposal.pk}) EXECUTE FUNCTION hold_up()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
            cursor.execute("DROP TRIGGER IF EXISTS hold_up ON proposals_alignedpair; DROP FUNCTION hold_up()")


def waits_at_the_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted")
        return cursor.fetchone()[0]


def test_a_job_of_a_killed_worker_is_done_by_another_and_every_pair_is_stored_once(corpus):
    with worker() as doomed:
        with held_up_at(corpus["council-plan"]):
            run = start_run(Asked())
            wait_until(waits_at_the_lock, what="a job in its middle")
            doomed.send_signal(signal.SIGKILL)
            doomed.wait()

        with worker():
            wait_until(lambda: ended(run), what="the end of the run")

    assert (run.state, pairs_of(run)) == ("done", (6, 0, 6, 0))
    assert len(stored()) == AlignedPair.objects.count() == 6


def test_a_worker_that_is_asked_to_stop_finishes_its_job_and_takes_no_other(corpus):
    with worker() as process:
        with held_up_at(corpus["council-plan"]):
            run = start_run(Asked())
            wait_until(waits_at_the_lock, what="a job in its middle")
            others = AlignmentJob.objects.filter(run=run).count() - 1
            process.terminate()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.5)

        assert process.wait(_PATIENCE) == 0

    run.refresh_from_db()
    assert run.state == "running"
    assert AlignmentJob.objects.filter(run=run, state="waiting").count() == others
    assert queued().count("align") == others


def test_a_worker_goes_on_when_its_connections_were_cut(corpus):
    with worker() as process:
        first = start_run(Asked())
        wait_until(lambda: ended(first), what="the end of a first run")

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        AlignedPair.objects.all().delete()
        second = start_run(Asked())
        wait_until(lambda: ended(second), what="the end of a second run")

        assert process.poll() is None
    assert pairs_of(second) == (6, 0, 6, 0)


def test_a_poisoned_job_fails_after_three_attempts_and_the_run_goes_on(corpus):
    poison = make_proposal("poisoned-plan", clauses=["The Coastal Front opens the old harbour."] * 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'too bitter'; END $$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON proposals_alignedpair FOR EACH ROW"
            f" WHEN (NEW.left_id = {corpus['council-plan'].pk} AND NEW.right_id = {poison.pk})"
            " EXECUTE FUNCTION refuse()"
        )
    try:
        with worker():
            run = start_run(Asked())
            wait_until(lambda: ended(run), what="the end of the run")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER refuse ON proposals_alignedpair; DROP FUNCTION refuse()")

    (job,) = AlignmentJob.objects.all()
    assert (job.state, job.attempts, job.others[-1]) == ("failed", 3, poison.pk)
    assert "too bitter" in job.error
    assert (run.state, pairs_of(run)) == ("failed", (10, 0, 10 - len(job.others), len(job.others)))
    assert len(stored()) == 10 - len(job.others)
