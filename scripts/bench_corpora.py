"""What search, neighbours, lists and pages cost in a corpus that is there: python -m scripts.bench_corpora --database …

Asks the real views in this process, so that nothing but the service and its database is measured, beside the floor of
the same run: a list of one process. Make and load a corpus first: docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = ask()
    return (time.perf_counter() - started) * 1_000, answer


def told(name: str, took: Iterable[float]) -> dict[str, float | str]:
    values = list(took)
    found = {share: round(percentile(values, share), 1) for share in (0.5, 0.95)}
    shown = f"p50 {found[0.5]:>8.1f} ms  p95 {found[0.95]:>8.1f} ms  max {max(values):>8.1f} ms  n {len(values)}"
    print(f"{name:<30} {shown}")
    return {"name": name, "p50": found[0.5], "p95": found[0.95], "max": round(max(values), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=2, help="How often each question is asked; the best counts.")
    parser.add_argument("--json", action="store_true", help="Write the figures as the last line.")
    parser.add_argument("--slowest", type=int, default=0, help="Name so many of the slowest searches.")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.entry import prepare

    prepare()
    import django

    django.setup()
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client

    from proposals.comparison import nearest_proposals
    from proposals.models import Clause, Process, Proposal
    from scripts.corpus.questions import questions

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    client = Client(headers={"accept": "application/json"})

    def get(address: str) -> float:
        took, answer = timed(lambda: client.get(address))
        if answer.status_code not in (200, 400):
            raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:300]!r}")
        return took

    def anew(address: str) -> float:
        """As after a change of anything: nothing that is kept between requests helps."""
        for cache in caches.all(initialized_only=True):
            cache.clear()
        return get(address)

    def best(address: str) -> float:
        return min(get(address) for _ in range(asked.rounds))

    clauses = Clause.objects.count()
    print(f"{clauses:,} clauses")
    get("/api/v1/processes/?limit=1")
    figures: list[dict[str, float | str]] = [
        told("floor: one process", [get("/api/v1/processes/?limit=1") for _ in range(20)])
    ]
    searches = [f"/api/v1/clauses/?{question}" for question in questions(asked.seed, tracks=Process.objects.count())]
    get(searches[0])
    took = {address: best(address) for address in searches}
    figures.append(told("search", took.values()))
    for address in sorted(took, key=lambda one: -took[one])[: asked.slowest]:
        print(f"    {took[address]:8.1f} ms  {address}")
    figures.append(told("search with facets", [best(f"{one}&facets=topic,party,date") for one in searches[::3]]))
    keys = list(Clause.objects.order_by("pk").values_list("pk", flat=True))
    some = Clause.objects.select_related("proposal").in_bulk(keys[:: max(1, len(keys) // 40)][:40])
    everything = Proposal.objects.visible_to(None)
    near = [
        timed(lambda one=one: nearest_proposals(one, among=everything, user=None, count=20))[0]  # type: ignore[misc]
        for one in some.values()
    ]
    figures.append(told("nearest proposals", near))
    addresses = [f"/api/v1/proposals/{one.proposal.slug}/clauses/{one.key}/counterparts/" for one in some.values()]
    figures.append(told("counterparts?nearest=5, cold", [anew(f"{one}?nearest=5") for one in addresses]))
    figures.append(told("counterparts?nearest=5, again", [get(f"{one}?nearest=5") for one in addresses[-10:]]))
    figures.append(told("counterparts, cold", [anew(one) for one in addresses[:10]]))
    slugs = list(everything.order_by("pk").values_list("slug", flat=True))
    pairs = [f"{one},{other}" for one, other in pairwise(slugs[:21])]
    compared = [anew(f"/api/v1/comparisons/?proposals={pair}") for pair in pairs]
    figures.append(told("comparison of two, cold", compared))
    figures.append(told("home page, cold", [anew("/") for _ in range(5)]))
    for address in ("/api/v1/clauses/", "/api/v1/proposals/", "/api/v1/topics/", "/api/v1/positions/", "/"):
        figures.append(told(address, [get(address) for _ in range(5)]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT round(pg_database_size(current_database()) / 1024.0 / 1024.0)::int")
        (size,) = cursor.fetchone()
    print(f"database {size:,} MiB")
    if asked.json:
        print(json.dumps({"clauses": clauses, "database": size, "figures": figures}))


if __name__ == "__main__":
    main()
