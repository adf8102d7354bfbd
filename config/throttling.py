"""How much one client may ask for, counted in Django's cache, and the headers that say what is left of it.

REST framework keeps the time of every request of a client within the period, and reads and writes them in two steps.
The threads of a process take turns at it; of two processes that share a cache, one may miss what the other counts at
that moment. Where the cache is a Redis server that is away, nothing is counted and everybody is let in.
"""

from __future__ import annotations

import ipaddress
import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from rest_framework.throttling import (
    AnonRateThrottle,
    BaseThrottle,
    ScopedRateThrottle,
    SimpleRateThrottle,
    UserRateThrottle,
)

try:
    from redis.exceptions import RedisError as CacheAway
except ImportError:  # pragma: no cover  (optional, and then no cache is a Redis server)

    class CacheAway(Exception):  # type: ignore[no-redef]
        pass


if TYPE_CHECKING:
    # REST framework imports this module while it makes its views.
    from rest_framework.request import Request
    from rest_framework.views import APIView


logger = logging.getLogger(__name__)

# For the counts of so many clients at a time; two that have the same one wait for each other, for microseconds.
_TURNS = [threading.Lock() for _ in range(64)]
# Seconds that the clocks of several hosts may be apart.
_CLOCKS_APART = 60


@dataclass(frozen=True)
class Limit:
    """What is left of a rate, and in how many seconds the oldest request that counts no longer does."""

    scope: str
    number: int
    duration: int
    left: int
    reset: int


class _TellingThrottle(SimpleRateThrottle):
    """REST framework's counting, which the middleware is told of."""

    # None where nothing is counted.
    key: str | None = None
    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: APIView) -> bool:
        who = request.user.pk if request.user and request.user.is_authenticated else self.get_ident(request)
        try:
            with _TURNS[hash((self.scope, who)) % len(_TURNS)]:
                return self._counted(request, view)
        except CacheAway:
            logger.warning("Requests are not counted: the cache is away")
            return True

    def _counted(self, request: Request, view: APIView) -> bool:
        allowed = super().allow_request(request, view)
        if self.key is not None:
            if max(self.history) > self.now + _CLOCKS_APART:
                # The clock went back: until it is there again, none of these would be forgotten.
                allowed, self.history = True, [self.now]
                self.cache.set(self.key, self.history, self.duration)
            left = max(self.num_requests - len(self.history), 0)
            reset = math.ceil(self.history[-1] + self.duration - self.now)
            limit = Limit(str(self.scope), self.num_requests, self.duration, left=left, reset=reset)
            # For the middleware, which knows Django's request alone.
            request._request.__dict__.setdefault("limits", []).append(limit)
        return allowed

    def get_ident(self, request: Request) -> str:
        """An address; of an IPv6 address the half that its owner does not choose."""
        address = address_of(request)
        return "unknown" if address is None else f"{address}/64" if ":" in address else address


def address_of(request: HttpRequest | Request) -> str | None:
    """The address of the client as the nearest proxy of ours met it; of an IPv6 address the first of its network."""
    try:
        address = ipaddress.ip_address(BaseThrottle().get_ident(request) or "")  # type: ignore[arg-type]
    except ValueError:
        return None
    network = ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)
    return str(network.network_address)


class AnonymousThrottle(_TellingThrottle, AnonRateThrottle):
    scope = "anonymous"


class UserThrottle(_TellingThrottle, UserRateThrottle):
    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class ScopeThrottle(_TellingThrottle, ScopedRateThrottle):
    """The tighter rate of what costs more: views name it as `throttle_scope`."""


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
