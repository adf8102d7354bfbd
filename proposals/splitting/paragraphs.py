"""Paragraphs without a number: which are clauses of their own, and which are the title of the next one."""

from itertools import pairwise

from proposals.splitting.headings import is_title
from proposals.splitting.lines import Line
from proposals.splitting.markers import ANNEXES
from proposals.splitting.parts import Part

_LINES_OF_A_TITLE = 3


def tail_apart(parts: list[Part]) -> list[Part]:
    """The paragraphs behind the last number of a text, or of what stands before its annexes, as parts of their own.

    Where other clauses go on for as many paragraphs, so may the last one: then they stay.
    """
    further = [sum(line.after_blank for line in part.lines[_own_lines(part) :]) for part in parts]
    usual = sorted(further)[-2] if len(further) > 1 else 0
    found: list[Part] = []
    for place, part in enumerate(parts):
        found.append(part)
        after = parts[place + 1] if place + 1 < len(parts) else None
        is_last = after is None or after.is_end or (after.marker is not None and after.marker.rank <= ANNEXES)
        if part.marker is None or not is_last or further[place] <= usual:
            continue
        out = part.lines[0].indent + 1
        own = _own_lines(part)
        tail = (n for n, line in enumerate(part.lines) if n >= own and line.after_blank and line.indent <= out)
        if (first := next(tail, None)) is not None:
            found += _paragraphs(part.lines[first:])
            del part.lines[first:], part.words[first:]
    return found


def titles_joined(parts: list[Part]) -> list[Part]:
    """A heading that stands alone before a paragraph without number goes with it.

    The title of a text stands apart, unless it begins a sentence that goes on: "TREATY", "The parties, …".
    """
    headed = [
        place
        for place, (part, after) in enumerate(pairwise(parts))
        if part.is_paragraph and after.is_paragraph and _is_only_title(part) and not _is_only_title(after)
    ]
    found: list[Part] = []
    for place, part in enumerate(parts):
        if place - 1 in headed and (len(headed) > 1 or place > 1 or part.lines[-1].text.endswith(",")):
            title = found.pop()
            lines = [*title.lines, *part.lines]
            found.append(Part(depth=part.depth, lines=lines, words=part.words, title=" ".join(title.words)))
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
    return len(part.lines) <= _LINES_OF_A_TITLE and not part.lines[-1].ended and is_title(part.lines[0].text)
