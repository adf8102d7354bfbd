"""Restores a backup: all of it in one transaction, or nothing."""

import graphlib
from collections.abc import Callable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from config.backup import catalogue, new_life
from config.backup.archive import Backup
from config.backup.catalogue import Table
from config.backup.faults import Damaged, UnableToRestore
from config.backup.manifest import Manifest, Part
from config.backup.schema import applied_migrations, check_migrations, migrate_to
from config.backup.writing import MIGRATIONS

Tell = Callable[[str], None]

# What migrations write by themselves: with nothing else in it, a database is empty.
_BY_MIGRATIONS = frozenset(
    {MIGRATIONS, "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
)
# How long to wait for whoever still uses the database.
_PATIENCE = "10s"
# Any number that nothing else uses for advisory locks on the database.
_LOCK = 1_648_515


def restore(backup: Backup, *, connection: BaseDatabaseWrapper, replace: bool = False, tell: Tell) -> None:
    """Leaves the database as it was backed up, with the tables of that release: `migrate` comes next.

    Everything is checked first. Raises `UnableToRestore`, and then the database is as it was.
    """
    tell("Checking the file")
    backup.check()
    check_migrations(backup.manifest)
    try:
        with transaction.atomic(using=connection.alias, durable=True), connection.cursor() as cursor:
            _restore(backup, cursor, connection, replace, tell)
    except (OperationalError, ProgrammingError, IntegrityError, DataError) as error:
        raise UnableToRestore(f"The database stopped it, and nothing was restored: {str(error).strip()}") from error
    finally:
        ContentType.objects.clear_cache()
    tell("Collecting statistics")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _restore(
    backup: Backup,
    cursor: CursorWrapper,
    connection: BaseDatabaseWrapper,
    replace: bool,
    tell: Tell,
) -> None:
    cursor.execute("SET LOCAL statement_timeout = 0")
    cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    cursor.execute("SET LOCAL datestyle = 'ISO, YMD'")
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
    if cursor.fetchone() != (True,):
        raise UnableToRestore("Another restore of this database is under way.")
    holding = [] if replace else list(_tables_with_rows(cursor))
    if holding:
        raise UnableToRestore(
            f"The database is not empty; there are rows in {', '.join(holding)}. Restore into an empty one, "
            "or say --replace to lose everything that is in it."
        )
    # Of the same release the tables are there already, and making them takes longer than filling them.
    if applied_migrations(connection) != set(backup.manifest.migrations):
        tell("Making the tables")
        catalogue.drop_everything(cursor)
        migrate_to(backup.manifest, connection=connection)
    tables = catalogue.tables(cursor)
    _check_tables(backup.manifest, tables)
    _fill(backup, cursor, tables, tell)


def _tables_with_rows(cursor: CursorWrapper) -> Iterator[str]:
    for table in catalogue.tables(cursor):
        if table.name not in _BY_MIGRATIONS:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {cursor.db.ops.quote_name(table.name)})")
            if cursor.fetchone() == (True,):
                yield table.name


def _check_tables(manifest: Manifest, tables: list[Table]) -> None:
    made = {table.name: set(table.columns) for table in tables}
    faults = []
    for part in manifest.tables:
        if part.name not in made:
            faults.append(f"No migration makes the table {part.name} of the backup.")
        elif missing := set(part.columns) ^ made[part.name]:
            faults.append(f"The table {part.name} differs in {', '.join(sorted(missing))}.")
    if faults:
        raise UnableToRestore(*faults)


def _fill(backup: Backup, cursor: CursorWrapper, tables: list[Table], tell: Tell) -> None:
    quoted = [cursor.db.ops.quote_name(table.name) for table in tables if table.name != MIGRATIONS]
    # What migrations wrote comes back from the backup.
    cursor.execute(f"TRUNCATE {', '.join(quoted)}")
    # The rows carry their versions, their history and their place in the log of changes.
    for table in quoted:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    parts = _in_order(backup.manifest.tables, catalogue.references_checked_at_once(cursor))
    for place, part in enumerate(parts, 1):
        _fill_table(backup, cursor, part)
        tell(f"{place}/{len(parts)} {part.name}: {part.rows:,} rows")
    for name, (last, called) in backup.manifest.sequences.items():
        # Unlike setval, this is undone with the transaction.
        cursor.execute(f"ALTER SEQUENCE {cursor.db.ops.quote_name(name)} RESTART WITH {last + called}")
    new_life.begin(cursor, tables)
    tell("Checking references")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in quoted:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _in_order(parts: list[Part], references: list[tuple[str, str]]) -> list[Part]:
    """What is named at once comes before what names it."""
    order = graphlib.TopologicalSorter({part.name: set[str]() for part in parts})
    for table, named in references:
        order.add(table, named)
    by_name = {part.name: part for part in parts}
    return [by_name[name] for name in order.static_order() if name in by_name]


def _fill_table(backup: Backup, cursor: CursorWrapper, part: Part) -> None:
    name = cursor.db.ops.quote_name(part.name)
    columns = ", ".join(cursor.db.ops.quote_name(column) for column in part.columns)
    with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        for block in backup.blocks(part):
            copy.write(block)
    if cursor.rowcount != part.rows:
        raise Damaged(f"{part.path} is damaged: it has {cursor.rowcount:,} rows and not {part.rows:,}.")
