"""The whole map; /healthz and /readyz are answered ahead of it, in config/health.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("config.api")),
    path("", include("proposals.pages.urls")),
]

handler500 = "config.errors.failed"
