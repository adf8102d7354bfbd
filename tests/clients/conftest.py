"""The clients, generated, installed and asked from outside. Needed: node and npm, and the packages that both fetch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import clients
from tests import live

django_db_setup = live.django_db_setup
site = live.site

# As little as possible of what the developer has set, so that the packages must suffice.
_VARIABLES = {
    key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DJANGO", "VIRTUAL_ENV"))
}


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; a failing one fails the test with all that it said."""
    done = subprocess.run(command, cwd=cwd, env=_VARIABLES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def _generated() -> None:
    """Both clients in clients/, from the openapi.yaml that is committed."""
    for program in ("node", "npm"):
        assert shutil.which(program), f"{program} is missing: apt install nodejs npm"
    assert (clients.ROOT / "node_modules").exists(), "The npm packages are missing; run this as: make test-clients"
    clients.main()


@pytest.fixture(scope="session")
def typescript(_generated: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of somebody else in which the TypeScript client is installed as a package."""
    project = tmp_path_factory.mktemp("typescript")
    (package,) = run("npm", "pack", "--silent", "--pack-destination", project, cwd=clients.TYPESCRIPT).split()
    (project / "package.json").write_text('{"private": true, "type": "module"}')
    run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", f"./{package}", cwd=project)
    types = project / "node_modules" / "@types"
    types.mkdir()
    (types / "node").symlink_to(clients.ROOT / "node_modules" / "@types" / "node")
    (project / "node_modules" / "undici-types").symlink_to(clients.ROOT / "node_modules" / "undici-types")
    return project


@pytest.fixture(scope="session")
def python(_generated: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment of somebody else in which the Python client is installed as a package."""
    uv, folder = Path(sys.executable).parent / "uv", tmp_path_factory.mktemp("python")
    run(uv, "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(uv, "pip", "install", "--quiet", "--python", python, clients.PYTHON, cwd=folder)
    return python
