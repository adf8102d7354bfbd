"""What needs me: the counts on the first page, each leading to the list that shows just these records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from access.roles import PUBLISH
from parties.editing import editor
from proposals.models import Clause, Decision, Dispute, Position, Proposal, Statement
from proposals.needs import Asker

_PARAMETER = "needs"
# Of all staged records. A label stands on its tile, after what is counted, and in the filter.
_TO_REVIEW, _MINE, _LONG = "waiting for review, begun by others", "my drafts", "in review for two weeks or more"


@dataclass(frozen=True)
class Need:
    """A question and how it is told; `permission` is beside that to change the records."""

    code: str
    label: str
    permission: str = ""


_STAGES = (Need("to_review", _TO_REVIEW, PUBLISH), Need("my_drafts", _MINE), Need("long_in_review", _LONG, PUBLISH))
NEEDS: Mapping[Any, Sequence[Need]] = {
    Proposal: (
        *_STAGES,
        Need("never_compared", "never compared: no decision, no snapshot"),
        Need("incomplete", "clause set not complete"),
    ),
    Clause: (
        *_STAGES,
        Need("no_topics", "without a topic"),
        Need("no_sources", "without a source"),
        Need("placeholders", "placeholders: content not known"),
    ),
    Position: _STAGES,
    Statement: _STAGES,
    Decision: (Need("stale", "stale: a clause changed since"),),
    Dispute: (Need("figures", "rival values in figures"),),
}


@dataclass(frozen=True)
class Tile:
    """A count with what it counts, and the list that shows it."""

    count: int
    what: str
    label: str
    url: str


class NeedsFilter(admin.SimpleListFilter):
    """The same questions as a filter of the list."""

    title = "what it needs"
    parameter_name = _PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(need.code, need.label) for need in NEEDS[model_admin.model]]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        code = self.value()
        return queryset.needing(code, _asker(request)) if code in dict(self.lookup_choices) else queryset


class WithNeeds(admin.ModelAdmin):
    """Adds the filter to a list."""

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [NeedsFilter, *super().get_list_filter(request)]


def tiles(request: HttpRequest) -> list[Tile]:
    """What waits for the user, as far as they can act on it: one query for each model."""
    found = []
    for model, needs in NEEDS.items():
        opts = model._meta
        if not request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}"):
            continue
        mine = [need for need in needs if not need.permission or request.user.has_perm(need.permission)]
        counts = model._default_manager.visible_to(request.user).count_needs(
            [need.code for need in mine], _asker(request)
        )
        changelist = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        for need in mine:
            if count := counts[need.code]:
                what = opts.verbose_name if count == 1 else opts.verbose_name_plural
                found.append(Tile(count, str(what), need.label, f"{changelist}?{_PARAMETER}={need.code}"))
    return found


def _asker(request: HttpRequest) -> Asker:
    return Asker(editor(request).pk, timezone.localdate())
