"""Records with a stage: shown, filtered by and moved on in lists; their version is shown and never typed."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from parties.editing import RecordAdmin, note_in_history
from proposals.models import Stage

_COUNTERS = ("version", "changed_at")


class StagedAdmin(RecordAdmin):
    """Adds the section "Our record" to the page, and the actions to the list."""

    readonly_fields: ClassVar[tuple[str, ...]] = _COUNTERS
    actions = ("make_public", "withdraw")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        # A record that is not saved yet has no version to show.
        ours = ("stage", *_COUNTERS) if obj else ("stage",)
        return [*super().get_fieldsets(request, obj), ("Our record", {"fields": (ours,)})]

    @admin.action(description="Make public", permissions=["change"])
    def make_public(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._move(request, queryset, Stage.PUBLIC)

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._move(request, queryset, Stage.WITHDRAWN)

    def _move(self, request: HttpRequest, queryset: QuerySet[Any], stage: Stage) -> None:
        with transaction.atomic():
            records = list(queryset.exclude(stage=stage))
            self.moved(records, stage)
            note_in_history(request, records, f"Stage: {stage.label}.")
        told = ngettext("%(count)d record is %(stage)s now.", "%(count)d records are %(stage)s now.", len(records))
        self.message_user(request, told % {"count": len(records), "stage": stage.label}, messages.SUCCESS)

    def moved(self, records: list[Any], stage: Stage) -> None:
        """Writes the new stage of the records."""
        self.model._default_manager.filter(pk__in=[record.pk for record in records]).update(stage=stage)
