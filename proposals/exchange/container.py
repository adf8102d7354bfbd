"""Files in a ZIP, unpacked within bounds: archives of exchange files, and workbooks.

What an archive says about its own sizes is not believed: what comes out is counted. Nothing is written to disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from proposals.exchange.events import Unreadable

_CHUNK = 65_536
# What a broken archive may raise, apart from its own error: what its headers say is used as it is.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def unpacked(content: bytes, *, most: int, largest: int) -> dict[str, bytes]:
    """The files of an archive by their names: `most` of them, of `largest` bytes together. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, most=most)
            found: dict[str, bytes] = {}
            for entry in entries:
                found[entry.filename] = b"".join(_read(archive, entry, largest - sum(map(len, found.values()))))
            return found
    except _Bomb:
        raise Unreadable(f"holds more than {largest:,} bytes once it is unpacked; it is not read") from None
    except _BROKEN as error:
        raise Unreadable("is no ZIP archive that can be read") from error


def refuse_definitions(name: str, content: bytes) -> None:
    """Raises Unreadable where an XML file defines types or entities, or is none: expanding them can fill any memory."""

    def refuse(*_: object) -> None:
        raise Unreadable(f"holds {name} with a document type or entities of its own, which are never read")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 (that it is all; the parser takes no names)
    except expat.ExpatError as error:
        raise Unreadable(f"holds {name}, which is no XML: {error}") from error


class _Bomb(Exception):
    pass


def _check(entries: list[zipfile.ZipInfo], *, most: int) -> None:
    if len(entries) > most:
        raise Unreadable(f"holds {len(entries):,} files; {most:,} are allowed")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise Unreadable("holds two files of one name")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("is locked with a password")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _Bomb
            yield chunk
