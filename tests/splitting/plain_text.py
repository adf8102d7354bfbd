"""A proposal as plain text, as somebody would type it: number, words, what is nested indented."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proposals.payloads import ClausePayload

_INDENT = "   "
_NUMBER = re.compile(r".*\d.*|[IVXLC]+|[a-z]")
_SIMPLE = re.compile(r"[\w.]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class TextStyle:
    """How a text is set. `number` and `bullet` stand before the words; `width` breaks the lines."""

    number: str = "{}."
    bullet: str = ""
    headings: bool = False
    blank_lines: bool = True
    width: int | None = None


STYLES = {
    "paragraphs": TextStyle(),
    "headings": TextStyle(headings=True),
    "wrapped": TextStyle(width=72),
    "list": TextStyle(number="{})", bullet="-", blank_lines=False),
    "list_wrapped": TextStyle(number="({})", bullet="•", blank_lines=False, width=72),
}


def proposal_text(title: str, clauses: Sequence[ClausePayload], *, style: TextStyle = STYLES["paragraphs"]) -> str:
    """The title, then the clauses, which stand in reading order."""
    between = "\n\n" if style.blank_lines else "\n"
    return f"{title}\n\n{between.join(clause_blocks(clauses, style=style))}\n"


def clause_blocks(clauses: Sequence[ClausePayload], *, style: TextStyle) -> Iterable[str]:
    """One block of lines for each clause. What is recorded as its number and is none ("preamble") is left out."""
    depths: dict[str, int] = {}
    for clause in clauses:
        depth = depths[clause["id"]] = depths.get(clause["parent"] or "", -1) + 1
        number = clause["number"] or ""
        marker = _marker(number, style) if is_numbered(number) else style.bullet
        words = [clause["label"], clause["text"]] if style.headings else [clause["text"]]
        words[0] = f"{marker} {words[0]}".strip()
        yield "\n".join(line for part in words for line in _lines(part, indent=_INDENT * depth, width=style.width))


def is_numbered(number: str) -> bool:
    return bool(_NUMBER.fullmatch(number))


def _marker(number: str, style: TextStyle) -> str:
    """The number as the style has it; one in several words, "Art. 1", has a full stop in every style."""
    return (style.number if _SIMPLE.fullmatch(number) else "{}.").format(number)


def _lines(words: str, *, indent: str, width: int | None) -> list[str]:
    one_line = " ".join(words.split())
    if width is None:
        return [indent + one_line]
    return textwrap.wrap(
        one_line,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
