"""Writes the lock files anew from the requirements files; further arguments go to uv, such as --upgrade.

No file names a package index, so that each machine installs from its own.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_WIDEST = "requirements-dev"
_OTHERS = ("requirements-local", "requirements", "requirements-embedding", "requirements-redis", "requirements-sentry")


def main(arguments: list[str]) -> None:
    _compile(_WIDEST, *arguments)
    for name in _OTHERS:
        # What runs is what was tested.
        _compile(name, "--constraints", f"{_WIDEST}.lock")


def _compile(name: str, *arguments: str) -> None:
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet"),
        # One version of each package for every Python and system.
        *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
        *("--generate-hashes", "--no-emit-index-url", "--no-header"),
        *(f"{name}.in", "--output-file", f"{name}.lock", *arguments),
    ]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"}, check=False).returncode:
        sys.exit(f"{name}.lock could not be written; the lines above say why.")


if __name__ == "__main__":
    main(sys.argv[1:])
