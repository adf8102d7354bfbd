"""Where a text's clauses begin: at the numbers and bullets that are ones, else at paragraphs."""

from dataclasses import dataclass

from proposals.splitting.inline import inline_numbers
from proposals.splitting.lines import read_lines
from proposals.splitting.markers import NONE
from proposals.splitting.paragraphs import tail_apart, titles_joined
from proposals.splitting.parts import Part, read_parts
from proposals.splitting.titles import with_titles

_LABEL = 60  # characters of a label: a column head's worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One clause: its number as written ("" for a bullet or paragraph), its label, its text, its depth from 0.

    `title` is its heading, "" where it has none; then the label is the first words of the text. Where a heading is all
    there is, it is the text as well. `text[start:end]` of what was split is the piece as it stands there.
    """

    number: str
    label: str
    text: str
    depth: int
    title: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A line that belongs to no clause, but to the page: its number or a running head."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A text as clauses in reading order, and what of it was left out."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]


def split(text: str) -> tuple[Piece, ...]:
    """The clauses of a text in reading order. Empty text gives none.

    Words before the first number and after the last one are pieces of their own, a paragraph each. So are those of a
    text without numbers. No word is lost, page numbers and running heads apart: `divide` tells which.
    """
    return divide(text).pieces


def divide(text: str) -> Division:
    """The clauses of a text, and the lines of the page that were left out."""
    page = read_lines(text)
    parts = read_parts(page)
    if sum(part.marker is not None for part in parts) < 2 and (inside := inline_numbers(text)):
        page = page.broken_at(inside)
        parts = read_parts(page)
    parts = with_titles(titles_joined(tail_apart(parts)), page)
    pieces = [_piece(part, deeper=after is not None and after.depth > part.depth) for part, after in _pairs(parts)]
    left_out = tuple(LeftOut(text=line.text, start=line.start, end=line.end) for line in page.furniture)
    return Division(pieces=tuple(piece for piece in pieces if piece.text), left_out=left_out)


def _pairs(parts: list[Part]) -> list[tuple[Part, Part | None]]:
    return list(zip(parts, [*parts[1:], None], strict=False))


def _piece(part: Part, *, deeper: bool) -> Piece:
    marker = part.marker
    number = marker.number if marker else ""
    text = " ".join(" ".join(part.words).split()) or part.title
    if not text and marker and (deeper or marker.rank < NONE):
        # The text stands in what it encloses; an article without any is told all the same.
        text = number
    short = text if len(text) <= _LABEL else text[:_LABEL].rsplit(" ", 1)[0] + " …"
    return Piece(
        number=number,
        label=part.title or short,
        text=text,
        depth=part.depth,
        title=part.title,
        start=part.lines[0].start,
        end=part.lines[-1].end,
    )
