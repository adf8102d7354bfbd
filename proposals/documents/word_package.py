"""The parts of a Word document, after a look for what it would run or fetch if it were opened in Word."""

import posixpath
from dataclasses import dataclass

from lxml import etree

from proposals.documents.archive import unpacked
from proposals.documents.faults import UnreadableDocument
from proposals.documents.safe_xml import parse_xml

_MAIN = ".wordprocessingml.document.main+xml"
_MACROS = UnreadableDocument("macros", "The file holds macros. Save it as .docx without them, or paste its text.")
_EMBEDDED = UnreadableDocument("embedded", "The file holds embedded objects. Take them out, or paste its text.")
# The ends of the names of parts, and of the types of relationships, that bring in what is not text.
_FOREIGN = (".bin", ".exe", ".dll", ".js", ".zip", ".docx", ".xlsx", ".ole")
_EMBEDDING = ("/oleObject", "/package", "/control", "/aFChunk", "/subDocument", "/activeXControlBinary", "/frame")


@dataclass(frozen=True)
class Package:
    """The parts of a document by name; `main` is that of its text."""

    parts: dict[str, bytes]
    main: str

    def tree(self, name: str) -> etree._Element | None:
        """A part as XML, or None where there is none."""
        return parse_xml(self.parts[name]) if name in self.parts else None

    def related(self, kind: str) -> etree._Element | None:
        """The part that the main one names as its numbering, styles, footnotes …, or None."""
        folder, _, file = self.main.rpartition("/")
        rels = self.tree(f"{folder}/_rels/{file}.rels".removeprefix("/"))
        for tie in rels if rels is not None else ():
            if str(tie.get("Type", "")).endswith(f"/{kind}"):
                return self.tree(posixpath.normpath(posixpath.join("/", folder, tie.get("Target", ""))).lstrip("/"))
        return None


def open_package(content: bytes) -> Package:
    """Raises UnreadableDocument, above all for macros, embedded objects and references to the world outside."""
    parts = unpacked(content)
    if "[Content_Types].xml" not in parts:
        raise UnreadableDocument("not_what_it_says", "The file is called .docx, but it is another kind of archive.")
    main = _checked_types(parse_xml(parts["[Content_Types].xml"]))
    for name in parts:
        _check_name(name.lower())
        if name.lower().endswith(".rels"):
            _check_relations(parse_xml(parts[name]))
    if main not in parts:
        raise UnreadableDocument("not_what_it_says", "The file is called .docx, but it is no Word document.")
    return Package(parts=parts, main=main)


def _checked_types(types: etree._Element) -> str:
    """The name of the main part."""
    main = ""
    for entry in types:
        kind = str(entry.get("ContentType", ""))
        if "macroenabled" in kind.lower() or "vbaproject" in kind.lower():
            raise _MACROS
        if "activex" in kind.lower() or "oleobject" in kind.lower():
            raise _EMBEDDED
        if kind.endswith(_MAIN):
            main = str(entry.get("PartName", "")).lstrip("/")
    return main


def _check_name(name: str) -> None:
    if name.rpartition("/")[2] in ("vbaproject.bin", "vbadata.xml"):
        raise _MACROS
    file = name.rpartition("/")[2]
    # Printers' settings are the one harmless .bin.
    foreign = file.endswith(_FOREIGN) and not file.startswith("printersettings")
    if foreign or "/embeddings/" in name or "/activex/" in name:
        raise _EMBEDDED


def _check_relations(rels: etree._Element) -> None:
    for tie in rels:
        kind = str(tie.get("Type", ""))
        if kind.endswith(_EMBEDDING):
            raise _EMBEDDED
        if kind.endswith("/vbaProject"):
            raise _MACROS
        # A link in the text is only words to us, and is never followed.
        if str(tie.get("TargetMode", "")).lower() == "external" and not kind.endswith("/hyperlink"):
            what = kind.rpartition("/")[2] or "part"
            raise UnreadableDocument(
                "external",
                f"The file refers to something outside itself ({what[:40]}). Save it without, or paste its text.",
            )
