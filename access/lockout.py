"""Who fails to sign in too often is locked out for a while: by django-axes, which keeps the count in the database."""

import math
from http import HTTPStatus
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from rest_framework.exceptions import APIException

# An office behind one address has several people with bad days; who tries one name after the other gets this far.
_NAMES_OF_AN_ADDRESS = 5
# No user has a longer name, and axes has room for little more.
_LONGEST_NAME = 150


class Lockout(AxesDatabaseHandler):
    """Counts failures of a name from an address, and those of the address whatever the names.

    A name alone locks nobody: else a stranger could keep a colleague out by failing on purpose.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        of_address = _recent(request).aggregate(all=Sum("failures_since_start"))["all"] or 0
        return max(super().get_failures(request, credentials), of_address // _NAMES_OF_AN_ADDRESS)


class LockedOut(APIException):
    """The refusal of a token. It is the same whether there is such a user or not."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    default_code = "locked_out"
    default_detail = "There were too many failed attempts to sign in. Try again later."

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.wait = _seconds_left(request)


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name that somebody tried to sign in with, as failures are counted by."""
    name = (credentials or {}).get("username") or request.POST.get("username")
    return name[:_LONGEST_NAME] if name else None


def is_locked_out(request: HttpRequest) -> bool:
    """Whether the attempt that was just refused was one too many, or came after it."""
    return bool(getattr(request, "axes_locked_out", False))


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """The answer to who is locked out: a page; the API has given its own already."""
    if response is not None and request.path.startswith("/api/"):
        return response
    wait = _seconds_left(request)
    page = render(
        request,
        "admin/locked_out.html",
        {"minutes": math.ceil(wait / 60)},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    page.headers["Retry-After"] = str(wait)
    add_never_cache_headers(page)
    return page


def _recent(request: HttpRequest) -> QuerySet[AccessAttempt]:
    """What failed from the address and is not forgotten yet."""
    address, since = request.axes_ip_address, get_cool_off_threshold(request)  # type: ignore[attr-defined]
    return AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)


def _seconds_left(request: HttpRequest) -> int:
    """How long it lasts at most: from the last attempt of the address that was counted."""
    last = _recent(request).aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return max(1, math.ceil((last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds()))
