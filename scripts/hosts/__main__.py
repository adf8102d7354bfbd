"""A database, two web hosts, two workers and HAProxy under load; one after the other is cut off: make hosts

Addresses are 127.0.0.10 to 127.0.0.20. Needs HAProxy (Debian: apt install haproxy). Takes about four minutes; for one
of its faults `make hosts args=rolled`. FAULT_LOGS names a folder for what web hosts and workers wrote.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts.faults.aligning import Aligning
from scripts.faults.database import NAME, ROLE, Database
from scripts.faults.laboratory import Laboratory, under_load
from scripts.faults.load import API, request
from scripts.faults.network import Network
from scripts.faults.queue_causes import queue_worker_killed
from scripts.faults.report import HEAD, row
from scripts.faults.site import Site, prepare
from scripts.faults.workers import Workers
from scripts.faults.writers import draft
from scripts.hosts.proxy import Proxy
from scripts.hosts.shared import check_shared

_DRAFTS, _FAILURES = 10, 5
# One count for all hosts; the proxy adds the address that it was asked from.
_SETTINGS = {"CACHE_URL": "database", "PROXIES": "1", "RATE_DRAFTS": f"{_DRAFTS}/min"}
Cause = Callable[[], str | None]


def main(names: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        database = Database(host="127.0.0.10", most_connections=100)
        stack.callback(database.close)
        address = f"postgresql://{ROLE}@{database.host}:{database.port}/{NAME}"
        token = prepare(address, _SETTINGS)
        first, second = (
            Site(database=address, host=host, holds_socket=False, settings=_SETTINGS)
            for host in ("127.0.0.11", "127.0.0.12")
        )
        for site in (first, second):
            stack.callback(site.close)
            site.start()
        workers = Workers(first.environment)
        stack.callback(workers.close)
        proxy = Proxy(host="127.0.0.20", to=[(site.host, site.port) for site in (first, second)])
        stack.callback(proxy.close)
        front = _Front(proxy, first)
        headers = {"Authorization": f"Bearer {token}"}
        request(
            proxy.host, proxy.port, "POST", f"{API}imports/", body=draft("northern-draft", clauses=1), headers=headers
        )
        network = Network(to=(database.host, database.port))
        stack.callback(network.close)
        aligning = Aligning(database, host=proxy.host, port=proxy.port, token=token)
        lab = Laboratory(database, network, front, token, workers, aligning, is_behind_proxy=True)

        rows = []
        print(HEAD, flush=True)
        causes: dict[str, tuple[str, Cause]] = {
            "frozen": ("one web host says nothing for 15 s (SIGSTOP)", lambda: _frozen(second)),
            "killed": (
                "one web host is killed, nothing answers at its address; it is back after 10 s",
                lambda: _killed(second),
            ),
            "job": (str(queue_worker_killed.__doc__), lambda: queue_worker_killed(lab)),
            "rolled": ("both web hosts get new processes, one after the other", lambda: _rolled(first, second)),
            "moved": ("the database is restarted within 1 s", lambda: _restarted(database)),
        }
        is_wrong = False
        for name in names or causes:
            what, cause = causes[name]
            figures = under_load(lab, name, partial(_of_hosts, cause))
            rows.append(row(figures, what))
            print(rows[-1], flush=True)
            is_wrong = is_wrong or figures.is_bad
        if folder := os.environ.get("FAULT_LOGS"):
            for by, said in {"first": first.said, "second": second.said, "workers": workers.said}.items():
                (Path(folder) / f"{by}.log").write_text(said())
        for sentence in check_shared((first, second), drafts=_DRAFTS, failures=_FAILURES):
            print(sentence)
            is_wrong = is_wrong or sentence.startswith("WRONG")
        print(f"\n{(time.monotonic() - began) / 60:.1f} minutes\n", HEAD, *rows, sep="\n")
    return int(is_wrong)


def _of_hosts(cause: Cause, lab: Laboratory) -> str | None:
    """A cause as the laboratory calls it, which knows one host alone."""
    return cause()


class _Front(Site):
    """The service as clients meet it: at the proxy."""

    def __init__(self, proxy: Proxy, behind: Site) -> None:
        self.host, self.port, self.log = proxy.host, proxy.port, behind.log


def _frozen(site: Site) -> None:
    pids = site.processes()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(15)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def _killed(site: Site) -> None:
    until = time.monotonic() + 10
    site.kill()
    time.sleep(max(0, until - time.monotonic()))
    site.start()


def _rolled(*sites: Site) -> None:
    """As `systemctl restart concordance-web` on one after the other, which waits until the old processes are gone."""
    for site in sites:
        site.master.send_signal(signal.SIGTERM)
        site.master.wait(60)
        site.start()
        # As whoever deploys waits until the new ones have proved themselves.
        time.sleep(5)


def _restarted(database: Database) -> None:
    until = time.monotonic() + 1
    database.stop()
    time.sleep(max(0, until - time.monotonic()))
    database.start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
