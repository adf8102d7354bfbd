"""For probes: /healthz says that the process answers, /readyz whether it can do its work, /metrics how it does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from config.observing.exposition import metrics
from config.readiness import OK, readiness

# Seconds; a database that restarts is back within this time.
_RETRY_AFTER = "5"


class HealthMiddleware:
    """Answers the three addresses ahead of host checks and redirects, since probes come by address over plain HTTP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._answers = {"/healthz": _alive, "/readyz": _ready, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answers.get(request.path, self._get_response)(request)


def _alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _ready(request: HttpRequest) -> HttpResponse:
    checks = readiness()
    ready = all(said == OK for said in checks.values())
    response = JsonResponse({"status": "ok" if ready else "not ready", "checks": checks}, status=200 if ready else 503)
    response.headers["Cache-Control"] = "no-store"
    if not ready:
        response.headers["Retry-After"] = _RETRY_AFTER
    return response
