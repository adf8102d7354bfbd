"""What all-pairs alignment by 1, 2 and 3 worker processes costs: python -m scripts.bench_queue --proposals 300

A corpus is made in a database of its own, and aligned anew for each number of workers; the last of the runs has one of
its workers killed in the middle. Printed are times, their ratios to that of one worker, pairs per second, memory and
the size of what is stored.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.scratch import scratch_database

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 3_600  # seconds until a run is given up
_COUNTED = 100_000_000
# Else each worker would take all processors for its matrices, and a second one nothing but wait.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--proposals", type=int, default=300)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--kill", action="store_true", help="Kill a worker in the middle of a further run.")
    options = parser.parse_args()
    os.environ.update(ONE_THREAD)
    with scratch_database(filled=False):
        from scripts.corpus_for_queue import make_corpus

        started = time.monotonic()
        clauses = make_corpus(options.proposals, random.Random(7))  # noqa: S311  (no secret)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(f"{options.proposals} proposals, {clauses:,} clauses, made in {time.monotonic() - started:.0f} s")
        first: dict[str, Any] | None = None
        for number in options.workers:
            found = measured(number)
            first = first or found
            _print(number, found, first)
        if options.kill:
            _print(options.workers[-1], measured(options.workers[-1], kill=True), first or {})
        _print_storage()


def measured(workers: int, *, kill: bool = False) -> dict[str, Any]:
    """One run from nothing, by so many workers."""
    from django.db import connection

    from proposals.jobs import Asked, start_run
    from proposals.models import AlignedPair

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE proposals_alignedpair, proposals_alignedtext, procrastinate_jobs CASCADE")
    with _worker_processes(workers) as processes:
        # They begin together: what is measured is the work, and not how long Python takes to start.
        time.sleep(15)
        bare = floor(workers)
        before = sum(_processor(process.pid) for process in processes)
        run = start_run(Asked())
        started, memory, killed = time.monotonic(), 0, not kill
        middle = None
        while run.state in run.ACTIVE and time.monotonic() - started < LONGEST:
            time.sleep(0.1)
            run.refresh_from_db()
            memory = max([memory, *(_memory(process.pid) for process in processes if process.poll() is None)])
            if not killed and run.pairs_done > run.pairs_total / 3:
                processes.pop().send_signal(signal.SIGKILL)
                killed = True
            if middle is None and run.pairs_done > run.pairs_total / 2:
                middle = memory
        seconds = time.monotonic() - started
        processor = sum(_processor(process.pid) for process in processes) - before
        bare = (bare + floor(workers)) / 2
    return {
        "state": run.state + (", one killed" if kill else ""),
        "seconds": seconds,
        "floor": bare,
        "processor": processor,
        "planned": (run.began_at - run.queued_at).total_seconds() if run.began_at else 0.0,
        "pairs": run.pairs_done,
        "failed": run.pairs_failed,
        "stored": AlignedPair.objects.count(),
        "memory": (middle or 0, memory),
    }


@contextmanager
def _worker_processes(number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    environment = {**os.environ, **ONE_THREAD, "DATABASE_URL": _database_url()}
    command = [sys.executable, "manage.py", "work", "--heartbeat", "1"]
    processes = [subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) for _ in range(number)]
    everyone = list(processes)
    try:
        yield processes
    finally:
        for process in everyone:
            if process.poll() is None:
                process.terminate()
        for process in everyone:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _database_url() -> str:
    """The scratch database, for processes that know nothing of it."""
    from urllib.parse import quote

    from django.db import connection

    settings = connection.settings_dict
    host = quote(str(settings["HOST"]), safe="")
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={host}&port={settings['PORT']}"


def floor(processes: int) -> float:
    """Seconds that so many processes take here and now for a fixed amount of bare counting, shared out among them.

    The machine may be busy with other things: what a second process can gain at most is the ratio of two of these.
    """
    command = [sys.executable, "-c", f"for _ in range({_COUNTED // processes}): pass"]
    started = time.monotonic()
    for process in [subprocess.Popen(command) for _ in range(processes)]:
        process.wait()
    return time.monotonic() - started


def _processor(pid: int) -> float:
    """Seconds of processor time so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Resident memory in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def _print(workers: int, found: dict[str, Any], first: dict[str, Any]) -> None:
    told = (
        f"{found['seconds']:.1f} s, {found['seconds'] / first['seconds']:.2f} of the first",
        f"(bare counting: {found['floor'] / first['floor']:.2f}); planned in {found['planned']:.1f} s;",
        f"{found['pairs']:,} pairs, {found['failed']} failed, {found['stored']:,} stored;",
        f"{found['pairs'] / found['seconds']:.0f} pairs/s,",
        f"{found['pairs'] / max(found['processor'], 0.01):.0f} in a second of processor;",
        f"memory {found['memory'][0]} MB in the middle, {found['memory'][1]} MB at most",
    )
    print(f"{workers} workers ({found['state']}):", *told, flush=True)


def _print_storage() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), pg_table_size('proposals_alignedpair'), pg_indexes_size('proposals_alignedpair'),"
            " sum(array_length(string_to_array(links, chr(10)), 1)), count(*) FILTER (WHERE links <> '')"
            " FROM proposals_alignedpair"
        )
        pairs, table, indexes, links, linked = cursor.fetchone() or (1, 0, 0, 0, 0)
    each = (table + indexes) / max(pairs, 1)
    print(f"{pairs:,} pairs stored, {linked:,} with links, {links:,} links: {each:.0f} bytes a pair with its indexes")


if __name__ == "__main__":
    main()
