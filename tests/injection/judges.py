"""What has come alive in an answer, told by a parser of its format: an empty list where all texts are still texts."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

import yaml
from lxml import etree, html
from markdown_it import MarkdownIt

from parties.spreadsheet_text import looks_like_formula
from tests.hostile import PROBE

_ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset", "background", "cite"}
_ALIVE = re.compile(r"(javascript|vbscript|data|file):", re.I)
_NEVER = {PROBE, "iframe", "object", "embed", "base", "applet", "frame", "marquee", "foreignobject"}
_OUTSIDE = re.compile(rb'TargetMode\s*=\s*"External"')


def _leads_astray(address: str) -> bool:
    return bool(_ALIVE.match(address)) or address.startswith("//")


class _Page(HTMLParser):
    """Reads as a browser does: whatever ends a script ends it, and what follows is markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._json: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _NEVER or (tag == "meta" and "refresh" in given.get("http-equiv", "").lower()):
            self._tell(tag)
        if tag == "script" and "src" not in given:
            if given.get("type") == "application/json":
                self._json = []
            else:
                self._tell(tag)
        for name, value in given.items():
            plain = re.sub(r"[\x00-\x20]", "", value)
            if name == PROBE or name.startswith("on") or name in ("style", "srcdoc"):
                self._tell(f"{tag} {name}")
            elif name.lower() in _ADDRESSES and _leads_astray(plain) and not plain.startswith("data:image/"):
                self._tell(f"{tag} {name}={value[:60]}")

    def handle_data(self, data: str) -> None:
        if self._json is not None:
            self._json.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._json is not None:
            json.loads("".join(self._json))
            self._json = None

    def _tell(self, what: str) -> None:
        self.found.append(f"{what} at {self.getpos()}")


def in_html(content: bytes) -> list[str]:
    page = _Page()
    page.feed(content.decode())
    page.close()
    # Once more by another parser.
    tree = html.fromstring(content)
    return [*page.found, *(str(one.tag) for one in tree.iter() if one.tag == PROBE or PROBE in one.attrib)]


def in_xml(content: bytes) -> list[str]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    found = [] if root.getroottree().docinfo.internalDTD is None else ["a document type"]
    for element in root.iter():
        if not isinstance(element.tag, str):
            found.append(f"a {type(element).__name__}")
            continue
        name = etree.QName(element).localname.lower()
        if name in _NEVER | {"script"}:
            found.append(element.tag)
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname.lower()
            if local == PROBE or local.startswith("on"):
                found.append(f"{element.tag} {attribute}")
            if local in _ADDRESSES and _ALIVE.match(re.sub(r"[\x00-\x20]", "", value)):
                found.append(f"{element.tag} {attribute}={value[:60]}")
    return found


def in_csv(content: bytes) -> list[str]:
    return _in_table(content.decode("utf-8-sig"), ",")


def in_tsv(content: bytes) -> list[str]:
    """A mapping set: its head is YAML behind signs of comment."""
    lines = content.decode().splitlines(keepends=True)
    head = "".join(line[1:] for line in lines if line.startswith("#"))
    rest = "".join(line for line in lines if not line.startswith("#"))
    return [*in_yaml(head.encode()), *_in_table(rest, "\t")]


def _in_table(text: str, delimiter: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    found = [f"a formula: {cell[:60]!r}" for row in rows for cell in row if looks_like_formula(cell)]
    return found + [f"{len(row)} cells" for row in rows if len(row) != len(rows[0])]


def in_json(content: bytes) -> list[str]:
    json.loads(content)
    return []


def in_yaml(content: bytes) -> list[str]:
    text = content.decode()
    alive = (yaml.AliasEvent, yaml.DocumentStartEvent)
    events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    tagged = [str(event) for event in events if getattr(event, "anchor", None) or getattr(event, "tag", None)]
    yaml.load(text, Loader=yaml.CSafeLoader)
    return tagged + [str(event) for event in events if isinstance(event, alive)][1:]


def in_markdown(content: bytes) -> list[str]:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    rendered = markdown.render(content.decode())
    page = html.fromstring(rendered)
    return [*in_html(rendered.encode()), *(str(one.tag) for one in page.iter("script", "img", "svg", "code"))]


def in_png(content: bytes) -> list[str]:
    return [] if content.startswith(b"\x89PNG") else ["no picture"]


def in_text(content: bytes) -> list[str]:
    return [repr(one) for one in content.decode() if ord(one) < 0x20 and one not in "\r\n\t"]


def in_archive(content: bytes) -> list[str]:
    """Of a ZIP, a workbook or a document: its names, and each of its parts."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or not name.isprintable():
                found.append(f"the name {name!r}")
            found += [f"{name}: {one}" for one in _in_part(name, archive.read(name))]
    return found


def _in_part(name: str, content: bytes) -> Iterator[str]:
    suffix = PurePosixPath(name).suffix
    if suffix in (".xml", ".rels"):
        yield from in_xml(content)
        if _OUTSIDE.search(content):
            yield "a reference to the outside"
        root = etree.fromstring(content)
        alive = {"f", "hyperlink", "fldSimple", "instrText", "altChunk", "object", "OLEObject", "externalReference"}
        yield from (element.tag for element in root.iter() if etree.QName(element).localname in alive)
    elif suffix in _BY_SUFFIX:
        yield from _BY_SUFFIX[suffix](content)


Judge = Callable[[bytes], list[str]]
_BY_SUFFIX: dict[str, Judge] = {".yaml": in_yaml, ".json": in_json, ".csv": in_csv, ".html": in_html, ".md": in_text}
_OFFICE = "application/vnd.openxmlformats-officedocument."
JUDGES: dict[str, Judge] = {
    "text/html": in_html,
    "application/json": in_json,
    "application/problem+json": in_json,
    "text/csv": in_csv,
    "text/tab-separated-values": in_tsv,
    "text/markdown": in_markdown,
    "text/plain": in_text,
    "application/yaml": in_yaml,
    "application/vnd.oai.openapi": in_yaml,
    "application/xml": in_xml,
    "application/akn+xml": in_xml,
    "application/atom+xml": in_xml,
    "image/svg+xml": in_xml,
    "image/png": in_png,
    "application/zip": in_archive,
    f"{_OFFICE}spreadsheetml.sheet": in_archive,
    f"{_OFFICE}wordprocessingml.document": in_archive,
}


def alive(answer: Any) -> list[str]:
    """What came alive in an answer's content or headers."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = [f"header {name}" for name, value in answer.headers.items() if set(f"{name}{value}") & set("\r\n\0")]
    disposition = answer.headers.get("Content-Disposition", "")
    if not re.fullmatch(r'((attachment|inline); filename="[\w.-]+")?', disposition, re.ASCII):
        found.append(f"Content-Disposition: {disposition}")
    if not content:
        return found
    return found + JUDGES[answer.headers["Content-Type"].partition(";")[0]](content)
