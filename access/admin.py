"""Tokens as the admin sees them: to look at and to take back, never to read or make."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from access.models import Token
from parties.editing import ReadOnlyAdmin


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    fields = ("user", "name", "prefix", "created_at", "expires_at")
    list_display = ("prefix", "name", "user", "created_at", "expires_at")
    list_filter = (("user", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("prefix", "name", "user__username")
    search_help_text = "How a token begins, what it is for, whose it is"
    ordering = ("-created_at", "-pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting a token revokes it."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
