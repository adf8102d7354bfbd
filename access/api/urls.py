"""Addresses of tokens, below /api/v1/."""

from django.urls import path

from access.api.views import TokensView, TokenView

urlpatterns = [
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("tokens/<slug:id>/", TokenView.as_view(), name="token"),
]
