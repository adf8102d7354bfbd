"""Makes the folder .venv and keeps it in step with a lock file.

    python3 scripts/environment.py local    # what `make run` needs: requirements-local.lock
    python3 scripts/environment.py dev      # and the tools for tests and checks: requirements-dev.lock

It runs before anything is installed, so it needs Python 3.11 and the standard library alone. The file .venv/installed
says which lock file was installed, and in which state; as long as that holds nothing is done. What one developer
installed is never reduced: after `dev`, `local` keeps the whole set.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARKER = VENV / "installed"
SETS = ("local", "dev")


def main(wanted: str) -> None:
    """Leaves .venv with at least the packages of a set, or ends with a sentence that says what is missing."""
    with _one_at_a_time():
        name = max(wanted, _installed_set(), key=SETS.index)
        state = _state(name)
        if PYTHON.exists() and MARKER.exists() and MARKER.read_text() == state:
            return
        lock = _lock_file(name)
        MARKER.unlink(missing_ok=True)
        started = time.monotonic()
        if not (_install_with_uv(lock) or _install_with_pip(lock)):
            sys.exit(
                f"The packages of {lock.name} could not be installed; the lines above say why. "
                "This step needs access to a Python package index."
            )
        _make_importable()
        MARKER.write_text(state)
        print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def _lock_file(name: str) -> Path:
    return ROOT / f"requirements-{name}.lock"


def _state(name: str) -> str:
    return f"{name} {hashlib.sha256(_lock_file(name).read_bytes()).hexdigest()}\n"


def _installed_set() -> str:
    name = MARKER.read_text().partition(" ")[0] if MARKER.exists() else ""
    return name if name in SETS else SETS[0]


def _install_with_uv(lock: Path) -> bool:
    uv = shutil.which("uv")
    # A shim of a version manager may stand for a uv that is not there.
    if not uv or not _run(uv, "--version", quiet=True):
        return False
    print(f"Installing {lock.name} into .venv with uv ...", flush=True)
    if not PYTHON.exists() and not _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV):
        return False
    return _run(uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock)


def _install_with_pip(lock: Path) -> bool:
    print(f"Installing {lock.name} into .venv with pip; this can take a minute or two ...", flush=True)
    # From nothing each time, because pip leaves in place what a newer lock file no longer names.
    if not _run(sys.executable, "-m", "venv", "--clear", VENV):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv. "
            "Elsewhere install Python 3.11 or newer from python.org, or install uv."
        )
    return _run(
        PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock
    )


def _make_importable() -> None:
    """Lets programs of .venv, such as pytest, import the project from any folder."""
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "concordance.pth").write_text(os.path.relpath(ROOT, packages) + "\n")


def _run(program: str | Path, *arguments: str | Path, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    # Without this uv would fetch a Python of its own, from a host that may be out of reach.
    variables = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    return not subprocess.run(
        [program, *arguments], stdout=output, stderr=output, env=variables, check=False
    ).returncode


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (ROOT / ".venv.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    if sys.argv[1:] not in ([name] for name in SETS):
        sys.exit(f"usage: python3 {sys.argv[0]} {'|'.join(SETS)}")
    main(sys.argv[1])
