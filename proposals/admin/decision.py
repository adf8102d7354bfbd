"""Verdicts on pairs of clauses, with both texts in view."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.translation import ngettext

from parties.editing import RecordAdmin, editor, note_in_history
from proposals.models import Decision

# What makes up the verdict: changing it means that the clauses were read as they stand now.
_VERDICT = ("left", "right", "verdict", "relation")


class StaleFilter(admin.SimpleListFilter):
    title = "stale"
    parameter_name = "stale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes: a clause changed since"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Decision]:
        if self.value() == "yes":
            return queryset.stale()
        if self.value() == "no":
            return queryset.up_to_date()
        return queryset


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    fieldsets = (
        (None, {"fields": (("left", "right"), "left_text", "right_text")}),
        ("The verdict", {"fields": (("verdict", "relation"), "note", "decided_by")}),
    )
    autocomplete_fields = ("left", "right")
    list_display = ("left", "right", "verdict", "relation", "is_stale", "decided_by", "decided_at")
    list_display_links = ("left", "right")
    list_filter = (StaleFilter, "verdict", "relation")
    list_select_related = ("left__proposal", "right__proposal")
    search_fields = (
        "left__proposal__slug",
        "right__proposal__slug",
        "left__label",
        "right__label",
        "=left__key",
        "=right__key",
        "note",
        "decided_by",
    )
    search_help_text = "Ids of proposals, keys and labels of clauses, notes, who decided"
    date_hierarchy = "decided_at"
    ordering = ("left__proposal__slug", "left__order", "right__proposal__slug", "right__order", "pk")
    readonly_fields = ("left_text", "right_text", "is_stale", "author", "decided_at")
    actions = ("judge_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        decisions: Any = super().get_queryset(request)
        return decisions.with_parts()

    def get_fieldsets(self, request: HttpRequest, obj: Decision | None = None) -> list[Any]:
        if obj is None:
            return [
                (None, {"fields": (("left", "right"),)}),
                ("The verdict", {"fields": (("verdict", "relation"), "note", "decided_by")}),
            ]
        return [*self.fieldsets, ("Our record", {"fields": (("is_stale", "author", "decided_at"),)})]

    def beheld(self, record: Decision) -> Sequence[object]:
        # A verdict is on the texts that were read, whatever they have become.
        return record.left.text, record.right.text

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        name = editor(request).get_full_name() or editor(request).get_username()
        return {"decided_by": name, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Decision, form: Any, change: bool) -> None:
        if form.has_changed():
            obj.author = editor(request)
        if not change or set(_VERDICT) & set(form.changed_data):
            obj.judged_as_they_stand()
            obj.decided_at = Now()
        super().save_model(request, obj, form, change)

    @admin.display(description="stale", boolean=True)
    def is_stale(self, decision: Decision) -> bool:
        return decision.stale

    @admin.display(description="text on the left")
    def left_text(self, decision: Decision) -> str:
        return decision.left.text

    @admin.display(description="text on the right")
    def right_text(self, decision: Decision) -> str:
        return decision.right.text

    @admin.action(
        description="Judge again as they stand: the verdict holds for the clauses as changed", permissions=["change"]
    )
    def judge_again(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            decisions = list(queryset.stale())
            for decision in decisions:
                decision.judged_as_they_stand()
                decision.author = editor(request)
                decision.decided_at = Now()
            Decision.objects.bulk_update(decisions, ["left_version", "right_version", "author", "decided_at"])
            note_in_history(request, decisions, "Judged again as the clauses stand.")
        told = ngettext("%d stale decision was confirmed.", "%d stale decisions were confirmed.", len(decisions))
        self.message_user(request, told % len(decisions), messages.SUCCESS)
