"""A new data folder: complete, or not there at all."""

import os
import shutil
import tempfile
from pathlib import Path

from config.postgres import account
from config.postgres.errors import UnableToStartPostgres

MAJOR = "18"
SUPERUSER = "postgres"


def make_if_missing(data: Path, *, programs: Path) -> None:
    """Makes the data folder unless it exists. Only one process at a time may call this for a folder."""
    if data.exists() and data.stat().st_uid != account.owner()[0]:
        raise UnableToStartPostgres(
            f"{data} belongs to another user. Work as that user, or name another place in CONCORDANCE_POSTGRES."
        )
    marker = data / "PG_VERSION"
    if marker.exists():
        found = marker.read_text().strip()
        if found != MAJOR:
            raise UnableToStartPostgres(
                f"{data} was made by PostgreSQL {found}, and this is {MAJOR}. "
                "Export what you need with the older version, then move the folder away."
            )
        return
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise UnableToStartPostgres(
            f"{data} holds something else than a database. Move it away, or name another place."
        )
    _make(data, programs=programs)


def _make(data: Path, *, programs: Path) -> None:
    remains = f"{data.name}.new-"
    for unfinished in data.parent.glob(f"{remains}*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=remains, dir=data.parent))
    if account.is_root():
        os.chown(new, *account.owner())
    code, output = account.run(
        programs / "initdb",
        *("--pgdata", new, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-sync"),
        # The same order of text on every system, unlike the collations of the operating system.
        *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    )
    if code:
        shutil.rmtree(new, ignore_errors=True)
        raise UnableToStartPostgres(f"PostgreSQL could not make its data folder {data}:\n{output}")
    with (new / "postgresql.conf").open("a") as configuration:
        configuration.write("\nlisten_addresses = ''\n")
    # One step: whoever is killed before it leaves remains behind, but never half a data folder.
    new.rename(data)
