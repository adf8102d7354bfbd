"""Alignments of the corpus: started by hand, watched while workers do them, cancelled."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from procrastinate.contrib.django.models import ProcrastinateJob

from access.roles import ALIGN
from parties.editing import ReadOnlyAdmin, editor
from proposals.comparison import unknown_slugs
from proposals.jobs import AlreadyRunning, Asked, NotActive, cancel_run, progress_of, start_run
from proposals.models import AlignmentRun

# The queue's own tables are for workers; what people need of them is told here.
admin.site.unregister(ProcrastinateJob)

_SHOWN = 20


class StartForm(forms.ModelForm):
    """Which proposals to align with each other."""

    proposals = SimpleArrayField(
        forms.CharField(),
        required=False,
        help_text="With the scope “those named”: their ids, separated by commas.",
    )

    class Meta:
        model = AlignmentRun
        fields = ("scope", "process", "proposals")

    def clean_proposals(self) -> list[str]:
        slugs = [slug for slug in self.cleaned_data["proposals"] if slug]
        if faults := unknown_slugs(list(enumerate(slugs)), user=None):
            raise ValidationError([fault.detail for fault in faults], code="unknown_proposal")
        return slugs

    def asked(self) -> Asked:
        return Asked(process=self.cleaned_data["process"], proposals=self.cleaned_data["proposals"])


@admin.register(AlignmentRun)
class AlignmentRunAdmin(ReadOnlyAdmin):
    fields = (
        ("scope", "process", "proposals"),
        ("state", "progress", "seconds"),
        ("pairs_total", "pairs_fresh", "pairs_done", "pairs_failed", "pairs_left_out"),
        "failures",
        "error",
        ("started_by", "after_edits"),
        ("queued_at", "began_at", "ended_at"),
        "method",
        "vocabulary",
    )
    # On a narrow screen the first ones are seen.
    list_display = ("number", "state", "progress", "about", "pairs_total", "started_by", "queued_at")
    list_display_links = ("number",)
    list_filter = ("state", "scope", "after_edits")
    list_select_related = ("process", "started_by")
    ordering = ("-pk",)
    actions = ("cancel",)
    # With a button for that action.
    change_form_template = "admin/proposals/alignment_run.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm(ALIGN)

    def has_align_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm(ALIGN)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else StartForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else StartForm.Meta.fields

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, {"title": "Align the corpus", **(extra_context or {})})
        except AlreadyRunning as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:proposals_alignmentrun_changelist"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        run = kwargs.get("obj")
        context["can_cancel"] = run is not None and run.active and self.has_align_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: AlignmentRun, form: Any, change: bool) -> None:
        started = start_run(form.asked(), by=editor(request))
        obj.pk = started.pk
        obj.refresh_from_db()

    @admin.action(description="Cancel these alignments: what is aligned stays", permissions=["align"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[AlignmentRun]) -> None:
        for run in queryset:
            try:
                cancel_run(run)
            except NotActive:
                self.message_user(request, f"Alignment {run.pk} has ended already.", messages.WARNING)
            else:
                self.message_user(request, f"Alignment {run.pk} is cancelled.", messages.SUCCESS)

    @admin.display(description="no.", ordering="pk")
    def number(self, run: AlignmentRun) -> int:
        return run.pk

    @admin.display(description="about", ordering="scope")
    def about(self, run: AlignmentRun) -> str:
        return str(run.process or run.get_scope_display())

    @admin.display(description="progress")
    def progress(self, run: AlignmentRun) -> str:
        share = progress_of(run)
        return format_html('<progress max="100" value="{}"></progress> {} %', round(share * 100), round(share * 100, 1))

    @admin.display(description="seconds of work")
    def seconds(self, run: AlignmentRun) -> str:
        if run.began_at is None or run.ended_at is None:
            return "-"
        return f"{(run.ended_at - run.began_at).total_seconds():,.0f}"

    @admin.display(description="jobs that failed")
    def failures(self, run: AlignmentRun) -> str:
        told = run.jobs.exclude(error="").order_by("pk")[:_SHOWN]
        if not told:
            return "none"
        return format_html(
            "<ul>{}</ul>",
            format_html_join("", "<li>{}, {} attempts: {}</li>", ((str(j), j.attempts, j.error) for j in told)),
        )
