"""Where a text's clauses begin: at its numbers and bullets, or else at its paragraphs."""

import re
from dataclasses import dataclass

_MARKER = re.compile(
    r"""^[ \t]*(?:
        (?P<heading>(?:article|point|section|paragraph|clause)\s+(?:\d+[a-z]?|[ivxlc]+))\b[.:)]?   # Article 3
        | §\s*(?P<paragraph>\d+[a-z]?)[.:)]?                                                       # § 2
        | (?P<nested>\d+(?:\.\d+)+)[.)]?(?=\s)                                                     # 1.2
        | (?P<number>\d{1,3}[a-z]?)[.)](?=\s)                                                      # 1. 1)
        | \((?P<enclosed>\d{1,3}|[a-z]|[ivx]+)\)(?=\s)                                             # (a)
        | (?P<roman>(?-i:[IVXLC]+))[.)](?=\s)                                                            # IV.
        | (?P<letter>[a-zA-Z])\)(?=\s)                                                             # a)
        | (?P<bullet>[-*\u2022\u2013\u2014])(?=\s)                                                 # -
    )[ \t]*""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = 60  # characters of a label: a column head's worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One clause: its number as written ("" for a bullet or paragraph), its first words, its text, its depth from 0."""

    number: str
    label: str
    text: str
    depth: int


def split(text: str) -> tuple[Piece, ...]:
    """The clauses of a text in reading order; no word is lost.

    Words before the first number are a piece of their own. A text with fewer than two numbers or bullets is split at
    its blank lines. Empty text gives no pieces.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marked = [_MARKER.match(line) for line in lines]
    if sum(mark is not None for mark in marked) < 2:
        return tuple(_piece("", words, 0) for words in re.split(r"\n[ \t]*\n", "\n".join(lines)) if words.strip())
    pieces: list[Piece] = []
    styles: list[str] = []  # the kinds of marker that enclose the present line, outermost first
    number, depth, words = "", 0, [""]
    for line, mark in zip(lines, marked, strict=True):
        if mark is None:
            words.append(line)
            continue
        pieces += _unless_empty(_piece(number, "\n".join(words), depth))
        style = str(mark.lastgroup)
        number = "" if style == "bullet" else mark.group(style)
        depth = number.count(".") if style == "nested" else _depth(style, styles)
        words = [line[mark.end() :]]
    pieces += _unless_empty(_piece(number, "\n".join(words), depth))
    return tuple(pieces)


def _depth(style: str, styles: list[str]) -> int:
    """A kind of marker not open yet opens one level deeper; one that is open closes what is inside it."""
    if style in styles:
        del styles[styles.index(style) + 1 :]
    else:
        styles.append(style)
    return len(styles) - 1


def _piece(number: str, words: str, depth: int) -> Piece:
    text = " ".join(words.split())
    label = text if len(text) <= _LABEL else text[:_LABEL].rsplit(" ", 1)[0] + " …"
    return Piece(number=number, label=label, text=text, depth=depth)


def _unless_empty(piece: Piece) -> list[Piece]:
    # A number with nothing behind it still counts: the text may stand in what it encloses.
    return [piece] if piece.text else []
