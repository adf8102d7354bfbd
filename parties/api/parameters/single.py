"""Parameters that take one value: a day, yes or no, words, the order of a list."""

import contextlib
import datetime
import re
from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from drf_spectacular.drainage import set_override

from parties.api.parameters.faults import fault

MAX_WORDS = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DayField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return day(text) if text else None


def day(text: str) -> datetime.date:
    """A calendar day written as 2031-05-01. Raises a fault that says so."""
    # fromisoformat alone takes 20310501 and 2031-W18-4 too.
    if _DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(text)
    raise fault("not_a_day", f"{text!r} is not a day of the calendar; write one as 2031-05-01.")


class DayFilter(django_filters.Filter):
    """A day, in ISO form."""

    field_class = DayField

    def __init__(self, field_name: str, lookup_expr: str, *, help_text: str) -> None:
        super().__init__(field_name, lookup_expr, help_text=help_text)
        set_override(self, "field", {"type": "string", "format": "date", "description": help_text})


class YesNoField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and text not in ("true", "false"):
            raise fault("not_true_or_false", f"{text!r} is neither true nor false.")
        return text == "true" if text else None


class YesNoFilter(django_filters.Filter):
    """true or false; left out, both."""

    field_class = YesNoField

    def __init__(self, field_name: str | None = None, *, help_text: str, **kwargs: Any) -> None:
        super().__init__(field_name, help_text=help_text, **kwargs)
        set_override(self, "field", {"type": "boolean", "description": help_text})


class WordsFilter(django_filters.Filter):
    """Records that hold these words, as written, in one of the fields; upper and lower case count alike.

    `across` names fields that go through a to-many relation, such as those of aliases.
    """

    field_class = forms.CharField

    def __init__(self, *fields: str, across: Sequence[str] = (), help_text: str) -> None:
        super().__init__(fields[0], help_text=help_text, max_length=MAX_WORDS)
        self._fields, self._across = fields, across
        schema = {"type": "string", "minLength": 1, "maxLength": MAX_WORDS, "description": help_text}
        set_override(self, "field", schema)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        condition = Q()
        for field in self._fields:
            condition |= Q(**{f"{field}__icontains": value})
        for field in self._across:
            # A join would repeat a record that matches twice.
            holding = qs.model._base_manager.filter(**{f"{field}__icontains": value})
            condition |= Q(pk__in=holding.values("pk"))
        return qs.filter(condition) if value else qs


class OrderField(forms.CharField):
    def __init__(self, *, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._known = known

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and text not in self._known:
            raise fault("unknown_ordering", f"{text!r} is no order of this list; known: {', '.join(self._known)}.")
        return text


class OrderFilter(django_filters.Filter):
    """The order of a list: a name of `orders`, or that name after a minus for the reverse.

    Ties are broken by the primary key, so pages never overlap. A list that has orders of its `own` sees to them itself;
    `default` None says that it depends on other parameters.
    """

    field_class = OrderField

    def __init__(
        self,
        *,
        default: str | None,
        own: Sequence[str] = (),
        help_text: str = "The order; a minus reverses it.",
        **orders: Sequence[str],
    ) -> None:
        self._own, self._orders = own, orders
        names = [*own, *(sign + name for name in orders for sign in ("", "-"))]
        super().__init__("pk", help_text=help_text, known=names)
        schema = {"type": "string", "enum": names, "description": help_text}
        set_override(self, "field", schema | ({"default": default} if default else {}))

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value or value in self._own:
            return qs
        reverse = value.startswith("-")
        fields = [*self._orders[value.removeprefix("-")], "pk"]
        return qs.order_by(*(f"-{field}" if reverse else field for field in fields))
