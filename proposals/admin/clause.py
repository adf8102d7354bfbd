"""A clause with everything coded on it, on one page."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import DecimalField, Max, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from parties.editing import FORM_FIELDS, PartInline, StackedPartInline, Tool, editor
from parties.readers import Reader, sees_all
from proposals.admin.clause_work import may_copy, may_work, merge, split
from proposals.admin.stages import StagedAdmin
from proposals.models import (
    Clause,
    ClauseParty,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Contest,
    Dependency,
    Term,
)


class Figure(forms.DecimalField):
    """A number shown as people write it, 500 rather than 500.0000."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class TopicInline(PartInline):
    model = ClauseTopic
    verbose_name = "topic"
    verbose_name_plural = "topics, the most specific first"
    fields = ("topic", "order")
    autocomplete_fields = ("topic",)
    ordering = ("order", "pk")


class RoleInline(PartInline):
    model = ClauseParty
    verbose_name = "party"
    verbose_name_plural = "parties"
    fields = ("role", "party", "order")
    autocomplete_fields = ("party",)
    ordering = ("order", "pk")


class TerritoryInline(PartInline):
    model = ClauseTerritory
    verbose_name = "territory"
    verbose_name_plural = "territories"
    fields = ("territory", "order")
    autocomplete_fields = ("territory",)
    ordering = ("order", "pk")


class TermInline(StackedPartInline):
    model = Term
    verbose_name_plural = "terms: quantities, durations, dates"
    formfield_overrides = {**FORM_FIELDS, DecimalField: {"form_class": Figure}}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "measure", "subject"),
                    ("comparator", "value", "value_max", "unit", "qualifier"),
                    ("counts_from", "renewable", "date", "date_precision"),
                    ("whose", "note", "order"),
                )
            },
        ),
    )
    autocomplete_fields = ("measure", "subject", "whose")
    ordering = ("order", "pk")


class CitationInline(PartInline):
    model = ClauseSource
    verbose_name = "source"
    verbose_name_plural = "sources, the main one first"
    fields = ("source", "order")
    autocomplete_fields = ("source",)
    ordering = ("order", "pk")
    beside_text = True


class DependencyInline(PartInline):
    model = Dependency
    fk_name = "clause"
    verbose_name_plural = "dependencies: what this clause is to others"
    fields = ("relation", "target", "note", "order")
    autocomplete_fields = ("target",)
    ordering = ("order", "pk")


class ContestInline(PartInline):
    model = Contest
    verbose_name_plural = "contests: recorded objections"
    fields = ("party", "objection", "order")
    autocomplete_fields = ("party",)
    ordering = ("order", "pk")
    beside_text = True


def _neighbours(clause: Clause, *, user: Reader) -> dict[str, Clause | None]:
    """The clauses before and after it in the text, as far as the user sees them."""
    order = list(clause.proposal.clauses.visible_to(user).in_reading_order().only("key", "label", "order", "proposal"))
    place = next(number for number, one in enumerate(order) if one.pk == clause.pk)
    return {
        "previous": order[place - 1] if place else None,
        "next": order[place + 1] if place + 1 < len(order) else None,
    }


