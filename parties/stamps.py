"""States of the records that an answer depends on, as the log of changes tells them: one indexed query each."""

from collections.abc import Collection

from django.db.models import Sum

from parties.changes import Change

State = tuple[object, ...]


def state_of_kinds(kinds: Collection[str], *, staff: bool) -> State:
    """Changes whenever a record of one of these kinds does. What is hidden from the public moves nothing for it."""
    number = "number" if staff else "public_number"
    total = Change.objects.of_kinds(kinds).aggregate(total=Sum(number))["total"]
    return (*sorted(kinds), total)


def state_of_record(kind: str, address: str, *, staff: bool) -> State | None:
    """Changes whenever the record does; None where the reader sees none of this address."""
    if "\0" in address:
        return None  # PostgreSQL cannot even compare with it
    seen = Change.objects.filter(kind=kind, address=address)
    if not staff:
        seen = seen.filter(visible=True)
    numbers = seen.order_by("-number").values_list("number" if staff else "public_number", flat=True)
    number = numbers.first()
    return None if number is None else (kind, address, number)
