"""Where the server's data and its socket file lie."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from config.postgres import account
from config.postgres.errors import UnableToStartPostgres

# Only root can write there, so nobody can put a folder of a known name in our way.
ROOT_FOLDER = Path("/var/lib/concordance")
PORT = 5432
# The system allows about 107 bytes for the path of a socket file; its name takes 20 of them.
_LONGEST_SOCKET_FOLDER = 80


def data_folder(folder: Path) -> Path:
    """The folder itself, or for root one below `ROOT_FOLDER` where its stand-in can enter, with a short name."""
    folder = folder.resolve()
    if account.is_root() and (not account.can_enter(folder) or _too_long(folder)):
        return ROOT_FOLDER / f"data-{digest(folder)}"
    return folder


def socket_folder(data: Path) -> Path:
    """The data folder, or a short-named private folder among the temporary files."""
    if not _too_long(data):
        return data
    return Path(tempfile.gettempdir()) / f"concordance-{os.geteuid()}-{digest(data)}"


def address(folder: Path) -> dict[str, str]:
    """Django's HOST and PORT of the server whose data lies in `folder`, running or not."""
    return {"HOST": str(socket_folder(data_folder(folder))), "PORT": str(PORT)}


def make_socket_folder(data: Path) -> Path:
    folder = socket_folder(data)
    if folder != data:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise UnableToStartPostgres(f"{folder} is not a private folder of this user; remove it and try again.")
    return folder


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _too_long(path: Path) -> bool:
    return len(os.fsencode(path)) >= _LONGEST_SOCKET_FOLDER
