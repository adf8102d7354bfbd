"""The admin's page of a record, saved so that nobody's work is lost unseen."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.messages.storage import default_storage
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from parties.constraints import broken_constraint
from parties.history import ChangeSet, changes_of, mark
from parties.meanwhile.clashes import settle
from parties.meanwhile.opened import OPENED, Opened, Pending
from parties.meanwhile.posted import Posted, Unreadable
from parties.meanwhile.telling import Page, ToldClash, by_whom, in_one_line, told, typed
from parties.turns import wait_for_record, wait_for_turn

_CLASHED = (
    "Nothing was saved: others changed what you changed since you opened this page. Decide above, and save again."
)
_BROKEN_OFF = "The connection to the database was lost, and nothing was saved. Save again."


@dataclass(frozen=True)
class _Compared:
    """What the page carries and tells when it is shown again, and what is told when it is saved."""

    present: Opened
    pending: Sequence[Pending]
    clashes: Sequence[ToldClash]
    changes: Sequence[ChangeSet]

    @property
    def context(self) -> dict[str, Any]:
        return {"opened": self.present.written(self.pending), "clashes": self.clashes, "meanwhile": self.changes}


class ComparedAdmin(admin.ModelAdmin):
    """Compares what a page showed with what is stored before it saves, in a turn in which nobody else writes.

    What the database refuses is told on the form, which keeps all that was typed.
    """

    def beheld(self, record: Any) -> Sequence[object]:
        """What the page shows beside its fields, and what is typed there rests on, such as the texts of a pair."""
        return ()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return self._opened(request, object_id, form_url, extra_context)
        sent = request.POST
        try:
            return self._in_turn(request, object_id, form_url, extra_context)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
        # What was typed comes back, as far as another connection can be had, and without a word of having been saved.
        connection.close()
        request._messages = default_storage(request)  # type: ignore[attr-defined]
        request.POST, request.refusal = sent, _BROKEN_OFF  # type: ignore[attr-defined]
        return self._in_turn(request, object_id, form_url, extra_context)

    def _in_turn(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        with transaction.atomic():
            wait_for_turn()
            compared = None
            if object_id is not None:
                pk = self._key(object_id)
                if pk is None or not wait_for_record(self.model, pk):
                    if page := self._gone(request, pk):
                        return page
                else:
                    compared = self._compare(request, object_id)
            response = self._saved(request, object_id, form_url, extra_context)
        if _is_page(response):
            response.context_data |= {"unsaved": True, **(compared.context if compared else {})}
        elif compared and compared.changes:
            others = in_one_line(compared.changes, reader=request.user.pk)
            told = (
                f"While this page was open there were other changes. {others}. They stay; yours are saved beside them."
            )
            self.message_user(request, told, messages.WARNING)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Those that wait for the end of the transaction would be broken where nothing can be told on the form.
        connection.check_constraints()

    def _opened(
        self, request: HttpRequest, object_id: str | None, form_url: str = "", extra: dict[str, Any] | None = None
    ) -> Any:
        """The page as it is opened, with what it carries."""
        # Before anything is read: what comes between the two is told once too often rather than never.
        moment = mark() if object_id else ""
        response: Any = super().changeform_view(request, object_id, form_url, extra)
        if object_id and _is_page(response):
            context = response.context_data
            if self.has_change_permission(request, context["original"]):
                present = Opened.on(context, at=moment, beheld=self.beheld(context["original"]))
                context |= {"opened": present.written(), "present": present}
        return response

    def _compare(self, request: HttpRequest, object_id: str) -> _Compared | None:
        """Brings what was sent up to date; None where Django refuses the page anyway."""
        page = self._opened(_as_opened(request), object_id)
        if not _is_page(page) or "present" not in page.context_data:
            return None
        context = page.context_data
        present, record = context["present"], context["original"]
        opened = Opened.read(request.POST.get(OPENED, ""), of=record)
        try:
            posted = Posted(request.POST, context)
        except Unreadable:
            return None
        outcome = settle(opened=opened, present=present, posted=posted)
        changes: list[ChangeSet] = []
        if outcome.changes or outcome.clashes:
            changes = changes_of(record, since=opened.at if opened else None, limit=20)
        if outcome.clashes:
            request.refusal = _CLASHED  # type: ignore[attr-defined]
        request.POST = posted.data()  # type: ignore[assignment]
        clashes = told(outcome.clashes, page=Page(context), opened=opened, changes=changes)
        return _Compared(present, outcome.pending, clashes, changes)

    def _saved(self, request: HttpRequest, object_id: str | None, form_url: str, extra: dict[str, Any] | None) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra)
        except IntegrityError as error:
            # Rules that no form sees alone, such as two new rows that clash.
            constraint = broken_constraint(error)
        request.refusal = (  # type: ignore[attr-defined]
            constraint.get_violation_error_message() if constraint else "The database holds such a record already."
        )
        return super().changeform_view(request, object_id, form_url, extra)

    def _key(self, object_id: str) -> Any:
        try:
            return self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None

    def _gone(self, request: HttpRequest, pk: Any) -> HttpResponse | None:
        """All that was typed, for a record that was deleted since its page was opened; None where there was no page."""
        record: Model = self.model(pk=pk)
        opened = Opened.read(request.POST.get(OPENED, ""), of=record)
        if opened is None or not self.has_change_permission(request):
            return None
        seen = _as_opened(request)
        form = self.get_form(request, None, change=False)()
        admin_of_any: Any = self
        formsets, inlines = admin_of_any._create_formsets(seen, form.instance, change=False)
        forms = {
            "adminform": SimpleNamespace(form=form),
            "inline_admin_formsets": self.get_inline_formsets(seen, formsets, inlines),
        }
        try:
            posted = Posted(request.POST, forms)
        except Unreadable:
            return None
        changes = changes_of(record, since=opened.at, limit=1)
        context = {
            **self.admin_site.each_context(request),
            "title": f"This {self.opts.verbose_name} was deleted",
            "opts": self.opts,
            "by": by_whom(changes[0], reader=request.user.pk) if changes else "",
            "typed": typed(posted, page=Page(forms), opened=opened),
        }
        return TemplateResponse(request, "admin/record_gone.html", context)


def _as_opened(request: HttpRequest) -> HttpRequest:
    """The request as if the page were opened now."""
    seen = copy.copy(request)
    seen.method = "GET"
    return seen


def _is_page(response: Any) -> bool:
    """Whether the form is shown, rather than saved and left."""
    return "adminform" in (getattr(response, "context_data", None) or {})
