"""The page that offers a list of records as a file."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from proposals.exchange.chosen import FORMATS
from proposals.exchange.workbook import UnableToExport

# Not among the parameters of any list.
_AS = "as"
_WHOLE = "A proposal comes with its clauses, decisions and silences, in a file of its own; several come as a ZIP."
_OFFERS = {
    "yaml": ("YAML", "The exchange format, for other installations and for reviewing changes line by line."),
    "xlsx": ("XLSX", "For Excel and LibreOffice: one row a record, one column a field. Every cell stays as it is."),
    "csv": ("CSV", "For programs. Spreadsheets change what looks like a number or a date: edit the XLSX instead."),
}
_ALSO = {
    "proposal": {"yaml": _WHOLE, "xlsx": "Sheets of the clauses and decisions are in it as well."},
    "clause": {"yaml": "Whole proposals: those that the clauses stand in, with everything that belongs to them."},
    "decision": {"yaml": "Whole proposals: those that the decisions stand in, with everything that belongs to them."},
}


def download(kind: str, queryset: Iterable[Any], user: Any, name: str) -> HttpResponse:
    """The records as a file of that format. Raises UnableToExport."""
    file = FORMATS[name](kind, [record.pk for record in queryset], reader=user)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


class ExportView(View):
    """`?as=csv` downloads; without it the page says what each format is good for. The rest is the list's filters."""

    http_method_names = ["get", "head", "options"]
    model_admin: Any = None

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        filters = request.GET.copy()
        wanted = (filters.pop(_AS, None) or [""])[-1]
        # The list reads its filters off the request.
        request.GET = filters  # type: ignore[assignment]
        try:
            found = self.model_admin.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            messages.error(request, "There is no such filter of this list: all records are offered.")
            return redirect(request.path)
        if wanted in FORMATS:
            try:
                return download(self.model_admin.kind, found, request.user, wanted)
            except UnableToExport as refusal:
                messages.error(request, str(refusal))
                return redirect(f"{request.path}?{filters.urlencode()}")
        return self._page(request, count=found.count(), filters=filters)

    def _page(self, request: HttpRequest, *, count: int, filters: Any) -> HttpResponse:
        opts = self.model_admin.opts
        also = _ALSO.get(self.model_admin.kind, {})
        offers = []
        for name, (label, told) in _OFFERS.items():
            query = filters.copy()
            query[_AS] = name
            offers.append({"label": label, "told": f"{told} {also.get(name, '')}", "url": f"?{query.urlencode()}"})
        back = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        context = {
            **self.model_admin.admin_site.each_context(request),
            "opts": opts,
            "title": f"Export {opts.verbose_name_plural}",
            "count": count,
            "offers": offers,
            "is_filtered": bool(filters),
            "back": f"{back}?{filters.urlencode()}" if filters else back,
        }
        return TemplateResponse(request, "admin/proposals/export.html", context)
