"""States of the records that an answer depends on, as the log of changes tells them: one indexed query each."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.db.models import Model

State = tuple[object, ...]

# By whether who asks sees everything. In SQL, since the ORM takes longer to put such a query together than PostgreSQL
# to answer it.
_OF_KINDS = {
    True: "SELECT sum(number) FROM parties_change WHERE kind = ANY(%s)",
    False: "SELECT sum(public_number) FROM parties_change WHERE kind = ANY(%s)",
}
_OF_ALL = {
    True: "SELECT sum(number), max(number) FROM parties_change",
    False: "SELECT sum(public_number), max(public_number) FROM parties_change",
}
_OF_RECORD = {
    True: "SELECT number FROM parties_change WHERE kind = %s AND address = %s ORDER BY number DESC LIMIT 1",
    False: "SELECT public_number FROM parties_change WHERE kind = %s AND address = %s AND visible"
    " ORDER BY number DESC LIMIT 1",
}


def state_of_kinds(kinds: Collection[str], *, everything: bool) -> State:
    """Changes whenever a record of one of these kinds does. What is hidden from the public moves nothing for it."""
    return (*sorted(kinds), _one(_OF_KINDS[everything], [sorted(kinds)]))


def state_of_all(*, everything: bool) -> State:
    """Changes whenever any record does: for answers that show records of most kinds."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL[everything])
        return tuple(cursor.fetchone())


def state_of_record(kind: str, address: str, *, everything: bool) -> State | None:
    """Changes whenever the record does; None where the reader sees none of this address."""
    if "\0" in address:
        return None  # PostgreSQL cannot even compare with it
    number = _one(_OF_RECORD[everything], [kind, address])
    return None if number is None else (kind, address, number)


def numbers_of(model: type[Model], pks: Iterable[object]) -> list[tuple[int, int]]:
    """Of each of these records that was ever stored its key and the number of its last change."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()
    keys = [int(pk) for pk in map(str, pks) if pk.isascii() and pk.isdigit() and len(pk) < 19]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record, number FROM parties_change WHERE kind = %s AND record = ANY(%s) ORDER BY record",
            [kind, keys],
        )
        return list(cursor.fetchall())


def _one(sql: str, asked: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return (cursor.fetchone() or (None,))[0]
