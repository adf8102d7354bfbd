"""What sources say that is neither a clause, nor a position, nor a rival value."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from parties.editing import PartFormSet, PartInline
from proposals.admin.about import AboutInline
from proposals.admin.dates import date_in_words
from proposals.admin.stages import StagedAdmin
from proposals.models import Statement, StatementAbout, StatementTopic


class AtLeastOneTopic(PartFormSet):
    """A statement on no topic would be found by nobody; no constraint can hold that."""

    def clean(self) -> None:
        super().clean()
        kept = [row for row in self.forms if (row.instance.pk or row.has_changed()) and row not in self.deleted_forms]
        if not kept:
            raise ValidationError("Name at least one topic.", code="no_topic")


class StatementTopicInline(PartInline):
    model = StatementTopic
    formset = AtLeastOneTopic
    min_num = 1
    verbose_name = "topic"
    verbose_name_plural = "topics, the most specific first"
    fields = ("topic", "order")
    autocomplete_fields = ("topic",)
    ordering = ("order", "pk")


class StatementAboutInline(AboutInline):
    model = StatementAbout


@admin.register(Statement)
class StatementAdmin(StagedAdmin):
    fieldsets = (
        (None, {"fields": (("slug", "kind"), "subject", "claim")}),
        ("Who says it", {"fields": (("party", "person"), "reported_by")}),
        ("When", {"fields": (("date", "date_precision"), ("date_end", "date_text"))}),
        ("How we know", {"fields": ("source", "locator", ("evidence", "confidence"), "note")}),
    )
    inlines = (StatementTopicInline, StatementAboutInline)
    autocomplete_fields = ("party", "person", "source")
    list_display = ("slug", "kind", "subject", "when", "says", "where", "locator", "stage")
    list_filter = (
        "stage",
        "kind",
        ("source", admin.RelatedOnlyFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
        ("party", admin.RelatedOnlyFieldListFilter),
        ("person", admin.RelatedOnlyFieldListFilter),
        "evidence",
        "confidence",
    )
    list_select_related = ("source", "party", "person")
    search_fields = ("slug", "subject", "claim", "reported_by", "source__slug", "person__name", "party__name")
    search_help_text = "Ids, subjects, claims, sources, and who says it"
    date_hierarchy = "date"
    ordering = ("slug", "pk")

    @admin.display(description="date", ordering="date")
    def when(self, statement: Statement) -> str:
        return statement.date_text or date_in_words(statement)

    @admin.display(description="who says it")
    def says(self, statement: Statement) -> str:
        named = statement.person or statement.party
        return named.name if named else statement.reported_by or "the source"

    @admin.display(description="source", ordering="source__slug")
    def where(self, statement: Statement) -> str:
        return statement.source.slug
