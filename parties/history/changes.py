"""The changes of a record as sets: what one request or command did to it and its parts, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import Max

from parties.history.events import Moment, SetKey, StoredEvent, events_of, later_than
from parties.history.rows import Item, items_of, names_for, row_changes
from parties.history.tree import Model, branches, events
from parties.history.words import Names


@dataclass(frozen=True)
class ChangeSet:
    """What one request, or one transaction of a command, changed. `who` is None where no user did it."""

    key: SetKey
    when: datetime.datetime
    user_id: int | None
    who: str | None
    source: str
    url: str
    items: tuple[Item, ...]
    # How many sets there are on all pages together.
    of: int

    @property
    def address(self) -> str:
        """The set as it stands in addresses."""
        return f"{self.key[0]}.{self.key[1] or ''}"


def changes_of(
    record: models.Model,
    *,
    since: Moment = None,
    limit: int = 20,
    offset: int = 0,
    by: int | None = None,
    part: Model | None = None,
) -> list[ChangeSet]:
    """The sets of changes of a record and its parts, newest first; those of one user with `by`, of one kind of part
    with `part`.

    `since` is a moment or a `mark()`: only what was not known then. One query, and one or two for each kind of record
    that is named in them, however many there are. ValueError for what is no mark.
    """
    model = type(record)
    events = events_of(model, record.pk, since=since, limit=limit, offset=offset, by=by, part=part)
    return sorted(sets_of(model, events), key=lambda one: (one.when, one.key[0]), reverse=True)


def sets_of(model: Model, events: Iterable[StoredEvent]) -> list[ChangeSet]:
    """Events of a record of the model, put together to the sets that they were made in."""
    several = sorted(events, key=lambda event: (event.set_key[0], event.set_key[1] or ""))
    grouped = {key: list(group) for key, group in groupby(several, key=lambda event: event.set_key)}
    rows = {key: row_changes(group) for key, group in grouped.items()}
    names = names_for(row for several_rows in rows.values() for row in several_rows)
    names.want_all(get_user_model(), (group[-1].user for group in grouped.values()))
    return [_set(key, group, tuple(items_of(model, rows[key], names)), names) for key, group in grouped.items()]


def _set(key: SetKey, events: list[StoredEvent], items: tuple[Item, ...], names: Names) -> ChangeSet:
    last = max(events, key=lambda event: event.at)
    return ChangeSet(
        key=key,
        when=last.at,
        user_id=last.user,
        who=None if last.user is None else names.of(get_user_model(), last.user),
        source=str(last.context.get("source") or ""),
        url=str(last.context.get("url") or ""),
        items=items,
        of=last.sets,
    )


def changers_of(record: models.Model, *, since: Moment = None) -> set[int | None]:
    """The ids of all users who changed the record or a part of it since; None among them is a program."""
    later, asked = later_than(since)
    each = " UNION ".join(
        f"SELECT (e.pgh_context ->> 'user')::bigint FROM {table.table} e WHERE {table.of_record()}{later}"
        for table in branches(type(record))
    )
    with connection.cursor() as cursor:
        cursor.execute(each, {"record": record.pk, **asked})
        return {user for (user,) in cursor.fetchall()}


def last_public(record: models.Model) -> datetime.datetime | None:
    """The moment of the last event of the record in which it was public; None if it never was."""
    states = events(type(record)).filter(id=record.pk, stage="public")
    last: datetime.datetime | None = states.aggregate(last=Max("pgh_created_at"))["last"]
    return last
