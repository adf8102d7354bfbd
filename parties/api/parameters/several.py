"""Parameters that take several values, repeated (`topic=a&topic=b`) or separated by commas (`topic=a,b`).

Records that match any of the values are kept.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices, Q, QuerySet
from django.http import QueryDict
from drf_spectacular.drainage import set_override

from parties.api.parameters.faults import LONGEST_ID, fault, not_known

MAX_VALUES = 50
_HINTED = 10


def separated(data: QueryDict, name: str) -> list[str]:
    """Every value given for a parameter, repeated or separated by commas, in the order given."""
    return [part.strip() for text in data.getlist(name) for part in text.split(",")]


class _Separated(forms.Widget):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return separated(data, name)


class ValuesField(forms.Field):
    """A list of words; whether they are known is for the filter to say."""

    widget = _Separated

    def clean(self, value: list[str]) -> list[str]:
        if len(value) > MAX_VALUES:
            raise fault("too_many", f"At most {MAX_VALUES} values can be given, not {len(value)}.")
        # PostgreSQL cannot even compare with text that holds a NUL.
        if any("\0" in one for one in value):
            raise fault("not_text", "A value holds a NUL character.")
        return value


class SeveralFilter(django_filters.Filter, ABC):
    """A parameter that takes several values; `across` says that `field_name` goes through a to-many relation."""

    field_class = ValuesField

    def __init__(
        self,
        field_name: str,
        *,
        item: dict[str, Any],
        help_text: str,
        across: bool = False,
        bounds: tuple[int, int] = (1, MAX_VALUES),
        **kwargs: Any,
    ) -> None:
        help_text = f"{help_text} Several: repeated, or separated by commas."
        super().__init__(field_name, help_text=help_text, **kwargs)
        self._across = across
        least, most = bounds
        schema = {"type": "array", "items": item, "minItems": least, "maxItems": most, "description": help_text}
        set_override(self, "field", schema)

    @abstractmethod
    def faults(self, values: Sequence[str], request: Any) -> list[ValidationError]:
        """What is wrong with the values, for the reader who asks."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return qs
        matching = self.condition(value)
        if self._across:
            # A join across a to-many relation would repeat a record that matches twice.
            matching = Q(pk__in=qs.model._base_manager.filter(matching).values("pk"))
        return qs.filter(matching)

    def condition(self, values: list[str]) -> Q:
        return Q(**{f"{self.field_name}__in": values})


class CodesFilter(SeveralFilter):
    """One or several codes of a closed set."""

    def __init__(self, field_name: str, *, choices: type[Choices], help_text: str, **kwargs: Any) -> None:
        self._codes = [str(code) for code in choices.values]
        super().__init__(field_name, help_text=help_text, item={"type": "string", "enum": self._codes}, **kwargs)

    def faults(self, values: Sequence[str], request: Any) -> list[ValidationError]:
        return [
            fault("unknown_code", f"{value!r} is none of the known values: {', '.join(self._codes)}.")
            for value in dict.fromkeys(values)
            if value not in self._codes
        ]


class RecordsFilter(SeveralFilter):
    """One or several records by their public id; `queryset` gives those that the reader may know of.

    A record of the list matches when `field_name`, or one of the fields named in `also`, refers to one of them.
    One query where all are known, a second one to find what is most like an unknown one.
    """

    pattern = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)

    def __init__(
        self,
        field_name: str,
        *,
        queryset: Callable[[Any], QuerySet[Any]],
        noun: str,
        help_text: str,
        key: str = "slug",
        also: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self._queryset = queryset
        self._fields = (field_name, *also)
        self._noun = noun
        self._key = key
        self._found: dict[str, int] = {}
        item = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
        super().__init__(field_name, help_text=help_text, item=item, **kwargs)

    @classmethod
    def by_id(cls, *, queryset: Callable[[Any], QuerySet[Any]], noun: str, key: str = "slug") -> "RecordsFilter":
        """The records of the list themselves: what a client looks up several references with in one request."""
        named = "Codes" if key == "code" else "Ids"
        return cls("pk", queryset=queryset, noun=noun, key=key, help_text=f"{named} of the records wanted.")

    def condition(self, values: list[str]) -> Q:
        matching = Q()
        for field in self._fields:
            matching |= Q(**{f"{field}__in": [self._found[value] for value in values]})
        return matching

    def faults(self, values: Sequence[str], request: Any) -> list[ValidationError]:
        records = self._queryset(request)
        self._found = self.find(records, [value for value in values if self.pattern.fullmatch(value)])
        unknown = [value for value in dict.fromkeys(values) if value not in self._found]
        if not unknown:
            return []
        known = self.names(records)
        # What is meant takes long to find, and whoever is wrong ten times over is not helped by an eleventh hint.
        return [
            not_known(value, known if place < _HINTED else (), noun=self._noun) for place, value in enumerate(unknown)
        ]

    def find(self, records: QuerySet[Any], values: Sequence[str]) -> dict[str, int]:
        """Primary keys by public id, for those of the values that exist."""
        return dict(records.filter(**{f"{self._key}__in": values}).values_list(self._key, "pk")) if values else {}

    def names(self, records: QuerySet[Any]) -> list[str]:
        """Every public id that the reader may know of."""
        return sorted(records.values_list(self._key, flat=True))
