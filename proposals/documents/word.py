"""The text of a Word document as it reads with all tracked changes accepted.

Left out: headers, footers, comments, hidden and deleted text. Footnotes and endnotes stand at the end.
"""

import re

from lxml import etree

from proposals.documents.faults import UnreadableDocument
from proposals.documents.word_numbering import Numbering
from proposals.documents.word_package import Package, open_package

MOST_PARAGRAPHS = 100_000
# What encloses paragraphs or runs and says nothing itself; `del` and `moveFrom` are not among them.
_WRAPPERS = set(
    "ins moveTo sdt sdtContent customXml smartTag hyperlink fldSimple dir bdo AlternateContent Choice".split()
)
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": " "}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SWITCHED_OFF = ("0", "false", "off")
# Fields that bring in, or start, something outside the document.
_REACHING_OUT = re.compile(r"^\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON)\b", re.IGNORECASE)


def read_word(content: bytes) -> str:
    """Raises UnreadableDocument."""
    package = open_package(content)
    return _Reading(package).text()


class _Reading:
    def __init__(self, package: Package) -> None:
        main = package.tree(package.main)
        assert main is not None  # noqa: S101 (open_package has looked)
        self._body = main.find("{*}body")
        self._numbering = Numbering(package.related("numbering"), package.related("styles"))
        self._notes = {kind: _notes(package.related(kind)) for kind in _NOTES.values()}
        self._cited: list[str] = []
        self._lines: list[str] = []
        self._in_list = False
        # Words of a paragraph whose end was deleted: they run on into the next one.
        self._running_on = ""
        self._paragraphs = 0

    def text(self) -> str:
        if self._body is None:
            raise UnreadableDocument("no_text", "The file holds no text.")
        self._blocks(self._body)
        self._add(self._running_on)
        # Each note is read when it is met here, so that one may cite another.
        for place, note in enumerate(self._cited, start=1):
            self._add(f"[{place}] {note}")
        return "\n".join(self._lines)

    def _blocks(self, parent: etree._Element) -> None:
        for block in parent.iterchildren("{*}*"):
            name = etree.QName(block).localname
            if name == "p":
                self._paragraph(block)
            elif name == "tbl":
                self._table(block)
            elif name == "altChunk":
                raise UnreadableDocument("embedded", "The file holds embedded documents. Paste its text instead.")
            elif name in _WRAPPERS:
                self._blocks(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise UnreadableDocument("too_much_text", f"The file has more than {MOST_PARAGRAPHS:,} paragraphs.")
        _check_fields(paragraph)
        boxes: list[etree._Element] = []
        words = self._running_on + self._words(paragraph, boxes)
        self._running_on = ""
        if _ends_deleted(paragraph):
            self._running_on = words
        else:
            place = self._numbering.place(paragraph)
            if place is not None and words.strip():
                own, level = place
                self._add("  " * level + f"{self._numbering.next_number(own, level)} {words.strip()}", in_list=True)
            else:
                self._add(words)
        for box in boxes:
            self._blocks(box)

    def _table(self, table: etree._Element) -> None:
        """Each row on a line of its own, its cells apart by tabs."""
        self._in_list = False
        for row in table.iter("{*}tr"):
            if next(row.iterancestors("{*}tbl")) is not table or row.find("{*}trPr/{*}del") is not None:
                continue
            cells = [self._cell(cell) for cell in row.iter("{*}tc") if next(cell.iterancestors("{*}tr")) is row]
            self._add("\t".join(cell for cell in cells if cell), in_list=True)
        self._in_list = False

    def _cell(self, cell: etree._Element) -> str:
        around, self._lines = (self._lines, self._in_list), []
        self._blocks(cell)
        self._add(self._running_on)
        self._running_on = ""
        found = [line for line in self._lines if line]
        self._lines, self._in_list = around
        return "\n".join(found)

    def _add(self, text: str, *, in_list: bool = False) -> None:
        if not text.strip():
            return
        if self._lines and not (in_list and self._in_list):
            self._lines.append("")
        self._in_list = in_list
        self._lines.append(text if in_list else text.strip())

    def _words(self, parent: etree._Element, boxes: list[etree._Element]) -> str:
        found = ""
        for child in parent.iterchildren("{*}*"):
            name = etree.QName(child).localname
            if name == "r":
                found += "" if _hidden(child) else self._run(child, boxes)
            elif name in _WRAPPERS:
                found += self._words(child, boxes)
            elif name == "oMath" or name == "oMathPara":
                found += "".join(part.text or "" for part in child.iter("{*}t"))
        return found

    def _run(self, run: etree._Element, boxes: list[etree._Element]) -> str:
        found = ""
        for child in run.iterchildren("{*}*"):
            name = etree.QName(child).localname
            if name == "t":
                found += child.text or ""
            elif name in _SIGNS:
                found += _SIGNS[name]
            elif name in _NOTES:
                found += self._cite(_NOTES[name], child)
            elif name == "object":
                raise UnreadableDocument(
                    "embedded", "The file holds embedded objects. Take them out, or paste its text."
                )
            elif name in ("drawing", "pict", "AlternateContent"):
                # Text boxes; what older programs would show in their place is the same again.
                boxes += [
                    box for box in child.iter("{*}txbxContent") if next(box.iterancestors("{*}Fallback"), None) is None
                ]
        return found

    def _cite(self, kind: str, reference: etree._Element) -> str:
        note = self._notes[kind].get(str(reference.get(f"{{{etree.QName(reference).namespace}}}id", "")))
        if note is None:
            return ""
        self._cited.append(" ".join(self._words(paragraph, []).strip() for paragraph in note.iter("{*}p")).strip())
        return f" [{len(self._cited)}]"


def _notes(part: etree._Element | None) -> dict[str, etree._Element]:
    """The notes by their ids; separators are no notes."""
    found = {}
    for note in part.iterchildren("{*}*") if part is not None else ():
        namespace = f"{{{etree.QName(note).namespace}}}"
        if note.get(f"{namespace}type", "normal") == "normal":
            found[str(note.get(f"{namespace}id", ""))] = note
    return found


def _check_fields(paragraph: etree._Element) -> None:
    instruction = "".join(one.text or "" for one in paragraph.iter("{*}instrText"))
    simple = [str(value) for one in paragraph.iter("{*}fldSimple") for value in one.attrib.values()]
    if any(_REACHING_OUT.match(one) for one in (instruction, *simple)):
        raise UnreadableDocument(
            "external", "A field of the file reaches for something outside it. Paste its text instead."
        )


def _hidden(run: etree._Element) -> bool:
    vanish = run.find("{*}rPr/{*}vanish")
    return vanish is not None and not any(value in _SWITCHED_OFF for value in vanish.attrib.values())


def _ends_deleted(paragraph: etree._Element) -> bool:
    marks = paragraph.find("{*}pPr/{*}rPr")
    return marks is not None and (marks.find("{*}del") is not None or marks.find("{*}moveFrom") is not None)
