"""YAML text as events. Scalars are read as YAML 1.2 reads them: `no` is a word and 2024-05-03 a text.

Anchors, aliases, tags and further documents are refused: none is needed, and each is a way to surprise a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from proposals.exchange.events import CLOSE, OPEN_LIST, OPEN_MAPPING, SCALAR, Event, Unreadable

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,30})", re.ASCII)
_FRACTION = re.compile(r"-?(0|[1-9]\d{0,30})\.\d{1,30}", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: value for value in (True, False) for word in (str(value), str(value).lower(), str(value).upper())
}


def yaml_events(text: str) -> Iterator[Event]:
    """The events of the one document in the text; raises Unreadable at the first error of syntax."""
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Unreadable("holds more than one document", line)
            elif isinstance(event, yaml.AliasEvent):
                yield Event(SCALAR, line, None, "is an alias (*); write the value out")
            elif isinstance(event, yaml.ScalarEvent):
                yield Event(SCALAR, line, _scalar(event), _refused(event))
            elif isinstance(event, yaml.MappingStartEvent):
                yield Event(OPEN_MAPPING, line, fault=_refused(event))
            elif isinstance(event, yaml.SequenceStartEvent):
                yield Event(OPEN_LIST, line, fault=_refused(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                yield Event(CLOSE, line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(f"is not YAML: {error.problem or error.context}", mark.line + 1 if mark else 0) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 0
        raise Unreadable(f"is not YAML: the character U+{_code(error.character):04X} must be escaped", line) from error
    if not documents:
        raise Unreadable("is empty")


def _code(character: Any) -> int:
    return character if isinstance(character, int) else ord(character[:1])


def _refused(event: Any) -> str:
    if event.anchor:
        return f"has an anchor (&{event.anchor}); write the value out where it is needed"
    if event.tag:
        return f"has a tag ({event.tag}); leave it out"
    return ""


def _scalar(event: Any) -> Any:
    text = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
