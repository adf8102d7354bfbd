"""One record written by an editor: held to the same rules as in the admin, with every fault told at once.

Nothing is noted as imported: the next import finds such a record edited, and leaves it alone. Each function is for the
inside of a transaction and leaves it to be rolled back when it raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Model, ProtectedError, RestrictedError
from django.utils import timezone

from access.permissions import require
from access.roles import PUBLISH, WITHDRAW
from parties.turns import wait_for_turn
from proposals.exchange.entries import ORDER, Entry, changed_fields, record_entries
from proposals.exchange.faults import Fault, UnableToImport
from proposals.exchange.format import KINDS
from proposals.exchange.plan import Action, Change, Plan
from proposals.exchange.references import unknown_references
from proposals.exchange.stored import address_of, canonical, clause_address, loaded, queryset
from proposals.exchange.storing import Writer
from proposals.models import Clause, Decision, Stage
from proposals.stages import MOVED, UnableToMove, may_be_deleted, move, note_moves

# Naming one of these, even as it is, means that the clauses were read as they stand now.
_VERDICT = {"verdict", "relation"}
# Told of a stored record, and no editor's to say.
_NOT_SENT = {ORDER, "stale", "decided_at", "retired"}


class UnableToWrite(UnableToImport):
    """The record is not written. `clash` says that nothing but other records stands in the way."""

    @property
    def clash(self) -> bool:
        return all(fault.clash for fault in self.faults)


class StillReferredTo(Exception):
    """The record is not deleted; `holders` are those that refer to it, in words."""

    def __init__(self, holders: Sequence[str]) -> None:
        self.holders = tuple(holders)
        super().__init__(f"{len(holders)} records refer to it")


def create(
    *,
    kind: str,
    body: Any,
    own: str = "",
    by: AbstractUser,
    thorough: bool = True,
    told: str = "Added through the API.",
) -> Model:
    """The new record of a body in the exchange format, a draft unless the body says another stage.

    `own` is the proposal of a clause, which takes the last place unless it names one. `told` is what the history of the
    admin says. Not `thorough`, a proposal with hundreds of clauses costs tens of queries, and of the constraints that a
    record breaks only the first is told. Raises UnableToWrite.
    """
    wait_for_turn()
    body = _with_author(body, by) if kind == "decision" else body
    entries, faults = record_entries(kind, body, own=own)
    stored = {one: loaded(one, [entry.address for entry in entries if entry.kind == one]) for one in KINDS}
    changes = []
    for entry in entries:
        if entry.address in stored[entry.kind]:
            faults.append(_taken(entry))
        elif entry.whole:
            changes.append(Change(entry.kind, entry.address, Action.NEW, entry=entry, also=_beside(entry, by=by)))
            if kind == "clause":
                entry.data[ORDER] = int(entry.raw.get("order") or _last_place(own) + 1)
            elif kind == "decision":
                entry.data["decided_at"] = _now()
    shown = [change for change in changes if change.also.get("stage") == Stage.PUBLIC]
    if shown:
        require(by, PUBLISH)
        faults += _not_public_yet(shown)
    _write(entries, changes, faults, thorough=thorough)
    for change in shown:
        note_moves([change.instance], to=Stage.PUBLIC, by=by)
    _log([change.instance for change in changes], ADDITION, told, by=by)
    return changes[0].instance


def change(*, kind: str, pk: int, patch: Any, by: AbstractUser) -> None:
    """Merges a patch (RFC 7396) onto the exchange form of a stored record. Raises UnableToWrite.

    Another stage is a move, as in the admin: a proposal that goes public takes its clauses along, but those withdrawn.
    Raises PermissionDenied where the user may not move it so.
    """
    instance = queryset(kind).get(pk=pk)
    present = canonical(kind, instance)
    own = instance.proposal.slug if isinstance(instance, Clause) else ""
    body = merged(_written(kind, instance, present), patch) if isinstance(patch, Mapping) else patch
    entries, faults = record_entries(kind, body, own=own, known=True)
    changes: list[Change] = []
    for entry in entries:
        if entry.whole:
            faults += _fixed(entry, instance)
            changes = [_changed(entry, instance, present, named=patch, by=by)]
    stages = [one.also.pop("stage", None) for one in changes]
    if isinstance(instance, Clause) and instance.stage == Stage.PUBLIC:
        faults += _bare(changes)
    _write(entries, changes, faults)
    for one, stage in zip(changes, stages, strict=True):
        if one.fields or one.also:
            named = [*one.fields, *(name for name in one.also if name != "author")]
            _log([instance], CHANGE, f"Changed through the API: {', '.join(named)}.", by=by)
        if stage is not None:
            _move(one, Stage(stage), by=by)


def delete(*, kind: str, pk: int, by: AbstractUser) -> None:
    """Deletes a record with its parts. Raises StillReferredTo, and PermissionDenied where only drafts may go."""
    instance = queryset(kind).get(pk=pk)
    if not may_be_deleted(instance, by):
        require(by, WITHDRAW)
    _log([instance], DELETION, "Deleted through the API.", by=by)
    try:
        instance.delete()
    except (ProtectedError, RestrictedError) as error:
        holders = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        raise StillReferredTo(sorted({f"{row._meta.verbose_name} {row}" for row in holders})) from error


def merged(target: Any, patch: Any) -> Any:
    """A JSON merge patch (RFC 7396): null takes a member away, objects are merged, all else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    found = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value)
    return found


