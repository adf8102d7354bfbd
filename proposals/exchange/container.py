"""Files in a ZIP, unpacked within bounds: archives of exchange files, and workbooks."""

from __future__ import annotations

import struct
from xml.parsers import expat

from proposals.documents import archive
from proposals.documents.faults import UnreadableDocument
from proposals.exchange.events import Unreadable


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of an archive by their names, none of them larger than is allowed. Raises Unreadable."""
    try:
        parts = archive.unpacked(content)
    except UnreadableDocument as refusal:
        raise Unreadable(str(refusal).removeprefix("The file ").removesuffix(".")) from refusal
    except (OSError, struct.error) as error:
        raise Unreadable("is damaged: it cannot be unpacked") from error
    return {name: part for name, part in parts.items() if not name.endswith("/")}


def refuse_definitions(name: str, content: bytes) -> None:
    """Raises Unreadable where an XML file defines types or entities, or is none: expanding them can fill any memory.

    It is read as a stream: a sheet of a workbook has tens of megabytes, and several times that as a tree.
    """

    def refuse(*_: object) -> None:
        raise Unreadable(f"holds {name} with a document type or entities of its own, which are never read")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 (that it is all; the parser takes no names)
    except expat.ExpatError as error:
        raise Unreadable(f"holds {name}, which is no XML: {error}") from error
