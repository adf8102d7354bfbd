"""Crowds: what comes of many clients at once, beside the usual load."""

import itertools
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from scripts.faults.laboratory import Laboratory
from scripts.faults.load import API, request

_CLIENTS = 100
# Asked by comparing, and by nothing else that the load asks for; what takes part of the state is written otherwise.
_STATEMENT = 'FROM "proposals_decision"'


def same_comparison(lab: Laboratory) -> str:
    """100 clients ask at once for one comparison that nobody has asked for"""
    slugs = ("istanbul-communique-2022", "e3-counter-2025-11", "berlin-statement-2025-12")
    alone = _statements(lab, lambda: [_get(lab, slugs[0], slugs[2])])
    crowd: list[int] = []
    with ThreadPoolExecutor(_CLIENTS) as clients:
        together = _statements(
            lab, lambda: crowd.extend(clients.map(lambda _: _get(lab, slugs[0], slugs[1]), range(_CLIENTS)))
        )
    return f"statuses {dict(Counter(crowd))}; {together} statements of comparing, {alone} for one client"


def strangers(lab: Laboratory) -> str:
    """100 clients more compare texts of their own, for 10 s"""
    until, numbers = time.monotonic() + 10, itertools.count()

    def compare() -> list[tuple[int, float]]:
        found = []
        while time.monotonic() < until:
            clauses = "\n".join(f"{number}. The harbour opens for {next(numbers)} days." for number in range(1, 31))
            body = {"proposals": [{"text": clauses}, {"slug": "us-28-point-2025-11"}]}
            began = time.monotonic()
            try:
                status = request(lab.site.host, lab.site.port, "POST", f"{API}comparisons/", body=body, headers={})[0]
            except OSError:
                status = 0
            found.append((status, time.monotonic() - began))
            # As a client does that is told to come again, only sooner.
            time.sleep(0.5)
        return found

    with ThreadPoolExecutor(_CLIENTS) as clients:
        asked = [one for client in clients.map(lambda _: compare(), range(_CLIENTS)) for one in client]
    refused = sorted(took for status, took in asked if status == 503)
    others = Counter(status for status, _ in asked if status != 503)
    return f"of theirs {dict(others)}, {len(refused)} refused, half of these within {refused[len(refused) // 2]:.2f} s"


def _get(lab: Laboratory, *slugs: str) -> int:
    return request(lab.site.host, lab.site.port, "GET", f"{API}comparisons/?proposals={','.join(slugs)}", headers={})[0]


def _statements(lab: Laboratory, work: Callable[[], object]) -> int:
    """How often the server was asked what only a comparison asks, as its log says."""
    with lab.database.connect() as connection:
        connection.execute("alter system set log_statement = 'all'")
        connection.execute("select pg_reload_conf()")
        time.sleep(0.5)
        before = lab.database.log().count(_STATEMENT)
        work()
        after = lab.database.log().count(_STATEMENT)
        connection.execute("alter system reset log_statement")
        connection.execute("select pg_reload_conf()")
    return after - before
