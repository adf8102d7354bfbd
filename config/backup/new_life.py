"""What must not come back as it was: numbers of transactions, and numbers that readers of a lost state may hold.

A restored database goes on from the moment of its backup. What happened after that moment is lost, but readers may have
seen it: they hold cursors, ETags and numbers of a life of the database that is over.
"""

import secrets

from django.db.backends.utils import CursorWrapper

from config.backup.catalogue import Table
from parties.changes import begin_new_life

# More numbers than any life gives out; ETags rest on sums of numbers, and none of a lost state may come up again.
_GAP = 1 << 40


def begin(cursor: CursorWrapper, tables: list[Table]) -> None:
    _go_back_in_history(cursor, [table.name for table in tables if "pgh_xact" in table.columns])
    begin_new_life(cursor)
    # Nothing is younger than the restore. A backup of an earlier release has no such column.
    for table in tables:
        if "published_in" in table.columns:
            cursor.execute(f"UPDATE {cursor.db.ops.quote_name(table.name)} SET published_in = NULL")
    cursor.execute("SELECT s, nextval(s) FROM (SELECT pg_get_serial_sequence('parties_change', 'id') AS s) n")
    sequence, number = cursor.fetchone()
    cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {number + _GAP + secrets.randbelow(_GAP)}")


def _go_back_in_history(cursor: CursorWrapper, histories: list[str]) -> None:
    """Numbers the transactions of all histories below zero, in their order.

    Those of another cluster may be in use here, or to come: two sets of changes would become one, and old changes seem
    to be going on.
    """
    quoted = [cursor.db.ops.quote_name(table) for table in histories]
    if not quoted:
        return
    every = " UNION ".join(f"SELECT pgh_xact FROM {table}" for table in quoted)
    cursor.execute(
        "CREATE TEMPORARY TABLE restored_xact ON COMMIT DROP AS"
        f" SELECT pgh_xact AS old, -row_number() OVER (ORDER BY pgh_xact DESC) AS new FROM ({every}) e"
    )
    for table in quoted:
        cursor.execute(f"UPDATE {table} e SET pgh_xact = x.new FROM restored_xact x WHERE x.old = e.pgh_xact")
