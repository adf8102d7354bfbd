"""Puts a record back as it stood, or brings a deleted one back, by the rules of the models: all of it or nothing.

The stage is never restored: a record keeps the one it has, and one that comes back is a draft. Whatever is restored
is a change like any other, with an author of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError, RestrictedError

from parties.constraints import broken_constraint
from parties.history.events import Row
from parties.history.rows import Item, RowChange, items_of, names_for, part_in_words, without_replacements
from parties.history.states import Deletion, Rows, State, deletion_of, state_of
from parties.history.tree import Model
from parties.history.words import Names, fields_of, named_by
from parties.turns import wait_for_turn

_STAGE = "stage"
_KEPT = ("id", _STAGE, "version")


class UnableToRestore(Exception):
    """Nothing was restored; `faults` says why, each in a sentence."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("; ".join(self.faults))


class ChangedMeanwhile(UnableToRestore):
    """The record is no longer as it was when it was compared with the state to restore."""

    def __init__(self) -> None:
        super().__init__(
            ["The record was changed since this page was opened. Look at what restoring would change now."]
        )


@dataclass(frozen=True)
class Preview:
    """What restoring a state would change, what already stands against it, and the state that this holds for."""

    items: tuple[Item, ...]
    faults: tuple[str, ...]
    digest: str


def preview(record: models.Model, *, at: datetime.datetime) -> Preview:
    model = type(record)
    now, then = state_of(model, record.pk), state_of(model, record.pk, at=at)
    changes = _changes(now, then)
    names = names_for(changes)
    faults = dict.fromkeys(_missing(model, changes, names, coming=then.rows))
    return Preview(tuple(items_of(model, changes, names)), tuple(faults), now.digest)


def restore(record: models.Model, *, at: datetime.datetime, digest: str, source: str) -> None:
    """Puts the record and its parts back as they stood. Parts that are records themselves stay as they are.

    `digest` names the state that the difference was looked at in. Raises UnableToRestore.
    """
    model: Any = type(record)
    with pghistory.context(source=source), transaction.atomic():
        wait_for_turn()
        stored = model._default_manager.select_for_update(no_key=True, of=("self",)).filter(pk=record.pk).first()
        now, then = state_of(model, record.pk), state_of(model, record.pk, at=at)
        if stored is None or now.digest != digest:
            raise ChangedMeanwhile
        if then.own is None:
            raise UnableToRestore(["The record was not there then."])
        changes = _changes(now, then)
        names = names_for(changes)
        faults = list(_missing(model, changes, names, coming=then.rows))
        if not faults:
            faults = list(_put_back(stored, then, changes, names))
        _finish(faults)


def bring_back(model: Model, pk: int, *, source: str) -> tuple[models.Model, list[str]]:
    """The record that was deleted, as it last was, with what was deleted along with it; and what could not come along.

    Raises UnableToRestore.
    """
    with pghistory.context(source=source), transaction.atomic():
        wait_for_turn()
        deletion = deletion_of(model, pk)
        if deletion is None:
            raise UnableToRestore(["There is no such deleted record: somebody has brought it back already."])
        left_out = _without_unable(deletion)
        changes = [
            RowChange(one, key, None, row) for one, several in deletion.rows.items() for key, row in several.items()
        ]
        names = names_for(changes)
        faults = list(_missing(model, changes, names, coming=deletion.rows))
        if not faults:
            faults = list(_insert(model, _in_order(deletion.rows), names, fresh=True))
        _finish(faults)
        return model._default_manager.get(pk=pk), left_out


def _finish(faults: list[str]) -> None:
    if not faults:
        try:
            connection.check_constraints()
        except IntegrityError:
            faults = ["Something that the state names was deleted at this moment."]
    if faults:
        raise UnableToRestore(faults)


def _changes(now: State, then: State) -> list[RowChange]:
    """What differs, the stage and what the database counts aside."""
    found = []
    for model in {**then.rows, **now.rows}:
        olds, news = now.rows.get(model, {}), then.rows.get(model, {})
        for pk in sorted({*olds, *news}):
            before, after = olds.get(pk), news.get(pk)
            if before is not None and after is not None:
                after = {**after, **{name: before[name] for name in _KEPT if name in before}}
            if before != after:
                found.append(RowChange(model, pk, before, after))
    return without_replacements(found)


