"""How much one client may ask for, counted in Django's cache, and the headers that say what is left of it.

Requests are counted in windows of fixed length with one number for each: a count costs the same however high the rate,
and none is lost between two threads. At the turn of a window a client may send twice its rate in a short time.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    # REST framework imports this module while it makes its views.
    from rest_framework.request import Request
    from rest_framework.views import APIView


@dataclass(frozen=True)
class Limit:
    """What is left of a rate: `reset` is in seconds."""

    scope: str
    number: int
    duration: int
    left: int
    reset: int


class Throttle(SimpleRateThrottle):
    """The rate of all requests: "user" for whoever is known, "anonymous" for an address."""

    def __init__(self) -> None:
        # Rates are looked up for each request, so that they may be set anew.
        self._reset = 0

    def scope_of(self, request: Request, view: APIView) -> str | None:
        return "user" if request.user.is_authenticated else "anonymous"

    def allow_request(self, request: Request, view: APIView) -> bool:
        scope = self.scope_of(request, view)
        rate = api_settings.DEFAULT_THROTTLE_RATES[scope] if scope else None
        number, duration = self.parse_rate(None if rate is None else str(rate))
        if scope is None or number is None or duration is None:
            return True
        now = self.timer()
        window = int(now // duration)
        self._reset = math.ceil((window + 1) * duration - now)
        used = self._count(f"throttle {scope} {self.client_of(request)} {window}".replace(" ", ":"), duration)
        limit = Limit(scope, number, duration, left=max(number - used, 0), reset=self._reset)
        # For the middleware, which knows Django's request alone.
        request._request.__dict__.setdefault("limits", []).append(limit)
        return used <= number

    def wait(self) -> float:
        return self._reset

    def client_of(self, request: Request) -> str:
        """A user, or an address; of an IPv6 address the half that its owner does not choose."""
        if request.user.is_authenticated:
            return f"user-{request.user.pk}"
        try:
            address = ipaddress.ip_address(self.get_ident(request) or "")
        except ValueError:
            return "unknown"
        return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)

    def _count(self, key: str, duration: int) -> int:
        if self.cache.add(key, 1, timeout=duration):
            return 1
        try:
            return self.cache.incr(key)
        except ValueError:
            # It expired, or was dropped, in between.
            self.cache.set(key, 1, timeout=duration)
            return 1


class ScopeThrottle(Throttle):
    """The tighter rate of what costs more: views name it as `throttle_scope`."""

    def scope_of(self, request: Request, view: APIView) -> str | None:
        return getattr(view, "throttle_scope", None)


class RateLimitMiddleware:
    """Says on every counted answer what the rates are and what is left: draft-ietf-httpapi-ratelimit-headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        limits: list[Limit] = getattr(request, "limits", [])
        if limits:
            response.headers["RateLimit-Policy"] = ", ".join(
                f'"{limit.scope}";q={limit.number};w={limit.duration}' for limit in limits
            )
            response.headers["RateLimit"] = ", ".join(
                f'"{limit.scope}";r={limit.left};t={limit.reset}' for limit in limits
            )
        return response