@admin.register(Clause)
class ClauseAdmin(StagedAdmin):
    fieldsets = (
        (None, {"fields": ("proposal", ("key", "number", "order"), "label", "text")}),
        (
            "What it is",
            {
                "fields": (
                    ("kind", "strikes"),
                    ("wording", "language"),
                    ("modality", "legal_effect", "extent", "permanence"),
                    "condition",
                    "parent",
                )
            },
        ),
        ("How we know", {"fields": (("evidence", "confidence"), "locator", "note")}),
    )
    inlines = (
        TopicInline,
        RoleInline,
        TerritoryInline,
        TermInline,
        DependencyInline,
        CitationInline,
        ContestInline,
    )
    autocomplete_fields = ("proposal", "parent", "strikes")
    list_display = ("address", "number", "label", "kind", "modality", "stage")
    list_display_links = ("address", "label")
    list_filter = (
        "stage",
        "kind",
        "modality",
        "wording",
        "evidence",
        "confidence",
        ("proposal", admin.RelatedOnlyFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("proposal",)
    search_fields = ("label", "text", "=key", "=number", "proposal__slug", "proposal__short_title")
    search_help_text = "Words of label and text, a key or number, ids and titles of proposals; council-plan/c01 too"
    ordering = ("proposal__date", "proposal__last_day", "proposal__slug", "order", "pk")
    save_on_top = True

    actions = (*StagedAdmin.actions, "copy_to_another")  # type: ignore[assignment]
    change_form_template = "admin/proposals/clause_form.html"

    class Media:
        css = {"all": ["proposals/clause_form.css", "proposals/shortcuts.css"]}
        js = [Script("proposals/shortcuts.js", defer=True)]

    def get_urls(self) -> list[Any]:
        pages = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(page), name=f"proposals_clause_{name}")
            for name, page in (("split", split), ("merge", merge))
        ]
        return [*pages, *super().get_urls()]

    def record_tools(self, request: HttpRequest, obj: Clause) -> list[Tool]:
        tools = super().record_tools(request, obj)
        if may_work(request, obj):
            tools += [
                Tool("Split…", reverse("admin:proposals_clause_split", args=[obj.pk])),
                Tool("Merge with the next…", reverse("admin:proposals_clause_merge", args=[obj.pk])),
            ]
        if may_copy(request):
            page = reverse("admin:proposals_proposal_copy", args=[obj.proposal_id], query={"clause": obj.pk})
            tools.append(Tool("Copy…", page))
        return tools

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        neighbours = _neighbours(obj, user=request.user) if obj else {}
        return super().render_change_form(request, {**context, "neighbours": neighbours}, add, change, form_url, obj)

    @admin.action(description="Copy to another proposal…", permissions=["add"])
    def copy_to_another(self, request: HttpRequest, queryset: QuerySet[Clause]) -> HttpResponse | None:
        proposals = {clause.proposal_id for clause in queryset}
        if len(proposals) > 1:
            self.message_user(request, "Choose clauses of one proposal.", messages.ERROR)
            return None
        chosen = {"clause": [clause.pk for clause in queryset]}
        return redirect(reverse("admin:proposals_proposal_copy", args=[proposals.pop()], query=chosen))

    @admin.display(description="copied from")
    def origin(self, clause: Clause) -> str:
        if clause.copied_from_id is None:
            return f"{clause.copied_address}, which is gone" if clause.copied_address else "Not copied."
        page = reverse("admin:proposals_clause_change", args=[clause.copied_from_id])
        return format_html('<a href="{}">{}</a>', page, clause.copied_address)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Clause]:
        # Everywhere a clause is named with its proposal.
        return super().get_queryset(request).select_related("proposal")

    @admin.display(description="clause", ordering="proposal__slug")
    def address(self, clause: Clause) -> str:
        return f"{clause.proposal.slug}/{clause.key}"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Clause], search_term: str
    ) -> tuple[QuerySet[Clause], bool]:
        return super().get_search_results(request, queryset, search_term.replace("/", " "))

    def get_readonly_fields(self, request: HttpRequest, obj: Clause | None = None) -> tuple[str, ...]:
        # A clause stays in its proposal: its id, its parent and its key there would not fit another.
        return (*self.readonly_fields, "proposal", "origin") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        # At the end of the section on our record.
        *sections, (name, options) = super().get_fieldsets(request, obj)
        # Of an original that is hidden from the user, or is gone, only those are told who see everything.
        told = obj and obj.copied_address and (obj.copied_from_id or sees_all(editor(request)))
        copied = ("origin",) if told else ()
        return [*sections, (name, {**options, "fields": (*options["fields"], *copied)})]

    def save_model(self, request: HttpRequest, obj: Clause, form: Any, change: bool) -> None:
        if not change and obj.order == 0:
            last = obj.proposal.clauses.aggregate(last=Max("order", default=0))["last"]
            obj.order = last + 1
        super().save_model(request, obj, form, change)
