"""The log of changes: for every record when it last changed, and when it last changed for the public.

The database writes it, by statement triggers that the models of records and of their parts carry, so that forms, bulk
writes, imports and plain SQL all pass through it. ETags and the list of changes are read from it.

Numbers come from one sequence and only grow. A record that is deleted or withdrawn keeps its row, so the sum of the
numbers of a kind grows with every change, whatever the order in which transactions commit: it names a state.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import pgtrigger
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models.functions import Now

_TABLE = "parties_change"
_NEXT = f"nextval(pg_get_serial_sequence('{_TABLE}', 'id'))"
_XACT = "pg_current_xact_id()::text::bigint"


# The oldest transaction of this database that may still write, or the next one to come. A snapshot knows it too, but
# counts those of all databases of the server, so that anybody's long transaction would hold everything back. Locks
# name transactions by their lower 32 bits, those too that began after the snapshot: the difference has a sign.
_OLDEST_OPEN = """
    SELECT least(s.next, min(
        s.next - (((s.next - l.transactionid::text::bigint + 2147483648) & 4294967295) - 2147483648)
    ))
    FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next) s
    LEFT JOIN (
        pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
    ) ON l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
         AND (a.pid IS NULL OR a.datname = current_database())
    GROUP BY s.next
"""


# The row that tells lives of the database apart; its record is the number of the present one.
_LIFE = "life"
# Numbers of transactions stay below it, so that a cursor can tell both in one number.
LIVES_APART = 10**12


def present_life() -> int:
    """0 in a database that was never restored, otherwise a number that no restore gave before."""
    return Change.objects.filter(kind=_LIFE).values_list("record", flat=True).first() or 0


def begin_new_life(cursor: CursorWrapper) -> None:
    """After a restore, whose rows carry transactions of another time and perhaps of another cluster.

    All become changes of the transaction that restores, in the order of their numbers, so that each later one comes
    after them; and cursors that readers hold are told from those to come.
    """
    cursor.execute(f"UPDATE {_TABLE} SET xact = {_XACT}")
    cursor.execute(f"DELETE FROM {_TABLE} WHERE kind = %s", [_LIFE])
    cursor.execute(
        f"INSERT INTO {_TABLE} (kind, record, address, number, visible, xact) VALUES (%s, %s, '', 0, false, {_XACT})",
        [_LIFE, 1 + secrets.randbelow(999_999)],
    )


class ChangeQuerySet(models.QuerySet["Change"]):
    def of_kinds(self, kinds: Iterable[str]) -> ChangeQuerySet:
        return self.filter(kind__in=sorted(kinds))

    def ever_public(self) -> ChangeQuerySet:
        """Of records that the public sees, or once saw."""
        return self.filter(public_number__isnull=False)

    def settled(self) -> ChangeQuerySet:
        """Public changes after which no earlier one can still become known: whoever is past them has missed none.

        Two queries: what is open is looked up before what is visible, or what commits between the two would be missed.
        """
        with connection.cursor() as cursor:
            cursor.execute(_OLDEST_OPEN)
            (oldest,) = cursor.fetchone()
        return self.filter(public_number__isnull=False, xact__lt=oldest)

    def in_order(self) -> ChangeQuerySet:
        """As they became known."""
        return self.order_by("xact", "public_number", "pk")


# Statements note each step of a transaction, and readers see only its end: what it makes, as yet public, and then ties
# to something hidden they never saw. And what is renamed while it is hidden keeps for them the id that they know.
_WHAT_READERS_KNOW = f"""
    IF NEW.visible THEN
        NEW.public_address := NEW.address;
        IF TG_OP = 'INSERT' OR OLD.public_number IS NULL THEN
            NEW.published_in := {_XACT};
        END IF;
    ELSIF NEW.published_in = {_XACT} THEN
        NEW.published_in := NULL;
        NEW.public_number := NULL;
        NEW.public_address := NULL;
    ELSIF TG_OP = 'UPDATE' AND NEW.public_number IS NOT NULL THEN
        NEW.public_address := COALESCE(OLD.public_address, OLD.address);
    END IF;
    RETURN NEW;
