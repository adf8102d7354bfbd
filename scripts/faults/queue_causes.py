"""What befalls workers of the queue while they align the corpus."""

import time
from collections.abc import Callable

from scripts.faults.laboratory import Laboratory
from scripts.faults.workers import Workers

# Seconds that what must come is waited for.
_PATIENCE = 90


def queue_worker_killed(lab: Laboratory) -> str:
    """kill -9 of one of two queue workers in the middle of a job; it is started again after 2 s"""
    workers = _workers(lab)
    job, attempts, stopped = workers.hold_one(lab.database)
    workers.kill_held()
    time.sleep(2)
    workers.start()
    again = _seconds_until(lambda: workers.at_work(lab.database).get(job) != attempts, since=stopped)
    return f"its job was taken back {again:.1f} s after its last sign of life"


def database_restarted_at_work(lab: Laboratory) -> str:
    """PostgreSQL is stopped and started again within 1 s, while two queue workers work"""
    return _away_at_work(lab, 1)


def database_away_at_work(lab: Laboratory) -> str:
    """PostgreSQL is away for 30 s, while two queue workers work"""
    return _away_at_work(lab, 30)


def _away_at_work(lab: Laboratory, seconds: float) -> str:
    until = time.monotonic() + seconds
    lab.database.stop()
    time.sleep(max(0, until - time.monotonic()))
    lab.database.start()
    back = time.monotonic()
    before = _aligned(lab)
    return f"workers had aligned more {_seconds_until(lambda: _aligned(lab) > before, since=back):.1f} s afterwards"


def _aligned(lab: Laboratory) -> int:
    with lab.database.connect() as connection:
        row = connection.execute("select coalesce(sum(pairs_done), 0) from proposals_alignmentrun").fetchone()
        return int(row[0]) if row else 0


def _seconds_until(holds: Callable[[], bool], *, since: float) -> float:
    while not holds():
        if time.monotonic() - since > _PATIENCE:
            raise RuntimeError(f"It did not come within {_PATIENCE} s.")
        time.sleep(0.05)
    return time.monotonic() - since


def _workers(lab: Laboratory) -> Workers:
    if lab.workers is None:
        raise ValueError("The laboratory has workers for these.")
    return lab.workers
