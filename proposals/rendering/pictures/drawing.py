"""The one place that knows the library which draws.

Its engine takes 0.8 seconds to start, once in a process, and some 20 ms for a small picture; 2,000 marks take 0.7.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import vl_convert
from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe

from proposals.rendering.characters import printable, printable_values

Specification = Mapping[str, Any]

# The library resolves addresses against a site of its own, and leaves whole ones alone.
_HERE = "http://here.invalid"
_LINK = f'<a xlink:href="{_HERE}'
# A link in a picture is for the pointer: the table beside each picture has the same ones for the keyboard.
_POINTER_LINK = '<a tabindex="-1" xlink:href="'
_NAMED_COLOUR = re.compile(r"var\(--[\w-]+, (#[0-9a-f]{3,6})\)")


def leads_to(path: str) -> str:
    """What to write as the `href` of a mark that leads to this path of the site."""
    return f"{_HERE}{path}"


def draw_vega_lite(specification: Specification) -> SafeString:
    return _drawn(specification, vl_convert.vegalite_to_svg)


def draw_vega(specification: Specification) -> SafeString:
    return _drawn(specification, vl_convert.vega_to_svg)


def as_png(svg: str, *, scale: float = 1) -> bytes:
    """The picture in its light colours; `scale` is of its width and height in pixels."""
    return bytes(vl_convert.svg_to_png(printable(_NAMED_COLOUR.sub(r"\1", svg)), scale=scale))


def _drawn(specification: Specification, draw: Callable[..., str]) -> SafeString:
    # A control character in a word would not fail: it would end the whole process.
    asked = json.dumps(printable_values(specification))
    name = f"picture:{hashlib.sha256(asked.encode()).hexdigest()}"
    svg = caches["answers"].get(name)
    if svg is None:
        svg = draw(asked, allowed_base_urls=[]).replace(_LINK, _POINTER_LINK)
        caches["answers"].set(name, svg)
    # The library escapes the words that it draws.
    return mark_safe(svg)  # noqa: S308
