"""Why clauses were not edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from proposals.models import Clause


@dataclass(frozen=True)
class EditingFault:
    """`place` is that of the new clause among those asked for, None where it concerns all; `field` may be empty."""

    reason: str
    place: int | None = None
    field: str = ""


class UnableToEdit(Exception):
    """Nothing was written; `faults` holds every reason."""

    def __init__(self, faults: Iterable[EditingFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.reason for fault in self.faults))


def changed_since(clauses: Iterable[Clause], seen: Mapping[int, int] | None) -> list[EditingFault]:
    """A fault for each clause whose version is not the one that was seen; `seen` has them by primary key."""
    return [
        EditingFault(f"Somebody changed {clause.key} meanwhile. Look at it again before you go on.")
        for clause in clauses
        if seen is not None and seen.get(clause.pk) != clause.version
    ]


def faults_of(clause: Clause, place: int) -> list[EditingFault]:
    """What the rules of a clause say against one that is not stored yet."""
    try:
        clause.full_clean()
    except ValidationError as error:
        return [
            EditingFault(message, place, "" if field == "__all__" else field)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return []
