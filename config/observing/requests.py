"""Gives each request an id, and tells of it when it is answered: a line of the log, and the metrics."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import quote

import structlog
from django.http import HttpRequest, HttpResponse

from config.observing.metrics import observe_request

HEADER = "X-Request-ID"
# What a proxy may call a request; anything else could forge lines or columns of somebody's log.
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# Asked every few seconds: told of only where the answer is not the usual one.
_PROBES = ("/healthz", "/readyz", "/metrics")
_LONGEST_PATH = 300

logger = logging.getLogger(__name__)


class RequestMiddleware:
    """The outermost one, so that the time is that of the whole answer. Of the query and the body nothing is told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if _SAFE.fullmatch(given) else uuid.uuid4().hex
        # A thread that had another request before keeps nothing of it.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)
        began = time.perf_counter()
        response = self._get_response(request)
        seconds = time.perf_counter() - began
        response.headers[HEADER] = name
        if request.path not in _PROBES or response.status_code >= 400:
            observe_request(request, response, seconds=seconds)
            _tell(request, response, seconds=seconds)
        return response


def _tell(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    size = None if response.streaming else len(response.content)
    fields = {
        "method": quote(request.method or "")[:20],
        "path": quote(request.path, safe="/:@,;=+~!*'()$")[:_LONGEST_PATH],
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "bytes": size,
    }
    logger.info("request", extra={"fields": fields})
