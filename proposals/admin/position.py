"""What parties said."""

from django.contrib import admin

from proposals.admin.dates import date_in_words
from proposals.admin.stages import StagedAdmin
from proposals.models import Position


@admin.register(Position)
class PositionAdmin(StagedAdmin):
    fieldsets = (
        (None, {"fields": ("slug", ("party", "person"), ("stance", "red_line"), "statement")}),
        ("On what", {"fields": ("topic", ("proposal", "clause"))}),
        ("When", {"fields": (("date", "date_precision"), ("date_end", "date_text"))}),
        ("What became of it", {"fields": ("superseded_by", "withdrawn_on")}),
        ("How we know", {"fields": ("source", "locator", ("evidence", "confidence"), "note")}),
    )
    autocomplete_fields = ("party", "person", "topic", "proposal", "clause", "source", "superseded_by")
    list_display = ("slug", "when", "party", "stance", "red_line", "topic", "short_statement", "stage")
    list_filter = (
        "stage",
        "stance",
        "red_line",
        ("party", admin.RelatedOnlyFieldListFilter),
        ("proposal", admin.RelatedOnlyFieldListFilter),
        ("topic", admin.RelatedOnlyFieldListFilter),
        "evidence",
        "confidence",
    )
    list_select_related = ("party", "topic")
    search_fields = (
        "slug",
        "statement",
        "party__name",
        "party__aliases__name",
        "person__name",
        "person__aliases__name",
        "topic__name",
    )
    search_help_text = "Ids, statements, topics, and names and aliases of who spoke"
    date_hierarchy = "date"
    ordering = ("-date", "-last_day", "slug", "pk")

    @admin.display(description="date", ordering="date")
    def when(self, position: Position) -> str:
        return position.date_text or date_in_words(position)

    @admin.display(description="statement", ordering="statement")
    def short_statement(self, position: Position) -> str:
        return position.statement if len(position.statement) <= 80 else f"{position.statement[:79]}…"
