"""How often one reader may ask for what costs more; counted together with the same scope of the API."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import ScopedRateThrottle

from proposals.pages.answering import Head, page


@dataclass(frozen=True, slots=True)
class _Scoped:
    throttle_scope: str


def too_often(request: HttpRequest, *, scope: str) -> HttpResponse | None:
    """The answer to who asked too often; None for everybody else."""
    # The class that the API counts with, as the settings name it.
    classes: list[Any] = list(api_settings.DEFAULT_THROTTLE_CLASSES)
    throttle = next(one for one in classes if issubclass(one, ScopedRateThrottle))()
    # Wrapped without authenticators: as with the API, no cookie counts here. It would make nobody of who asks.
    user = request.user
    allowed = throttle.allow_request(Request(request), _Scoped(scope))
    request.user = user
    if allowed:
        return None
    seconds = ceil(throttle.wait() or 1)
    head = Head(title=gettext("Too many requests"), is_indexed=False)
    response = page(request, "pages/compare/too_often.html", head=head, status=429, seconds=seconds)
    response.headers["Retry-After"] = str(seconds)
    return response
