"""What is wrong with a query parameter, told by name and with what was probably meant."""

import difflib
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from rest_framework import serializers

LONGEST_ID = 130  # characters: a clause's id, with its proposal's before it
_NEAR = 0.5
_FEW = 20


def fault(code: str, detail: str) -> ValidationError:
    """A validation error whose text may hold what the caller sent, per cent signs included."""
    return ValidationError("%(detail)s", code=code, params={"detail": detail})


def not_known(value: str, known: Iterable[str], *, noun: str) -> ValidationError:
    """`value` names nothing: told with what is most like it, or with all that is known where that is short."""
    known = list(known)
    hint = ""
    if near := difflib.get_close_matches(value[:LONGEST_ID], known, n=3, cutoff=_NEAR):
        hint = f" Near it: {', '.join(near)}."
    elif 0 < len(known) <= _FEW:
        hint = f" Known: {', '.join(known)}."
    return fault(f"unknown_{noun.replace(' ', '_')}", f"There is no {noun} {value!r}.{hint}")


class UnreadableParameters(serializers.ValidationError):
    """Faults in the query, whatever the method: config/errors.py names the parameters, not places in a body."""

    in_query = True
