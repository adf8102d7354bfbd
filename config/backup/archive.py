"""The file: a ZIP archive with one member for each table, and a manifest with the digest of each, written last."""

import contextlib
import fcntl
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from config.backup.faults import Damaged, UnableToBackUp, UnableToRestore
from config.backup.manifest import NAME, Manifest, Part, read_manifest

_BLOCK = 1 << 20
_MOST_MANIFEST = 16 << 20


@contextlib.contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[IO[bytes]]:
    """A private file that has its name only once everything is in it and on the disk; otherwise there is none."""
    if not replace and path.exists():
        raise UnableToBackUp(f"{path} exists already. Name another file, or say --replace.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with _locked(unfinished) as file:
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
                if replace:
                    unfinished.replace(path)
                else:
                    # Unlike a rename, this fails if somebody made a file of that name meanwhile.
                    os.link(unfinished, path)
                    unfinished.unlink()
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
    except OSError as error:
        # On a full disk closing fails as well, which comes last.
        raise UnableToBackUp(f"{path} was not written: {error.strerror or error}.") from error
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    """An empty private file. What a killed backup left is written over; the lock tells it from one under way."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "w+b") as file:  # noqa: PTH123  (a descriptor, not a path)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnableToBackUp(f"Another backup to {path.stem} is under way.") from None
        os.fchmod(descriptor, 0o600)
        file.truncate()
        yield file


class Writer:
    """Parts first, the manifest last: without it a file is no backup."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, path: str, blocks: Iterable[bytes | memoryview]) -> tuple[int, str]:
        """Bytes and digest of what was written."""
        count, digest = 0, hashlib.sha256()
        with self._archive.open(path, "w", force_zip64=True) as member:
            for block in blocks:
                member.write(block)
                digest.update(block)
                count += len(block)
        return count, digest.hexdigest()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *failure: object) -> None:
        # After a failure closing fails too, and only that it tried counts: the file is on its way out.
        with contextlib.suppress(OSError, ValueError) if any(failure) else contextlib.nullcontext():
            self._archive.close()

    def finish(self, manifest: Manifest) -> None:
        self._archive.writestr(NAME, manifest.written())


class Backup:
    """A backup that can be read; `check()` says whether all of it is as it was written."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
            if self._archive.getinfo(NAME).file_size > _MOST_MANIFEST:
                raise Damaged(f"{NAME} is damaged: it is far too long.")
            content = self._archive.read(NAME)
        except KeyError:
            raise UnableToRestore(f"This is no backup of Concordance: it has no {NAME}.") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Damaged(f"This is no backup of Concordance, or it was cut short or damaged: {error}") from error
        self.manifest = read_manifest(content)

    def blocks(self, part: Part) -> Iterator[bytes]:
        """The part's content, held against its digest. Raises `Damaged`, after the last good block at the latest."""
        count, digest = 0, hashlib.sha256()
        try:
            with self._archive.open(part.path) as member:
                while block := member.read(_BLOCK):
                    count += len(block)
                    digest.update(block)
                    if count > part.bytes:
                        break
                    yield block
        except KeyError:
            raise Damaged(f"{part.path} is missing.") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Damaged(f"{part.path} is damaged: {error}") from error
        if (count, digest.hexdigest()) != (part.bytes, part.sha256):
            raise Damaged(f"{part.path} is damaged: it is not what the manifest says it was.")

    def check(self) -> None:
        """Reads all of it. Raises `Damaged`, which names every damaged part."""
        faults: list[str] = []
        for part in self.manifest.tables:
            try:
                for _ in self.blocks(part):
                    pass
            except Damaged as fault:
                faults.extend(fault.faults)
        known = {NAME, *(part.path for part in self.manifest.tables)}
        faults.extend(f"{name} is not in the manifest." for name in self._archive.namelist() if name not in known)
        if faults:
            raise Damaged(*faults)


@contextlib.contextmanager
def read_backup(path: Path) -> Iterator[Backup]:
    """Opened, and its manifest read. Raises `UnableToRestore`."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnableToRestore(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        yield Backup(file)
