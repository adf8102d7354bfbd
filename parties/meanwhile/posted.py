"""What was sent of a page, by the rows of the database that it speaks of; rows may be taken out and put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from parties.meanwhile.opened import RECORD, Sent, in_one_form, part_key

_REMOVED = "DELETE"
# More rows than a formset takes.
_MOST_ROWS = 2000


class Unreadable(Exception):
    """The page says of some table not how many rows it sent; Django refuses that by itself."""


class Posted:
    """Fields of a page: `rows` are those of stored rows, by key, as they were sent."""

    def __init__(self, data: QueryDict, context: Mapping[str, Any]) -> None:
        self._formsets = {
            shown.formset.prefix: shown.formset
            for shown in context["inline_admin_formsets"]
            if shown.has_change_permission or shown.has_delete_permission
        }
        self._record_fields = list(context["adminform"].form.fields)
        self._others: Sent = {}
        self._new: dict[str, list[Sent]] = {}
        self.rows: dict[str, Sent] = {}
        tables = _tables(data, self._formsets)
        for name, values in data.lists():
            if not _row_field(name, self._formsets):
                self._others[name] = [str(value) for value in values]
        for prefix, rows in tables.items():
            pk_name = self._formsets[prefix].model._meta.pk.name
            stored, count = {}, _number(data, f"{prefix}-INITIAL_FORMS")
            for row in rows[:count]:
                stored[part_key(prefix, row.get(pk_name, [""])[0])] = row
            self.rows |= stored
            self._new[prefix] = rows[count:]

    def sent(self, key: str, fields: list[str]) -> Sent:
        """What was sent of these fields of a row, to be compared with what was shown."""
        row = self._others if key == RECORD else self.rows[key]
        return {name: in_one_form(row.get(name, [])) for name in fields}

    def put(self, key: str, name: str, values: list[str]) -> None:
        (self._others if key == RECORD else self.rows[key])[name] = values

    def choice(self, name: str) -> str:
        """Whose value is kept: theirs, mine, or nothing where that is not decided."""
        asked = (self._others.get(one, [""])[0] for one in (name, "_keep_all"))
        return next((answer for answer in asked if answer in ("theirs", "mine")), "")

    def removes(self, key: str) -> bool:
        return key != RECORD and bool(self.rows[key].get(_REMOVED))

    def keep(self, key: str) -> None:
        """Takes back that the row is removed."""
        self.rows[key].pop(_REMOVED, None)

    def take_out(self, key: str) -> None:
        """Leaves the row out of what is sent; it is no longer stored."""
        del self.rows[key]

    def put_in(self, key: str, fields: Sent) -> None:
        """Sends a stored row along that the page did not show."""
        prefix, _, pk = key.rpartition("/")
        formset = self._formsets[prefix]
        own = {formset.model._meta.pk.name: [pk], formset.fk.name: [str(formset.instance.pk)]}
        self.rows[key] = {**fields, **own}

    def add_again(self, key: str, fields: Sent) -> None:
        """Sends the fields of a row that is gone as those of a new one."""
        prefix = key.rpartition("/")[0]
        self._new[prefix].append({**fields, self._formsets[prefix].fk.name: [str(self._formsets[prefix].instance.pk)]})

    def new_rows(self) -> Iterator[tuple[str, Sent]]:
        """Each row that is not stored yet, with the prefix of its table."""
        for prefix, rows in self._new.items():
            for row in rows:
                yield (
                    prefix,
                    {
                        name: in_one_form(values)
                        for name, values in row.items()
                        if name != self._formsets[prefix].fk.name
                    },
                )

    def data(self) -> QueryDict:
        """All of it, as a browser would have sent it."""
        data = QueryDict(mutable=True)
        for name, values in self._others.items():
            data.setlist(name, values)
        for prefix, new in self._new.items():
            stored = [row for key, row in self.rows.items() if key.rpartition("/")[0] == prefix]
            data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
            data[f"{prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))
            for number, row in enumerate([*stored, *new]):
                for name, values in row.items():
                    data.setlist(f"{prefix}-{number}-{name}", values)
        data._mutable = False
        return data


def _tables(data: QueryDict, prefixes: Mapping[str, Any]) -> dict[str, list[Sent]]:
    """Of each table its rows in order, those without a field too."""
    tables: dict[str, list[Sent]] = {}
    for prefix in prefixes:
        total = _number(data, f"{prefix}-TOTAL_FORMS")
        tables[prefix] = [{} for _ in range(total)]
    for name, values in data.lists():
        if found := _row_field(name, prefixes):
            prefix, number, field = found
            if number < len(tables[prefix]):
                tables[prefix][number][field] = [str(value) for value in values]
    return tables


_ROW_FIELD = re.compile(r"(.+?)-([0-9]{1,4})-(.+)", re.DOTALL)


def _row_field(name: str, prefixes: Mapping[str, Any]) -> tuple[str, int, str] | None:
    """The table, the number of the row and the field that a name speaks of."""
    found = _ROW_FIELD.fullmatch(name)
    return (found[1], int(found[2]), found[3]) if found and found[1] in prefixes else None


def _number(data: QueryDict, name: str) -> int:
    value = data.get(name, "")
    if not (value.isascii() and value.isdigit()) or len(value) > 4 or int(value) > _MOST_ROWS:
        raise Unreadable(name)
    return int(value)
