"""What the import and the engine noted down, for looking at only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left, Length
from django.http import HttpRequest

from parties.editing import ReadOnlyAdmin
from proposals.models import ImportedRecord, Snapshot, VocabularySnapshot


@admin.register(ImportedRecord)
class ImportedRecordAdmin(ReadOnlyAdmin):
    fields = ("kind", "address", "digest")
    list_display = ("address", "kind", "digest")
    list_filter = ("kind",)
    search_fields = ("address",)
    ordering = ("kind", "address", "pk")


@admin.register(VocabularySnapshot)
class VocabularySnapshotAdmin(ReadOnlyAdmin):
    fields = ("name", "is_current", "frozen_at", "size", "beginning")
    list_display = ("name", "is_current", "frozen_at", "size")
    ordering = ("-frozen_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VocabularySnapshot]:
        # A snapshot may be megabytes long.
        snapshots = super().get_queryset(request).defer("content")
        return snapshots.annotate(characters=Length("content"), start=Left("content", 2000))

    @admin.display(description="characters", ordering="characters")
    def size(self, snapshot: Any) -> int:
        return snapshot.characters

    @admin.display(description="content, from its beginning")
    def beginning(self, snapshot: Any) -> str:
        return snapshot.start


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    fields = ("digest", "asked", "frozen_at", "beginning")
    list_display = ("digest", "frozen_at", "asked")
    ordering = ("-frozen_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        snapshots = super().get_queryset(request).defer("content", "named")
        return snapshots.annotate(start=Left("content", 2000))

    @admin.display(description="content, from its beginning")
    def beginning(self, snapshot: Any) -> str:
        return snapshot.start
