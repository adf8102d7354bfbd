"""The faults. Each function brings about one, and returns when its cause has ended."""

import contextlib
import os
import signal
import time

import psycopg

from scripts.faults.database import NAME, ROLE
from scripts.faults.laboratory import Laboratory


def database_restarted(lab: Laboratory) -> None:
    """PostgreSQL is stopped and started again within 1 s"""
    _away(lab, 1)


def database_killed(lab: Laboratory) -> None:
    """kill -9 of all of PostgreSQL, started again after 1 s"""
    until = time.monotonic() + 1
    lab.database.kill()
    time.sleep(max(0, until - time.monotonic()))
    lab.database.start()


def database_away(lab: Laboratory) -> None:
    """PostgreSQL is away for 30 s"""
    _away(lab, 30)


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


def web_replaced(lab: Laboratory) -> str:
    """a second gunicorn starts on the same socket, the first gets SIGTERM"""
    first = lab.site.master
    lab.site.start()
    first.send_signal(signal.SIGTERM)
    began = time.monotonic()
    code = first.wait(60)
    return f"the first ended after {time.monotonic() - began:.1f} s with code {code}"


def workers_renewed(lab: Laboratory) -> None:
    """SIGHUP: gunicorn replaces its workers one by one"""
    before = set(lab.site.workers())
    lab.site.master.send_signal(signal.SIGHUP)
    until = time.monotonic() + 30
    while before & set(lab.site.workers()) and time.monotonic() < until:
        time.sleep(0.1)


def _away(lab: Laboratory, seconds: float) -> None:
    until = time.monotonic() + seconds
    lab.database.stop()
    time.sleep(max(0, until - time.monotonic()))
    lab.database.start()


CAUSES = {
    "restart": database_restarted,
    "kill": database_killed,
    "away": database_away,
    "slow": database_slow,
    "silent": database_silent,
    "exhausted": connections_exhausted,
    "worker": worker_killed,
    "replace": web_replaced,
    "renew": workers_renewed,
}
