"""How the admin edits a record and its parts: what the pages of all models do alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField, construct_instance
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from parties.autocomplete import Picked, SeveralPicked
from parties.chosen import ChosenAdmin
from parties.history.pages import HistoryPages
from parties.meanwhile.deleting import ConfirmedAdmin
from parties.meanwhile.views import ComparedAdmin
from parties.readers import sees_all
from parties.rows_together import KnownRow, suspects, write_changed, write_new
from parties.seeing import as_seen, without_hidden


class PlainText(forms.CharField):
    """Text whose lines end in a line feed alone.

    A browser sends them with a carriage return, and a text that nobody touched would count as changed.
    """

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


FORM_FIELDS: dict[Any, dict[str, Any]] = {
    models.TextField: {"form_class": PlainText, "widget": AdminTextareaWidget(attrs={"rows": 3})},
    models.URLField: {"assume_scheme": "https"},
}


class RecordForm(forms.ModelForm):
    """Holds a record to every rule of its model, those too that touch a field which is not on the form."""

    # What the database said when the form was saved before; shown above the form.
    refusal = ""
    # Fields whose constraints are for the formset to check, because a value may move from row to row.
    checked_among_rows: frozenset[str] = frozenset()
    # Whether its formset looks for broken constraints among all rows at once, and asks this form only then.
    checked_together = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.checked_together:
            self._validate_unique = False
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def _post_clean(self) -> None:
        if not self.checked_together:
            super()._post_clean()  # type: ignore[misc]
            return
        # As Django's, but that the database is not asked about constraints, which it is once for each otherwise.
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.full_clean(exclude=self._not_checked(), validate_unique=False, validate_constraints=False)
        except ValidationError as fault:
            self._update_errors(fault)  # type: ignore[attr-defined]

    def check_alone(self) -> None:
        """Asks the database of each constraint whether this record breaks it."""
        try:
            self.instance.validate_constraints(exclude=self._not_checked())
        except ValidationError as fault:
            self._update_errors(fault)  # type: ignore[attr-defined]
        self.validate_unique()

    def _not_checked(self) -> set[str]:
        owners = (name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField))
        return {*self._get_validation_exclusions(), *owners}  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        super().validate_unique()
        if self.errors:
            return
        # Django's own validation leaves out constraints on fields that are not on the form, and in an inline those on
        # the record that the rows belong to.
        try:
            self.instance.validate_constraints(exclude=self.checked_among_rows)
        except ValidationError as fault:
            self.add_error(None, fault)

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django's, but a fault of a field that is not on the form is told above the form."""
        if field is None and hasattr(error, "error_dict"):
            for name, faults in error.error_dict.items():
                super().add_error(name if name in self.fields else None, faults)
        else:
            super().add_error(field, error)


class PartFormSet(BaseInlineFormSet):
    """Rows of a record's parts. Those left as they stand cost no query; new ones go last unless given a place.

    What was changed is checked and written together (parties/rows_together.py).
    """

    # Fields that are written by another way than the others.
    written_apart: frozenset[str] = frozenset()

    def total_form_count(self) -> int:
        """Of what was sent no more rows than came or are stored: a page may claim thousands, which take seconds."""
        total = super().total_form_count()
        return min(total, max(self._rows_sent, len(self.get_queryset()))) if self.is_bound else total

    @cached_property
    def _rows_sent(self) -> int:
        """The highest number of a row that came, and one."""
        row = re.compile(rf"{re.escape(str(self.prefix))}-([0-9]{{1,4}})-")
        return max((1 + int(found[1]) for name in (*self.data, *self.files) if (found := row.match(name))), default=0)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        if index is not None:
            # A row that is permitted to be empty is validated only where something was changed in it.
            kwargs["empty_permitted"] = True
        return kwargs

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        name = cast(Any, self.model)._meta.pk.name
        form.fields[name] = KnownRow(self, form.fields[name])
        form.checked_together = True
        for one in form.fields.values():
            # In a table the names stand above the columns.
            widget = getattr(one.widget, "widget", one.widget)
            widget.attrs.setdefault("aria-label", str(one.label or "").capitalize())

    def clean(self) -> None:
        gone = self.deleted_forms
        for row in suspects([row for row in self.forms if row.has_changed() and row not in gone]):
            row.check_alone()
        super().clean()

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        self._changed: list[Any] = []
        saved = super().save_existing_objects(commit)
        write_changed(self._changed, left_out=self.written_apart)
        self._save_links(self._changed)
        return saved

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        if not commit:
            return super().save_existing(form, obj, commit)
        self._changed.append(form)
        return obj

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        self._new: list[Any] = []
        saved = super().save_new_objects(commit)
        write_new(self._new)
        self._save_links(self._new)
        return saved

    def save_new(self, form: Any, commit: bool = True) -> Any:
        part = form.instance
        if getattr(part, "order", None) == 0:
            part.order = 1 + max((row.instance.order for row in self.forms), default=0)
        if commit:
            self._new.append(form)
        return super().save_new(form, commit=False)

    def _save_links(self, rows: list[Any]) -> None:
        if cast(Any, self.model)._meta.many_to_many:
            for form in rows:
                form._save_m2m()


