"""Which server processes work on a data folder, asked of the system rather than of a file that may be stale."""

import contextlib
from pathlib import Path

_PROC = Path("/proc")


def can_tell() -> bool:
    """Only Linux shows the working folders of processes as files."""
    return (_PROC / "self" / "cwd").exists()


def working_in(data: Path) -> list[int]:
    """Ids of the live PostgreSQL processes of a data folder; a zombie has no working folder and is left out."""
    found = []
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        # Gone since the listing, or another user's.
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == data and "postgres" in (entry / "exe").readlink().name:
                found.append(int(entry.name))
    return found
