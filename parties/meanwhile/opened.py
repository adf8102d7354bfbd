"""What a page of the admin showed: each row of the database that it edits, as its fields would be sent untouched."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core import signing
from django.db.models import Model
from django.forms import BaseForm, CheckboxInput, MultiWidget

# The hidden field of a page that carries what it showed.
OPENED = "_opened"
# The place of a row among others: two people may move and edit it at once.
ORDER = "order"
# The key of the record itself among the rows of its page; a part has that of `part_key`.
RECORD = ""

Sent = dict[str, list[str]]

_SALT = "parties.meanwhile"
# Counted by the database with every change, of parts too; and the place, which is compared apart.
_LEFT_OUT = {"version", "changed_at", ORDER}


@dataclass(frozen=True)
class Row:
    """One row of the database on a page. `state` names its columns, those too that the page does not show."""

    fields: Sent
    state: str
    # Moves with its parts as well, where the database counts.
    version: int | None = None


@dataclass(frozen=True)
class Pending:
    """A choice that the page asks for: about a field of a row, or without `field` about a row that is gone."""

    key: str
    field: str
    # As it was before others changed it; None where that is not known.
    shown: list[str] | None = None
    # What was typed into the row that is gone.
    typed: Sent = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the choice on the page."""
        return f"_keep:{self.key}:{self.field}"


@dataclass(frozen=True)
class Opened:
    """What a page showed, and `at` which mark of the history; `pending` are the choices that it asks for."""

    record: str
    at: str
    rows: Mapping[str, Row]
    pending: Sequence[Pending] = ()

    @classmethod
    def on(cls, context: Mapping[str, Any], *, at: str, beheld: Sequence[object]) -> Opened:
        """What the admin's page with this context shows; `beheld` is what it shows beside its fields.

        The forms must not be bound: validation writes what was sent into their records.
        """
        form = context["adminform"].form
        rows = {RECORD: _row(form, beheld)}
        for shown in context["inline_admin_formsets"]:
            if shown.has_change_permission or shown.has_delete_permission:
                formset = shown.formset
                left_out = {formset.fk.name, formset.model._meta.pk.name, "DELETE"}
                for part in formset.initial_forms:
                    rows[part_key(formset.prefix, part.instance.pk)] = _row(part, (), left_out=left_out)
        return cls(name_of(form.instance), at, rows)

    @classmethod
    def read(cls, text: str, *, of: Model) -> Opened | None:
        """What the page of the record carried; None where it carried nothing that we wrote."""
        try:
            found = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            return None
        if found["record"] != name_of(of):
            return None
        rows = {key: Row(*row) for key, row in found["rows"].items()}
        return cls(found["record"], found["at"], rows, [Pending(*one) for one in found["pending"]])

    def written(self, pending: Sequence[Pending] = ()) -> str:
        """What the page carries, with the choices that it asks for."""
        return signing.dumps(
            {
                "record": self.record,
                "at": self.at,
                "rows": {key: (row.fields, row.state, row.version) for key, row in self.rows.items()},
                "pending": [(one.key, one.field, one.shown, one.typed) for one in pending],
            },
            salt=_SALT,
            compress=True,
        )


def name_of(record: Model) -> str:
    return f"{record._meta.label_lower}/{record.pk}"


def part_key(prefix: str, pk: object) -> str:
    """The key of a stored row of the formset with this prefix."""
    return f"{prefix}/{pk}"


def as_sent(form: BaseForm, name: str) -> list[str]:
    """What a browser sends of a field that nobody touches."""
    field = form.fields[name]
    widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(widget, MultiWidget):
        raise TypeError(f"{name} is sent in several parts, which cannot be told apart yet.")
    if isinstance(widget, CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    values = shown if isinstance(shown, list | tuple) else [shown]
    return in_one_form(["" if one is None else str(one) for one in values])


def in_one_form(values: Sequence[str]) -> list[str]:
    """Values that are equal where nobody touched them: browsers end lines as they like, and choices have no order."""
    return sorted(value.replace("\r\n", "\n") for value in values)


def _row(form: Any, beheld: Sequence[object], *, left_out: Collection[str] = ()) -> Row:
    fields = {name: as_sent(form, name) for name in form.fields if name not in left_out}
    return Row(fields, _state(form.instance, beheld), getattr(form.instance, "version", None))


def _state(record: Model, beheld: Sequence[object]) -> str:
    columns = [
        (column.attname, str(record.__dict__[column.attname]))
        for column in record._meta.concrete_fields
        if column.name not in _LEFT_OUT and not column.generated and column.attname in record.__dict__
    ]
    return hashlib.sha256(repr((columns, [str(one) for one in beheld])).encode()).hexdigest()[:16]
