"""Makes a release: looks whether all is said and agrees, runs the checks, builds into dist/, and tags: make release

    make release args=--dry-run     # says what is wrong or what would be done, and does nothing

dist/ gets the clients of the API, the context of the image (what .dockerignore lets through, as committed) and a file
of digests. Nothing is pushed or published.
"""

import argparse
import gzip
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# One after the other, as continuous integration does.
_CHECKS = ("check", "test", "clients")
_CLIENTS = ("clients/typescript", "clients/python")
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


class NotReady(Exception):
    """What keeps it from being released, one fault a line."""


def main(arguments: Sequence[str], *, root: Path = ROOT) -> None:
    parser = argparse.ArgumentParser(prog="make release", description="Make a release of what is committed.")
    parser.add_argument("--dry-run", action="store_true", help="look, and do nothing")
    dry_run = parser.parse_args(arguments).dry_run
    try:
        version = ready_version(root)
    except NotReady as faults:
        sys.exit(f"Not ready for a release:\n{faults}")
    if dry_run:
        print(f"Ready: would run make {', make '.join(_CHECKS)}, write dist/ and tag v{version}.")
        return
    for target in _CHECKS:
        if subprocess.run(["make", target], cwd=root, check=False).returncode:
            sys.exit(f"make {target} failed, so nothing is released.")
    # They may have written files that belong into the commit.
    if _git(root, "status", "--porcelain"):
        sys.exit("The checks changed files. Commit or take back what `git status` lists.")
    for file in build(root, version):
        print(file.relative_to(root))
    _git(root, "tag", "--annotate", f"v{version}", "--message", f"Concordance {version}")
    print(f"Tagged v{version}. To publish: git push origin v{version}")


def ready_version(root: Path) -> str:
    """The version that is to be released. Raises NotReady with everything that is missing."""
    said = versions(root)
    version = said["pyproject.toml"]
    faults = [f"{place} says {other or 'nothing'}, pyproject.toml {version}" for place, other in said.items()]
    faults = [fault for fault, other in zip(faults, said.values(), strict=True) if other != version]
    if not _VERSION.fullmatch(version):
        faults.append(f"pyproject.toml: {version!r} is no version such as 1.2.0")
    if _git(root, "status", "--porcelain"):
        faults.append("the tree is not clean: commit or take back what `git status` lists")
    if _git(root, "tag", "--list", f"v{version}"):
        faults.append(f"v{version} is tagged already")
    notes = release_notes((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    if not notes.get(version):
        faults.append(f"CHANGELOG.md has no section for {version}, or an empty one")
    if notes.get("Unreleased"):
        faults.append("CHANGELOG.md has lines under Unreleased: do they belong to this release?")
    if faults:
        raise NotReady("\n".join(f"  - {fault}" for fault in faults))
    return version


def versions(root: Path) -> dict[str, str]:
    """What each file says the version is, "" where it doesn't."""
    places = {
        "pyproject.toml": r'^version = "([^"]+)"$',
        "config/settings.py": r'^RELEASE = "([^"]+)"$',
        "openapi.yaml": r"^  version: (\S+)$",
    }
    found = {}
    for place, pattern in places.items():
        match = re.search(pattern, (root / place).read_text(encoding="utf-8"), re.M)
        found[place] = match[1] if match else ""
    return found


def release_notes(changelog: str) -> dict[str, str]:
    """The text of each section by its first word, a version or Unreleased."""
    parts = re.split(r"^## \[?([\w.]+)\]?.*$", changelog, flags=re.M)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def build(root: Path, version: str) -> list[Path]:
    """Writes dist/ anew."""
    dist = root / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    dist.mkdir()
    files = [_image_context(root, dist / f"concordance-{version}-image.tar.gz")]
    for folder in _CLIENTS:
        if (root / folder).is_dir():
            files.append(dist / f"concordance-{version}-client-{Path(folder).name}.tar.gz")
            with tarfile.open(files[-1], "w:gz") as archive:
                archive.add(root / folder, Path(folder).name, filter=_without_caches)
    digests = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (dist / "SHA256SUMS").write_text(digests, encoding="ascii")
    return [*files, dist / "SHA256SUMS"]


def _image_context(root: Path, target: Path) -> Path:
    """The same bytes for the same commit."""
    lines = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    paths = ["Dockerfile", ".dockerignore", *(line[1:] for line in lines if line.startswith("!"))]
    process = subprocess.run(
        ["git", "archive", "--format=tar", "HEAD", "--", *paths], cwd=root, capture_output=True, check=True
    )
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(process.stdout)
    target.write_bytes(packed.getvalue())
    return target


def _without_caches(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    if {"node_modules", "__pycache__", ".venv"} & set(Path(entry.name).parts):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1:])
