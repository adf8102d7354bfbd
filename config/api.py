"""The map of the API."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation


class _ByFormat(DefaultContentNegotiation):
    """`format=json` or `format=yaml` in the address goes before what the request accepts."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        return super().select_renderer(request, renderers, format_suffix or request.query_params.get("format"))


class _SchemaView(SpectacularAPIView):
    """The document, which is made once in a process for each media type: that takes seconds, and anybody may ask.

    Parameters but `format` change nothing; the library would write `version` into a header and `lang` into the text.
    """

    content_negotiation_class = _ByFormat

    @extend_schema(exclude=True)
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        renderer = request.accepted_renderer
        name = f"concordance.{'json' if 'json' in renderer.format else 'yaml'}"
        return HttpResponse(
            _document(renderer.__class__),
            content_type=renderer.media_type + (f"; charset={renderer.charset}" if renderer.charset else ""),
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


@functools.cache
def _document(renderer: Callable[[], Any]) -> bytes:
    generator: Any = SchemaGenerator  # has no types
    return bytes(renderer().render(generator().get_schema(request=None, public=True), renderer_context={}))


urlpatterns = [
    path("v1/", include("proposals.api.urls")),
    path("v1/", include("parties.api.urls")),
    path("v1/", include("access.api.urls")),
    path("schema/", _SchemaView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"), name="docs"),
]
