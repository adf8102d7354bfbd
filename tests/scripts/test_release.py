"""Releases of a small repository that looks like ours."""

import subprocess
import tarfile
from pathlib import Path

import pytest

from scripts import release

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "clone"
    (root / "config").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n')
    (root / "config" / "settings.py").write_text('RELEASE = "1.2.0"\n')
    (root / "openapi.yaml").write_text("info:\n  version: 1.2.0\n")
    (root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-11-23)\n\n- Boats.\n\n## 1.1.0\n\n- Nets.\n"
    )
    (root / "tests" / "test_boats.py").write_text("")
    (root / "Dockerfile").write_text("FROM scratch\n")
    (root / ".dockerignore").write_text("*\n!config\n")
    (root / ".gitignore").write_text("/dist/\n")
    (root / "Makefile").write_text("check test clients:\n\t@echo made $@\n")
    _git(root, "init", "--quiet")
    _git(root, "config", "user.name", "Northern Council")
    _git(root, "config", "user.email", "council@localhost")
    _commit(root)
    return root


def test_a_release_is_built_and_tagged(clone: Path, capfd: pytest.CaptureFixture[str]) -> None:
    release.main([], root=clone)

    assert _git(clone, "tag", "--list") == "v1.2.0"
    assert [line for line in capfd.readouterr().out.splitlines() if line.startswith("made")] == [
        "made check",
        "made test",
        "made clients",
    ]
    with tarfile.open(clone / "dist" / "concordance-1.2.0-image.tar.gz") as context:
        assert sorted(context.getnames()) == [".dockerignore", "Dockerfile", "config", "config/settings.py"]
    process = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=clone / "dist", check=False)
    assert process.returncode == 0


def test_a_dry_run_does_nothing(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release.main(["--dry-run"], root=clone)

    assert "would run make check" in capsys.readouterr().out
    assert (_git(clone, "tag", "--list"), (clone / "dist").exists()) == ("", False)


def test_everything_that_is_missing_is_named_at_once(clone: Path) -> None:
    (clone / "config" / "settings.py").write_text('RELEASE = "1.1.0"\n')
    (clone / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- Boats.\n\n## 1.2.0\n")

    with pytest.raises(SystemExit) as refusal:
        release.main([], root=clone)

    said = str(refusal.value).splitlines()
    assert said == [
        "Not ready for a release:",
        "  - config/settings.py says 1.1.0, pyproject.toml 1.2.0",
        "  - the tree is not clean: commit or take back what `git status` lists",
        "  - CHANGELOG.md has no section for 1.2.0, or an empty one",
        "  - CHANGELOG.md has lines under Unreleased: do they belong to this release?",
    ]
    assert _git(clone, "tag", "--list") == ""


def test_no_version_is_released_twice(clone: Path) -> None:
    _git(clone, "tag", "v1.2.0")

    with pytest.raises(SystemExit, match="tagged already"):
        release.main([], root=clone)


def test_a_check_that_fails_ends_it(clone: Path) -> None:
    (clone / "Makefile").write_text("check:\n\t@false\n")
    _commit(clone)

    with pytest.raises(SystemExit, match="make check failed"):
        release.main([], root=clone)

    assert (_git(clone, "tag", "--list"), (clone / "dist").exists()) == ("", False)


def test_our_own_files_say_one_version() -> None:
    said = release.versions(_ROOT)

    assert len(set(said.values())) == 1, said
    assert release.release_notes((_ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[said["pyproject.toml"]]


def _commit(root: Path) -> None:
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "A state")


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout.strip()
