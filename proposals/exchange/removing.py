"""Removes what an import once wrote and the files lack, unless something still refers to it."""

from __future__ import annotations

from django.db.models import ProtectedError, RestrictedError

from proposals.exchange.faults import Fault
from proposals.exchange.format import KINDS
from proposals.exchange.plan import Change


def remove(changes: list[Change]) -> list[Fault]:
    """Delete the records, what refers before what is referred to; a fault for each that something else holds."""
    faults: list[Fault] = []
    for kind in reversed(KINDS):
        faults += _remove_all([change for change in changes if change.kind == kind])
    return faults


def _remove_all(changes: list[Change]) -> list[Fault]:
    """Delete records of one kind together; where they hold each other, such as a clause and the one that strikes it
    out, one by one for as long as that frees further ones."""
    while changes and _holders(changes):
        held = {change.address: holders for change in changes if (holders := _holders([change]))}
        if len(held) == len(changes):
            return [
                Fault("--prune", 0, f"{changes[0].kind} {address}", f"is still in use by {', '.join(holders[:3])}")
                for address, holders in held.items()
            ]
        changes = [change for change in changes if change.address in held]
    return []


def _holders(changes: list[Change]) -> list[str]:
    """Deletes the records, or says by what they are held."""
    rows = KINDS[changes[0].kind].model._default_manager.filter(pk__in=[change.instance.pk for change in changes])
    try:
        rows.delete()
    except ProtectedError as error:
        holders = error.protected_objects
    except RestrictedError as error:
        holders = error.restricted_objects
    else:
        return []
    return sorted({f"{row._meta.verbose_name} {row}" for row in holders})
