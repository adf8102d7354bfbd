"""The parameters of one list or answer, read together."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.utils import translate_validation

from parties.api.parameters.faults import UnreadableParameters, fault
from parties.api.parameters.several import SeveralFilter


class ParameterSet(django_filters.FilterSet):
    """The parameters of one list. `date_from` and `date_to`, where a list has both, must not cross."""

    def get_form_class(self) -> type[forms.Form]:
        parameters = self

        class Parameters(super().get_form_class()):  # type: ignore[misc]
            def clean(self) -> dict[str, Any]:
                values = super().clean()
                for name, one in parameters.filters.items():
                    if isinstance(one, SeveralFilter) and values.get(name):
                        for found in one.faults(values[name], parameters.request):
                            self.add_error(name, found)
                for name, found in parameters.contradictions(values):
                    self.add_error(name, found)
                return values

        return Parameters

    def contradictions(self, values: Mapping[str, Any]) -> Iterator[tuple[str, ValidationError]]:
        """What is wrong with values that are each right, by the name of a parameter."""
        start, end = values.get("date_from"), values.get("date_to")
        if start and end and end < start:
            yield "date_to", fault("ends_before_start", "date_to is before date_from.")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.narrow(queryset, self.form.cleaned_data)

    def narrow(self, queryset: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        """The records that these values leave, in the order that they ask for."""
        for name, one in self.filters.items():
            if name in values:
                queryset = one.filter(queryset, values[name])
        return queryset

    @classmethod
    def of(cls, request: Any, records: QuerySet[Any]) -> Self:
        """The parameters of a request, known to be valid. Raises UnreadableParameters."""
        asked = cls(request.query_params, queryset=records, request=request)
        if not asked.is_valid():
            raise UnreadableParameters(translate_validation(asked.errors).detail)
        return asked

    @classmethod
    def read(cls, request: Any, records: QuerySet[Any]) -> dict[str, Any]:
        """The values alone, for a view that asks something else of the records. Raises UnreadableParameters."""
        return cls.of(request, records).form.cleaned_data

    @classmethod
    def takes(cls) -> dict[str, bool]:
        """The parameters by name, each with whether it takes several values."""
        return {name: isinstance(one, SeveralFilter) for name, one in cls.base_filters.items()}
