"""Parameters of the list of snapshots and of the list of changes."""

import re
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.drainage import set_override

from parties.api.parameters import CodesFilter, ParameterSet, RecordsFilter
from parties.api.parameters.faults import fault
from proposals.api.codes import ChangedKind
from proposals.models import Proposal, Snapshot


class _ProposalsFilter(RecordsFilter):
    """Snapshots that compare all of these proposals."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return qs.filter(named__contains=[f"proposal {slug}" for slug in value]) if value else qs


class SnapshotParameters(ParameterSet):
    proposal = _ProposalsFilter(
        "named",
        queryset=lambda request: Proposal.objects.visible_to(request.user),
        noun="proposal",
        help_text="Proposals (slugs), all of which are compared.",
    )

    class Meta:
        model = Snapshot
        fields: list[str] = []


class CursorField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not re.fullmatch(r"[0-9]{1,18}-[0-9]{1,18}", text, re.ASCII):
            raise fault("not_a_cursor", f"{text!r} is no cursor; send one as an answer of this list gave it.")
        return tuple(int(part) for part in text.split("-")) if text else None


class _SinceFilter(django_filters.Filter):
    field_class = CursorField

    def __init__(self) -> None:
        help_text = "The `cursor` of the last answer: what changed after it. Left out: from the beginning."
        super().__init__("xact", help_text=help_text)
        set_override(self, "field", {"type": "string", "pattern": "^[0-9]+-[0-9]+$", "description": help_text})


class _LimitField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_CHANGES):
            raise fault("out_of_range", f"limit must be a whole number from 1 to {MOST_CHANGES}, not {text!r}.")
        return int(text) if text else None


class _LimitFilter(django_filters.Filter):
    field_class = _LimitField

    def __init__(self) -> None:
        help_text = f"Changes in one answer, at most {MOST_CHANGES}."
        super().__init__("pk", help_text=help_text)
        schema = {"type": "integer", "minimum": 1, "maximum": MOST_CHANGES, "default": DEFAULT_CHANGES}
        set_override(self, "field", schema | {"description": help_text})


MOST_CHANGES = 1000
DEFAULT_CHANGES = 200


class ChangeParameters(ParameterSet):
    """Read by the view; a list of changes goes on from a cursor, it has no pages."""

    since = _SinceFilter()
    kind = CodesFilter("kind", choices=ChangedKind, help_text="Kinds of record.")
    limit = _LimitFilter()
