"""Lints what migrations since the last release do to a database in use: make lint-migrations

Released migrations are those that the newest backup in tests/backup/released/ names: they have run everywhere, and are
never changed. The others are written out as SQL and read by squawk. docs/decisions/migrations.md says what to do about
what it finds. A migration that is safe all the same says why, in a line `# squawk-ignore rule: the reason` for each
rule.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django

_ROOT = Path(__file__).resolve().parent.parent
_RELEASED = _ROOT / "tests" / "backup" / "released"
_OURS = ("access", "parties", "proposals")
# Matters of taste, or settled elsewhere: `migrate` sets a lock timeout itself, Django chooses types and names.
_LEFT_ASIDE = (
    *("prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-identity", "prefer-text-field"),
    *("prefer-robust-stmts", "prefer-timestamp-tz", "require-timeout-settings"),
)
_EXCUSED = re.compile(r"^# squawk-ignore ([a-z-]+): \S", re.MULTILINE)


class Written(NamedTuple):
    """A migration as SQL; `excused` are rules that its author says it keeps otherwise."""

    name: str
    sql: str
    atomic: bool
    excused: list[str]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.entry import prepare

    prepare()
    django.setup()
    found = list(written(released()))
    faulty = [migration.name for migration in found if lint(migration)]
    print(f"{len(found)} migrations since the last release, {len(faulty)} of them unsafe on a database in use.")
    if faulty:
        print("docs/decisions/migrations.md says how to do it safely.", file=sys.stderr)
    return 1 if faulty else 0


def released() -> set[tuple[str, str]]:
    """The migrations of the last release."""
    from config.backup import read_backup

    backups = sorted(_RELEASED.glob("*.backup"), key=lambda path: [int(part) for part in path.stem.split(".")])
    with read_backup(backups[-1]) as backup:
        return set(backup.manifest.migrations)


def written(known: set[tuple[str, str]]) -> Iterator[Written]:
    """Our migrations that are not known, as the SQL that they run."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection, replace_migrations=False)
    for key in sorted(loader.disk_migrations):
        if key[0] in _OURS and key not in known:
            migration: Any = loader.get_migration(*key)
            sql = "\n".join(loader.collect_sql([(migration, False)]))
            source = Path(sys.modules[migration.__module__].__file__ or "").read_text(encoding="utf-8")
            yield Written(".".join(key), sql, migration.atomic, _EXCUSED.findall(source))


def lint(migration: Written) -> bool:
    """Whether squawk finds anything; what it finds is printed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{migration.name}.sql"
        # Django writes the transaction out, and squawk knows it by itself.
        file.write_text(re.sub(r"^(BEGIN|COMMIT);$", "", migration.sql, flags=re.MULTILINE), encoding="utf-8")
        process = subprocess.run(
            [
                *(Path(sys.executable).with_name("squawk"), "--pg-version=18", "--no-error-on-unmatched-pattern"),
                *(f"--exclude={rule}" for rule in (*_LEFT_ASIDE, *migration.excused)),
                *(["--assume-in-transaction"] if migration.atomic else []),
                file.name,
            ],
            cwd=folder,
            check=False,
        )
    return process.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