"""


class Change(models.Model):
    """The last change of one record. Written by the database alone; the row outlives its record."""

    kind = models.CharField(max_length=20, editable=False)
    record = models.BigIntegerField(editable=False)
    # The public id, as it last was.
    address = models.CharField(max_length=250, editable=False)
    number = models.BigIntegerField(editable=False)
    # NULL where the public never saw the record.
    public_number = models.BigIntegerField(null=True, editable=False)
    # The public id by which readers know the record. NULL also where it has been `address` since before this was noted.
    public_address = models.CharField(max_length=250, null=True, editable=False)  # noqa: DJ001  (unknown is not empty)
    # The transaction that first made it public. NULL also where that was before this was noted, or before a restore.
    published_in = models.BigIntegerField(null=True, editable=False)
    visible = models.BooleanField(editable=False)
    xact = models.BigIntegerField(editable=False)
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record"],
                include=["number", "public_number"],
                name="parties_change_once",
                violation_error_message="The changes of this record are noted already.",
                violation_error_code="noted_twice",
            )
        ]
        indexes = [
            models.Index(
                fields=["xact", "public_number"],
                condition=models.Q(public_number__isnull=False),
                name="parties_change_in_order",
            ),
            models.Index(fields=["kind", "address"], name="parties_change_address"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_readers_know",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_WHAT_READERS_KNOW,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"

    @property
    def known_as(self) -> str:
        """The id by which readers know the record, or once knew it."""
        return self.public_address or self.address


# What moves on with a row. The numbers are drawn here and not beforehand: of two transactions at one row, the one that
# waited for the other must come to the higher one.
_MOVES_ON = f"""
    number = {_NEXT},
    public_number = CASE WHEN c.visible OR {{visible}} THEN {_NEXT} ELSE c.public_number END,
    xact = CASE WHEN c.visible OR {{visible}} THEN {_XACT} ELSE c.xact END,
    changed_at = CASE WHEN c.visible OR {{visible}} THEN now() ELSE c.changed_at END
"""
# A renamed record is named in the payloads of any others: all of them move on, which is coarse, and rare.
_NOTE_ALL = f"UPDATE {_TABLE} c SET {_MOVES_ON.format(visible='false')};"


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A kind of record whose changes are noted, in SQL.

    `address` and `visible` are expressions on the record `r`: its public id, and whether the public sees it. `key` is
    the column of its own in which others name it; empty where its address is made of those of others.
    """

    kind: str
    table: str
    address: str = "r.slug"
    visible: str = "true"
    key: str = "slug"

    def note(self, ids: str) -> str:
        """SQL that notes a change of the records whose ids the SQL `ids` selects."""
        return f"""
            INSERT INTO {_TABLE} AS c (kind, record, address, number, public_number, visible, xact)
            SELECT '{self.kind}', r.id, COALESCE({self.address}, ''), {_NEXT},
                   CASE WHEN v.visible THEN {_NEXT} END, v.visible, {_XACT}
            FROM {self.table} r
            CROSS JOIN LATERAL (SELECT COALESCE({self.visible}, false) AS visible) v
            WHERE r.id IN ({ids})
            ORDER BY r.id
            ON CONFLICT (kind, record) DO UPDATE SET
                address = EXCLUDED.address, visible = EXCLUDED.visible, {_MOVES_ON.format(visible="EXCLUDED.visible")};
        """

    def move_unseen(self, ids: str) -> str:
        """SQL that moves on those records for who sees everything, and for nobody else."""
        return f"UPDATE {_TABLE} SET number = {_NEXT} WHERE kind = '{self.kind}' AND record IN ({ids});"

    def triggers(self, *, also: str = "") -> list[pgtrigger.Trigger]:
        """Triggers on the record's own table; `also` is SQL for what else moves on with `old_rows` and `new_rows`."""
        changed = "SELECT n.id FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE o.* IS DISTINCT FROM n.*"
        renamed = f"""
            IF EXISTS (SELECT FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE o.{self.key} <> n.{self.key}) THEN
                {_NOTE_ALL}
            END IF;
        """
        return [
            _trigger("note_added", pgtrigger.Insert, self.note("SELECT id FROM new_rows")),
            _trigger("note_changed", pgtrigger.Update, self.note(changed) + also + (renamed if self.key else "")),
            _trigger("note_removed", pgtrigger.Delete, self._note_removal()),
        ]

    def triggers_of_part(self, column: str, *, owner: str = "") -> list[pgtrigger.Trigger]:
        """Triggers on the table of a part, whose `column` names the record: it changes with its parts.

        For a part of a part, `owner` is the `table.column` that names the record of the one that `column` names.
        """
        new, old = f"SELECT {column} FROM new_rows", f"SELECT {column} FROM old_rows"
        if owner:
            table, name = owner.split(".")
            new, old = (f"SELECT {name} FROM {table} WHERE id IN ({ids})" for ids in (new, old))
        return [
            _trigger(f"note_added_of_{column}", pgtrigger.Insert, self.note(new)),
            _trigger(f"note_changed_of_{column}", pgtrigger.Update, self.note(f"{old} UNION {new}")),
            _trigger(f"note_removed_of_{column}", pgtrigger.Delete, self.note(old)),
        ]

    def _note_removal(self) -> str:
        return f"""
            UPDATE {_TABLE} c SET visible = false, {_MOVES_ON.format(visible="false")}
            FROM old_rows o WHERE c.kind = '{self.kind}' AND c.record = o.id;
        """


def _trigger(name: str, operation: pgtrigger.Operation, body: str) -> pgtrigger.Trigger:
    rows = {
        pgtrigger.Insert: {"new": "new_rows"},
        pgtrigger.Update: {"old": "old_rows", "new": "new_rows"},
        pgtrigger.Delete: {"old": "old_rows"},
    }[operation]
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**rows),
        func=f"{' '.join(body.split())} RETURN NULL;",
    )
