"""What can be done to the borders and the order of clauses before they are saved. Pure: rows in, rows out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from proposals.admin.from_text.rows import DEEPEST, Row, first_words, new_id
from proposals.splitting.markers import NONE, Marker, marker_at

Rows = tuple[Row, ...]
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Moved:
    """The rows after a move, what is to be said of it, and the row to go on with."""

    rows: Rows
    said: str
    at: str = ""


def move(rows: Rows, command: str, *, cut: int | None = None) -> Moved | None:
    """Does one command: its name, the row, and for `place` the row before which it goes, or nothing for the end.

    `cut` is where in the text a row is split; without it, at the first empty line. None for no command of these.
    """
    name, *named = command.split(" ")
    places = {row.id: place for place, row in enumerate(rows)}
    if name not in _MOVES or not named or any(one not in places for one in named):
        return None
    place = places[named[0]]
    if name == "split":
        moved = _split(rows, place, cut)
    elif name == "place":
        moved = _place(rows, place, places[named[1]] if len(named) > 1 else len(rows))
    else:
        moved = _MOVES[name](rows, place)
    return replace(moved, rows=levelled(moved.rows), at=moved.at or named[0])


def levelled(rows: Rows) -> Rows:
    """No clause is more than one level deeper than the one before."""
    found: list[Row] = []
    for row in rows:
        deepest = min(found[-1].depth + 1, DEEPEST) if found else 0
        found.append(replace(row, depth=deepest) if row.depth > deepest else row)
    return tuple(found)


def _merge(rows: Rows, place: int) -> Moved:
    """Takes in the next clause that is not left out, with the number and heading that stood before its words."""
    row = rows[place]
    after = next((other for other in rows[place + 1 :] if not other.out), None)
    if after is None:
        return Moved(rows, "There is no clause after it.")
    text = "\n".join(filter(None, (row.text, " ".join(filter(None, (after.head, after.text))))))
    merged = replace(
        row,
        text=text,
        label=first_words(text) if row.words_label else row.label,
        ticks=tuple(dict.fromkeys((*row.ticks, *after.ticks))),
        chosen={**after.chosen, **row.chosen},
    )
    kept = tuple(merged if other is row else other for other in rows if other is not after)
    return Moved(kept, "Merged with the next clause.")


def _split(rows: Rows, place: int, cut: int | None) -> Moved:
    row = rows[place]
    if cut is None:
        gap = _EMPTY_LINE.search(row.text)
        cut = gap.start() if gap else 0
    first, second = row.text[:cut].strip(), row.text[cut:].strip()
    if not first or not second:
        return Moved(rows, "Put the cursor, or an empty line, where the second clause begins.")
    marker, words = _without_marker(second)
    new = Row(
        id=new_id(rows),
        number=marker.number if marker else "",
        label=first_words(words),
        text=words,
        head=second.removesuffix(words).strip(),
        depth=row.depth,
        ticks=row.ticks,
        chosen=row.chosen,
    )
    before = replace(row, text=first, label=first_words(first) if row.words_label else row.label)
    return Moved((*rows[:place], before, new, *rows[place + 1 :]), "Split in two.", new.id)


def _without_marker(text: str) -> tuple[Marker | None, str]:
    """The number that a text begins with, and its words; "Article 5 of the treaty" begins with words."""
    marker = marker_at(text)
    if marker is None or not marker.number or marker.bare or (marker.joined and marker.rank < NONE):
        return None, text
    words = text[marker.end :].strip()
    return (marker, words) if words else (None, text)


def _indent(rows: Rows, place: int) -> Moved:
    if not place or rows[place].depth > rows[place - 1].depth or rows[place].depth == DEEPEST:
        return Moved(rows, "It cannot go deeper.")
    return Moved(_shifted(rows, place, 1), "Moved inside the clause before it.")


def _outdent(rows: Rows, place: int) -> Moved:
    if not rows[place].depth:
        return Moved(rows, "It is at the outermost level.")
    return Moved(_shifted(rows, place, -1), "Moved out one level.")


def _up(rows: Rows, place: int) -> Moved:
    """Before the clause before it on its level, or before the one that it stands in."""
    target = next((other for other in range(place - 1, -1, -1) if rows[other].depth <= rows[place].depth), None)
    if target is None:
        return Moved(rows, "It is the first.")
    return Moved(_put(rows, place, target, rows[target].depth), "Moved up.")


def _down(rows: Rows, place: int) -> Moved:
    """After the next clause on its level with all inside it, or after the one that it stands in."""
    end = _end(rows, place)
    if end == len(rows):
        if not rows[place].depth:
            return Moved(rows, "It is the last.")
        return Moved(_shifted(rows, place, -1), "Moved out one level.")
    depth = rows[end].depth
    return Moved(_put(rows, place, _end(rows, end) if depth == rows[place].depth else end, depth), "Moved down.")


def _place(rows: Rows, place: int, target: int) -> Moved:
    if place <= target <= _end(rows, place):
        return Moved(rows, "It stays where it is.")
    depth = rows[target].depth if target < len(rows) else 0
    return Moved(_put(rows, place, target, depth), "Moved.")


def _leave_out(rows: Rows, place: int) -> Moved:
    return Moved(_with(rows, place, replace(rows[place], out=True)), "Left out. It can be brought back.")


def _bring_back(rows: Rows, place: int) -> Moved:
    return Moved(_with(rows, place, replace(rows[place], out=False)), "Brought back.")


def _end(rows: Rows, place: int) -> int:
    """The place after a clause and all that stands inside it."""
    return next((end for end in range(place + 1, len(rows)) if rows[end].depth <= rows[place].depth), len(rows))


def _shifted(rows: Rows, place: int, by: int) -> Rows:
    end = _end(rows, place)
    inside = tuple(replace(row, depth=min(row.depth + by, DEEPEST)) for row in rows[place:end])
    return (*rows[:place], *inside, *rows[end:])


def _put(rows: Rows, place: int, target: int, depth: int) -> Rows:
    """A clause with all inside it, set before the row at `target`, at a depth."""
    end = _end(rows, place)
    by = depth - rows[place].depth
    block = tuple(replace(row, depth=min(row.depth + by, DEEPEST)) for row in rows[place:end])
    before = tuple(row for at, row in enumerate(rows) if at < target and not place <= at < end)
    after = tuple(row for at, row in enumerate(rows) if at >= target and not place <= at < end)
    return (*before, *block, *after)


def _with(rows: Rows, place: int, row: Row) -> Rows:
    return (*rows[:place], row, *rows[place + 1 :])


def _takes_more(rows: Rows, place: int) -> Moved:
    raise AssertionError("move() asks for what it needs besides")


_MOVES: dict[str, Callable[[Rows, int], Moved]] = {
    "merge": _merge,
    "split": _takes_more,
    "indent": _indent,
    "outdent": _outdent,
    "up": _up,
    "down": _down,
    "place": _takes_more,
    "out": _leave_out,
    "back": _bring_back,
}
