"""The numbers that Word counts by itself: they stand in numbering.xml and nowhere in the text."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from proposals.documents.numerals import WORD_FORMATS

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BARE_FIGURE = re.compile(r"\d{1,3}|[IVXLC]{1,6}")
_BARE_LETTER = re.compile(r"[a-zа-я]|[ivxlc]{1,6}")


@dataclass
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restarts_after: int | None = None  # the level, from 1, after which it begins anew; None: after any above it
    in_digits: bool = False
    paragraph_style: str = ""


@dataclass
class _List:
    """A list as paragraphs name it: several may count on in the same outline."""

    outline: str
    levels: dict[int, _Level]
    begins: dict[int, int] = field(default_factory=dict)
    met: bool = False


class Numbering:
    """Counts through a document: ask for each numbered paragraph once, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = dict(_styles(styles)) if styles is not None else {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and level, from 0, of a paragraph, by itself or by its style; None where it has no number."""
        properties = paragraph.find("{*}pPr")
        own, level = _numbered(properties)
        style = _value(properties, "pStyle")
        passed: set[str] = set()
        while own is None and style in self._styles and style not in passed:
            passed.add(style)
            own, found = self._styles[style][1:]
            if own is not None and level is None:
                level = self._level_of_style(own, style) if found is None else found
            style = self._styles[style][0]
        if own is None or own == "0" or own not in self._lists:
            return None
        return own, min(max(level or 0, 0), _LEVELS - 1)

    def next_number(self, own: str, level: int) -> str:
        """The number that the next paragraph of this list and level has, as it is printed; • for a bullet."""
        found = self._lists[own]
        counts = self._counts[found.outline]
        if not found.met:
            found.met = True
            for one, begin in found.begins.items():
                counts[one] = begin - 1
        counts[level] = counts.get(level, found.levels[level].start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            after = found.levels[deeper].restarts_after
            if after is None or 0 < after > level:
                counts.pop(deeper, None)
        return self._printed(found, level, counts)

    def _printed(self, found: _List, level: int, counts: dict[int, int]) -> str:
        own = found.levels[level]
        if own.style == "bullet":
            return "•"

        def figure(place: re.Match[str]) -> str:
            one = int(place[1]) - 1
            style = "decimal" if own.in_digits and found.levels[one].style != "none" else found.levels[one].style
            return WORD_FORMATS.get(style, str)(counts.get(one, found.levels[one].start))

        printed = _PLACE.sub(figure, own.text).strip()
        if _BARE_FIGURE.fullmatch(printed):
            return f"{printed}."
        return f"{printed})" if _BARE_LETTER.fullmatch(printed) else printed

    def _level_of_style(self, own: str, style: str) -> int:
        levels = self._lists[own].levels if own in self._lists else {}
        return next((place for place, level in levels.items() if level.paragraph_style == style), 0)


def _lists(numbering: etree._Element) -> dict[str, _List]:
    outlines = {_attribute(outline, "abstractNumId"): outline for outline in numbering.iterchildren("{*}abstractNum")}
    by_style = {
        name: key for key, outline in outlines.items() if (name := _value(outline, "styleLink"))
    }  # an outline that others take over by the name of its style
    found: dict[str, _List] = {}
    for one in numbering.iterchildren("{*}num"):
        key = _value(one, "abstractNumId")
        if key in outlines and (link := _value(outlines[key], "numStyleLink")):
            key = by_style.get(link, key)
        levels = defaultdict(_Level, _levels(outlines[key])) if key in outlines else defaultdict(_Level)
        begins: dict[int, int] = {}
        for override in one.iterchildren("{*}lvlOverride"):
            place = _whole(_attribute(override, "ilvl")) or 0
            levels |= dict(_levels(override))
            begin = _whole(_value(override, "startOverride"))
            if begin is not None:
                begins[place] = begin
        found[_attribute(one, "numId")] = _List(outline=key, levels=levels, begins=begins)
    return found


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for one in parent.iterchildren("{*}lvl"):
        start, legal = _whole(_value(one, "start")), one.find("{*}isLgl")
        yield (
            _whole(_attribute(one, "ilvl")) or 0,
            _Level(
                start=0 if start is None else start,
                style=_value(one, "numFmt") or "decimal",
                text=_value(one, "lvlText"),
                restarts_after=_whole(_value(one, "lvlRestart")),
                in_digits=legal is not None and _attribute(legal, "val") not in ("0", "false"),
                paragraph_style=_value(one, "pStyle"),
            ),
        )


def _styles(styles: etree._Element) -> Iterator[tuple[str, tuple[str, str | None, int | None]]]:
    """Of each style what it is based on, its list, and its level there."""
    for one in styles.iterchildren("{*}style"):
        yield _attribute(one, "styleId"), (_value(one, "basedOn"), *_numbered(one.find("{*}pPr")))


def _numbered(properties: etree._Element | None) -> tuple[str | None, int | None]:
    numbers = properties.find("{*}numPr") if properties is not None else None
    if numbers is None:
        return None, None
    return _value(numbers, "numId") or None, _whole(_value(numbers, "ilvl"))


def _value(parent: etree._Element | None, name: str) -> str:
    child = parent.find("{*}" + name) if parent is not None else None
    return _attribute(child, "val") if child is not None else ""


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute in the element's own namespace: there is a transitional one and a strict one."""
    return str(element.get(f"{{{etree.QName(element).namespace}}}{name}", ""))


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None
