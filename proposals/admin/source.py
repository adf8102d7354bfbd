"""Where statements come from."""

from django.contrib import admin

from parties.editing import RecordAdmin
from proposals.admin.dates import date_in_words
from proposals.models import Source


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    fieldsets = (
        (None, {"fields": ("title", "publisher", "slug", ("url", "file"))}),
        ("When", {"fields": (("date", "date_precision"), "date_note")}),
        ("How far to trust it", {"fields": (("reliability", "access"), "covers", "stance_note")}),
    )
    list_display = ("slug", "publisher", "title", "when", "reliability", "access")
    list_filter = ("reliability", "access")
    search_fields = ("slug", "publisher", "title", "url")
    search_help_text = "Ids, publishers, titles and addresses"
    date_hierarchy = "date"
    ordering = ("slug", "pk")

    @admin.display(description="date", ordering="date")
    def when(self, source: Source) -> str:
        return date_in_words(source)
