"""Parser events to plain values, with the line of each; the bounds that keep a hostile file harmless."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from proposals.exchange.faults import Path

DEEPEST = 20  # The format itself needs 9.
OPEN_MAPPING, OPEN_LIST, CLOSE, SCALAR = "{", "[", "end", "scalar"
# What PostgreSQL cannot hold in a text, nor half of it any answer.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NO_CHARACTER = "holds a character that no text may have (NUL, or half of a surrogate pair)"


class Unreadable(Exception):
    """A file cannot be read any further; `reason` and `line` (0: no line) say why and where."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Event:
    """A step of a parser: a mapping or list opens or closes, or a scalar stands there. `fault` makes it unusable."""

    step: str
    line: int
    value: Any = None
    fault: str = ""


def build(events: Iterator[Event], marks: dict[Path, int], complain: Callable[[int, Path, str], None]) -> Any:
    """The value that the events describe. Keys that are no text or stand twice are complained of and left out."""
    value = _value(next(events), events, (), marks, complain)
    for _ in events:
        # What follows the value is a fault, which the parser raises once it is asked to go on.
        raise AssertionError("a parser went on after the end of its value")
    return value


def _value(
    event: Event,
    events: Iterator[Event],
    path: Path,
    marks: dict[Path, int],
    complain: Callable[[int, Path, str], None],
) -> Any:
    marks.setdefault(path, event.line)
    if event.fault:
        complain(event.line, path, event.fault)
    if event.step == SCALAR:
        if isinstance(event.value, str) and _UNSTORABLE.search(event.value):
            complain(event.line, path, _NO_CHARACTER)
        if isinstance(event.value, float) and not math.isfinite(event.value):
            complain(event.line, path, "is a number too large to hold")
        return event.value
    if len(path) >= DEEPEST:
        raise Unreadable(f"is nested deeper than {DEEPEST} levels", event.line)
    if event.step == OPEN_LIST:
        items: list[Any] = []
        while (inner := next(events)).step != CLOSE:
            items.append(_value(inner, events, (*path, len(items)), marks, complain))
        return items
    found: dict[str, Any] = {}
    while (key := next(events)).step != CLOSE:
        if key.step != SCALAR:
            raise Unreadable("a key must be a word, not a list or mapping", key.line)
        # Where a key is no text, `value` is what it was read as: 10, true.
        name = key.value if isinstance(key.value, str) else str(key.value)
        if _UNSTORABLE.search(name):
            complain(key.line, path, f"has a key that {_NO_CHARACTER}")
            _value(next(events), events, path, {}, complain)
            continue
        if key.fault:
            complain(key.line, (*path, name), key.fault)
        if name in found:
            complain(key.line, (*path, name), f"the key stands twice; first in line {marks[*path, name]}")
            _value(next(events), events, (*path, name), {}, complain)
            continue
        marks[*path, name] = key.line
        found[name] = _value(next(events), events, (*path, name), marks, complain)
    return found
