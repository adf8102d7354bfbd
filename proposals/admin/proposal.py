"""A proposal with its clauses in reading order."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from parties.editing import PartFormSet, PartInline, RecordForm, Tool
from parties.seeing import as_seen
from proposals.admin.clause_rows import ClauseInline
from proposals.admin.clause_work import copy, may_copy
from proposals.admin.dates import date_in_words
from proposals.admin.from_text.views import from_text
from proposals.admin.line_up.urls import line_up_tool, line_up_urls
from proposals.admin.stages import StagedAdmin
from proposals.models import (
    Lineage,
    Proposal,
    ProposalParty,
    ProposalSource,
    Silence,
    TextVersion,
)


class RoleInline(PartInline):
    model = ProposalParty
    verbose_name = "party"
    verbose_name_plural = "parties"
    fields = ("role", "party", "order")
    autocomplete_fields = ("party",)
    ordering = ("order", "pk")


class CitationInline(PartInline):
    model = ProposalSource
    verbose_name = "source"
    verbose_name_plural = "sources, the main one first"
    fields = ("source", "order")
    autocomplete_fields = ("source",)
    ordering = ("order", "pk")


class LineageInline(PartInline):
    model = Lineage
    fk_name = "proposal"
    verbose_name = "relation to an earlier proposal"
    verbose_name_plural = "lineage: relations to earlier proposals"
    fields = ("relation", "earlier", "note", "order")
    autocomplete_fields = ("earlier",)
    ordering = ("order", "pk")


class TextVersionForm(RecordForm):
    checked_among_rows = frozenset({"followed"})


class TextVersionFormSet(PartFormSet):
    """Copies of a text, of which the clauses follow one at most."""

    def clean(self) -> None:
        super().clean()
        kept = [row for row in self.forms if row not in self.deleted_forms]
        if sum(row.instance.followed for row in kept) > 1:
            raise ValidationError("The clauses follow one text version only.", code="two_followed")

    def save(self, commit: bool = True) -> list[Any]:
        # Not even for a moment may two be ticked in the database, so a tick is taken off before another is set.
        gone = self.deleted_forms
        loosened = [row.instance.pk for row in self.initial_forms if row in gone or not row.instance.followed]
        TextVersion.objects.filter(pk__in=loosened, followed=True).update(followed=False)
        return super().save(commit)


class TextVersionInline(PartInline):
    model = TextVersion
    form = TextVersionForm
    formset = TextVersionFormSet
    verbose_name_plural = "text versions, where copies differ"
    fields = ("name", "followed", "source", "note", "order")
    autocomplete_fields = ("source",)
    ordering = ("order", "pk")
    classes = ("collapse",)


class SilenceInline(PartInline):
    model = Silence
    verbose_name_plural = "silences: topics that the text was read for and leaves out"
    fields = ("topic", "reason", "checked_by", "checked_on", "source")
    autocomplete_fields = ("topic", "source")
    ordering = ("topic__order", "pk")
    classes = ("collapse",)


@admin.register(Proposal)
class ProposalAdmin(StagedAdmin):
    fieldsets = (
        (None, {"fields": ("process", "title", ("short_title", "slug"), "kind")}),
        ("When", {"fields": (("date", "date_precision"), ("date_end", "date_text"), "date_note")}),
        (
            "How the text is known",
            {"fields": (("text_status", "clauses_complete"), "verification", "verification_note")},
        ),
        ("What it says", {"fields": ("summary", "proposer_note")}),
        ("What came of it", {"fields": ("outcome", "outcome_note", "comparisons")}),
    )
    readonly_fields = (*StagedAdmin.readonly_fields, "comparisons")
    inlines = (RoleInline, CitationInline, ClauseInline, LineageInline, TextVersionInline, SilenceInline)
    prepopulated_fields = {"slug": ("short_title",)}
    autocomplete_fields = ("process",)
    list_display = ("short_title", "slug", "when", "stage", "text_status", "complete", "clause_link")
    list_filter = ("stage", "process", "text_status", "clauses_complete", "outcome", "kind")
    search_fields = ("title", "short_title", "slug", "summary", "parties__name", "parties__aliases__name")
    search_help_text = "Titles, ids, summaries, and names and aliases of parties"
    date_hierarchy = "date"
    ordering = ("-date", "-last_day", "slug", "pk")
    save_on_top = True

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = [
            path("from-text/", wrap(from_text(self)), name="proposals_proposal_from_text"),
            path("<int:pk>/copy/", wrap(copy), name="proposals_proposal_copy"),
        ]
        return [*pages, *line_up_urls(wrap), *super().get_urls()]

    def list_tools(self, request: HttpRequest) -> list[Tool]:
        new = [Tool("New proposal from text", reverse("admin:proposals_proposal_from_text"))]
        return [*super().list_tools(request), *(new if self.has_add_permission(request) else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        proposals: Any = super().get_queryset(request)
        return proposals.with_clause_count(request.user)

    def record_tools(self, request: HttpRequest, obj: Proposal) -> list[Tool]:
        reviews = [line_up_tool(obj)] if request.user.has_perm("proposals.view_decision") else []
        copying = [Tool("Copy clauses…", reverse("admin:proposals_proposal_copy", args=[obj.pk]))]
        return [*super().record_tools(request, obj), *reviews, *(copying if may_copy(request) else [])]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Proposal | None:
        proposal: Proposal | None = super().get_object(request, object_id, from_field)
        if proposal is not None:
            earlier = as_seen(Lineage.objects.select_related("earlier"), request.user)
            prefetch_related_objects([proposal], Prefetch("lineage", earlier.order_by("order", "pk")))
        return proposal

    @admin.display(description="date", ordering="date")
    def when(self, proposal: Proposal) -> str:
        return proposal.date_text or date_in_words(proposal)

    @admin.display(description="complete", ordering="clauses_complete")
    def complete(self, proposal: Proposal) -> str:
        return proposal.clauses_complete

    @admin.display(description="clauses", ordering="clause_count")
    def clause_link(self, proposal: Any) -> str:
        address = reverse("admin:proposals_clause_changelist", query={"proposal__id__exact": proposal.pk})
        return format_html('<a href="{}">{}</a>', address, proposal.clause_count)

    @admin.display(description="lay side by side")
    def comparisons(self, proposal: Proposal) -> str:
        """Links to the comparisons with those that it follows on from."""
        ties = proposal.lineage.all() if proposal.pk else []
        compare = reverse("pages:compare")
        return (
            format_html_join(
                " · ",
                '<a href="{}?proposals={},{}">{} {}</a>',
                (
                    (compare, tie.earlier.slug, proposal.slug, tie.get_relation_display(), tie.earlier.short_title)
                    for tie in ties
                ),
            )
            or "Nothing it follows on from is recorded under lineage."
        )