class _Editing(BaseModelAdmin):
    formfield_overrides = FORM_FIELDS

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """What the user sees: lists, pages, choices and autocompletes all ask for it."""
        return as_seen(super().get_queryset(request), editor(request))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            widget = SeveralPicked if db_field.many_to_many else Picked
            kwargs.setdefault("widget", widget(db_field, self.admin_site, using=kwargs.get("using")))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A party is deleted on its own page; beside a role, the cross reads as if it took away the role.
            field.widget.can_delete_related = False
        return field


class PartInline(_Editing, admin.TabularInline):
    """Parts of a record in a table, edited on the record's page."""

    form = RecordForm
    # Narrower than the admin's own, which push a table off the screen.
    formfield_overrides = {
        **FORM_FIELDS,
        models.TextField: {"form_class": PlainText, "widget": forms.Textarea(attrs={"rows": 2, "cols": 36})},
    }
    formset = PartFormSet
    extra = 0


class StackedPartInline(_Editing, admin.StackedInline):
    """Parts of a record with too many fields for a table."""

    form = RecordForm
    formset = PartFormSet
    extra = 0


@dataclass(frozen=True)
class Tool:
    """A button above a list or a record: what it says and where it leads."""

    label: str
    url: str


class RecordAdmin(HistoryPages, _Editing, ConfirmedAdmin, ComparedAdmin, ChosenAdmin):
    """A record with its parts, saved so that nobody's work is lost unseen."""

    form = RecordForm
    list_per_page = 50
    change_list_template = "admin/record_list.html"
    change_form_template = "admin/record_form.html"

    class Media:
        css = {"all": ["parties/records.css", "parties/meanwhile.css"]}
        js = ["parties/unsaved.js", Script("parties/select_names.js", defer=True)]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return without_hidden(super().get_object(request, object_id, from_field), editor(request))

    # Who edits sees what they edit: of those who do not, some fields are blank.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and sees_all(editor(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and sees_all(editor(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and sees_all(editor(request))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not sees_all(editor(request)):
            raise PermissionDenied("The history names records that are not public.")
        return super().history_view(request, object_id, extra_context)

    def list_tools(self, request: HttpRequest) -> list[Tool]:
        """Buttons above the list, as far as the user may press them; subclasses add theirs to super's."""
        return [Tool(*deleted) for deleted in self.deleted_tools(request)]

    def record_tools(self, request: HttpRequest, obj: Any) -> list[Tool]:
        """Buttons above the page of a stored record, as far as the user may press them."""
        return []

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"tools": self.list_tools(request), **(extra_context or {})})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        tools = self.record_tools(request, obj) if obj else []
        context = {**context, "tools": tools, "has_history": sees_all(editor(request))}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form


class ReadOnlyAdmin(ChosenAdmin):
    """Records that programs write and people only look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def editor(request: HttpRequest) -> User:
    """Who edits: the admin lets nobody in who is not a user."""
    return cast(User, request.user)


def note_in_history(request: HttpRequest, records: Sequence[models.Model], message: str) -> None:
    """Enters one change, made to many records at once, in the history of each."""
    LogEntry.objects.log_actions(
        user_id=editor(request).pk, queryset=records, action_flag=CHANGE, change_message=message
    )
