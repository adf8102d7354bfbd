"""JSON text as events, with the line of each value: the standard library's reader tells none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from proposals.exchange.events import CLOSE, DEEPEST, OPEN_LIST, OPEN_MAPPING, SCALAR, Event, Unreadable

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER = 60


def json_events(text: str) -> Iterator[Event]:
    """The events of the one value in the text; raises Unreadable at the first error of syntax."""
    reader = _Reader(text)
    yield from reader.value(0)
    if reader.at < len(text):
        raise reader.error("holds something after its end")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self._skip()

    def value(self, depth: int) -> Iterator[Event]:
        if depth > DEEPEST + 1:
            raise self.error(f"is nested deeper than {DEEPEST} levels")
        sign = self.text[self.at : self.at + 1]
        if sign == "{":
            yield Event(OPEN_MAPPING, self.line)
            for _ in self._members("}"):
                yield Event(SCALAR, self.line, self._string("a key in double quotes"))
                self._take(":")
                yield from self.value(depth + 1)
            yield Event(CLOSE, self.line)
        elif sign == "[":
            yield Event(OPEN_LIST, self.line)
            for _ in self._members("]"):
                yield from self.value(depth + 1)
            yield Event(CLOSE, self.line)
        else:
            yield self._scalar()

    def error(self, reason: str) -> Unreadable:
        return Unreadable(reason, self.line)

    def _members(self, end: str) -> Iterator[None]:
        self._step(1)
        if self._ended(end):
            return
        while True:
            yield
            if self._ended(end):
                return
            self._take(",")

    def _ended(self, end: str) -> bool:
        if self.text[self.at : self.at + 1] != end:
            return False
        self._step(1)
        return True

    def _take(self, sign: str) -> None:
        if self.text[self.at : self.at + 1] != sign:
            raise self.error(f"is not JSON: '{sign}' expected, found {self._found()}")
        self._step(1)

    def _scalar(self) -> Event:
        line = self.line
        if self.text.startswith('"', self.at):
            return Event(SCALAR, line, self._string("a text"))
        word = next((word for word in _WORDS if self.text.startswith(word, self.at)), "")
        if word:
            self._step(len(word))
            return Event(SCALAR, line, _WORDS[word])
        number = _NUMBER.match(self.text, self.at)
        if not number or len(number[0]) > _LONGEST_NUMBER:
            raise self.error(f"is not JSON: a value expected, found {self._found()}")
        self._step(len(number[0]))
        return Event(SCALAR, line, float(number[0]) if number[2] or number[3] else int(number[0]))

    def _string(self, expected: str) -> str:
        string = _STRING.match(self.text, self.at)
        if not string:
            raise self.error(f"is not JSON: {expected} expected, found {self._found()}")
        try:
            value = str(json.loads(string[0]))
        except json.JSONDecodeError as error:
            raise self.error(f"is not JSON: {error.msg}") from error
        self._step(len(string[0]))
        return value

    def _found(self) -> str:
        found = self.text[self.at : self.at + 10].split("\n")[0]
        return repr(found) if found else "the end"

    def _step(self, length: int) -> None:
        self.at += length
        self._skip()

    def _skip(self) -> None:
        space = _SPACE.match(self.text, self.at)
        if space:
            self.line += space[0].count("\n")
            self.at = space.end()
