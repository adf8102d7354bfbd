"""Rows of a table that are checked and written together: a hundred cost a handful of queries, as one does.

The rules and their messages stay those of the model. What breaks none is found for all rows at once; a row that may
break one is asked alone, so that what is told, and where, is the same as on a page of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import BooleanField, CheckConstraint, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query


class KnownRow(forms.ModelChoiceField):
    """The hidden field that says which row it is; the rows are loaded already, so it asks for none."""

    def __init__(self, formset: Any, field: forms.ModelChoiceField) -> None:
        super().__init__(field.queryset, initial=field.initial, required=field.required, widget=field.widget)
        self._formset = formset

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            found = self._formset._existing_object(int(value))
        except (TypeError, ValueError):
            found = None
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


def suspects(rows: Sequence[Any]) -> list[Any]:
    """Forms of one model that may break a constraint, in their order; the others break none."""
    touched = {id(row): _touched(row) for row in rows}
    found: set[int] = {id(row) for row in rows if row.errors}
    whole = [row for row in rows if id(row) not in found]
    if whole:
        model = type(whole[0].instance)
        for fields in _unique_sets(model):
            found |= _in_use(fields, [row for row in whole if touched[id(row)] & set(fields)])
        checks = []
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                checks.append(constraint)
            elif hasattr(constraint, "broken_by"):
                broken = constraint.broken_by([row.instance for row in whole])
                found |= {id(row) for row in whole if row.instance in broken}
            elif not _is_plain(constraint):
                found |= {id(row) for row in whole}
        found |= _against(checks, whole, touched)
    return [row for row in rows if id(row) in found]


def write_changed(forms_to_save: Iterable[Any], *, left_out: Collection[str] = ()) -> None:
    """Writes the changed columns of stored rows: one statement for each set of columns that changed together."""
    together: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
    for form in forms_to_save:
        columns = tuple(name for name in form.changed_data if name not in left_out and _is_column(form.instance, name))
        if columns:
            together[columns].append(form.instance)
    for columns, instances in together.items():
        type(instances[0])._default_manager.bulk_update(instances, columns)


def write_new(forms_to_save: Sequence[Any]) -> None:
    """Adds rows in one statement."""
    if forms_to_save:
        instances = [form.instance for form in forms_to_save]
        type(instances[0])._default_manager.bulk_create(instances)


def _touched(row: Any) -> set[str]:
    """The fields of the model that are not as they are stored: all of a new row."""
    if row.instance._state.adding:
        return {field.name for field in row.instance._meta.concrete_fields}
    return set(row.changed_data)


def _is_column(instance: models.Model, name: str) -> bool:
    try:
        field = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return field.concrete and not field.many_to_many


def _is_plain(constraint: Any) -> bool:
    """Whether it only says that some columns are unique together, wherever they are."""
    return (
        isinstance(constraint, UniqueConstraint)
        and bool(constraint.fields)
        and constraint.condition is None
        and not constraint.expressions
    )


def _unique_sets(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for constraint in model._meta.constraints:
        if _is_plain(constraint):
            yield tuple(constraint.fields)  # type: ignore[attr-defined]


def _in_use(fields: tuple[str, ...], rows: Sequence[Any]) -> set[int]:
    """Rows of whose values another stored row has the same. One query."""
    if not rows:
        return set()
    model = type(rows[0].instance)
    columns = [model._meta.get_field(name).attname for name in fields]
    values = {id(row): tuple(getattr(row.instance, column) for column in columns) for row in rows}
    # Narrowed by each column alone; which of them stand together is found here.
    wanted = {f"{column}__in": {value[place] for value in values.values()} for place, column in enumerate(columns)}
    stored = defaultdict(set)
    for pk, *found in model._default_manager.filter(**wanted).values_list("pk", *columns):
        stored[tuple(found)].add(pk)
    return {id(row) for row in rows if stored[values[id(row)]] - {row.instance.pk}}


def _against(checks: Sequence[CheckConstraint], rows: Sequence[Any], touched: dict[int, set[str]]) -> set[int]:
    """Rows that break one of the check constraints. One query, that puts the values of each row to the database."""
    statements: list[str] = []
    parameters: list[Any] = []
    connection = connections[DEFAULT_DB_ALIAS]
    for place, row in enumerate(rows):
        named = {check.name: _named(row.instance, check) for check in checks}
        concerned = [check for check in checks if named[check.name] & touched[id(row)]]
        if concerned:
            names = set().union(*(named[check.name] for check in concerned))
            sql, values = _breaks(row.instance, concerned, names, place).get_compiler(connection=connection).as_sql()
            statements.append(sql)
            parameters.extend(values)
    if not statements:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"({sql})" for sql in statements), parameters)
        return {id(rows[place]) for (place,) in cursor.fetchall()}


def _named(instance: models.Model, check: CheckConstraint) -> set[str]:
    return {reference[0] for reference in cast(Any, instance)._get_expr_references(check.condition)}


def _breaks(instance: models.Model, checks: Iterable[CheckConstraint], names: set[str], place: int) -> Query:
    """A query with the row's place where one of the conditions is false; as `Q.check`, which asks about one row."""
    query = Query(None)
    for name in names:
        field: Any = instance._meta.pk if name == "pk" else instance._meta.get_field(name)
        query.add_annotation(Value(getattr(instance, field.attname), field), name, select=False)
    query.add_annotation(Value(place, models.IntegerField()), "_place")
    holds = Q(*(Coalesce(Q(check.condition), Value(value=True), output_field=BooleanField()) for check in checks))
    query.add_q(~holds)
    return query
