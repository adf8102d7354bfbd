"""Which tables have a history: every state of every row, written by the database itself through django-pghistory.

Statement triggers write it, so that forms, bulk writes, imports, the API and plain SQL all leave their trace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
import pghistory.models
from django.db import models
from django.db.models import Func

# A change of these alone is none: the database counts them itself. The version is kept in the rows all the same, so
# that a record which is brought back after its deletion counts on and no old verdict fits it by chance.
_COUNTERS = ("version", "changed_at")

AnyModel = TypeVar("AnyModel", bound=type[models.Model])


class CurrentTransaction(Func):
    """The number of the transaction that writes."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class Event(pghistory.models.Event):
    """A row as it was after it was added or changed, or as it last was before it was removed.

    What one transaction wrote within one context (a request, a command) is one set of changes.
    """

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_xact = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    # The foreign keys of the tracked model that name what the row is a part of.
    owners: tuple[str, ...] = ()
    # Whether the row has a history of its own, with a page of its own, beside being a part of something.
    is_record = True

    class Meta:
        abstract = True


def tracked(*, part_of: str | Sequence[str] = (), record: bool | None = None) -> Callable[[AnyModel], AnyModel]:
    """A decorator of models whose rows have a history.

    `part_of` names the foreign keys to what the rows are parts of; rows that are none are records. `record` says so
    where a part is a record as well, as clauses are.
    """
    owners = (part_of,) if isinstance(part_of, str) else tuple(part_of)
    own_page = not owners if record is None else record

    def track(model: AnyModel) -> AnyModel:
        stored: Any = model._meta.concrete_model
        computed = [field.name for field in stored._meta.local_fields if isinstance(field, models.GeneratedField)]
        counters = [field.name for field in stored._meta.local_fields if field.name in _COUNTERS]
        removals = models.Q(pgh_label="delete")
        # Ids alone: history outlives what it names, and relations to it would slow every migration down.
        named = {
            field.name: models.BigIntegerField(field.verbose_name, db_column=field.column, null=True)
            for field in stored._meta.local_fields
            if isinstance(field, models.ForeignKey)
        }
        name = model._meta.model_name or ""
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=[*computed, *counters])),
            pghistory.DeleteEvent(),
            exclude=[*computed, "changed_at"],
            base_model=Event,
            # The row's own id is among its columns; a foreign key would say it twice.
            obj_field=None,
            context_field=pghistory.ContextJSONField(),
            append_only=True,
            level=pghistory.Row,
            attrs={"owners": owners, "is_record": own_page, **named},
            meta={
                "indexes": [
                    models.Index(fields=["id", "pgh_id"], name=f"{name[:20]}_of_row"),
                    *(models.Index(fields=[owner], name=f"{name[:18]}_{owner[:8]}") for owner in owners),
                    models.Index(fields=["pgh_xact"], condition=removals, name=f"{name[:20]}_removed"),
                ]
            },
        )(model)

    return track


def begin_history(event_model: type[models.Model], table: str) -> str:
    """SQL that enters the rows there are in a history that begins now, as added by nobody known.

    For migrations: rows that were there before would seem to come from nowhere at their first change.
    """
    columns = ", ".join(
        f'"{field.column}"' for field in event_model._meta.local_fields if not field.name.startswith("pgh_")
    )
    history = event_model._meta.db_table
    return (
        f'INSERT INTO "{history}" (pgh_created_at, pgh_label, {columns})'
        f" SELECT clock_timestamp(), 'insert', {columns} FROM \"{table}\" ORDER BY id"
    )
