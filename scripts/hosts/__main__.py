"""A database, two web hosts, two workers and HAProxy under load; one after the other is cut off: make hosts

Addresses are 127.0.0.10 to 127.0.0.20. Needs HAProxy (Debian: apt install haproxy). Takes about three minutes.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from scripts.faults.database import NAME, ROLE, Database
from scripts.faults.laboratory import Laboratory, under_load
from scripts.faults.load import API, request
from scripts.faults.network import Network
from scripts.faults.report import HEAD, row
from scripts.faults.site import ROOT, Site, prepare
from scripts.faults.writers import draft
from scripts.hosts.proxy import Proxy
from scripts.hosts.shared import check_shared

_DRAFTS, _FAILURES = 10, 5
# One count for all hosts; the proxy adds the address that it was asked from.
_SETTINGS = {"CACHE_URL": "database", "PROXIES": "1", "RATE_DRAFTS": f"{_DRAFTS}/min"}
Cause = Callable[[], str | None]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with contextlib.ExitStack() as stack:
        database = Database(host="127.0.0.10")
        stack.callback(database.close)
        address = f"postgresql://{ROLE}@{database.host}:{database.port}/{NAME}"
        token = prepare(address, _SETTINGS)
        first, second = (Site(database=address, host=host, settings=_SETTINGS) for host in ("127.0.0.11", "127.0.0.12"))
        for site in (first, second):
            stack.callback(site.close)
            site.start()
        workers = [_worker(address) for _ in range(2)] if _has_queue(address) else []
        for worker in workers:
            stack.callback(_end, worker)
        proxy = Proxy(host="127.0.0.20", to=[(site.host, site.port) for site in (first, second)])
        stack.callback(proxy.close)
        front = _Front(proxy, first)
        front.wait_until_ready()
        headers = {"Authorization": f"Bearer {token}"}
        request(
            proxy.host, proxy.port, "POST", f"{API}imports/", body=draft("northern-draft", clauses=1), headers=headers
        )
        network = Network(to=(database.host, database.port))
        stack.callback(network.close)
        lab = Laboratory(database, network, front, token)

        print(HEAD, flush=True)
        causes: dict[str, tuple[str, Cause]] = {
            "frozen": ("one web host says nothing for 15 s (SIGSTOP)", lambda: _frozen(second)),
            "killed": (
                "one web host is killed, nothing answers at its address; it is back after 10 s",
                lambda: _killed(second),
            ),
            "rolled": ("both web hosts get new processes, one after the other", lambda: _rolled(first, second)),
            "moved": ("the database is restarted within 1 s", lambda: _restarted(database)),
        }
        is_wrong = False
        for name, (what, cause) in causes.items():
            figures = under_load(lab, name, partial(_of_hosts, cause))
            print(row(figures, what), flush=True)
            is_wrong = is_wrong or bool(figures.faults)
        if not workers:
            print("There is no queue in this version (manage.py work), so no worker was killed.")
        for sentence in check_shared((first, second), drafts=_DRAFTS, failures=_FAILURES):
            print(sentence)
            is_wrong = is_wrong or sentence.startswith("WRONG")
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
    for site in sites:
        before = site.master
        site.start()
        before.send_signal(signal.SIGTERM)
        before.wait(60)
        # As whoever deploys waits until the new ones have proved themselves.
        time.sleep(5)


def _restarted(database: Database) -> None:
    until = time.monotonic() + 1
    database.stop()
    time.sleep(max(0, until - time.monotonic()))
    database.start()


def _has_queue(address: str) -> bool:
    return (ROOT / "proposals" / "management" / "commands" / "work.py").exists()


def _worker(address: str) -> "subprocess.Popen[bytes]":
    from scripts.faults.site import production

    return subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=ROOT, env=production(address), stdout=subprocess.DEVNULL
    )


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait(10)


if __name__ == "__main__":
    sys.exit(main())
