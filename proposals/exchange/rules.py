"""What a model's rules, and the database, say against an instance: each in the words of the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from proposals.models.retired import KeyNotRetired


@dataclass(frozen=True)
class BrokenRule:
    """`attr` is the model's attribute, or that of the instance as a whole; `clash`: other records stand in the way."""

    attr: str
    reason: str
    code: str
    clash: bool


def broken_rules(instance: Any, *, thorough: bool) -> list[BrokenRule]:
    """What `clean()` and the fields' own rules forbid; `thorough`, the constraints too, at a query or two for each."""
    told: dict[str, list[ValidationError]] = {}
    for check in _checks(instance, told, thorough=thorough):
        try:
            check()
        except ValidationError as error:
            for attr, found in _by_field(error).items():
                told.setdefault(attr, []).extend(found)
            if not thorough:
                break
    clashes = _clash_codes(instance)
    return [
        BrokenRule(attr, one.messages[0], one.code or "invalid", one.code in clashes)
        for attr, found in told.items()
        for one in found
    ]


def refusal(instance: models.Model, error: Exception) -> BrokenRule:
    """The constraint that the database refused an instance by."""
    told = getattr(error.__cause__, "diag", None)
    name = getattr(told, "constraint_name", None)
    for constraint in instance._meta.constraints:
        if constraint.name == name:
            code = constraint.violation_error_code or "invalid"
            clash = code in _clash_codes(instance)
            return BrokenRule(NON_FIELD_ERRORS, str(constraint.get_violation_error_message()), code, clash)
    reason = f"the database refuses it: {getattr(told, 'message_primary', None) or error}"
    return BrokenRule(NON_FIELD_ERRORS, reason, "refused", clash=False)


def _checks(instance: Any, told: Mapping[str, Any], *, thorough: bool) -> Iterator[Callable[[], None]]:
    """What asks an instance for its rules; the later ones leave out the fields that the earlier ones `told` of."""
    # References were looked up already; asking the database for each again takes most of an import's time.
    keys = {column.name for column in instance._meta.concrete_fields if column.remote_field or column.primary_key}
    yield lambda: instance.clean_fields(exclude=keys)
    yield instance.clean
    if thorough:
        yield lambda: instance.validate_unique(exclude={instance._meta.pk.name, *told})
        yield lambda: instance.validate_constraints(exclude=set(told))


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    if hasattr(error, "error_dict"):
        return dict(error.error_dict)
    return {NON_FIELD_ERRORS: error.error_list}


def _clash_codes(instance: models.Model) -> set[str]:
    """The codes of faults that other records are the reason of."""
    others = (models.UniqueConstraint, KeyNotRetired)
    rules = [rule for rule in instance._meta.constraints if isinstance(rule, others)]
    return {"unique", "unique_together", *(rule.violation_error_code or "" for rule in rules)}
