"""Stages of a record and a version that the database itself counts.

Triggers count, not `save()`: forms, bulk writes, imports and plain SQL all pass through them, so no path can
change a record without its version moving. Saving a record unchanged leaves the version alone.
"""

from collections.abc import Sequence

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from parties.changes import Noted

# Not compared when a row is written: the counters themselves, and columns that the database computes afterwards.
_COUNTERS = ("version", "changed_at", "last_day")


class Stage(models.TextChoices):
    DRAFT = "draft", "draft"
    REVIEW = "review", "in review"
    PUBLIC = "public", "public"
    WITHDRAWN = "withdrawn", "withdrawn"


class StagedRecord(models.Model):
    """A record with a stage that readers are held to and a version that counts its saved changes."""

    stage = models.CharField(
        max_length=10,
        choices=Stage,
        default=Stage.DRAFT,
        db_index=True,
        help_text="Readers see public records only. An import sets public.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


def count_changes(*, computed: Sequence[str] = (), aside: Sequence[str] = ()) -> pgtrigger.Trigger:
    """A trigger that moves the version on when a row of this table changes.

    `computed` names further columns of the table that the database computes; `aside` those that are no change of what
    the record says, such as its place: they move `changed_at` and the log of changes on, and no decision grows stale.
    """
    computed = (*_COUNTERS, *computed)
    left_out = "ARRAY[{}]".format(", ".join(f"'{column}'" for column in computed))
    counted = "ARRAY[{}]".format(", ".join(f"'{column}'" for column in (*computed, *aside)))
    set_aside = f"""
            ELSIF (to_jsonb(NEW) - {left_out}) IS DISTINCT FROM (to_jsonb(OLD) - {left_out}) THEN
                NEW.version := OLD.version;
                NEW.changed_at := now();"""
    return pgtrigger.Trigger(
        name="count_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF (to_jsonb(NEW) - {counted}) IS DISTINCT FROM (to_jsonb(OLD) - {counted}) THEN
                -- The version in NEW may be as old as the form that was filled in: count from the stored one.
                NEW.version := OLD.version + 1;
                NEW.changed_at := now();
            ELSIF NEW.version > OLD.version THEN
                NEW.changed_at := now();  -- a part changed and moved the version{set_aside if aside else ""}
            ELSE
                NEW.version := OLD.version;
                NEW.changed_at := OLD.changed_at;
            END IF;
            RETURN NEW;
        """,
    )


def counts_towards(table: str, column: str, *, seen: str = "", owner: Noted | None = None) -> list[pgtrigger.Trigger]:
    """Triggers that move the version of the rows of `table` named by `column` when a part changes.

    One update a statement, however many parts it writes. Where readers see only some of the parts, `seen` is the
    condition on the row of such a part. They are told the version of a public `owner`: what they don't see of it moves
    only its own number in the log of changes.
    """
    changed = "old_rows o JOIN new_rows n ON n.id = o.id WHERE o.* IS DISTINCT FROM n.*"
    bodies = {
        "added": (pgtrigger.Insert, {"new": "new_rows"}, {"WHERE ": f"SELECT {column} FROM new_rows"}),
        "removed": (pgtrigger.Delete, {"old": "old_rows"}, {"WHERE ": f"SELECT {column} FROM old_rows"}),
        "changed": (
            pgtrigger.Update,
            {"old": "old_rows", "new": "new_rows"},
            {"AND o.": f"SELECT o.{column} FROM {changed}", "AND n.": f"SELECT n.{column} FROM {changed}"},
        ),
    }

    def body(selected: dict[str, str]) -> str:
        """Each selected set with how a further condition on its rows begins."""
        touched = " UNION ".join(selected.values())
        move_on = f"UPDATE {table} SET version = version + 1 WHERE id IN ({touched})"
        if owner is None:
            return f"{move_on};"
        told = " UNION ".join(f"{rows} {which}{seen}" for which, rows in selected.items())
        return f"{move_on} AND (stage <> 'public' OR id IN ({told})); {owner.move_unseen(touched)}"

    return [
        pgtrigger.Trigger(
            name=f"part_{name}_of_{column}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**rows),
            func=f"{body(selected)} RETURN NULL;",
        )
        for name, (operation, rows, selected) in bodies.items()
    ]
