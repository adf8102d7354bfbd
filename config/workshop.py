"""The site of the admin: its first page begins with what needs the user."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from parties.autocomplete import NamingSite


class Workshop(NamingSite):
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        # Its models are loaded after the site.
        from proposals.admin.dashboard import tiles

        return super().index(request, {"tiles": tiles(request), **(extra_context or {})})
