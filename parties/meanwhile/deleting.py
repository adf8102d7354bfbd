"""Deleting in the admin: what was confirmed is what is deleted, and where that changed since it is asked again."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from parties.meanwhile.opened import OPENED
from parties.stamps import numbers_of
from parties.turns import wait_for_turn

_AGAIN = "Nothing was deleted: it has changed since this page was opened. Look again at what would be deleted."


class ConfirmedAdmin(admin.ModelAdmin):
    """Actions of the list and deletions take their turn; a deletion is of what its page showed."""

    delete_confirmation_template = "admin/record_delete.html"
    delete_selected_confirmation_template = "admin/records_delete.html"

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        def ask(asked: HttpRequest) -> Any:
            numbers = numbers_of(self.model, [object_id])
            return _with_token(super(ConfirmedAdmin, self).delete_view(asked, object_id, extra_context), numbers)

        if request.method != "POST":
            return ask(request)
        with transaction.atomic():
            wait_for_turn()
            return self._asked_again(request, ask) or super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        def ask(asked: HttpRequest) -> Any:
            numbers = numbers_of(self.model, request.POST.getlist(ACTION_CHECKBOX_NAME))
            return _with_token(super(ConfirmedAdmin, self).changelist_view(asked, extra_context), numbers)

        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            wait_for_turn()
            deletes = request.POST.get("action") == "delete_selected"
            if deletes and request.POST.get("post"):
                return self._asked_again(request, ask) or super().changelist_view(request, extra_context)
            return ask(request)

    def _asked_again(self, request: HttpRequest, ask: Callable[[HttpRequest], Any]) -> HttpResponse | None:
        """The page that asks, where it no longer shows what the request confirms."""
        unconfirmed = copy.copy(request)
        fields = request.POST.copy()
        fields.pop("post", None)
        if "action" not in fields:
            # The page of one record takes anything that is sent for a yes.
            unconfirmed.method, fields = "GET", QueryDict()
        unconfirmed.POST = fields  # type: ignore[assignment]
        page = ask(unconfirmed)
        token = _context(page).get("opened")
        if token is None or token == request.POST.get(OPENED):
            return None
        self.message_user(request, _AGAIN, messages.WARNING)
        return page


def _with_token(page: Any, numbers: list[tuple[int, int]]) -> Any:
    context = _context(page)
    shown = context.get("deleted_objects", context.get("deletable_objects"))
    if shown is not None:
        context["opened"] = hashlib.sha256(repr((numbers, _words(shown))).encode()).hexdigest()[:32]
    return page


def _words(shown: Any) -> Any:
    """The nested lists of what would be deleted, as they are read."""
    return [_words(one) for one in shown] if isinstance(shown, list | tuple) else str(shown)


def _context(page: Any) -> dict[str, Any]:
    return getattr(page, "context_data", None) or {}
