"""Writes a backup: everything as it stood at one moment, while others go on reading and writing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from config.backup import catalogue
from config.backup.archive import Backup, Writer, new_file
from config.backup.faults import UnableToBackUp
from config.backup.manifest import Manifest, Part

Tell = Callable[[str], None]

# Whoever is signed in signs in again; who mistyped a password and from where is nobody's business years later.
LEFT_OUT = frozenset(
    {
        "django_session",
        *("axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog"),
    }
)
MIGRATIONS = "django_migrations"
# How long to wait for a migration that is under way.
_PATIENCE = "30s"


def write_backup(path: Path, *, connection: BaseDatabaseWrapper, replace: bool = False, tell: Tell) -> Manifest:
    """Writes the file, reads it back, and only then gives it its name. Raises `UnableToBackUp`.

    One transaction that sees one state; it waits for no writer and none waits for it, except migrations.
    """
    with new_file(path, replace=replace) as file:
        try:
            with Writer(file) as writer, connection.cursor() as cursor:
                # Before the transaction: locks come first in it, and a snapshot with the first question.
                found = catalogue.tables(cursor)
                with transaction.atomic(using=connection.alias, durable=True):
                    manifest = _write(writer, cursor, found, tell)
        except (OperationalError, ProgrammingError) as error:
            raise UnableToBackUp(f"The database stopped the backup: {str(error).strip()}") from error
        tell("Reading it back")
        file.seek(0)
        Backup(file).check()
    return manifest


def _write(writer: Writer, cursor: CursorWrapper, found: list[catalogue.Table], tell: Tell) -> Manifest:
    """Serializable would add nothing: writers here hold to read committed, and one snapshot is consistent."""
    quoted = {table.name: cursor.db.ops.quote_name(table.name) for table in found}
    if MIGRATIONS not in quoted:
        raise UnableToBackUp("The database holds nothing yet: it has no table of migrations.")
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    cursor.execute("SET LOCAL statement_timeout = 0")
    cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
    cursor.execute("SET LOCAL intervalstyle = 'postgres'")
    cursor.execute("SET LOCAL timezone = 'UTC'")
    cursor.execute("SET LOCAL extra_float_digits = 1")
    cursor.execute(f"LOCK TABLE {', '.join(quoted.values())} IN ACCESS SHARE MODE")
    if catalogue.tables(cursor) != found:
        raise UnableToBackUp("A migration changed the tables meanwhile; try again.")
    cursor.execute(f"SELECT app, name FROM {MIGRATIONS} ORDER BY id")
    migrations = list(cursor.fetchall())
    kept = [table for table in found if table.name not in LEFT_OUT | {MIGRATIONS}]
    parts = []
    for place, table in enumerate(kept, 1):
        part = _write_table(writer, cursor, table)
        tell(f"{place}/{len(kept)} {part.name}: {part.rows:,} rows")
        parts.append(part)
    cursor.execute("SHOW server_version")
    (server,) = cursor.fetchone()
    manifest = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        release=settings.RELEASE,
        postgresql=server.split(" ")[0],
        migrations=migrations,
        tables=parts,
        left_out=sorted(LEFT_OUT & quoted.keys()),
        sequences=dict(_sequences(cursor)),
    )
    writer.finish(manifest)
    return manifest


def _write_table(writer: Writer, cursor: CursorWrapper, table: catalogue.Table) -> Part:
    columns = ", ".join(cursor.db.ops.quote_name(column) for column in table.columns)
    with cursor.copy(f"COPY {cursor.db.ops.quote_name(table.name)} ({columns}) TO STDOUT") as copy:
        count, digest = writer.add(f"tables/{table.name}.copy", copy)
    return Part(name=table.name, columns=table.columns, rows=cursor.rowcount, bytes=count, sha256=digest)


def _sequences(cursor: CursorWrapper) -> Iterator[tuple[str, tuple[int, bool]]]:
    """They belong to no snapshot: read after the rows, none is behind them."""
    for name in catalogue.sequences(cursor):
        if not name.startswith(f"{MIGRATIONS}_"):
            cursor.execute(f"SELECT last_value, is_called FROM {cursor.db.ops.quote_name(name)}")
            yield name, cursor.fetchone()
