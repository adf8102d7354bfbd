"""Records with a stage: shown, filtered by and moved on; their version is shown and never typed."""

import re
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join

from access.permissions import require
from parties.editing import PartFormSet, PartInline, RecordAdmin, Tool, editor
from parties.readers import PREVIEW
from parties.slugs import PATTERN
from proposals.admin.moving import move_page, words
from proposals.models import Clause, Proposal, Stage
from proposals.stages import last_moves, may_be_deleted, stages_open

_COUNTERS = ("version", "changed_at")
# More of the way that a record came is told by its history.
_SHOWN = 5


class StagedAdmin(RecordAdmin):
    """Adds the section "Our record" and the buttons to the page, and the actions to the list.

    No form holds the stage: a record is moved, under the rules of proposals/stages.py.
    """

    readonly_fields: ClassVar[tuple[str, ...]] = ("stage", "how_it_came", *_COUNTERS)
    actions = ("submit_for_review", "send_back", "make_public", "withdraw", "take_up_again")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        # A record that is not saved yet is a draft, and has no version to show.
        ours = [("Our record", {"fields": (("stage", *_COUNTERS), "how_it_came")})] if obj else []
        return [*super().get_fieldsets(request, obj), *ours]

    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        return [
            path(
                "<path:object_id>/move/<slug:to>/",
                self.admin_site.admin_view(self.move_view),
                name=f"{opts.app_label}_{opts.model_name}_move",
            ),
            *super().get_urls(),
        ]

    def move_view(self, request: HttpRequest, object_id: str, to: str) -> HttpResponse:
        require(request.user, PREVIEW)
        record = self.get_object(request, object_id)
        if record is None or to not in Stage.values:
            raise Http404("There is no such record, or no such stage.")
        return move_page(self, request, [record], Stage(to), said=words(record.stage, Stage(to)))

    def record_tools(self, request: HttpRequest, obj: Any) -> list[Tool]:
        opts = self.model._meta
        tools = super().record_tools(request, obj)
        if obj.stage != Stage.PUBLIC:
            tools.append(Tool("Preview", _address(obj)))
        for to in stages_open(obj, editor(request)):
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_move", args=[obj.pk, to.value])
            tools.append(Tool(words(obj.stage, to), url))
        return tools

    def view_on_site(self, obj: Any) -> str | None:
        return _address(obj) if obj.stage == Stage.PUBLIC else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_be_deleted(obj, request.user))

    @admin.display(description="how it came to this stage")
    def how_it_came(self, record: Any) -> str:
        """Who moved it, when, and what they said."""
        lines = [(_told(one, is_last=not place),) for place, one in enumerate(last_moves(record)[:_SHOWN])]
        return format_html_join("", "<div>{}</div>", lines) or "Nobody has moved it here."

    @admin.action(description="Submit for review", permissions=["change"])
    def submit_for_review(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._ask(request, queryset, Stage.REVIEW, "submit_for_review", "Submit for review")

    @admin.action(description="Send back to draft", permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._ask(request, queryset, Stage.DRAFT, "send_back", "Send back")

    @admin.action(description="Make public", permissions=["publish"])
    def make_public(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._ask(request, queryset, Stage.PUBLIC, "make_public", "Make public")

    @admin.action(description="Withdraw", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._ask(request, queryset, Stage.WITHDRAWN, "withdraw", "Withdraw")

    @admin.action(description="Take up again as drafts", permissions=["withdraw"])
    def take_up_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._ask(request, queryset, Stage.DRAFT, "take_up_again", "Take up again")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm("proposals.publish_records")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm("proposals.withdraw_records")

    def _ask(self, request: HttpRequest, queryset: QuerySet[Any], to: Stage, action: str, said: str) -> HttpResponse:
        return move_page(self, request, list(queryset), to, said=said, action=action)


class StagedFormSet(PartFormSet):
    """Rows that have a stage of their own: some may delete drafts only."""

    by: Any = None

    def clean(self) -> None:
        super().clean()
        kept = [row.instance for row in self.deleted_forms if row.instance.pk]
        kept = [one for one in kept if not may_be_deleted(one, self.by)]
        if kept:
            told = ", ".join(f"{one} is {one.get_stage_display()}" for one in kept)
            raise ValidationError(f"You may delete drafts only: {told}.", code="no_draft")


class StagedInline(PartInline):
    """Such rows on the page of what they belong to; their stage is shown, and moved on their own page or list."""

    formset = StagedFormSet
    readonly_fields = ("stage",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset


def _told(one: Any, *, is_last: bool) -> str:
    """`In review since 3 May 2031, 10:00, by Ida: read it against the print.`"""
    when = date_format(timezone.localtime(one.at), "j F Y, H:i")
    who = (one.by.get_full_name() or one.by.get_username()) if one.by else "somebody who is gone"
    words_said = f": {one.note}" if one.note else ""
    return f"{one.get_to_stage_display().capitalize()} {'since' if is_last else 'on'} {when}, by {who}{words_said}"


def _address(record: Any) -> str:
    """Where readers find the record, or will: a page, or where there is none the API."""
    if isinstance(record, Clause):
        return reverse("pages:proposal", args=[record.proposal.slug], fragment=record.key)
    slug = record.slug
    if not re.search(PATTERN, slug):
        # What was typed into the form and refused: nothing can be addressed by it.
        slug = type(record)._default_manager.values_list("slug", flat=True).get(pk=record.pk)
    route = "pages:proposal" if isinstance(record, Proposal) else f"{record._meta.model_name}s-detail"
    return reverse(route, args=[slug])
