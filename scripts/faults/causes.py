"""The faults. Each function brings about one, and returns when its cause has ended."""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from scripts.faults import queue_causes
from scripts.faults.aligning import Aligning
from scripts.faults.crowds import documents, same_comparison, searches, strangers
from scripts.faults.database import NAME, ROLE
from scripts.faults.laboratory import Laboratory
from scripts.faults.site import Site
from scripts.faults.workers import Workers


def database_restarted(lab: Laboratory) -> None:
    """PostgreSQL is stopped and started again within 1 s"""
    until = time.monotonic() + 1
    lab.database.stop()
    time.sleep(max(0, until - time.monotonic()))
    lab.database.start()


def database_killed(lab: Laboratory) -> None:
    """kill -9 of all of PostgreSQL, started again after 1 s"""
    until = time.monotonic() + 1
    lab.database.kill()
    time.sleep(max(0, until - time.monotonic()))
    lab.database.start()


def database_slow(lab: Laboratory) -> None:
    """each packet to and from the database takes 200 ms, for 15 s"""
    lab.network.delay = 0.2
    time.sleep(15)
    lab.network.restore()


def database_silent(lab: Laboratory) -> None:
    """packets to and from the database vanish for 30 s, connections stay open"""
    lab.network.swallow()
    time.sleep(30)
    lab.network.restore()


def connections_exhausted(lab: Laboratory) -> None:
    """others take every connection of the database, the service's own are ended; for 10 s"""
    taken: list[psycopg.Connection] = []
    until = time.monotonic() + 10
    with lab.database.connect() as watching:
        while time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError):
                taken.append(
                    psycopg.connect(host=lab.database.host, port=lab.database.port, user=ROLE, dbname="postgres")
                )
                continue
            # Full; whatever the service still holds is ended, and taken in the next turn.
            watching.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = %s",
                [NAME, ROLE],
            )
            time.sleep(0.02)
    for connection in taken:
        connection.close()


def worker_killed(lab: Laboratory) -> None:
    """kill -9 of one of the two web workers"""
    os.kill(lab.site.workers()[0], signal.SIGKILL)


def web_restarted(lab: Laboratory) -> str:
    """gunicorn gets SIGTERM, and is started again once it has ended, on a socket that is held meanwhile"""
    began = time.monotonic()
    lab.site.master.send_signal(signal.SIGTERM)
    code = lab.site.master.wait(60)
    ended = time.monotonic() - began
    lab.site.start()
    return f"it ended after {ended:.1f} s with code {code}"


def workers_renewed(lab: Laboratory) -> None:
    """SIGHUP: gunicorn replaces its workers one by one"""
    before = set(lab.site.workers())
    lab.site.master.send_signal(signal.SIGHUP)
    until = time.monotonic() + 30
    while before & set(lab.site.workers()) and time.monotonic() < until:
        time.sleep(0.1)


def disk_full(lab: Laboratory) -> str:
    """the disk of the database is full for 15 s"""
    ballast = lab.database.disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(1 << 16)):
            pass
    time.sleep(15)
    ballast.unlink()
    # Where it could not even write its log it has ended itself, and its supervisor starts it again.
    return "PostgreSQL had ended itself" if lab.database.revive() else "PostgreSQL went on"


def clock_jumped(lab: Laboratory) -> None:
    """the clock of the web host jumps a day ahead, then two days back, then to the right time"""
    for days in (1, -1, 0):
        _CLOCK.write_text(str(days * 86_400))
        time.sleep(5)


_CLOCK = Path(tempfile.gettempdir()) / f"concordance-clock-{os.getpid()}"
CAUSES: dict[str, Callable[[Laboratory], str | None]] = {
    "restart": database_restarted,
    "kill": database_killed,
    "slow": database_slow,
    "silent": database_silent,
    "exhausted": connections_exhausted,
    "worker": worker_killed,
    "stop": web_restarted,
    "renew": workers_renewed,
    "same": same_comparison,
    "strangers": strangers,
    "documents": documents,
    "searches": searches,
    "job": queue_causes.queue_worker_killed,
    "work": queue_causes.database_restarted_at_work,
    "away": queue_causes.database_away_at_work,
    "clock": clock_jumped,
    "disk": disk_full,
}


def needs(name: str) -> dict[str, Any]:
    """What the database of a fault has to have, where that is its own; raises UnableToTry where it cannot be had."""
    if name != "disk":
        return {}
    if os.geteuid() != 0:
        raise UnableToTry("only root can make a small disk")
    return {"size": 500 << 20}


@contextlib.contextmanager
def furnished(lab: Laboratory, name: str) -> Iterator[Laboratory]:
    """The laboratory with what else a fault takes; raises UnableToTry where that cannot be had here."""
    with contextlib.ExitStack() as stack:
        if CAUSES[name].__module__ == queue_causes.__name__:
            workers = Workers(lab.site.environment)
            stack.callback(workers.close)
            aligning = Aligning(lab.database, host=lab.site.host, port=lab.site.port, token=lab.token)
            lab = replace(lab, workers=workers, aligning=aligning)
        if name == "clock":
            site = Site(database=lab.site.environment["DATABASE_URL"], settings=_shifted())
            stack.callback(site.close)
            site.start()
            lab = replace(lab, site=site)
        yield lab


def _shifted() -> dict[str, str]:
    """The environment in which the clock of a process is the right one and as much as is written in a file."""
    if shutil.which("cc") is None:
        raise UnableToTry("a C compiler is missing; Debian: apt install gcc libc6-dev")
    library = _CLOCK.with_suffix(".so")
    source = Path(__file__).with_name("clock.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    _CLOCK.write_text("0")
    for made in (library, _CLOCK):
        atexit.register(made.unlink, missing_ok=True)
    return {"LD_PRELOAD": str(library), "SHIFTED_BY": str(_CLOCK)}


class UnableToTry(Exception):
    """The fault cannot be brought about on this machine; the message says why."""
