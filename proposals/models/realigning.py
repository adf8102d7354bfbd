"""Edits queue one job that aligns again what they made stale: a trigger puts it into the queue, with their transaction.

So it is there exactly if the edit is, by whatever way it came: forms, bulk writes, imports, the API, plain SQL. It
waits some seconds, for further edits. One that finds it waiting already holds it back until its own transaction has
ended, or a worker could take the job away before it can see the edit. Nothing is queued before a first alignment was
asked for.
"""

from collections.abc import Sequence

import pgtrigger

TASK = "realign"
QUEUE = "alignment"
SECONDS = 5

# Once a transaction: an import comes here thousands of times.
_DONE = "concordance.realign"
_QUEUE = f"""
    IF current_setting('{_DONE}', true) IS DISTINCT FROM pg_current_xact_id()::text
       AND EXISTS (SELECT FROM proposals_alignmentrun)
    THEN
        PERFORM set_config('{_DONE}', pg_current_xact_id()::text, true);
        INSERT INTO procrastinate_jobs AS j (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
        VALUES ('{QUEUE}', '{TASK}', '{TASK}', '{TASK}', '{{}}', clock_timestamp() + interval '{SECONDS} seconds')
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET scheduled_at = j.scheduled_at;
    END IF;
    RETURN NULL;
"""


def realigns(*, on: Sequence[str] = ("added", "changed")) -> list[pgtrigger.Trigger]:
    """Triggers of a model whose records links are made from. With a proposal its pairs are deleted: nothing is left."""
    operations = {"added": pgtrigger.Insert, "changed": pgtrigger.Update, "removed": pgtrigger.Delete}
    return [
        pgtrigger.Trigger(
            name=f"realign_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operations[name],
            func=_QUEUE,
        )
        for name in on
    ]
