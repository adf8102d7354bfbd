"""Keys that clauses had and no clause will have again.

A clause that readers ever saw leaves its key behind when it is deleted; one that is split or merged always does. The
database sees to it by triggers, so that no way of writing gives a key away again. Only the clause itself may come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.functions import Now

from proposals.models.noting import PROPOSAL
from proposals.models.proposal import Proposal
from proposals.models.versioning import counts_towards
from proposals.querysets import RetiredKeyQuerySet

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_MESSAGE = "This key belonged to another clause of the proposal, and keys are never used again."
_NAME = "proposals_clause_key_not_retired"


class RetiredKey(models.Model):
    """What became of a clause whose address once held: `successors` are keys of the same proposal, possibly none."""

    class Why(models.TextChoices):
        SPLIT = "split", "split"
        MERGED = "merged", "merged"
        DELETED = "deleted", "deleted"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="retired_keys", editable=False)
    key = models.CharField(max_length=40, editable=False)
    why = models.CharField(max_length=10, choices=Why, editable=False, help_text="What became of the clause.")
    # Keys and not rows: a successor may be deleted, and come back. Of those that were retired in their turn the
    # successors stand here in their place, so that nobody has to follow a chain.
    successors = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    retired_at = models.DateTimeField(db_default=Now(), editable=False)
    # Whether readers ever saw the clause: of the others they are told nothing.
    public = models.BooleanField(default=True, editable=False)
    # The clause that had it, which may have it again when it is restored; NULL where an import told of it.
    record = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = RetiredKeyQuerySet.as_manager()

    class Meta:
        triggers = [
            *counts_towards("proposals_proposal", "proposal_id", seen="public", owner=PROPOSAL),
            pgtrigger.Trigger(
                name="of_no_clause",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("key", "proposal_id"),
                func=f"""
                    IF EXISTS (SELECT FROM proposals_clause WHERE proposal_id = NEW.proposal_id AND key = NEW.key) THEN
                        RAISE unique_violation USING CONSTRAINT = '{_NAME}', MESSAGE = 'A clause has this key.';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "key"],
                name="proposals_retiredkey_once",
                violation_error_message="This key is retired already.",
                violation_error_code="retired_twice",
            )
        ]

    def __str__(self) -> str:
        told = f" into {', '.join(self.successors)}" if self.successors else ""
        return f"{self.key}: {self.get_why_display()}{told}"

    def clean(self) -> None:
        super().clean()
        if self.proposal.clauses.filter(key=self.key).exists():
            raise ValidationError({"key": ValidationError("A clause of the proposal has this key.", code="key_in_use")})


class KeyNotRetired(models.BaseConstraint):
    """A clause takes no key that another one left behind. In the database a trigger of the clause holds it."""

    def __init__(self) -> None:
        super().__init__(name=_NAME, violation_error_message=_MESSAGE, violation_error_code="key_retired")

    def deconstruct(self) -> Any:
        path, _, _ = super().deconstruct()
        return path, (), {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyNotRetired)

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return ""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return ""

    def broken_by(self, clauses: Sequence[Any]) -> list[Any]:
        """Those of the clauses that take a retired key. One query, and none where no key is new."""
        new = [clause for clause in clauses if not clause.is_at_its_address()]
        if not new:
            return []
        wanted = {"proposal__in": {clause.proposal_id for clause in new}, "key__in": {clause.key for clause in new}}
        rows = RetiredKey.objects.filter(**wanted).values_list("proposal_id", "key", "record")
        retired = {(proposal, key): record for proposal, key, record in rows}
        taken = [clause for clause in new if (clause.proposal_id, clause.key) in retired]
        # A record of None is that of no clause, a new one has no pk: neither is the other.
        return [one for one in taken if one.pk is None or retired[one.proposal_id, one.key] != one.pk]

    def validate(
        self,
        model: type[models.Model],
        instance: Any,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        if {"key", "proposal"} & set(exclude or ()) or instance.is_at_its_address():
            return
        retired = RetiredKey.objects.using(using).filter(proposal=instance.proposal_id, key=instance.key)
        if retired.exclude(record=instance.pk, record__isnull=False).exists():
            raise ValidationError({"key": ValidationError(_MESSAGE, code=self.violation_error_code)})


def retires_its_key() -> list[pgtrigger.Trigger]:
    """Triggers on the table of clauses: one that readers ever saw leaves its key behind, and no other one takes it.

    Checked after the row is written, and not before: a writer who waited for the one that deletes sees what it left.
    """
    return [
        pgtrigger.Trigger(
            name="retire_key",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            referencing=pgtrigger.Referencing(old="old_rows"),
            func="""
                INSERT INTO proposals_retiredkey (proposal_id, key, why, successors, public, record)
                SELECT o.proposal_id, o.key, 'deleted', '{}', true, o.id
                FROM old_rows o JOIN parties_change c ON c.kind = 'clause' AND c.record = o.id
                JOIN proposals_proposal p ON p.id = o.proposal_id  -- unless it went first
                WHERE c.public_number IS NOT NULL
                ORDER BY o.id
                ON CONFLICT (proposal_id, key) DO NOTHING;
                RETURN NULL;
            """,
        ),
        pgtrigger.Trigger(
            name="key_not_retired",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("key", "proposal_id"),
            func=f"""
                DELETE FROM proposals_retiredkey
                WHERE proposal_id = NEW.proposal_id AND key = NEW.key AND record = NEW.id;
                IF EXISTS (SELECT FROM proposals_retiredkey WHERE proposal_id = NEW.proposal_id AND key = NEW.key) THEN
                    RAISE unique_violation USING CONSTRAINT = '{_NAME}', MESSAGE = 'The key is retired.';
                END IF;
                RETURN NULL;
            """,
        ),
    ]
