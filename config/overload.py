"""Refuses requests that waited too long for a thread, so that a crowd is answered quickly instead of ever later."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.errors import page_unavailable
from config.problem import problem
from config.queueing import Queue

_DETAIL = "Too many requests come at once. Try again in a few seconds."


class OverloadMiddleware:
    """Answers 503 in place of what costs more. Probes are answered ahead of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._queue = Queue()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._queue.is_overlong():
            return self._get_response(request)
        if request.path.startswith("/api/"):
            return problem(status=503, code="busy", detail=_DETAIL, headers={"Retry-After": "5"})
        return page_unavailable(_DETAIL)
