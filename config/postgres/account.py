"""Under which account the server's programs run. PostgreSQL refuses root, so root lends it the account `nobody`."""

import os
import pwd
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import TypedDict

from config.postgres.errors import UnableToStartPostgres

_STAND_IN = "nobody"


class _Account(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def is_root() -> bool:
    return os.geteuid() == 0


def owner() -> tuple[int, int]:
    """User and group ids that own the data folder."""
    if not is_root():
        return os.geteuid(), os.getegid()
    entry = pwd.getpwnam(_STAND_IN)
    return entry.pw_uid, entry.pw_gid


def can_enter(path: Path) -> bool:
    """Whether the account that runs the server gets through every folder above `path`."""
    return not is_root() or all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents if folder.exists())


def run(program: Path, *arguments: str | Path) -> tuple[int, str]:
    """Exit code and output of one of the server's programs.

    The output goes through a file: the server inherits it, and with a pipe we would wait for the server to end.
    """
    account: _Account = {}
    if is_root():
        user, group = owner()
        account = {"user": user, "group": group, "extra_groups": []}
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.run(
                [str(program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                **account,
            )
        except PermissionError as error:
            raise UnableToStartPostgres(
                f"The account {_STAND_IN}, which stands in for root, may not run {program.name}: {error}. "
                "Work as another user, or set DATABASE_URL to a PostgreSQL 18 server."
            ) from error
        output.seek(0)
        return process.returncode, output.read().decode(errors="replace")
