"""Rival values, side by side."""

from django.contrib import admin

from parties.editing import PartInline, RecordAdmin
from proposals.admin.about import AboutInline
from proposals.models import Dispute, DisputeAbout, DisputeClaim


class DisputeAboutInline(AboutInline):
    model = DisputeAbout


class ClaimInline(PartInline):
    model = DisputeClaim
    verbose_name = "rival value"
    verbose_name_plural = "rival values"
    fields = ("value", "source", "locator", "order")
    autocomplete_fields = ("source",)
    ordering = ("order", "pk")


@admin.register(Dispute)
class DisputeAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("subject", "slug", "topics")}),)
    inlines = (ClaimInline, DisputeAboutInline)
    autocomplete_fields = ("topics",)
    list_display = ("slug", "subject")
    list_filter = (("topics", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("slug", "subject", "claims__value", "claims__source__publisher")
    search_help_text = "Ids, subjects, rival values and publishers"
    ordering = ("slug", "pk")
