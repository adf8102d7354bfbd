"""What an import would do to each record, found by comparing three forms of it.

The file's form, the database's present form, and the digest of what the last import wrote. An editor's work is what
differs from both the file and the digest: it is left alone unless `overwrite` is asked for.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import F, Func, Max, Q, Value

from proposals.exchange.entries import ORDER, Entry, changed_fields, digest, state_of
from proposals.exchange.format import KINDS
from proposals.exchange.stored import canonical, loaded, lock
from proposals.models import Clause, Decision, ImportedRecord, Proposal


class Action(enum.Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REMOVED = "removed"
    ABSENT = "absent"


@dataclass
class Change:
    """What becomes of one record, and why; `entry` is None for a record that the files lack.

    `also` are attributes that files do not hold, such as its stage where an editor sets it; `back` says that an import
    wrote it before and that it was deleted here; `before` is what the fields that differ say now.
    """

    kind: str
    address: str
    action: Action
    fields: tuple[str, ...] = ()
    reason: str = ""
    entry: Entry | None = None
    instance: Any = None
    also: dict[str, Any] = field(default_factory=dict)
    back: bool = False
    before: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ", ".join(self.fields)
        if self.reason:
            told = f"{self.reason} ({told})" if told else self.reason
        return f"{self.action.value:<9} {self.kind} {self.address}" + (f": {told}" if told else "")


@dataclass
class Plan:
    """The changes of an import, in the order of KINDS, and the digests to note once they are written."""

    changes: list[Change] = field(default_factory=list)
    digests: dict[tuple[str, str], str] = field(default_factory=dict)
    forgotten: list[int] = field(default_factory=list)

    def of(self, *actions: Action) -> list[Change]:
        return [change for change in self.changes if change.action in actions]


def plan(entries: list[Entry], *, folders: bool, overwrite: bool, prune: bool) -> Plan:
    """What importing these records would do; reads the database and writes nothing.

    With `folders` everything that an import once wrote and that the entries lack counts as absent; without, only
    clauses and decisions of the proposals that are among the entries. A table lacks what it has no rows for.
    """
    found = Plan()
    noted = {(row.kind, row.address): row for row in _noted(entries, folders=folders)}
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for entry in entries:
        by_kind[entry.kind].append(entry)
    for kind, several in by_kind.items():
        named = [entry.address for entry in several]
        lock(kind, named)
        stored = loaded(kind, named)
        _place(kind, [entry for entry in several if entry.given is None])
        _place_rows([entry for entry in several if entry.given is not None], stored)
        for entry in several:
            if entry.whole:
                row = noted.get((kind, entry.address))
                change = _compared(entry, stored.get(entry.address), row.digest if row else "", overwrite=overwrite)
                found.changes.append(change)
                if change.action is not Action.CONFLICT and (not row or row.digest != digest(kind, entry.data)):
                    found.digests[kind, entry.address] = digest(kind, entry.data)
    _leave_parts_of_the_deleted(found)
    present = {(entry.kind, entry.address) for entry in entries}
    absent = [row for key, row in noted.items() if key not in present]
    if not folders:
        whole = {entry.address for entry in by_kind["proposal"] if entry.given is None}
        absent = list(_within(absent, whole))
    _absences(found, absent, overwrite=overwrite, prune=prune)
    return found


def _noted(entries: list[Entry], *, folders: bool) -> models.QuerySet[ImportedRecord]:
    """What imports noted of these records, and of those that may count as absent."""
    rows = ImportedRecord.objects.all()
    if folders:
        return rows
    named = {kind: [entry.address for entry in entries if entry.kind == kind] for kind in KINDS}
    wanted = [Q(kind=kind, address__in=addresses) for kind, addresses in named.items() if addresses]
    if whole := named["proposal"]:
        wanted.append(Q(kind__in=["clause", "decision"], proposal__in=whole))
    if not wanted:
        return rows.none()
    first = Func(F("address"), Value("/"), Value(1), function="split_part", output_field=models.TextField())
    return rows.alias(proposal=first).filter(reduce(or_, wanted))


def _place_rows(entries: list[Entry], stored: dict[str, Any]) -> None:
    """New records whose row tells no place follow at the end: of their proposal, of the taxonomy."""
    last: dict[str, int] = {}
    for entry in entries:
        if entry.whole and entry.record.ordered and entry.address not in stored and ORDER not in entry.data:
            if entry.own not in last:
                beside = entry.record.model._default_manager.all()
                beside = beside.filter(proposal__slug=entry.own) if entry.own else beside
                placed = [one.data.get(ORDER, 0) for one in entries if one.own == entry.own]
                last[entry.own] = max(*placed, beside.aggregate(last=Max("order", default=0))["last"])
            last[entry.own] += 1
            entry.data[ORDER] = last[entry.own]


def _place(kind: str, entries: list[Entry]) -> None:
    """A list that names only part of a stored taxonomy moves nothing in it: what is new follows at its end."""
    record = KINDS[kind]
    if not entries or not record.ordered or kind == "clause":
        return
    places = dict(record.model._default_manager.values_list("slug", "order"))
    if set(places) <= {entry.address for entry in entries}:
        return
    last = max(places.values(), default=0)
    for entry in entries:
        if entry.whole:
            if entry.address not in places:
                last += 1
            entry.data[ORDER] = places.get(entry.address, last)


def _compared(entry: Entry, row: Any, written: str, *, overwrite: bool) -> Change:
    change = Change(entry.kind, entry.address, Action.NEW, entry=entry, instance=row)
    if row is None:
        change.back = bool(written)
        if written and not overwrite:
            change.action, change.reason = Action.CONFLICT, "was deleted here since it was imported"
        return change
    present = canonical(entry.kind, row)
    if entry.given is not None:
        told = {name: value for name, value in entry.data.items() if name in entry.given}
        entry.data = {**{name: value for name, value in present.items() if name not in entry.given}, **told}
    untouched = _is_in_state(entry, present, written)
    if isinstance(row, Decision):
        # Whether it is stale is no edit: clauses move on under a decision that nobody touched.
        rejudged = bool(entry.data.get("stale")) != bool(present.get("stale"))
        fresh = _fresh(present)
        untouched = any(_is_in_state(entry, one, written) for one in ({**present, "stale": True}, fresh))
        if _is_in_state(entry, entry.data, written) or not rejudged:
            present = {**fresh, **({"stale": True} if entry.data.get("stale") else {})}
    change.fields = changed_fields(entry.kind, present, entry.data)
    change.before = {name: present.get(name) for name in change.fields}
    if not change.fields:
        change.action = Action.UNCHANGED
    elif untouched or overwrite:
        change.action = Action.CHANGED
    else:
        change.action = Action.CONFLICT
        since = "exported" if entry.state else "imported" if written else ""
        change.reason = f"was edited here since it was {since}" if since else "is here already, not by an import"
    return change


def _is_in_state(entry: Entry, data: dict[str, Any], written: str) -> bool:
    """Whether a record still says what the table says that it was, or else what the last import wrote."""
    return entry.state == state_of(entry.kind, data) if entry.state else digest(entry.kind, data) == written


def _fresh(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "stale"}


def _leave_parts_of_the_deleted(found: Plan) -> None:
    """A new clause or decision of a proposal or clause that an editor deleted is left alone with it."""
    gone = {change.address for change in found.of(Action.CONFLICT) if change.instance is None}
    for change in found.of(Action.NEW):
        owners = {change.entry.own} if change.entry else set()
        if change.kind == "decision":
            owners |= set(change.address.split(" "))
        for owner in sorted(owners & gone):
            change.action, change.reason = Action.CONFLICT, f"{owner} was deleted here since it was imported"
            found.digests.pop((change.kind, change.address), None)


def _within(rows: Iterable[ImportedRecord], slugs: set[str]) -> Iterator[ImportedRecord]:
    for row in rows:
        named = {clause.split("/")[0] for clause in row.address.split(" ")}
        if row.kind in ("clause", "decision") and named <= slugs:
            yield row


def _absences(found: Plan, rows: Iterable[ImportedRecord], *, overwrite: bool, prune: bool) -> None:
    by_kind: dict[str, dict[str, ImportedRecord]] = defaultdict(dict)
    for row in rows:
        by_kind[row.kind][row.address] = row
    removed: list[Change] = []
    for kind in KINDS:
        stored = loaded(kind, by_kind[kind])
        for address, row in sorted(by_kind[kind].items()):
            instance = stored.get(address)
            if instance is None:
                found.forgotten.append(row.pk)
                continue
            change = Change(kind, address, Action.ABSENT, instance=instance)
            if prune and not overwrite and row.digest != digest(kind, canonical(kind, instance)):
                change.action, change.reason = Action.CONFLICT, "is not in the files, and was edited here"
            elif prune:
                change.action = Action.REMOVED
                removed.append(change)
                found.forgotten.append(row.pk)
            found.changes.append(change)
    if not overwrite:
        _keep_work_of_editors(found, removed)


def _keep_work_of_editors(found: Plan, removed: list[Change]) -> None:
    """Nothing is removed that would take clauses or decisions with it which no import wrote."""
    going = {kind: {change.instance.pk for change in removed if change.kind == kind} for kind in KINDS}
    clauses = Clause.objects.filter(proposal__in=going["proposal"]).exclude(pk__in=going["clause"])
    kept = {clause.proposal_id: "holds clauses that no import wrote" for clause in clauses}
    decisions = Decision.objects.exclude(pk__in=going["decision"]).select_related("left", "right")
    decided: dict[int, str] = {}
    for decision in (*decisions.filter(left__in=going["clause"]), *decisions.filter(right__in=going["clause"])):
        for clause in (decision.left, decision.right):
            decided[clause.pk] = "an editor decided on it"
            kept.setdefault(clause.proposal_id, "editors decided on its clauses")
    for change in removed:
        reasons = {Proposal: kept, Clause: decided}.get(type(change.instance), {})
        if change.instance.pk in reasons:
            change.action, change.reason = Action.CONFLICT, f"is not in the files, but {reasons[change.instance.pk]}"
