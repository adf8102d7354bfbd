"""Crowds: what comes of many clients at once, beside the usual load."""

import itertools
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

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
    numbers = itertools.count()

    def compare() -> int:
        clauses = "\n".join(f"{number}. The harbour opens for {next(numbers)} days." for number in range(1, 31))
        body = {"proposals": [{"text": clauses}, {"slug": "us-28-point-2025-11"}]}
        return request(lab.site.host, lab.site.port, "POST", f"{API}comparisons/", body=body, headers={})[0]

    return _crowd(compare)


def documents(lab: Laboratory) -> str:
    """100 clients more ask for comparisons of any six proposals as documents, for 10 s"""
    found = request(lab.site.host, lab.site.port, "GET", f"{API}proposals/?limit=100", headers={})[2]
    slugs = [one["slug"] for one in json.loads(found)["results"]]
    chosen = itertools.combinations(slugs, 6)
    return _crowd(lambda: _get(lab, *next(chosen), further="&format=docx"))


def searches(lab: Laboratory) -> str:
    """100 clients more search with facets, each for other words, for 10 s"""
    numbers = itertools.count()
    words = ("ceasefire", "withdrawal", "guarantees", "nuclear", "prisoners", "sanctions", "neutral")

    def search() -> int:
        asked = f"{words[next(numbers) % len(words)]} OR harbour{next(numbers)}"
        address = f"{API}clauses/?q={quote(asked)}&facets=topic,party&limit=20"
        return request(lab.site.host, lab.site.port, "GET", address, headers={})[0]

    return _crowd(search)


def _crowd(ask: Callable[[], int]) -> str:
    """One hundred clients who come again half a second after each answer, as one does who is told to, only sooner."""
    until = time.monotonic() + 10

    def client(_: int) -> list[tuple[int, float]]:
        found = []
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                status = ask()
            except OSError:
                status = 0
            found.append((status, time.monotonic() - began))
            time.sleep(0.5)
        return found

    with ThreadPoolExecutor(_CLIENTS) as clients:
        asked = [one for found in clients.map(client, range(_CLIENTS)) for one in found]
    answered = sorted(took for status, took in asked if status == 200)
    refused = sorted(took for status, took in asked if status == 503)
    lost = Counter(status for status, _ in asked if status not in (200, 503))
    return (
        f"of theirs {_half(answered, 'answered')}, {_half(refused, 'refused')}{f', and {dict(lost)}' if lost else ''}"
    )


def _half(took: Sequence[float], what: str) -> str:
    return f"{len(took)} {what}" + (f", half of these within {took[len(took) // 2]:.2f} s" if took else "")


def _get(lab: Laboratory, *slugs: str, further: str = "") -> int:
    address = f"{API}comparisons/?proposals={','.join(slugs)}{further}"
    return request(lab.site.host, lab.site.port, "GET", address, headers={})[0]


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
