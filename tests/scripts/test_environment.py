"""The set-up of .venv, run in a project of its own whose packages lie beside it."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "environment.py"
_UV = Path(sys.executable).parent / "uv"
_PLAIN = "/usr/bin:/bin"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that needs a package `harbour`, and for development `lighthouse` too."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(_SCRIPT, tmp_path / "scripts")
    _lock(tmp_path, "local", harbour="1.0")
    _lock(tmp_path, "dev", harbour="1.0", lighthouse="1.0")
    return tmp_path


@pytest.fixture
def with_uv(tmp_path: Path) -> str:
    """A PATH on which uv is the only addition."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").symlink_to(_UV)
    return f"{tmp_path / 'bin'}:{_PLAIN}"


def test_a_second_run_does_nothing(project: Path, with_uv: str) -> None:
    first = _run(project, "local", path=with_uv)
    state = _state(project)

    second = _run(project, "local", path=with_uv)

    assert "Installing requirements-local.lock into .venv with uv" in first
    assert (second, _state(project)) == ("", state)
    assert _packages(project) == {"harbour": "1.0"}


def test_a_changed_lock_file_is_noticed_and_nothing_else(project: Path, with_uv: str) -> None:
    _run(project, "local", path=with_uv)

    os.utime(project / "requirements-local.lock")
    _lock(project, "dev", harbour="1.0", lighthouse="2.0")
    unchanged = _run(project, "local", path=with_uv)
    _lock(project, "local", harbour="2.0")
    changed = _run(project, "local", path=with_uv)

    assert unchanged == ""
    assert "Installing requirements-local.lock" in changed
    assert _packages(project) == {"harbour": "2.0"}


def test_what_development_installed_serves_a_local_start(project: Path, with_uv: str) -> None:
    _run(project, "dev", path=with_uv)

    assert _run(project, "local", path=with_uv) == ""
    assert _packages(project) == {"harbour": "1.0", "lighthouse": "1.0"}


def test_an_installation_that_failed_is_done_again(project: Path, with_uv: str) -> None:
    (project / "wheels").rename(project / "elsewhere")

    fault = _run(project, "local", path=with_uv, code=1)
    (project / "elsewhere").rename(project / "wheels")
    _run(project, "local", path=with_uv)

    assert "The packages of requirements-local.lock could not be installed" in fault
    assert _packages(project) == {"harbour": "1.0"}


def test_plain_pip_installs_the_same(project: Path) -> None:
    said = _run(project, "local", path=_PLAIN)

    assert "Installing requirements-local.lock into .venv with pip" in said
    assert _packages(project) == {"harbour": "1.0"}


def test_the_project_can_be_imported_from_any_folder(project: Path, with_uv: str) -> None:
    (project / "council.py").touch()

    _run(project, "local", path=with_uv)

    subprocess.run([project / ".venv/bin/python", "-c", "import council"], cwd="/", check=True)


def _lock(project: Path, name: str, **versions: str) -> None:
    wheels = project / "wheels"
    wheels.mkdir(exist_ok=True)
    lines = ["--no-index", f"--find-links {wheels}"]
    for package, version in versions.items():
        wheel = _wheel(wheels, package, version)
        lines.append(f"{package}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}")
    (project / f"requirements-{name}.lock").write_text("\n".join(lines) + "\n")


def _wheel(folder: Path, package: str, version: str) -> Path:
    wheel = folder / f"{package}-{version}-py3-none-any.whl"
    if not wheel.exists():
        about = f"{package}-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr(f"{package}.py", f"version = {version!r}\n")
            file.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
            file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            file.writestr(f"{about}/RECORD", "")
    return wheel


def _run(project: Path, name: str, *, path: str, code: int = 0) -> str:
    """What the script says on standard output, or where it fails on standard error."""
    process = subprocess.run(
        [sys.executable, project / "scripts" / "environment.py", name],
        env={"PATH": path, "HOME": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == code, process.stdout + process.stderr
    return process.stderr if code else process.stdout


def _packages(project: Path) -> dict[str, str]:
    found = (
        about.name.removesuffix(".dist-info") for about in project.glob(".venv/lib/python3*/site-packages/*.dist-info")
    )
    named = dict(name.split("-", 1) for name in found)
    return {name: version for name, version in sorted(named.items()) if name in ("harbour", "lighthouse")}


def _state(project: Path) -> int:
    return (project / ".venv" / "installed").stat().st_mtime_ns
