"""XML without the parts of it that reach out or blow up: no document type, no entities, no depth without end."""

import re

from lxml import etree

from proposals.documents.faults import UnreadableDocument

_DECLARED = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1"}


def parse_xml(content: bytes) -> etree._Element:
    """The root of a part of a document. Raises UnreadableDocument."""
    # Without its NULs, UTF-16 shows its marks like UTF-8; other encodings could hide them, and are not read.
    plain = (
        content.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    )
    declared = _DECLARED.match(plain)
    if not plain.lstrip().startswith(b"<") or (declared and declared[1].decode().lower() not in _ENCODINGS):
        raise UnreadableDocument("damaged", "A part of the file is in an encoding that is not read.")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnreadableDocument("entities", "The file declares entities or a document type, which no document needs.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        if "depth" in str(error):
            raise UnreadableDocument("too_deep", "The file is nested too deeply to be read.") from error
        raise UnreadableDocument("damaged", "A part of the file is damaged: it is not well-formed XML.") from error
