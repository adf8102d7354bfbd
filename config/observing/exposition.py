"""The answer to /metrics: what all processes counted, and what the database says at the moment."""

import hmac
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from config.observing.metrics import WORKER_VARIABLE
from config.readiness import OK, ask, readiness

# Jobs that are done are left out: there may be millions, and they only become more.
_QUEUE = """
    SELECT status::text, count(*) FROM procrastinate_jobs
    WHERE status IN ('todo', 'doing', 'aborting', 'failed') GROUP BY status
"""
_QUEUE_STATES = ("todo", "doing", "aborting", "failed")


def metrics(request: HttpRequest) -> HttpResponse:
    """404 to all who do not bring METRICS_TOKEN, so that nobody learns whether there is anything."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    expected = settings.METRICS_TOKEN.encode()
    if not expected or not hmac.compare_digest(given, expected):
        return HttpResponseNotFound(content_type="text/plain")
    content = generate_latest(_now()) + generate_latest(_counted())
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _counted() -> CollectorRegistry:
    import os

    if not os.environ.get(WORKER_VARIABLE):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _now() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Now())
    return registry


class _Now:
    def collect(self) -> Iterable[Metric]:
        checks = readiness()
        release = GaugeMetricFamily("concordance_release", "Always 1.", labels=["release"])
        release.add_metric([settings.RELEASE], 1)
        yield release
        up = checks["database"] == OK
        yield GaugeMetricFamily("concordance_database_up", "Whether the database answers.", value=up)
        ready = all(said == OK for said in checks.values())
        yield GaugeMetricFamily("concordance_ready", "Whether /readyz says so.", value=ready)
        if up and (counts := _queue()) is not None:
            jobs = GaugeMetricFamily("concordance_jobs", "Jobs of the queue that are not done.", labels=["status"])
            for state in _QUEUE_STATES:
                jobs.add_metric([state], counts.get(state, 0))
            yield jobs


def _queue() -> dict[str, int] | None:
    """How many jobs are in each state; None where there is no queue, or no answer in time."""
    found = ask("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
    if not found or not found[0][0]:
        return None
    counts = ask(_QUEUE)
    return None if counts is None else {str(state): int(number) for state, number in counts}
