"""Paragraphs without a number: which are clauses of their own, and which are the title of the next one."""

from proposals.splitting.headings import is_title
from proposals.splitting.lines import Line
from proposals.splitting.markers import ANNEXES
from proposals.splitting.parts import Part

_LINES_OF_A_TITLE = 3


def tail_apart(parts: list[Part]) -> list[Part]:
    """The paragraphs behind the last number of a text, or of what stands before its annexes, as parts of their own.

    Where other clauses have several paragraphs, so may the last one: then they stay.
    """
    extra = [_own_lines(part) < len(part.lines) for part in parts]
    found: list[Part] = []
    for place, part in enumerate(parts):
        found.append(part)
        after = parts[place + 1] if place + 1 < len(parts) else None
        is_last = after is None or after.is_end or (after.marker is not None and after.marker.rank <= ANNEXES)
        if part.marker is None or not is_last or not extra[place] or sum(extra) > 1:
            continue
        first = next(
            (
                index
                for index, line in enumerate(part.lines)
                if index >= _own_lines(part) and line.after_blank and line.indent <= part.lines[0].indent + 1
            ),
            None,
        )
        if first is None:
            continue
        found += _paragraphs(part.lines[first:])
        del part.lines[first:], part.words[first:]
    return found


def titles_joined(parts: list[Part]) -> list[Part]:
    """A title that stands alone before a paragraph without number goes with it."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before and before.is_paragraph and part.is_paragraph and _is_only_title(before) and not _is_only_title(part):
            title = " ".join(before.words)
            found[-1] = Part(depth=part.depth, lines=[*before.lines, *part.lines], words=part.words, title=title)
        else:
            found.append(part)
    return found


def _own_lines(part: Part) -> int:
    """How many of its lines belong to a part for sure: up to the first empty line behind its words."""
    if part.marker is None:
        return len(part.lines)
    said = bool(part.words[0].strip()) and not (len(part.lines) > 1 and is_title(part.words[0]))
    for index, line in enumerate(part.lines[1:], 1):
        if line.after_blank and said:
            return index
        said = said or index > 1 or not is_title(line.text)
    return len(part.lines)


def _paragraphs(lines: list[Line]) -> list[Part]:
    found: list[Part] = []
    for line in lines:
        if line.after_blank or not found:
            found.append(Part(depth=0, lines=[], words=[]))
        found[-1].add(line)
    return found


def _is_only_title(part: Part) -> bool:
    return not part.title and len(part.lines) <= _LINES_OF_A_TITLE and not part.lines[-1].ended and is_title(part.lines[0].text)
