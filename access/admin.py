"""Tokens as the admin sees them: to look at and to take back, never to read or make."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from knox.models import AuthToken

from parties.editing import ReadOnlyAdmin

# Knox's own page makes tokens, which never expire unless one says when.
admin.site.unregister(AuthToken)


@admin.register(AuthToken)
class TokenAdmin(ReadOnlyAdmin):
    fields = ("user", "token_key", "created", "expiry")
    list_display = ("token_key", "user", "created", "expiry")
    list_filter = (("user", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("token_key", "user__username")
    search_help_text = "How a token begins, whose it is"
    ordering = ("-created", "-pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting a token revokes it."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
