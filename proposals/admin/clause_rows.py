"""The clauses on their proposal's page: in reading order, arranged and nested there, saved together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest

from parties.editing import RecordForm
from proposals.admin.stages import StagedFormSet, StagedInline
from proposals.editing import arrange_clauses
from proposals.editing.arranging import enclosed_by_itself
from proposals.models import Clause

_UNKNOWN = "There is no clause of this key in the proposal."
_CIRCLE = "A clause cannot stand inside one that it encloses."
# After every place that is given.
_LAST = 2**31


class ClauseRow(RecordForm):
    """A clause; the one that it stands inside is named by its key, so that a new one can be named too."""

    inside = forms.CharField(required=False, max_length=40, help_text="Key of the enclosing clause.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.instance.parent if self.instance.parent_id else None
        # One of another proposal has no business here, and perhaps the key of one that has.
        if parent and parent.proposal_id == self.instance.proposal_id:
            self.initial["inside"] = parent.key

    @property
    def inside_key(self) -> str:
        # A row that was left as it stands is not cleaned.
        return str(getattr(self, "cleaned_data", {}).get("inside", self.initial.get("inside", "")))

    @property
    def depth(self) -> int:
        """The number of clauses that enclose it, as they are stored."""
        above, passed = self.instance.parent, set()
        while above is not None and above.pk not in passed:
            passed.add(above.pk)
            above = above.parent
        return len(passed)


class ClauseRows(StagedFormSet):
    """Arranged by `order`, of equals those first that were moved there; numbered anew when one of them moves."""

    written_apart = frozenset({"order"})

    def get_queryset(self) -> Any:
        clauses = super().get_queryset()
        if not hasattr(self, "_by_pk"):
            self._by_pk = {clause.pk: clause for clause in clauses}
            for clause in clauses:
                # The one that encloses it is another row: no query, however deep they stand.
                if clause.parent_id in self._by_pk:
                    clause.parent = self._by_pk[clause.parent_id]
        return clauses

    def clean(self) -> None:
        super().clean()
        rows = self._kept()
        by_key = {row.initial["key"]: row for row in rows if row.initial.get("key")}
        by_key |= {row.instance.key: row for row in rows}
        self._encloses = {}
        for row in rows:
            if row.inside_key in by_key:
                self._encloses[row] = by_key[row.inside_key]
            elif row.inside_key and "inside" in row.changed_data:
                row.add_error("inside", _UNKNOWN)
        places = {row: place for place, row in enumerate(rows)}
        encloses: dict[int, int | None] = {places[row]: places[above] for row, above in self._encloses.items()}
        for place in sorted(enclosed_by_itself(encloses)):
            rows[place].add_error("inside", _CIRCLE)

    def save(self, commit: bool = True) -> list[Any]:
        rows = self._kept()
        placed = sorted(rows, key=lambda row: (row.instance.order or _LAST, "order" not in row.changed_data))
        moved = any(self._has_moved(row) for row in rows)
        saved = super().save(commit)
        if moved:
            # Without those that somebody else deleted a moment ago.
            there = set(self.instance.clauses.values_list("pk", flat=True))
            places = [(row.instance.pk, self._encloser(row)) for row in placed if row.instance.pk in there]
            arrange_clauses(self.instance, [(pk, above if above in there else None) for pk, above in places])
        return saved

    def _has_moved(self, row: Any) -> bool:
        if row.instance._state.adding:
            return bool(row.inside_key or row.instance.order)
        return bool({"order", "inside"} & set(row.changed_data))

    def _encloser(self, row: Any) -> int | None:
        above = self._encloses.get(row)
        return above.instance.pk if above is not None else None

    def _kept(self) -> list[Any]:
        gone = self.deleted_forms
        new = [row for row in self.extra_forms if row.has_changed()]
        return [row for row in (*self.initial_forms, *new) if row.instance.pk or row in new if row not in gone]


class ClauseInline(StagedInline):
    """The clauses at a glance; everything coded on one stands on its own page, behind its link."""

    model = Clause
    form = ClauseRow
    formset = ClauseRows
    template = "admin/proposals/clause_rows.html"
    verbose_name_plural = "clauses in reading order"
    fields = ("order", "inside", "key", "number", "label", "text", "kind", "modality", "stage")
    ordering = ("order", "pk")
    show_change_link = True

    class Media:
        css = {"all": ["proposals/clauses.css", "proposals/shortcuts.css"]}
        js = [Script("proposals/clause_rows.js", defer=True), Script("proposals/shortcuts.js", defer=True)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if self.has_change_permission(request, obj):
            return self.fields
        # It is a field of the form alone, and is not shown where there is none.
        return tuple(name for name in self.fields if name != "inside")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Clause]:
        return super().get_queryset(request).select_related("proposal", "parent", "strikes")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # The admin's own widgets are too wide for a table.
        if db_field.name in ("key", "number", "label"):
            kwargs["widget"] = forms.TextInput
        elif db_field.name == "text":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
