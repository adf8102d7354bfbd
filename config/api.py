"""The map of the API."""

from typing import Any

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation


class _ByFormat(DefaultContentNegotiation):
    """`format=json` or `format=yaml` in the address goes before what the request accepts."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        return super().select_renderer(request, renderers, format_suffix or request.query_params.get("format"))


_SCHEMA = SpectacularAPIView.as_view(content_negotiation_class=_ByFormat)

urlpatterns = [
    path("v1/", include("proposals.api.urls")),
    path("v1/", include("parties.api.urls")),
    path("v1/", include("access.api.urls")),
    path("schema/", _SCHEMA, name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"), name="docs"),
]
