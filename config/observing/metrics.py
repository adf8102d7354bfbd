"""What is counted of each request, for Prometheus. With several processes each keeps its counts in files of its own,
which config/gunicorn.py prepares, and whichever is asked adds them up.
"""

import os
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Gauge, Histogram, values

WORKER_VARIABLE = "CONCORDANCE_WORKER"
# A worker that takes the place of another goes on counting in its files, so that there are never more than places.
if _place := os.environ.get(WORKER_VARIABLE):
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: _place)  # type: ignore[no-untyped-call]

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_COMPARING = ("api/v1/comparisons", "compare/")

REQUESTS = Counter(
    "concordance_requests", "Requests answered, by route as written in the map.", ["route", "method", "status"]
)
REQUEST_SECONDS = Histogram("concordance_request_seconds", "Time to answer.", ["route", "method"], buckets=_SECONDS)
ANSWERS = Counter(
    "concordance_answers",
    "Successful answers to reading requests: made anew, kept in memory, or unchanged since the client asked (304).",
    ["made"],
)
COMPARISON_SECONDS = Histogram(
    "concordance_comparison_seconds",
    "Time to answer with a comparison: computed, kept in memory, or unchanged since the client asked (304).",
    ["made"],
    buckets=_SECONDS,
)
POOL = Gauge(
    "concordance_pool_connections",
    "Connections of the web processes to the database, as the last request left them: all, in use, and requests that "
    "wait for one.",
    ["state"],
    multiprocess_mode="livesum",
)


def observe_request(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    """Some microseconds. Addresses that lead nowhere share one route, or anybody could make more of them."""
    match = request.resolver_match
    route = f"/{match.route}" if match else "none"
    method = request.method if request.method in _METHODS else "other"
    REQUESTS.labels(route, method, str(response.status_code)).inc()
    REQUEST_SECONDS.labels(route, method).observe(seconds)
    made = _made(request, response)
    if made:
        ANSWERS.labels(made).inc()
        if match and any(part in match.route for part in _COMPARING):
            COMPARISON_SECONDS.labels(made).observe(seconds)
    _observe_pool()


def _made(request: HttpRequest, response: HttpResponse) -> str:
    if response.status_code == 304:
        return "unchanged"
    if not 200 <= response.status_code < 300 or request.method not in ("GET", "HEAD", "POST"):
        return ""
    return "kept" if getattr(response, "was_remembered", False) else "computed"


def _observe_pool() -> None:
    pool: Any = getattr(connection, "pool", None)
    if not pool:
        return
    stats = pool.get_stats()
    size = stats.get("pool_size", 0)
    POOL.labels("all").set(size)
    POOL.labels("in use").set(size - stats.get("pool_available", 0))
    POOL.labels("waiting").set(stats.get("requests_waiting", 0))
