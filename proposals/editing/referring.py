"""What refers to a clause from elsewhere, and how it is led to another clause instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from proposals.models import Clause, Decision, Dependency, DisputeAbout, Position, StatementAbout

# Every foreign key to a clause but those of what is coded on it: (what it is called, the model, the key, what to load).
REFERRING: tuple[tuple[str, type[Model], str, tuple[str, ...]], ...] = (
    ("decision", Decision, "left", ("left__proposal", "right__proposal")),
    ("decision", Decision, "right", ("left__proposal", "right__proposal")),
    ("position", Position, "clause", ("party",)),
    ("dispute", DisputeAbout, "clause", ("dispute",)),
    ("statement", StatementAbout, "clause", ("statement",)),
    ("dependency", Dependency, "target", ("clause__proposal",)),
    ("enclosed clause", Clause, "parent", ("proposal",)),
    ("clause that strikes it out", Clause, "strikes", ("proposal",)),
    ("copy", Clause, "copied_from", ("proposal",)),
)


@dataclass(frozen=True)
class Referrer:
    """A record that refers to a clause by its foreign key `key`."""

    kind: str
    record: Any
    key: str

    @property
    def id(self) -> str:
        return f"{self.record._meta.model_name}-{self.key}-{self.record.pk}"

    @property
    def words(self) -> str:
        match self.record:
            case DisputeAbout():
                told = str(self.record.dispute)
            case StatementAbout():
                told = str(self.record.statement)
            case Dependency():
                told = f"{self.record.clause} {self.record.get_relation_display()} it"
            case _:
                told = str(self.record)
        return f"{self.kind}: {told}"


def referrers_of(*clauses: Clause) -> list[Referrer]:
    """Everything that refers to the clauses from elsewhere; they themselves and what is coded on them are left out."""
    pks = [clause.pk for clause in clauses]
    found = []
    for kind, model, key, loaded in REFERRING:
        rows = model._default_manager.filter(**{f"{key}__in": pks}).select_related(*loaded, key).order_by("pk")
        inside = "clause_id" if model is Dependency else "pk"
        found += [
            Referrer(kind, row, key)
            for row in rows
            if model not in (Dependency, Clause) or getattr(row, inside) not in pks
        ]
    return found


def lead_to(referrers: Iterable[tuple[Referrer, Clause]]) -> None:
    """Lets each referrer name its clause. Decisions ask to be judged again; where two come to say one thing, one stays.

    The clauses are stored, and take part in nothing yet but what was led to them before.
    """
    for referrer, clause in referrers:
        match referrer.record:
            case Decision():
                _lead_decision(referrer.record, referrer.key, clause)
            case Dependency() | DisputeAbout() | StatementAbout():
                _lead_once(referrer.record, referrer.key, clause)
            case _:
                type(referrer.record)._default_manager.filter(pk=referrer.record.pk).update(**{referrer.key: clause})


def _lead_decision(decision: Decision, key: str, clause: Clause) -> None:
    other = decision.right_id if key == "left" else decision.left_id
    present = Decision.objects.filter(left__in=[clause.pk, other], right__in=[clause.pk, other]).first()
    if present:
        # No two verdicts on one pair: the words of the second are kept with the first.
        told = [present.note, f"Also, on {getattr(decision, key)}: {_verdict(decision)}"]
        Decision.objects.filter(pk=present.pk).update(note="\n".join(filter(None, told)))
        decision.delete()
        return
    # No version of a clause is 0: it was judged on another text, and is to be judged again.
    Decision.objects.filter(pk=decision.pk).update(**{key: clause, f"{key}_version": 0})


def _verdict(decision: Decision) -> str:
    relation = f", {decision.get_relation_display()}" if decision.relation else ""
    note = f" {decision.note}" if decision.note else ""
    return f"{decision.get_verdict_display()}{relation}, decided by {decision.decided_by}.{note}"


def _lead_once(row: Any, key: str, clause: Clause) -> None:
    """Like another row of its owner already, it says nothing further; but its note, where it has one, is kept."""
    owner = {Dependency: "clause_id", DisputeAbout: "dispute_id", StatementAbout: "statement_id"}[type(row)]
    alike = {owner: getattr(row, owner), key: clause.pk}
    alike |= {"relation": row.relation} if isinstance(row, Dependency) else {}
    rows: Any = type(row)._default_manager
    present = rows.filter(**alike).exclude(pk=row.pk).first()
    if present is None:
        rows.filter(pk=row.pk).update(**{key: clause})
        return
    if isinstance(row, Dependency) and row.note:
        rows.filter(pk=present.pk).update(note="\n".join(filter(None, [present.note, row.note])))
    row.delete()
