"""The parts of a zip archive, none of them larger than it says or than is allowed."""

import io
import zipfile
import zlib

from proposals.documents.faults import UnreadableDocument

MOST_ENTRIES = 2_000
LARGEST_ENTRY = 20 * 1024**2
LARGEST_TOTAL = 60 * 1024**2
# A text of one word over and over is packed this tightly, no document that somebody wrote.
TIGHTEST = 200
_SMALL = 1024**2  # what is no larger does no harm, however it is packed
_CHUNK = 64 * 1024
_BOMB = UnreadableDocument("too_large_inside", "The file grows far beyond its size when it is unpacked.")
_DAMAGED = UnreadableDocument("damaged", "The file is damaged: it cannot be unpacked.")


def unpacked(content: bytes) -> dict[str, bytes]:
    """Every part by its name. Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_declared(entries, packed=len(content))
            parts: dict[str, bytes] = {}
            for entry in entries:
                # Of what was really found, whatever the archive says of itself.
                room = LARGEST_TOTAL - sum(map(len, parts.values()))
                parts[entry.filename] = _inflated(archive, entry, room=min(room, LARGEST_ENTRY))
            return parts
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _DAMAGED from error


def _check_declared(entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise _BOMB
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableDocument("damaged", "The file holds two parts of one name.")
    if sum(entry.compress_size for entry in entries) > packed:
        raise UnreadableDocument("damaged", "Parts of the file overlap.")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UnreadableDocument("encrypted", "The file is encrypted. Save it without a password.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _DAMAGED
        if entry.file_size > LARGEST_ENTRY or _too_tight(entry.file_size, entry.compress_size):
            raise _BOMB


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, room: int) -> bytes:
    found = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            found += chunk
            if len(found) > room or _too_tight(len(found), entry.compress_size):
                raise _BOMB
    if len(found) != entry.file_size:
        raise _DAMAGED
    return bytes(found)


def _too_tight(size: int, packed: int) -> bool:
    return size > _SMALL and size > TIGHTEST * max(packed, 1)
