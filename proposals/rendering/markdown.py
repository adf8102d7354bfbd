"""Markdown that reads well as plain text: filled paragraphs and aligned tables."""

import re
import textwrap
from collections.abc import Sequence

WIDTH = 118
_LIST_MARK = re.compile(r" *(?:-|\d+\.) ")


def paragraphs(*parts: str) -> str:
    """The parts with a blank line between, their lines filled; empty parts are left out."""
    return "\n\n".join(_filled(part) for part in parts if part)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns stand below each other in the source as well."""
    widths = [max(3, *(len(row[k]) for row in (head, *rows))) for k in range(len(head))]
    rule = ["-" * width for width in widths]
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, rule, *rows)
    )
    return "\n".join(f"| {line} |" for line in lines)


def _filled(part: str) -> str:
    """The lines of a part broken at WIDTH, entries of lists indented; those of tables and headings stay as they are."""
    lines: list[str] = []
    for line in part.split("\n"):
        if not line or line.startswith(("|", "#")):
            lines.append(line)
            continue
        mark = _LIST_MARK.match(line)
        indent = " " * mark.end() if mark else ""
        lines += textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
