"""Rows as far as a reader sees them, whatever the model: for the admin, whose pages are made for every model alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Model, Q, QuerySet

from parties.readers import Reader, sees_all


def as_seen(rows: QuerySet[Any], user: Reader | None) -> QuerySet[Any]:
    """Records that the reader sees; parts of records only where all that they name is seen."""
    if sees_all(user):
        return rows
    if hasattr(rows, "visible_to"):
        seen: QuerySet[Any] = rows.visible_to(user)
        return seen
    for field, targets in _to_hidden(rows.model, user):
        rows = rows.filter(Q(**{f"{field.name}__isnull": True}) | Q(**{f"{field.name}__in": targets}))
    return rows


def without_hidden(record: Any, user: Reader | None) -> Any:
    """The record, to be shown and not to be saved: what it names and the reader does not see is left out."""
    if record is not None and not sees_all(user):
        for field, targets in _to_hidden(type(record), user):
            if not targets.filter(pk=getattr(record, field.attname)).exists():
                setattr(record, field.name, None)
    return record


def _to_hidden(model: type[Model], user: Reader | None) -> list[tuple[Field[Any, Any], QuerySet[Any]]]:
    """The keys to records that may be hidden, each with those that the reader sees."""
    found = []
    for field in model._meta.concrete_fields:
        targets = field.related_model._default_manager.all() if field.is_relation else None  # type: ignore[union-attr]
        if hasattr(targets, "visible_to"):
            found.append((field, targets.visible_to(user)))  # type: ignore[union-attr]
    return found
