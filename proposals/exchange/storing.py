"""Writes a plan into the database, collecting the faults that the models and the database find in it.

Primary keys of new records are drawn beforehand, so that records can name each other before any is stored; PostgreSQL
checks foreign keys at the end. The rules stand in the models: `clean()` is asked of each instance, and constraints are
left to the database, which judges a whole list in one statement. A `thorough` writer, for a few records, asks each for
its constraints too, so that all that it breaks is told and not the first alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, connection, models, transaction

from proposals.exchange.entries import ORDER, Entry, name_of
from proposals.exchange.faults import Fault, Path
from proposals.exchange.fields import KEY_OR_ADDRESS, Resolve, full_address
from proposals.exchange.format import KINDS
from proposals.exchange.plan import Action, Change, Plan
from proposals.exchange.removing import remove
from proposals.exchange.retired import Retired
from proposals.exchange.rules import broken_rules, refusal
from proposals.exchange.stored import bare
from proposals.models import Clause, Decision, ImportedRecord, RetiredKey, Stage

# One statement for thousands of rows takes PostgreSQL longer than many for a few hundred each.
_BATCH = 200

# What stage a new record has.
StageOf = Callable[[Entry], Stage]


def always_public(entry: Entry) -> Stage:
    return Stage.PUBLIC


@dataclass
class _Built:
    """An instance to be written, where it stands in the files, and the names of its fields there."""

    instance: Any
    entry: Entry
    path: Path = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def fault(self, attr: str, reason: str, code: str = "invalid", *, clash: bool = False) -> Fault:
        name = self.names.get(attr, "") if self.names else name_of(self.entry.record, attr)
        # Two like rows of one record are a fault of its own, no clash with others.
        return self.entry.fault((*self.path, name) if name else self.path, reason, code, clash=clash and not self.path)


class Writer:
    """Use once: `write` does all that the plan says and returns the faults; with any, the caller rolls back."""

    def __init__(self, planned: Plan, *, thorough: bool = False, stage_of: StageOf = always_public) -> None:
        self.plan = planned
        self.thorough = thorough
        self.stage_of = stage_of
        self.faults: list[Fault] = []
        self.known: dict[tuple[str, str], Any] = {}
        # New records that are not in the database after all, because of their faults.
        self.unwritten: set[tuple[str, str]] = set()
        conflicts = planned.of(Action.CONFLICT)
        self.gone = {(change.kind, change.address) for change in conflicts if change.instance is None}

    def write(self) -> list[Fault]:
        changes = self.plan.of(Action.NEW, Action.CHANGED)
        self._find_instances(changes)
        # All of them first: rules compare records, such as the dates of two proposals.
        for change in changes:
            self._assign(change)
        by_kind: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            if self._can_be_built(change):
                by_kind[change.kind].append(change)
            else:
                self.unwritten.add((change.kind, change.address))
        decisions = by_kind.pop("decision", [])
        in_order = [change for kind in KINDS for change in by_kind[kind]]
        new = [change for change in in_order if change.action is Action.NEW]
        # Each part that is written moves its owner on, which rewrites all that is computed of a clause's text: what is
        # new is whole before it is there.
        self._write_parts(new, early=True)
        for kind in KINDS:
            self._write_columns(by_kind[kind])
        self._write_parts(new, early=False)
        self._write_parts([change for change in in_order if change.action is not Action.NEW])
        self._judge(decisions)
        self._write_columns(decisions)
        self.faults += remove(self.plan.of(Action.REMOVED))
        return self.faults

    def note(self) -> None:
        """Keep what the files said of each record, once all is written and nothing was refused."""
        ImportedRecord.objects.filter(pk__in=self.plan.forgotten).delete()
        ImportedRecord.objects.bulk_create(
            [
                ImportedRecord(kind=kind, address=address, digest=digest)
                for (kind, address), digest in self.plan.digests.items()
            ],
            update_conflicts=True,
            unique_fields=["kind", "address"],
            update_fields=["digest"],
        )

    def _resolve(self, kind: str, address: str) -> Any:
        return self.known.get((kind, address))

    def _resolve_from(self, entry: Entry) -> Resolve:
        """Looks references of an entry up; a key alone is a clause of the proposal that the entry stands in."""

        def resolve(kind: str, address: str) -> Any:
            return self._resolve(
                kind, full_address(address, KEY_OR_ADDRESS, entry.own) if kind == "clause" else address
            )

        return resolve

    def _find_instances(self, changes: list[Change]) -> None:
        """Make the new instances and load all that the changes refer to."""
        wanted: dict[str, set[str]] = defaultdict(set)
        new: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            entry = _entry(change)
            for reference in entry.references():
                wanted[reference.kind].add(reference.address)
            if entry.own:
                wanted["proposal"].add(entry.own)
            if change.action is Action.NEW:
                new[change.kind].append(change)
            else:
                self.known[change.kind, change.address] = change.instance
        for kind, addresses in wanted.items():
            missing = [address for address in addresses if (kind, address) not in self.known]
            self.known |= {(kind, address): row for address, row in bare(kind, missing).items()}
        for kind in KINDS:
            for change, pk in zip(new[kind], _draw_keys(KINDS[kind].model, len(new[kind])), strict=True):
                change.instance = self.known[kind, change.address] = self._new_instance(change, pk)

    def _new_instance(self, change: Change, pk: int) -> Any:
        entry = _entry(change)
        instance = KINDS[change.kind].model(pk=pk)
        if hasattr(instance, "stage"):
            instance.stage = self.stage_of(entry)
        if change.kind == "clause":
            instance.key = entry.address.split("/")[1]
            instance.proposal = self._resolve("proposal", entry.own)
        elif change.kind == "decision":
            # Not from the address of both: an id that is at fault may hold a space.
            pair = sorted(reference.address for reference in entry.references() if reference.kind == "clause")
            instance.left, instance.right = (self._resolve("clause", clause) for clause in pair)
        else:
            setattr(instance, KINDS[change.kind].id_attr, entry.address)
        return instance

    def _can_be_built(self, change: Change) -> bool:
        """Whether all that the record names is there. What is nowhere has been told as an unknown reference."""
        entry = _entry(change)
        named = (ref for ref in entry.references() if ref.needed)
        missing = [ref for ref in named if self._resolve(ref.kind, ref.address) is None]
        for reference in missing:
            if (reference.kind, reference.address) in self.gone:
                reason = f"{reference.kind} {reference.address} was deleted here; --overwrite brings it back"
                self.faults.append(entry.fault(reference.path, reason, "deleted_here"))
        return not missing and (not entry.own or self._resolve("proposal", entry.own) is not None)

    def _write_columns(self, changes: list[Change]) -> None:
        new: list[_Built] = []
        changed: dict[tuple[str, ...], list[_Built]] = defaultdict(list)
        for change in changes:
            built = _Built(change.instance, _entry(change))
            if not self._is_clean(built) or self._hangs_in_the_air(built.entry):
                self.unwritten.add((change.kind, change.address))
                continue
            if change.action is Action.NEW:
                new.append(built)
            elif columns := _columns_of(change):
                changed[columns].append(built)
        _take_back([change for change in changes if change.back])
        self._insert(new)
        for names, several in changed.items():
            self._update(several, names)

    def _hangs_in_the_air(self, entry: Entry) -> bool:
        """Whether it is part of what was not written: the database would refuse it too, and say nothing new."""
        owners = {("proposal", entry.own)} if entry.own else set()
        if entry.kind in ("position", "decision"):
            owners |= {(one.kind, one.address) for one in entry.references() if one.kind in ("proposal", "clause")}
        return bool(owners & self.unwritten)

    def _assign(self, change: Change) -> None:
        entry = _entry(change)
        for column in entry.record.columns:
            if _differs(change, column.name):
                column.assign(change.instance, entry.data.get(column.name), self._resolve_from(entry))
        if entry.record.ordered and _differs(change, ORDER):
            change.instance.order = entry.data[ORDER]
        for attr, value in change.also.items():
            setattr(change.instance, attr, value)

    def _write_parts(self, changes: list[Change], *, early: bool | None = None) -> None:
        """`early` are the parts that need not know what else their owner has: all but retired keys, which clauses have
        no more."""
        rows: dict[type[models.Model], list[_Built]] = defaultdict(list)
        for change in changes:
            entry = _entry(change)
            for part in entry.record.parts:
                if not _differs(change, part.name) or early is isinstance(part, Retired):
                    continue
                for row in part.rows(change.instance, entry.data.get(part.name), self._resolve_from(entry)):
                    rows[type(row.instance)].append(_Built(row.instance, entry, row.path, row.names))
        for kind, record in KINDS.items():
            for part in record.parts:
                owners = [
                    change.instance.pk
                    for change in changes
                    if change.kind == kind and change.action is Action.CHANGED and part.name in change.fields
                ]
                if owners and not isinstance(part, Retired):
                    part.model._default_manager.filter(**{f"{part.owner}__in": owners}).delete()
        for several in rows.values():
            self._insert([built for built in several if self._is_clean(built)])

    def _judge(self, decisions: list[Change]) -> None:
        """A decision holds for the clauses as they stand after this import; a stale one for none."""
        pks = {pk for change in decisions for pk in (change.instance.left_id, change.instance.right_id)}
        versions = dict(Clause.objects.filter(pk__in=pks).values_list("pk", "version"))
        for change in decisions:
            decision: Decision = change.instance
            stale = _entry(change).data.get("stale", False)
            decision.left_version = 0 if stale else versions.get(decision.left_id, 0)
            decision.right_version = 0 if stale else versions.get(decision.right_id, 0)

    def _is_clean(self, built: _Built) -> bool:
        broken = broken_rules(built.instance, thorough=self.thorough)
        self.faults += [built.fault(rule.attr, rule.reason, rule.code, clash=rule.clash) for rule in broken]
        return not broken

    def _insert(self, several: list[_Built]) -> None:
        self._try(several, lambda some: _manager(some).bulk_create([built.instance for built in some]))

    def _update(self, several: list[_Built], attrs: Iterable[str]) -> None:
        names = list(attrs)
        self._try(
            several,
            lambda some: _manager(some).bulk_update([built.instance for built in some], names, batch_size=_BATCH),
        )

    def _try(self, several: list[_Built], action: Callable[[list[_Built]], Any]) -> None:
        """Write the whole list; where the database refuses it, one by one, to learn which of them it refuses."""
        if not several:
            return
        try:
            with transaction.atomic():
                action(several)
        except (IntegrityError, DataError) as error:
            if len(several) == 1:
                if not several[0].path:
                    self.unwritten.add((several[0].entry.kind, several[0].entry.address))
                rule = refusal(several[0].instance, error)
                self.faults.append(several[0].fault(rule.attr, rule.reason, rule.code, clash=rule.clash))
                return
            for built in several:
                self._try([built], action)


def _entry(change: Change) -> Entry:
    assert change.entry is not None  # noqa: S101 (new and changed records come from files)
    return change.entry


def _differs(change: Change, name: str) -> bool:
    return change.action is Action.NEW or name in change.fields


def _columns_of(change: Change) -> tuple[str, ...]:
    """The columns of a changed record that its changed fields stand in."""
    record = KINDS[change.kind]
    changed = [field for field in record.columns if field.name in change.fields]
    names = [each.column.name for field in changed for each in getattr(field, "fields", (field,))]
    names += [ORDER] if ORDER in change.fields else []
    names += change.also
    return (*names, *(("left_version", "right_version") if change.kind == "decision" else ()))


def _take_back(changes: list[Change]) -> None:
    """Clauses that were deleted here come back, and have their keys again; those split or merged do not."""
    for change in changes:
        slug, _, key = change.address.partition("/")
        RetiredKey.objects.filter(proposal__slug=slug, key=key, why=RetiredKey.Why.DELETED).delete()


def _draw_keys(model: type[models.Model], count: int) -> list[int]:
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _manager(several: list[_Built]) -> Any:
    return type(several[0].instance)._default_manager
