"""Buttons and actions that bring records of every kind in and out, above the list of each."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from parties.editing import RecordAdmin, Tool
from proposals.admin.transfer_export import ExportView, download
from proposals.admin.transfer_import import TO_IMPORT, ImportView
from proposals.exchange.chosen import FORMATS
from proposals.exchange.workbook import UnableToExport

_ACTIONS = {f"export_{name}": name for name in FORMATS}


class Transfers(RecordAdmin):
    """Adds export and import to the list of a kind of records of the exchange format."""

    kind: str

    class Media:
        css = {"all": ["proposals/list_tools.css"]}

    def list_tools(self, request: HttpRequest) -> list[Tool]:
        tools = super().list_tools(request)
        if self.has_view_permission(request):
            # With the filters of the list: what is exported is what the list shows.
            tools = [*tools, Tool("Export", self._page_of("export", query=request.GET))]
        if request.user.has_perms(TO_IMPORT):
            tools = [*tools, Tool("Import", self._page_of("import"))]
        return tools

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("export/", ExportView.as_view(model_admin=self), name=self._page_name("export")),
            path("import/", ImportView.as_view(model_admin=self), name=self._page_name("import")),
        ]
        for one in own:
            one.callback = self.admin_site.admin_view(one.callback)
        return [*own, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not actions and "_popup" in request.GET:
            return actions
        told = {"yaml": "YAML", "csv": "CSV", "xlsx": "XLSX"}
        return actions | {
            action: (partial(_export, name=name), action, f"Export selected as {told[name]}")
            for action, name in _ACTIONS.items()
        }

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        action = request.POST.get("action", "")
        if action in _ACTIONS and not request.POST.getlist(ACTION_CHECKBOX_NAME) and self.has_view_permission(request):
            # Django would ask for a selection; without one, it is what the list shows.
            return _export(self, request, self.get_changelist_instance(request).get_queryset(request), _ACTIONS[action])
        return super().changelist_view(request, extra_context)

    def _page_name(self, what: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{what}"

    def _page_of(self, what: str, **options: Any) -> str:
        return reverse(f"admin:{self._page_name(what)}", **options)


def _export(model_admin: Transfers, request: HttpRequest, queryset: Iterable[Any], name: str) -> HttpResponse:
    try:
        return download(model_admin.kind, queryset, request.user, name)
    except UnableToExport as refusal:
        model_admin.message_user(request, str(refusal), messages.ERROR)
        return redirect(request.get_full_path())
