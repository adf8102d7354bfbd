"""Doing what waits in the queue, here and now, in the order in which a worker would."""

from django.db import connection

from proposals.jobs import runs
from proposals.jobs.aligning import align_job
from proposals.jobs.runs import Asked, start_run
from proposals.models import AlignedPair, AlignmentJob, AlignmentRun


def queued():
    """The tasks that wait, in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [task for (task,) in cursor.fetchall()]


def take(task):
    """As a worker that begins a job: it waits no longer."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s", [task])


def do_jobs(run):
    take("align")
    for job in list(AlignmentJob.objects.filter(run=run, state="waiting").order_by("pk")):
        align_job(job.pk)
    run.refresh_from_db()


def align_all(**asked):
    """The run, done."""
    run = start_run(Asked(**asked))
    take("begin")
    runs.begin(run.pk)
    do_jobs(run)
    take("realign")
    return run


def realign():
    """What a worker does after an edit: the run that came of it, done, or None."""
    take("realign")
    run = runs.realign()
    if run is not None:
        do_jobs(run)
    take("realign")
    return run


def stored():
    """Every stored pair by the slugs of its proposals: all of its row, and the transaction that wrote it last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text || ':' || cmin::text FROM proposals_alignedpair")
        written = dict(cursor.fetchall())
    columns = [field.attname for field in AlignedPair._meta.concrete_fields]
    return {
        frozenset({pair.left.slug, pair.right.slug}): (
            written[pair.pk],
            *(getattr(pair, column) for column in columns),
        )
        for pair in AlignedPair.objects.select_related("left", "right")
    }


def written_since(before):
    """The pairs whose rows were written since, as sorted slugs."""
    return sorted(sorted(pair) for pair, row in stored().items() if before.get(pair) != row)


def pairs_of(run):
    """The counts of a run that is done."""
    return AlignmentRun.objects.values_list("pairs_total", "pairs_fresh", "pairs_done", "pairs_failed").get(pk=run.pk)
