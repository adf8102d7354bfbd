"""The text of an HTML page, with the numbers that a browser counts. Nothing that it names is fetched."""

import re

from lxml import etree, html

from proposals.documents.encodings import decoded
from proposals.documents.faults import UnreadableDocument
from proposals.documents.numerals import HTML_FORMATS

_SKIPPED = {
    *("script", "style", "head", "noscript", "template", "iframe", "frame", "frameset", "object", "embed", "applet"),
    *("svg", "math", "audio", "video", "canvas", "map", "select", "textarea", "button", "input", "img", "link", "meta"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend"),
    *("main", "nav", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "caption"),
}
_LISTS = {"ol", "ul", "menu", "dir"}
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_ENCODINGS = re.compile(r"utf-?8|windows-125\d|iso-8859-\d{1,2}|koi8-[ru]|us-ascii|cp125\d")
_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]{0,500}\[|<!ENTITY", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_TOO_DEEP = UnreadableDocument("too_deep", "The file is nested too deeply to be read.")


def read_web_page(content: bytes) -> str:
    """Raises UnreadableDocument."""
    if _SUBSET.search(content.replace(b"\0", b"")):
        raise UnreadableDocument("entities", "The file declares entities of its own, which no page needs.")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(_characters(content).encode(), parser=parser)
    except etree.ParserError as error:
        raise UnreadableDocument("no_text", "The file holds no text.") from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        # The parser gives up there and would say nothing of the rest.
        raise _TOO_DEEP
    reading = _Reading()
    reading.element(page)
    return "\n".join(reading.lines())


def _characters(content: bytes) -> str:
    named = _CHARSET.search(content[:2048])
    encoding = named[1].decode().lower() if named else ""
    if _ENCODINGS.fullmatch(encoding) and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError) as error:
            sentence = f"The page says that it is in {encoding}, but it is not. Save it as UTF-8."
            raise UnreadableDocument("unknown_encoding", sentence) from error
    return decoded(content)


class _Reading:
    def __init__(self) -> None:
        self._blocks: list[str] = []  # an empty one parts paragraphs
        self._open = ""
        self._before = ""  # the number or bullet that the next words follow

    def lines(self) -> list[str]:
        self._close()
        return self._blocks

    def element(self, element: etree._Element, *, depth: int = 0, kept: bool = False) -> None:
        """`depth` is that of the list around it; `kept`: blanks and line ends say something there."""
        name = element.tag if isinstance(element.tag, str) else ""
        if name in _SKIPPED or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
            return
        if name == "br":
            self._open += "\n"
            return
        apart = name in _BLOCKS or (name in _LISTS and not depth)
        if apart:
            self._close(apart=True)
        if name in _LISTS:
            self._list(element, depth)
        elif name == "tr":
            self._close()
            self._children(element, depth=depth, kept=kept)
            self._close()
        else:
            self._children(element, depth=depth, kept=kept or name == "pre")
        if name in ("td", "th"):
            self._open += "\t"
        if apart:
            self._close(apart=True)

    def _children(self, element: etree._Element, *, depth: int, kept: bool) -> None:
        self._words(element.text, kept=kept)
        for child in element:
            self.element(child, depth=depth, kept=kept)
            self._words(child.tail, kept=kept)

    def _list(self, element: etree._Element, depth: int) -> None:
        number = HTML_FORMATS.get(element.get("type", "1"), HTML_FORMATS["1"]) if element.tag == "ol" else None
        items = element.findall("li")
        step = -1 if "reversed" in element.attrib else 1
        count = _whole(element.get("start")) if element.get("start") else None
        count = (len(items) if step < 0 else 1) if count is None else count
        for child in element:
            if child.tag != "li":
                self.element(child, depth=depth + 1)
                continue
            if number is not None and (given := _whole(child.get("value"))) is not None:
                count = given
            self._close()
            self._before = "  " * depth + (number(count) if number else "•") + " "
            self._children(child, depth=depth + 1, kept=False)
            self._close()
            self._before = ""
            count += step

    def _words(self, text: str | None, *, kept: bool) -> None:
        if not text:
            return
        if not kept:
            text = _SPACES.sub(" ", text)
            if not self._open or self._open[-1] in " \n\t":
                text = text.lstrip(" ")
        self._open += text

    def _close(self, *, apart: bool = False) -> None:
        """Ends the line; `apart` from the next by an empty one, unless the next words follow a number."""
        line = self._open.strip(" \t\n\r")
        self._open = ""
        if line:
            self._blocks.append(self._before + line)
            self._before = ""
        if apart and not self._before and self._blocks and self._blocks[-1]:
            self._blocks.append("")


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else None
