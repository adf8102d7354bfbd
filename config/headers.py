"""Headers that every answer has, whoever gave it: a view, a middleware that refused, a probe, a redirect, a file."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

# What no page of ours asks a browser for, and no page should be talked into asking.
_UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
    # For what is answered before the policy of pages is added: nothing in it is run or loaded.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
# Here people work with a session; all else is public, and pages of any site may show its pictures and read its API.
_OWN = "/admin/"


class HeadersMiddleware:
    """Adds what is missing; an answer that says more of itself is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        is_own = request.path.startswith(_OWN)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin" if is_own else "cross-origin")
        # What is missing or refused now may be there for the next who asks, or for somebody else.
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
