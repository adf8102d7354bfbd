"""Makes the tables as a backup's release had them, by our own migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddIndex, RemoveIndex
from django.db.migrations.recorder import MigrationRecorder

from config.backup.faults import UnableToRestore
from config.backup.manifest import Manifest

Key = tuple[str, str]


def check_migrations(manifest: Manifest) -> None:
    """Raises `UnableToRestore` where this release has no way to the tables of the backup."""
    loader = MigrationLoader(None)
    # A migration that stands for several others has those too, as long as their files are there.
    known = set(loader.disk_migrations)
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise UnableToRestore(
            f"The backup was made by release {manifest.release}, whose migrations this one does not have: "
            f"{', '.join(unknown)}. Restore it with that release, or a later one."
        )


def applied_migrations(connection: BaseDatabaseWrapper) -> set[Key]:
    return set(MigrationRecorder(connection).applied_migrations())


def migrate_to(manifest: Manifest, *, connection: BaseDatabaseWrapper) -> None:
    """Applies the migrations that the backup names to an empty schema, within the transaction that is under way."""

    def settle(action: str, *_told: Any) -> None:
        # On their own, migrations end with a commit, which checks what is deferred; unchecked rows keep the next
        # migration from altering their table.
        if action == "apply_success":
            connection.check_constraints()

    executor = MigrationExecutor(connection, settle)
    targets = list(_last(manifest.migrations, executor.loader))
    plan = executor.migration_plan(targets)
    for migration, _ in plan:
        # No savepoint: PostgreSQL lets a later one not use what an earlier one added to an enumeration.
        migration.atomic = False  # type: ignore[misc]  # of this instance alone
    with plain_indexes():
        executor.migrate(targets, plan=plan)
    applied = applied_migrations(connection)
    if applied != set(manifest.migrations):
        other = ", ".join(f"{app}.{name}" for app, name in sorted(applied ^ set(manifest.migrations)))
        raise UnableToRestore(f"The tables of the backup cannot be made; these migrations do not fit: {other}.")


def _last(migrations: list[Key], loader: MigrationLoader) -> Iterator[Key]:
    """Of each app those that no later one of it builds on."""
    applied = set(migrations)
    for key in migrations:
        later = {child.key for child in loader.graph.node_map[key].children} if key in loader.graph.node_map else set()
        if not any(child in applied and child[0] == key[0] for child in later):
            yield key


@contextmanager
def plain_indexes() -> Iterator[None]:
    """Indexes that are made beside the traffic refuse a transaction; in a schema that nobody sees yet, none need be."""
    plain = {AddIndexConcurrently: AddIndex, RemoveIndexConcurrently: RemoveIndex}
    names = ("database_forwards", "database_backwards")
    own = [(operation, name, vars(operation)[name]) for operation in plain for name in names]
    for operation, name, _ in own:
        setattr(operation, name, getattr(plain[operation], name))
    try:
        yield
    finally:
        for operation, name, method in own:
            setattr(operation, name, method)
