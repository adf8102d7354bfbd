"""The admin's pages of a record's history: what changed, how it stood, restoring it; and of deleted records."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localtime

from parties.history.changes import changers_of, changes_of
from parties.history.restoring import UnableToRestore, bring_back, preview, restore
from parties.history.rows import kind_within
from parties.history.showing import Shown, shown_rows
from parties.history.states import deletion_of, deletions, moment_of, parse_key, state_of
from parties.history.tree import branches, events_by_model, inner_records
from parties.history.words import Names
from parties.readers import sees_all

_PER_PAGE = 20
_DELETED_PER_PAGE = 50
_MAY_RESTORE = "proposals.restore_records"


class HistoryPages(admin.ModelAdmin):
    """Adds them to the admin of a model whose rows are tracked."""

    def get_urls(self) -> list[URLPattern]:
        if self.model not in events_by_model():
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:pk>/", view(self.deleted_record_view), name=f"{name}_deleted_record"),
            path("<int:pk>/history/<str:key>/", view(self.state_view), name=f"{name}_state"),
            path("<int:pk>/history/<str:key>/restore/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def deleted_tools(self, request: HttpRequest) -> list[tuple[str, str]]:
        """The button that leads to the deleted records, as a label and an address."""
        tracked = self.model in events_by_model() and self._may_look(request)
        return [(f"Deleted {self.opts.verbose_name_plural}", self._address("deleted"))] if tracked else []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The changes of a record, newest first; `by` and `part` leave out those of others, `p` turns pages."""
        record = self.get_object(request, unquote(object_id))
        if record is None or self.model not in events_by_model():
            return super().history_view(request, object_id, extra_context)
        if not self._may_look(request, record):
            raise PermissionDenied("The history names records that are not public.")
        by, part, page = request.GET.get("by", ""), request.GET.get("part", ""), _number(request.GET.get("p"), 1)
        kinds = {table.model._meta.model_name: table.model for table in branches(self.model)}
        sets = changes_of(
            record, by=_number(by, None), part=kinds.get(part), limit=_PER_PAGE, offset=_PER_PAGE * (page - 1)
        )
        names = Names()
        users = sorted(user for user in changers_of(record) if user is not None)
        names.want_all(get_user_model(), users)
        kept = {"by": by, "part": part}
        count = sets[0].of if sets else 0
        context = {
            "title": f"History: {record}",
            "sets": sets,
            "users": [(str(user), names.of(get_user_model(), user)) for user in users],
            "kinds": [(name, kind_within(self.model, model)) for name, model in kinds.items()],
            **kept,
            "page": page,
            "newer": urlencode({**kept, "p": page - 1}) if page > 1 else "",
            "older": urlencode({**kept, "p": page + 1}) if count > _PER_PAGE * page else "",
            "count": count,
        }
        return self._page(request, "admin/record_history.html", record, {**context, **(extra_context or {})})

    def state_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """The record with its parts as it stood after a set of changes."""
        record, at = self._record_and_moment(request, pk, key)
        state = state_of(self.model, pk, at=at, inner_records=True)
        if state.own is None:
            raise Http404("The record was not there then.")
        context = {
            "title": f"{record} as it stood on {_moment(at)}",
            "shown": shown_rows(self.model, state.rows),
            "key": key,
            "may_restore": self._may_restore(request, record),
        }
        return self._page(request, "admin/record_state.html", record, context)

    def restore_view(self, request: HttpRequest, pk: int, key: str) -> HttpResponse:
        """What restoring that state would change; a POST with the digest of the present state does it."""
        record, at = self._record_and_moment(request, pk, key)
        if not self._may_restore(request, record):
            raise PermissionDenied
        faults: tuple[str, ...] = ()
        if request.method == "POST":
            source = f"restored the state of {_moment(at)}"
            try:
                restore(record, at=at, digest=request.POST.get("digest", ""), source=source)
            except UnableToRestore as error:
                faults = error.faults
            else:
                self.log_change(request, record, f"{source[:1].upper()}{source[1:]}.")
                messages.success(request, f"The {self.opts.verbose_name} was restored as it stood on {_moment(at)}.")
                return HttpResponseRedirect(self._address("change", quote(pk)))
        found = preview(record, at=at)
        context = {
            "title": f"Restore {record} as it stood on {_moment(at)}",
            "items": found.items,
            "digest": found.digest,
            "faults": tuple(dict.fromkeys((*faults, *found.faults))),
            "stage": record.get_stage_display() if hasattr(record, "stage") else "",
            "inner": [part._meta.verbose_name for part in inner_records(self.model)],
            "key": key,
        }
        return self._page(request, "admin/record_restore.html", record, context, status=409 if faults else 200)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The deleted records of this kind, newest first."""
        if not self._may_look(request):
            raise PermissionDenied("Among the deleted are records that are not public.")
        page = Paginator(deletions(self.model), _DELETED_PER_PAGE).get_page(request.GET.get("p"))
        names = Names()
        names.want_all(self.model, (event.id for event in page))
        names.want_all(get_user_model(), (_user(event.pgh_context) for event in page))
        for event in page:
            names.want(self.model, _row(event))
        context = {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "page": page,
            "deleted": [
                {
                    "pk": event.id,
                    "shown": Shown.of(self.model, _row(event), names),
                    "when": event.pgh_created_at,
                    **_by_whom(event.pgh_context, names),
                }
                for event in page
            ],
            "others": self._deleted_of_other_kinds(request),
        }
        return self._page(request, "admin/deleted_records.html", None, context)

    def deleted_record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A deleted record as it last was, with all that went with it; a POST brings it back."""
        if not self._may_look(request):
            raise PermissionDenied("Among the deleted are records that are not public.")
        may_restore = request.user.has_perm(_MAY_RESTORE) and self.has_add_permission(request)
        faults: tuple[str, ...] = ()
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            try:
                record, left_out = bring_back(self.model, pk, source="brought back what was deleted")
            except UnableToRestore as error:
                faults = error.faults
            else:
                self.log_addition(request, record, "Brought back after its deletion.")
                self._tell(request, record, left_out)
                return HttpResponseRedirect(self._address("change", quote(pk)))
        deletion = deletion_of(self.model, pk)
        if deletion is None:
            raise Http404("There is no such deleted record.")
        names = Names()
        shown = shown_rows(self.model, deletion.rows, names)
        context = {
            "title": f"Deleted {self.opts.verbose_name}: {shown.own.name}",
            "shown": shown,
            "when": deletion.when,
            **_by_whom(deletion.context, names),
            "faults": faults,
            "may_restore": may_restore,
            "staged": "stage" in deletion.rows[self.model][pk],
        }
        return self._page(request, "admin/deleted_record.html", None, context, status=409 if faults else 200)

    def _page(
        self, request: HttpRequest, template: str, record: Any, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        around = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": record,
            "subtitle": None,
            "deleted_url": self._address("deleted"),
        }
        return TemplateResponse(request, template, {**around, **context}, status=status)

    def _record_and_moment(self, request: HttpRequest, pk: int, key: str) -> tuple[Any, Any]:
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404("There is no such record.")
        if not self._may_look(request, record):
            raise PermissionDenied("The history names records that are not public.")
        parsed = parse_key(key)
        at = moment_of(self.model, pk, parsed) if parsed else None
        if at is None:
            raise Http404("The record was not changed in this set.")
        return record, at

    def _may_look(self, request: HttpRequest, record: Any = None) -> bool:
        """Earlier and deleted states may not have been public, nor what they name."""
        return self.has_view_or_change_permission(request, record) and sees_all(cast(User, request.user))

    def _may_restore(self, request: HttpRequest, record: Any) -> bool:
        return request.user.has_perm(_MAY_RESTORE) and self.has_change_permission(request, record)

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def _deleted_of_other_kinds(self, request: HttpRequest) -> list[tuple[str, str]]:
        others = [
            other
            for other in self.admin_site._registry.values()
            if isinstance(other, HistoryPages) and other is not self and other.has_view_permission(request)
        ]
        return sorted((str(other.opts.verbose_name_plural), other._address("deleted")) for other in others)

    def _tell(self, request: HttpRequest, record: Any, left_out: list[str]) -> None:
        draft = " It is a draft now." if hasattr(record, "stage") else ""
        messages.success(request, f"The {self.opts.verbose_name} is back, with all its parts.{draft}")
        if left_out:
            messages.warning(request, f"What names something else that is gone stayed away: {'; '.join(left_out)}.")


def _number(text: str | None, otherwise: Any) -> Any:
    return (
        int(text) if text and text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10 else otherwise
    )


def _moment(at: Any) -> str:
    return localtime(at).strftime("%-d %B %Y, %H:%M:%S")


def _row(event: Any) -> dict[str, Any]:
    return {field.column: getattr(event, field.attname) for field in event._meta.concrete_fields}


def _user(context: dict[str, Any] | None) -> int | None:
    return (context or {}).get("user")


def _by_whom(context: dict[str, Any] | None, names: Names) -> dict[str, str | None]:
    user = _user(context)
    return {
        "who": None if user is None else names.of(get_user_model(), user),
        "source": str((context or {}).get("source") or ""),
    }
