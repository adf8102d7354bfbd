"""The lines of a text, gathered into the clauses that they belong to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from proposals.splitting.headings import is_title
from proposals.splitting.lines import Line, Page
from proposals.splitting.markers import NONE, Marker, marker_at
from proposals.splitting.outline import NEUTRAL, NEVER, STRONG, WEAK, Candidate, Outline

_LOOKED_AHEAD = 40  # lines after which no list is thought to go on behind signatures
_SIGNATURE = re.compile(
    r"(?i:done (?:at|in|on)\b|signed\b|in witness whereof|in faith whereof|made (?:at|in) \w{1,30} on\b"
    r"|witnessed (?:by|at)\b|\[?signatures?\]?|for (?:the )?[^.;]{2,60}:?\s{0,5}_{3}|fait à|en foi de quoi"
    r"|geschehen (?:zu|in)\b|unterzeichnet\b|совершено\b|подписано\b|підписано\b|вчинено\b|hecho en\b|firmado\b)"
)
_ENUMERATES = re.compile(r"[;,] (?:and|or|und|oder|et|ou|и|или|і|та|або)$|,$")


@dataclass(slots=True, kw_only=True)
class Part:
    """A clause that is being put together: its lines, and where in them its own words begin.

    `is_group` says that it is the heading of what follows deeper; `is_end` that it is a block of signatures.
    """

    depth: int
    lines: list[Line]
    marker: Marker | None = None
    is_group: bool = False
    is_end: bool = False
    title: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def is_paragraph(self) -> bool:
        return not (self.marker or self.is_group or self.is_end)

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.words.append(line.text)


def read_parts(page: Page) -> list[Part]:
    candidates = _candidates(page)
    outline = Outline(list(candidates.values()))
    groups = _groups(page.lines, candidates)
    parts: list[Part] = []
    for place, line in enumerate(page.lines):
        last = parts[-1] if parts else None
        candidate = candidates.get(place)
        in_signatures = last is not None and last.is_end
        if place in groups and not (in_signatures and candidates[place + 1].is_initial):
            parts.append(_part(line, depth=outline.head(), is_group=True))
        elif not in_signatures and _is_signature(line) and not _goes_on(outline, candidates, place):
            outline.close()
            parts.append(_part(line, is_end=True))
        elif last is not None and in_signatures and not (candidate and candidate.marker.rank < NONE):
            last.add(line)
        elif candidate and (depth := outline.enter(candidate)) is not None:
            words = line.text[candidate.marker.end :]
            parts.append(Part(depth=depth, lines=[line], words=[words], marker=candidate.marker))
        elif last is None or _is_paragraph_of_its_own(page, place, last, outline):
            outline.close()
            parts.append(_part(line))
        else:
            last.add(line)
    return parts


def _part(line: Line, *, depth: int = 0, is_group: bool = False, is_end: bool = False) -> Part:
    return Part(depth=depth, lines=[line], words=[line.text], is_group=is_group, is_end=is_end)


def _is_signature(line: Line) -> bool:
    return line.after_blank and _SIGNATURE.match(line.text) is not None


def _candidates(page: Page) -> dict[int, Candidate]:
    found: dict[int, Candidate] = {}
    for place, line in enumerate(page.lines):
        if marker := marker_at(line.text):
            found[place] = Candidate(marker=marker, at=place, indent=line.indent, surety=_surety(page, place))
    return found


def _surety(page: Page, place: int) -> int:
    """How surely a line begins something new, judged by the line before it."""
    before = page.lines[place - 1] if place else None
    if before is None or page.lines[place].after_blank or before.ended:
        return STRONG
    if _ENUMERATES.search(before.text[-12:]):
        return NEUTRAL
    if before.breaks_off:
        return NEVER
    return WEAK if page.wraps(before, page.lines[place]) else NEUTRAL


def _groups(lines: Sequence[Line], candidates: dict[int, Candidate]) -> frozenset[int]:
    """The places of headings over several clauses: lines like headings, right before a number or bullet.

    The first of a text is its title, unless others follow it that look alike.
    """
    found = []
    for place, line in enumerate(lines[:-1]):
        following = candidates.get(place + 1)
        if not following or place in candidates or not is_title(line.text):
            continue
        apart = place == 0 or line.after_blank
        if apart or (lines[place - 1].ended and following.marker.number and not following.marker.bare):
            found.append(place)
    first = min(candidates, default=0)
    if found and found[0] < first and (len(found) == 1 or _look(lines[found[0]]) != _look(lines[found[1]])):
        del found[0]
    return frozenset(found)


def _look(line: Line) -> tuple[int, bool, bool]:
    hashes = len(line.text) - len(line.text.lstrip("#"))
    return hashes, line.text.isupper(), line.text.endswith(":")


def _goes_on(outline: Outline, candidates: dict[int, Candidate], place: int) -> bool:
    """Whether an open list goes on behind this line."""
    ahead = (candidates.get(near) for near in range(place + 1, place + 1 + _LOOKED_AHEAD))
    return any(outline.goes_on(one) for one in ahead if one and one.marker.number[:1].isdigit())


def _is_paragraph_of_its_own(page: Page, place: int, last: Part, outline: Outline) -> bool:
    line, before = page.lines[place], page.lines[place - 1]
    if last.is_paragraph:
        return line.after_blank or (before.ended and not page.wraps(before, line))
    bulleted = last.marker is not None and not last.marker.number and not outline.numbered
    return bulleted and line.after_blank and line.indent <= last.lines[0].indent + 1
