"""Clashes in words, for the page that asks to decide: each value as people read it, who changed it, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.defaultfilters import date as as_date
from django.utils import timezone
from django.utils.text import Truncator, capfirst

from parties.history import ChangeSet
from parties.meanwhile.clashes import REMOVAL, Clash
from parties.meanwhile.opened import ORDER, RECORD, Opened, Pending, Sent
from parties.meanwhile.posted import Posted

# Of one message, so that it stays one.
_MOST_TOLD = 8


@dataclass(frozen=True)
class ToldField:
    """One line of the table. Without `choice` there is nothing to decide about it."""

    label: str
    shown: str
    stored: str
    sent: str
    mine: bool = True
    choice: str = ""


@dataclass(frozen=True)
class ToldClash:
    """A row that clashed; `choice` is the name of the one about all of it: that it is removed, or was."""

    heading: str
    by: str
    fields: tuple[ToldField, ...]
    choice: str
    gone: bool
    removing: bool


class Page:
    """What the fields of a page and the rows of its tables are called."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._form = context["adminform"].form
        self._tables = {shown.formset.prefix: shown for shown in context["inline_admin_formsets"]}

    def fields(self, key: str) -> Mapping[str, forms.Field]:
        found = self._form if key == RECORD else self._tables[_table(key)].formset.empty_form
        return found.fields

    def model(self, key: str) -> type[Model]:
        found = self._form if key == RECORD else self._tables[_table(key)].formset.form
        return found._meta.model

    def label(self, key: str, name: str) -> str:
        """A field in words. A paraphrase is marked as such wherever a text is shown."""
        label = capfirst(str(self.fields(key)[name].label or name))
        wording = getattr(self._record(key), "wording", "") if name == "text" else ""
        return f"{label} ({wording})" if wording else label

    def _record(self, key: str) -> Model | None:
        if key == RECORD:
            return self._form.instance
        stored = (form.instance for form in self._tables[_table(key)].formset.initial_forms)
        return next((one for one in stored if str(one.pk) == key.rpartition("/")[2]), None)

    def heading(self, key: str, fields: Sent) -> str:
        """A row in a few words of its own."""
        if key == RECORD:
            return capfirst(str(self._form.instance._meta.verbose_name))
        known = self.fields(key)
        told = [in_words(known[name], values) for name, values in fields.items() if name in known and name != ORDER]
        own = " · ".join([one for one in told if one][:3])
        return capfirst(f"{self._tables[_table(key)].opts.verbose_name} {Truncator(own).chars(60)}")


def told(
    clashes: Sequence[Clash], *, page: Page, opened: Opened | None, changes: Sequence[ChangeSet]
) -> list[ToldClash]:
    return [_told(clash, page=page, opened=opened, changes=changes) for clash in clashes]


def typed(posted: Posted, *, page: Page, opened: Opened) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was sent of a record that is gone, by rows: all of its own fields, and the rows that were changed or new."""
    found = [(RECORD, posted.sent(RECORD, list(opened.rows[RECORD].fields)))]
    for key in posted.rows:
        if key in opened.rows:
            sent = posted.sent(key, list(opened.rows[key].fields))
            if sent != opened.rows[key].fields:
                found.append((key, sent))
    found += [(f"{prefix}/", row) for prefix, row in posted.new_rows()]
    return [(page.heading(key, sent), _lines(page, key, sent)) for key, sent in found]


def _lines(page: Page, key: str, sent: Sent) -> list[tuple[str, str]]:
    fields = page.fields(key)
    told = ((name, in_words(fields[name], values)) for name, values in sent.items() if name in fields)
    return [(page.label(key, name), words) for name, words in told if words]


def in_words(field: forms.Field, values: Sequence[str]) -> str:
    """What was sent of a field, as its page shows it; blank for nothing."""
    if isinstance(field, forms.BooleanField):
        return "yes" if values else "no"
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        return ", ".join(_record(field, value) for value in values if value)
    choices = _flat(getattr(field, "choices", ()))
    return ", ".join(choices.get(value, value) for value in values if value)


def by_whom(change: ChangeSet, *, reader: int | None) -> str:
    who = change.who or "a program"
    moment = timezone.localtime(change.when)
    return f"{who}{' (you)' if reader and change.user_id == reader else ''}, {as_date(moment, 'j F Y, H:i')}"


def in_one_line(changes: Sequence[ChangeSet], *, reader: int | None) -> str:
    """What others did, shortly: who, when, and which parts and fields."""
    lines = []
    for change in changes[:3]:
        items = list(dict.fromkeys(_item(item) for item in change.items))
        more = f" and {len(items) - _MOST_TOLD} more" if len(items) > _MOST_TOLD else ""
        lines.append(f"{by_whom(change, reader=reader)}: {', '.join(items[:_MOST_TOLD])}{more}")
    return "; ".join(lines)


def _item(item: Any) -> str:
    return f"{item.part}: {item.field}" if item.field else f"{item.part} {item.kind}"


def _told(clash: Clash, *, page: Page, opened: Opened | None, changes: Sequence[ChangeSet]) -> ToldClash:
    fields = page.fields(clash.key)
    lines = [
        ToldField(
            label=page.label(clash.key, one.field),
            shown="not known" if one.shown is None else in_words(fields[one.field], one.shown),
            stored="" if clash.gone else in_words(fields[one.field], one.stored),
            sent=in_words(fields[one.field], one.sent),
            mine=one.mine,
            choice=Pending(clash.key, one.field).name if one.both else "",
        )
        for one in clash.differences
        if one.field in fields
    ]
    own = {one.field: one.sent if clash.gone else one.stored for one in clash.differences}
    if opened and clash.key in opened.rows:
        own = dict(opened.rows[clash.key].fields)
    whole = "" if not (clash.gone or clash.removing) else Pending(clash.key, "" if clash.gone else REMOVAL).name
    return ToldClash(
        heading=page.heading(clash.key, own),
        by=_by(clash.key, page, opened, changes),
        fields=tuple(lines),
        choice=whole,
        gone=clash.gone,
        removing=clash.removing,
    )


def _by(key: str, page: Page, opened: Opened | None, changes: Sequence[ChangeSet]) -> str:
    pk = (opened.record if opened and key == RECORD else key).rpartition("/")[2]
    model = page.model(key)
    for change in changes:
        if any(item.model is model and str(item.pk) == pk for item in change.items):
            return by_whom(change, reader=None)
    return ""


def _table(key: str) -> str:
    return key.rpartition("/")[0]


def _record(field: Any, value: str) -> str:
    try:
        return str(
            field.to_python([value])[0] if isinstance(field, forms.ModelMultipleChoiceField) else field.to_python(value)
        )
    except (ValidationError, IndexError):
        return value


def _flat(choices: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= {str(one): str(words) for one, words in label}
        else:
            found[str(value)] = str(label)
    return found