def _entry(change: Change) -> Entry:
    return cast(Entry, change.entry)


def _not_public_yet(changes: list[Change]) -> list[Fault]:
    """Why new records are not public from the start."""
    found = _bare(changes)
    if settings.FOUR_EYES:
        reason = "It takes another to make it public: write it as a draft."
        found.append(_entry(changes[0]).fault(("stage",), reason, "four_eyes"))
    return found


def _bare(changes: list[Change]) -> list[Fault]:
    """Clauses, public or about to be, that name no source."""
    bare = [_entry(one) for one in changes if one.kind == "clause" and not _entry(one).raw.get("sources")]
    return [entry.fault(("sources",), "A public clause has a source.", "no_source") for entry in bare]


def _move(change: Change, to: Stage, *, by: AbstractUser) -> None:
    entry = _entry(change)
    try:
        # A note says why something is sent back; here it has no place, and the page of the admin asks for it.
        moved = move([change.instance], to=to, by=by, note="Through the API.")
    except UnableToMove as error:
        if error.forbidden:
            raise PermissionDenied(str(error)) from error
        found = [entry.fault(("stage",), one.reason, one.code) for one in error.hindrances]
        raise UnableToWrite(found) from error
    _log(moved, CHANGE, f"{MOVED}{to.label}.", by=by)


def _write(entries: list[Entry], changes: list[Change], faults: list[Fault], *, thorough: bool = True) -> None:
    found = [*faults, *unknown_references(entries)]
    found += Writer(Plan(changes=changes), thorough=thorough).write()
    if found:
        raise UnableToWrite(found)


def _beside(entry: Entry, *, by: AbstractUser) -> dict[str, Any]:
    """What a new record has that files do not hold. A clause in a new proposal has the proposal's stage."""
    if entry.kind == "decision":
        return {"author": by}
    around = entry.document.data.get("stage", Stage.DRAFT)
    return {"stage": entry.raw.get("stage", around)}


def _changed(entry: Entry, instance: Any, present: Mapping[str, Any], *, named: Any, by: AbstractUser) -> Change:
    kind = entry.kind
    also: dict[str, Any] = {}
    if isinstance(instance, Decision):
        judged = bool(_VERDICT & set(named))
        entry.data["decided_at"] = _now() if judged else present["decided_at"]
        if instance.stale and not judged:
            entry.data["stale"] = True
    else:
        id_attr = KINDS[kind].id_attr
        wanted = {id_attr: entry.raw["id"], "stage": entry.raw["stage"]}
        also = {attr: value for attr, value in wanted.items() if getattr(instance, attr) != value}
        if kind == "clause":
            entry.data[ORDER] = int(entry.raw["order"])
    fields = changed_fields(kind, present, entry.data)
    if isinstance(instance, Decision) and fields:
        also["author"] = by
    return Change(kind, entry.address, Action.CHANGED, fields=fields, entry=entry, instance=instance, also=also)


def _written(kind: str, instance: Any, present: Mapping[str, Any]) -> dict[str, Any]:
    """A stored record as an editor would send it."""
    found = {name: value for name, value in present.items() if name not in _NOT_SENT}
    if isinstance(instance, Decision):
        return {"clause": clause_address(instance.left), "other": clause_address(instance.right), **found}
    found |= {"id": getattr(instance, KINDS[kind].id_attr), "stage": instance.stage}
    return found | ({"order": instance.order} if kind == "clause" else {})


def _with_author(body: Any, by: AbstractUser) -> Any:
    if not isinstance(body, Mapping):
        return body
    return {"decided_by": by.get_full_name() or by.get_username(), **body}


def _fixed(entry: Entry, instance: Any) -> list[Fault]:
    if entry.kind != "decision" or entry.address == address_of("decision", instance):
        return []
    return [entry.fault(("clause",), "A decision stays with its pair: delete it and decide on the other.", "fixed")]


def _taken(entry: Entry) -> Fault:
    if entry.kind == "decision":
        reason = "This pair has been decided already; change that decision."
        return entry.fault(("clause",), reason, "decided_twice", clash=True)
    return entry.fault(("id",), f"There is a {entry.kind} {entry.address} already.", "taken", clash=True)


def _last_place(slug: str) -> int:
    return Clause.objects.filter(proposal__slug=slug).aggregate(last=Max("order", default=0))["last"]


def _now() -> str:
    return timezone.now().replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _log(records: Sequence[Model], action: int, message: str, *, by: AbstractUser) -> None:
    LogEntry.objects.log_actions(by.pk, records, action, message)
