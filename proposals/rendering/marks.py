"""Where the words that two texts differ in stand within a clause: exact places, or none.

Plain values in and out. A value that cannot be found for certain is not marked: a name or figure that stands twice may
mean another thing each time, and a part of a longer name or number is not that name or number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from proposals.alignment.divergence import FORCE_WORDS

Side = Mapping[str, Any]

# What a mark of each kind of divergence says, as a class of its element; the other kinds name no words of a text.
MARKED = {
    "quantity": "figure",
    "deadline": "date",
    "duration": "date",
    "territory": "place",
    "actor": "actor",
    "modality": "force",
}
_COMPARATOR = re.compile(r"^(?:at most|at least|less than|more than|exactly|about|up to|by|before|after|until|on) ")
_MEASURED = re.compile(r"\d[\d,.]*(?: [^\W\d_]+)?")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What makes of a figure another one.
_SCALE = r"(?!\s?%|[\s-](?:hundred|thousand|million|billion|trillion|percent|per cent)\b)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Characters in a row with the same marks; `mark` is a value of MARKED or empty."""

    text: str
    mark: str = ""
    is_changed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    start: int
    end: int
    mark: str


def spans_of(text: str, sides: Iterable[tuple[str, Side]], *, names: Sequence[str] = ()) -> list[Span]:
    """Where the sides of divergences (kind, side) stand in the text of their clause, none over another.

    `names` are all that parties and places are called: of a longer one no part is marked.
    """
    found: list[Span] = []
    for kind, side in sides:
        mark = MARKED.get(kind)
        if not mark:
            continue
        for wanted in _wanted(mark, side, text):
            place = next((one for pattern in wanted if (one := _only_place(pattern, text))), None)
            if not place or (mark in ("actor", "place") and _is_part(place, text, names)):
                continue
            if all(place[1] <= one.start or place[0] >= one.end for one in found):
                found.append(Span(start=place[0], end=place[1], mark=mark))
    return sorted(found, key=lambda one: one.start)


def pieces(text: str, spans: Sequence[Span], *, changed: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """The whole text cut where marks begin and end; joined again, it is the text."""
    if not spans and not changed:
        return (Piece(text=text),) if text else ()
    places = [(one.start, one.end) for one in spans] + [*changed]
    cuts = sorted({0, len(text)} | {edge for place in places for edge in place})
    return tuple(
        Piece(
            text=text[start:end],
            mark=next((one.mark for one in spans if one.start <= start and end <= one.end), ""),
            is_changed=any(first <= start and end <= last for first, last in changed),
        )
        for start, end in pairwise(cuts)
    )


def _wanted(mark: str, side: Side, text: str) -> list[list[str]]:
    """Patterns for each value of a side, the surest first; none for words that stand nowhere in the text."""
    words = re.sub(r" \(figure of .*\)$", "", side["text"] or "")
    if mark == "force":
        return [[_force(words)]] if words in FORCE_WORDS.values() and words in text else []
    if mark in ("actor", "place"):
        return [[_whole(name)] for name in words.split("; ") if name and name in text]
    said = words.split(", ")[0]
    bare = _COMPARATOR.sub("", said)
    patterns = [_whole(one) for one in (said, bare) if one in text]
    if measured := _MEASURED.search(bare):
        number, _, unit = measured[0].partition(" ")
        if unit:
            # “30 days” of the record may be “30-day” in the words of the text.
            patterns.append(rf"(?<![\w.,]){_number(number)}[\s-]{re.escape(unit.removesuffix('s'))}s?(?!\w)")
        # Without its unit, a figure of time may be any figure.
        if mark == "figure" and side.get("value") is not None and (figure := _FIGURE.match(number)):
            patterns.append(rf"(?<![\w.,$€£]){_number(figure[0])}(?![\w]|[.,]\d){_SCALE}")
    return [[pattern for pattern in patterns if pattern]]


def _whole(words: str) -> str:
    """Exactly these words, and no part of longer ones."""
    return rf"(?<![\w-]){re.escape(words)}(?![\w-]|[.,]\d)" if words else ""


def _force(words: str) -> str:
    """“must” is no part of “must not”."""
    return _whole(words) if words.endswith(" not") else _whole(words) + r"(?!\s+not\b)"


def _number(number: str) -> str:
    """The digits with or without commas or narrow spaces between thousands."""
    return re.escape(number).replace(",", "[,\u00a0\u202f ]?")


def _only_place(pattern: str, text: str) -> tuple[int, int] | None:
    places = [match.span() for match in re.finditer(pattern, text)]
    return places[0] if len(places) == 1 else None


def _is_part(place: tuple[int, int], text: str, names: Sequence[str]) -> bool:
    """Whether a longer name stands over the place."""
    start, end = place
    length = end - start
    return any(
        match.start() <= start and end <= match.end()
        for name in names
        if len(name) > length and text[start:end] in name
        for match in re.finditer(re.escape(name), text)
    )
