"""Clauses of one proposal taken over into another one, which keep where they came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Max

from parties.turns import wait_for_record
from proposals.editing.codings import Coding, codings_of, write_codings
from proposals.editing.faults import EditingFault, UnableToEdit, faults_of
from proposals.editing.keys import free_keys
from proposals.models import Clause, Proposal, Stage

# What a copy does not have from its original.
_OWN = ("id", "key", "proposal", "order", "parent", "stage", "copied_from", "copied_address")
_COMPUTED = ("search", "version", "changed_at")


def copies_of(clauses: Sequence[Clause], *, to: Proposal) -> list[Clause]:
    """The copies as they would be, not stored: under their keys where these are free, at the end, as drafts."""
    keys = free_keys((clause.key for clause in clauses), to)
    last = to.clauses.aggregate(last=Max("order", default=0))["last"]
    columns = [column.attname for column in Clause._meta.concrete_fields if column.name not in (*_OWN, *_COMPUTED)]
    return [
        Clause(
            **{name: getattr(clause, name) for name in columns},
            proposal=to,
            key=key,
            order=last + place,
            stage=Stage.DRAFT,
            copied_from=clause,
            copied_address=f"{clause.proposal.slug}/{clause.key}",
        )
        for place, (clause, key) in enumerate(zip(clauses, keys, strict=True), start=1)
    ]


def copy_clauses(clauses: Iterable[Clause], *, to: Proposal, by: AbstractUser) -> list[Clause]:
    """The copies, drafts at the end of the other proposal, with all that is coded on their originals.

    Ties among clauses that are copied together are ties among the copies; ties to others of their proposal are left
    out, and so is an enclosing clause that is not copied along. Raises UnableToEdit.
    """
    with transaction.atomic():
        if not wait_for_record(Proposal, to.pk):
            raise UnableToEdit([EditingFault("The other proposal was deleted a moment ago.")])
        rows = Clause.objects.filter(pk__in=[clause.pk for clause in clauses]).select_related("proposal")
        originals = list(rows.in_reading_order().select_for_update(of=["self"], no_key=True))
        if faults := _faults(originals, to):
            raise UnableToEdit(faults)
        copies = copies_of(originals, to=to)
        if faults := [fault for place, copy in enumerate(copies) for fault in faults_of(copy, place)]:
            raise UnableToEdit(faults)
        Clause.objects.bulk_create(copies)
        by_original = {original.pk: copy for original, copy in zip(originals, copies, strict=True)}
        for original, copy in zip(originals, copies, strict=True):
            copy.parent = by_original.get(original.parent_id) if original.parent_id else None
            write_codings(_codings(original, by_original), [(copy, None)])
        Clause.objects.bulk_update([copy for copy in copies if copy.parent], ["parent"])
        for copy in copies:
            LogEntry.objects.log_actions(
                by.pk, [copy], ADDITION, f"Copied from {copy.copied_address}.", single_object=True
            )
    return copies


def left_out(clauses: Sequence[Clause]) -> list[Coding]:
    """Ties of the clauses to others of their own proposal, which copies of these clauses alone do not have."""
    pks = {clause.pk for clause in clauses}
    own = {clause.proposal_id for clause in clauses}
    ties = [coding for coding in codings_of(*clauses) if coding.kind == "dependencies"]
    return [tie for tie in ties if tie.row.target_id not in pks and tie.row.target.proposal_id in own]


def _codings(original: Clause, copies: dict[int, Clause]) -> list[Coding]:
    found = []
    for coding in codings_of(original):
        if coding.kind == "dependencies":
            target = copies.get(coding.row.target_id)
            if target is None and coding.row.target.proposal_id == original.proposal_id:
                continue
            coding.row.target = target or coding.row.target
        found.append(coding)
    return found


def _faults(originals: Sequence[Clause], to: Proposal) -> list[EditingFault]:
    if not originals:
        return [EditingFault("Choose at least one clause.")]
    if any(clause.proposal_id == to.pk for clause in originals):
        return [EditingFault("Choose another proposal than the one the clauses stand in.", field="to")]
    return []
