"""Who changes something, and by which way: noted beside every change that a request makes."""

from typing import Any

import pghistory.middleware
from django.http import HttpRequest


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """In the API the user is known only once REST framework has authenticated the request, which the library awaits;
    the session is not asked here, so that an answer without a user does not vary by cookie.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        if request.path.startswith("/api/"):
            return {"user": None, "source": "api", "url": request.path}
        return {**super().get_context(request), "source": "admin" if request.path.startswith("/admin/") else "pages"}
