"""Texts with marked borders, and how well they are found. See texts/README.md."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from proposals.splitting import split

FOLDER = Path(__file__).parent / "texts"
_MARK = re.compile(r"⟪([^|⟫]*)\|(\d)(?:\|([^⟫]*))?⟫")
_UNSEEN = str.maketrans({"⇥": "\t", "⍽": "\u00a0", "␌": "\f", "⏎": "\r"})


@dataclass(frozen=True)
class Border:
    """Where a piece begins, with its number, depth and title."""

    start: int
    number: str
    depth: int
    title: str = ""


@dataclass(frozen=True)
class Marked:
    name: str
    text: str
    borders: tuple[Border, ...]


@dataclass(frozen=True)
class Score:
    """Borders right, missed and false; the first of a text, which is given, is not counted.

    Of the pieces that begin where they should, the first ones too: how many have the right number, depth and title.
    """

    right: int = 0
    missed: int = 0
    false: int = 0
    pieces: int = 0
    numbers: int = 0
    depths: int = 0
    titles: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in vars(self)})

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def share(self, of: str) -> float:
        return getattr(self, of) / self.pieces if self.pieces else 1.0


def marked_texts(group: str) -> list[Marked]:
    return [read_marked(path.stem, path.read_text("utf-8")) for path in sorted((FOLDER / group).glob("*.txt"))]


def read_marked(name: str, marked: str) -> Marked:
    text, borders, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()].translate(_UNSEEN)
        last = mark.end()
        indent = re.compile(r"[\s⇥⍽]*").match(marked, last)
        borders.append(Border(len(text) + len(indent[0]), mark[1], int(mark[2]), mark[3] or ""))
    return Marked(name, text + marked[last:].translate(_UNSEEN), tuple(borders))


def score(marked: Marked) -> Score:
    found = {piece.start: piece for piece in split(marked.text)}
    wanted = {border.start: border for border in marked.borders}
    first = min(wanted)
    pairs = [(found[start], wanted[start]) for start in found.keys() & wanted.keys()]
    return Score(
        right=len((found.keys() & wanted.keys()) - {first}),
        missed=len(wanted.keys() - found.keys() - {first}),
        false=len(found.keys() - wanted.keys() - {first}),
        pieces=len(pairs),
        numbers=sum(piece.number.casefold() == border.number.casefold() for piece, border in pairs),
        depths=sum(piece.depth == border.depth for piece, border in pairs),
        titles=sum(piece.title.casefold() == border.title.casefold() for piece, border in pairs),
    )


def total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())
