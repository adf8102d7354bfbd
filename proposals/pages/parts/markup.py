"""HTML put together in Python, for parts that a page has hundreds of: templates take too long over so many."""

import html
from collections.abc import Iterable
from typing import LiteralString

from django.utils.safestring import SafeString


def filled(pattern: LiteralString, /, *values: object, **named: object) -> SafeString:
    """The pattern with each value in its place, escaped unless it is markup already.

    As Django's `format_html` in a fifth of its time: a value is a string or number, and none that is told late. The
    pattern is written in code; nothing recorded may stand in it.
    """
    for name, value in named.items():
        named[name] = _escaped(value)
    return SafeString(pattern.format(*map(_escaped, values), **named))


def joined(parts: Iterable[str], between: str = "") -> SafeString:
    """The parts in a row, each escaped unless it is markup already."""
    return SafeString(_escaped(between).join(map(_escaped, parts)))


def _escaped(value: object) -> str:
    return value if isinstance(value, SafeString) else html.escape(str(value))
