"""Rival values, side by side."""

from django.contrib import admin

from parties.editing import PartInline, RecordAdmin
from proposals.models import Dispute, DisputeAbout, DisputeClaim


class AboutInline(PartInline):
    model = DisputeAbout
    verbose_name = "record it is about"
    verbose_name_plural = "what it is about: one record in each row"
    fields = ("proposal", "clause", "position", "source", "person", "order")
    autocomplete_fields = ("proposal", "clause", "position", "source", "person")
    ordering = ("order", "pk")


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
    inlines = (ClaimInline, AboutInline)
    autocomplete_fields = ("topics",)
    list_display = ("slug", "subject")
    list_filter = (("topics", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("slug", "subject", "claims__value", "claims__source__publisher")
    search_help_text = "Ids, subjects, rival values and publishers"
    ordering = ("slug", "pk")
