"""What clauses are coded with."""

from django.contrib import admin

from parties.editing import PartInline, RecordAdmin
from proposals.models import Measure, Process, Territory, TerritoryAlias, Topic, TopicGroup


@admin.register(Process)
class ProcessAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("name", "slug", "summary", "parties")}),)
    autocomplete_fields = ("parties",)
    list_display = ("name", "slug")
    search_fields = ("name", "slug", "summary", "parties__name", "parties__aliases__name")
    search_help_text = "Names, ids, summaries, and names and aliases of parties"
    ordering = ("name", "pk")


class TopicInline(PartInline):
    model = Topic
    verbose_name_plural = "topics in their order"
    fields = ("order", "name", "slug", "definition", "core")
    ordering = ("order", "pk")
    show_change_link = True


@admin.register(TopicGroup)
class TopicGroupAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("name", "slug", "order", "definition")}),)
    inlines = (TopicInline,)
    list_display = ("name", "slug", "order")
    search_fields = ("name", "slug", "definition", "topics__name")
    ordering = ("order", "pk")


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("group", "name", "slug", ("order", "core"), "definition")}),)
    autocomplete_fields = ("group",)
    list_display = ("name", "slug", "group", "core", "order")
    list_filter = ("group", "core")
    list_select_related = ("group",)
    search_fields = ("name", "slug", "definition", "group__name")
    search_help_text = "Names, ids, definitions and groups"
    ordering = ("group__order", "order", "slug", "pk")


class TerritoryAliasInline(PartInline):
    model = TerritoryAlias
    verbose_name_plural = "aliases"
    autocomplete_fields = ("used_by",)
    ordering = ("name", "pk")


@admin.register(Territory)
class TerritoryAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("name", "slug", "kind", "note")}),)
    inlines = (TerritoryAliasInline,)
    list_display = ("name", "slug", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "aliases__name")
    search_help_text = "Names, aliases and ids"
    ordering = ("name", "pk")


@admin.register(Measure)
class MeasureAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("code", "kind", "name")}),)
    list_display = ("code", "kind", "name")
    list_filter = ("kind",)
    search_fields = ("code", "name")
    ordering = ("code", "pk")
