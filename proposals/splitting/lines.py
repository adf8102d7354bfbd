"""The lines of a text with their place in it, and those that belong to the page and not to the text."""

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

LINES = 20_000
"""Lines beyond this many are one with the last of them: no proposal has so many, and time stays bounded."""
TAB = 4
_PAGE_WORD = r"(?i:page|p\.|pg\.?|seite|s\.|стр\.?|страница|сторінка|с\.|página|pagina|strona)"
_PAGE = re.compile(
    rf"(?:{_PAGE_WORD}[ \xa0]{{0,3}}\d{{1,4}}(?:[ \xa0]{{0,2}}(?:of|von|de|из|з|/|sur|di)[ \xa0]{{0,2}}\d{{1,4}})?"
    r"|[-–—|][ \xa0]{0,3}\d{1,4}[ \xa0]{0,3}[-–—|]|\d{1,4} ?(?:/|of) ?\d{1,4}|第 ?\d{1,4} ?页)"
)
_BARE = re.compile(r"\d{1,4}")
_LONGEST_WORD = 40
_UNSPACED = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_MIDDLE = 16  # columns before a number that stands in the middle of its line
_BROKEN = 50  # where lines are shorter than this, nobody broke them
_UNBROKEN = 130  # where lines are longer than this, each is a paragraph
_FURNITURE = 120  # characters of a running head, at most
_ENDED = re.compile(r"[.;:!?…。；：！？](?:[\"'»”’“)\]*_]{1,4}|\[\d{1,3}\]|[¹²³⁴-⁹]{1,2})?$")
_OPEN_ENDS = frozenset(
    "a an the of in to and or by for with from on at as is are that which whom than under into its their между"
    " и в на с о об по к от до из за et de la le les du des à et au aux en par und der die das"
    " den dem des von zu mit für".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with words. `text` has no space at its ends; `start` and `end` are its place in the whole text.

    `after_blank` says that an empty line, a rule or a page end stands before it; `after_page` a page end.
    """

    text: str
    start: int
    end: int
    indent: int
    after_blank: bool
    after_page: bool = False

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence or an entry of a list does."""
        return bool(_ENDED.search(self.text[-8:]))

    @property
    def breaks_off(self) -> bool:
        """Whether its last word asks for another one: "the", "of"."""
        return self.text[-12:].rsplit(None, 1)[-1].lower() in _OPEN_ENDS

    @property
    def is_page(self) -> bool:
        return len(self.text) <= _FURNITURE and bool(_PAGE.fullmatch(self.text.strip("*_ ")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of a text, those of the page apart. `width` is how long lines grow before they are broken."""

    lines: tuple[Line, ...]
    furniture: tuple[Line, ...]
    width: float

    def wraps(self, line: Line, following: Line) -> bool:
        """Whether a line may go on in the following one: its first word would not have fitted."""
        word = following.text[:_LONGEST_WORD].split(None, 1)[0]
        if _UNSPACED.match(word):
            word = word[0]
        return len(line.text) + line.indent + 1 + len(word) > self.width

    def broken_at(self, places: Sequence[int]) -> "Page":
        """The same, with a line of its own from each of these places in the text on."""
        lines: list[Line] = []
        rest = deque(places)
        for line in self.lines:
            while rest and rest[0] <= line.start:
                rest.popleft()
            while rest and rest[0] < line.end:
                cut = rest.popleft()
                before, after = line.text[: cut - line.start], line.text[cut - line.start :]
                lines.append(replace(line, text=before.rstrip(), end=line.start + len(before.rstrip())))
                line = replace(line, text=after, start=cut, after_blank=True)
            lines.append(line)
        return replace(self, lines=tuple(lines))


def read_lines(text: str) -> Page:
    raw = _lines(text)
    gone = _furniture(raw)
    kept: list[Line] = []
    torn = False
    for place, line in enumerate(raw):
        if place in gone:
            torn = True
            continue
        if torn and kept:
            # A sentence that a page end tears apart goes on; the empty lines around the page number say nothing.
            line = replace(line, after_blank=kept[-1].ended)
        kept.append(line)
        torn = False
    lengths = sorted(len(line.text) + line.indent for line in kept)
    long = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return Page(
        lines=tuple(kept),
        furniture=tuple(raw[place] for place in sorted(gone)),
        width=0.85 * long if _BROKEN <= long <= _UNBROKEN else inf,
    )


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    start, blank, page = 0, True, False
    for whole in text.splitlines(keepends=True):
        stripped = whole.strip()
        if any(map(str.isalnum, stripped)):
            place = start + whole.index(stripped[0])
            if len(found) == LINES:
                last = found.pop()
                found.append(replace(last, text=text[last.start :].strip(), end=len(text.rstrip())))
                break
            indent = len(whole[: place - start].expandtabs(TAB))
            end = place + len(stripped)
            found.append(Line(text=stripped, start=place, end=end, indent=indent, after_blank=blank, after_page=page))
            blank = page = False
        else:
            blank = True
        page = page or "\f" in whole
        start += len(whole)
    return found


def _furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The places of page numbers, and of running heads: lines beside them, or at a page end, that come twice."""
    numbers = {place for place in range(len(lines)) if lines[place].is_page or _is_bare_page_number(lines, place)}
    ends = {place for place, line in enumerate(lines) if line.after_page}
    beside = {
        near
        for place in numbers | ends | {end - 1 for end in ends}
        for near in (range(place - 1, place + 2) if place in numbers else (place,))
        if 0 <= near < len(lines) and near not in numbers and len(lines[near].text) <= _FURNITURE
    }
    heads = {place: re.sub(r"\d{1,9}", "#", " ".join(lines[place].text.casefold().split())) for place in beside}
    times = Counter(heads.values())
    return frozenset(numbers | {place for place, head in heads.items() if times[head] > 1})


def _is_bare_page_number(lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    if not _BARE.fullmatch(line.text):
        return False
    following = lines[place + 1] if place + 1 < len(lines) else None
    if line.after_page or line.indent >= _MIDDLE or (following and following.after_page):
        return True
    alone = line.after_blank and (following is None or following.after_blank)
    return alone and place > 0 and not lines[place - 1].ended