def _put_back(record: Any, then: State, changes: list[RowChange], names: Names) -> Iterator[str]:
    model = type(record)
    own = [change for change in changes if change.model is model]
    parts = [change for change in changes if change.model is not model]
    # Parts are written anew rather than changed one by one, so that two may swap what only one can have.
    for change in reversed(parts):
        if change.before is not None:
            try:
                change.model._default_manager.filter(pk=change.pk).delete()
            except (ProtectedError, RestrictedError) as error:
                yield f"{_told(model, change, names)}: still in use by {_holders(error)}."
                return
    for change in own:
        _set(record, change.after or {})
        yield from _saved(model, change, record, names)
    # What went with a part that was written anew comes back too, changed or not.
    wanted = [
        RowChange(one, pk, None, row) for one, rows in then.rows.items() if one is not model for pk, row in rows.items()
    ]
    rewritten = {(change.model, change.pk) for change in parts}
    gone = [c for c in wanted if (c.model, c.pk) in rewritten or _went_along(c, rewritten)]
    yield from _insert(model, gone, names, fresh=False)


def _went_along(change: RowChange, rewritten: set[tuple[Model, int]]) -> bool:
    return any((owner, change.told.get(column)) in rewritten for owner, column in change.owners)


def _insert(record: Model, changes: Iterable[RowChange], names: Names, *, fresh: bool) -> Iterator[str]:
    """Writes rows that are gone under their own ids; with `fresh` as drafts that count on from their last version."""
    lost: set[tuple[Model, int]] = set()
    for change in changes:
        if _went_along(change, lost):
            continue  # told once, with what it is a part of
        row = dict(change.after or {})
        if fresh and _STAGE in row:
            row |= {_STAGE: "draft", "version": row["version"] + 1}
        instance = change.model()
        _set(instance, row)
        faults = list(_saved(record, change, instance, names))
        if faults:
            lost.add((change.model, change.pk))
        yield from faults


def _set(instance: Any, row: Row) -> None:
    keep = _KEPT if not instance._state.adding else ()
    for field in instance._meta.concrete_fields:
        if field.column in row and field.name not in keep and not isinstance(field, models.GeneratedField):
            setattr(instance, field.attname, field.to_python(row[field.column]))


def _saved(record: Model, change: RowChange, instance: Any, names: Names) -> Iterator[str]:
    """Saves by the rules; yields what they say against it."""
    try:
        with transaction.atomic():
            instance.full_clean()
            instance.save(force_insert=instance._state.adding)
    except ValidationError as error:
        told = _told(record, change, names)
        for name, messages in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else f", {instance._meta.get_field(name).verbose_name}"
            yield from (f"{told}{label}: {message}" for message in messages)
    except IntegrityError as error:
        constraint = broken_constraint(error)
        message = (
            constraint.get_violation_error_message() if constraint else "The database holds such a record already."
        )
        yield f"{_told(record, change, names)}: {message}"
    except DataError:
        yield f"{_told(record, change, names)}: The database no longer takes such a value."


def _missing(record: Model, changes: list[RowChange], names: Names, *, coming: Rows) -> Iterator[str]:
    """What the rows name and is gone. A name that may be blank once its record is gone is left blank."""
    for change in changes:
        for field in fields_of(change.model):
            target = named_by(field)
            value = (change.after or {}).get(field.column)
            if target is None or value is None or value in coming.get(target, {}):
                continue
            if not names.is_gone(target, value):
                continue
            if field.remote_field.on_delete is models.SET_NULL and change.after is not None:
                change.after[field.column] = None
                continue
            yield (
                f"{_told(record, change, names)} names the {target._meta.verbose_name}"
                f" “{names.of(target, value).removesuffix(' (deleted)')}”, which is gone. Bring that back first."
            )


def _without_unable(deletion: Deletion) -> list[str]:
    """Takes out of a deletion what was no part of the record and names something else that is gone."""
    changes = [RowChange(model, pk, None, deletion.rows[model][pk]) for model, pk in deletion.beside]
    names = names_for(changes)
    told = []
    for change in changes:
        if list(_missing(deletion.model, [change], names, coming=deletion.rows)):
            told.append(_told(deletion.model, change, names))
            del deletion.rows[change.model][change.pk]
    return sorted(told)


def _in_order(rows: Rows) -> list[RowChange]:
    """Rows so that each comes after those that it names."""
    waiting = {(model, pk): row for model, several in rows.items() for pk, row in several.items()}
    ordered: list[RowChange] = []

    def place(key: tuple[Model, int]) -> None:
        row = waiting.pop(key, None)
        if row is None:
            return
        for field in fields_of(key[0]):
            target = named_by(field)
            if target and row.get(field.column) is not None:
                place((target, row[field.column]))
        ordered.append(RowChange(key[0], key[1], None, row))

    for key in list(waiting):
        place(key)
    return ordered


def _told(record: Model, change: RowChange, names: Names) -> str:
    if change.model is not record and not change.owners:
        told = f"{change.model._meta.verbose_name} {names.of(change.model, change.pk)}".removesuffix(" (deleted)")
    else:
        told = part_in_words(record, change, names)[0]
    return told[:1].upper() + told[1:]


def _holders(error: ProtectedError | RestrictedError) -> str:
    rows = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    return ", ".join(sorted({f"{row._meta.verbose_name} {row}" for row in rows})[:3])
