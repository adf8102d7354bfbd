"""Addresses of tokens, below /api/v1/."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from access.api.views import TokensView, TokenView


class _Number(IntConverter):
    # What PostgreSQL holds as a number of a row, and no more.
    regex = "[0-9]{1,18}"


register_converter(_Number, "number")

urlpatterns = [
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<number:id>/", TokenView.as_view(), name="token"),
]
