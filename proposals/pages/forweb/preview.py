"""Pictures of 1200 × 630 pixels that stand beside a shared link: what a page is about, in large words."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from proposals.rendering.pictures import as_png, draw_vega
from proposals.rendering.pictures.colours import ACCENT, INK, PAPER, RULE, SOFT

WIDTH, HEIGHT = 1200, 630
_LEFT = 72
_SERIF, _SANS = "Liberation Serif, Georgia, serif", "Liberation Sans, Arial, sans-serif"
_TITLE_SIZE, _TITLE_LINE, _TITLE_CHARACTERS, _TITLE_LINES = 68, 78, 32, 3
_LINE_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number with what it counts."""

    number: str
    name: str


def preview(*, site: str, title: str, lines: Sequence[str], figures: Sequence[Figure]) -> bytes:
    """A PNG; words that do not fit end in three dots."""
    marks = [
        _text(site.upper(), y=72, size=26, colour=SOFT, font=_SANS),
        {
            "type": "rule",
            "encode": {
                "enter": {
                    "x": {"value": _LEFT},
                    "x2": {"value": WIDTH - _LEFT},
                    "y": {"value": 104},
                    "stroke": {"value": INK},
                    "strokeWidth": {"value": 3},
                }
            },
        },
    ]
    y = 190
    for words in _wrapped(title, characters=_TITLE_CHARACTERS, lines=_TITLE_LINES):
        marks.append(_text(words, y=y, size=_TITLE_SIZE, weight="bold"))
        y += _TITLE_LINE
    y -= 14
    for line in lines:
        (words,) = _wrapped(line, characters=_LINE_CHARACTERS, lines=1) or [""]
        marks.append(_text(words, y=y, size=32, colour=SOFT, font=_SANS))
        y += 44
    place = (WIDTH - 2 * _LEFT) / max(len(figures), 1)
    for number, figure in enumerate(figures):
        x = _LEFT + number * place
        marks.append(_text(figure.number, x=x, y=540, size=64, colour=ACCENT, weight="bold"))
        marks.append(_text(figure.name, x=x, y=584, size=28, colour=SOFT, font=_SANS))
    specification: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 0,
        "autosize": "none",
        "background": PAPER,
        "config": {"aria": False},
        "marks": [_ground(), *marks],
    }
    return as_png(draw_vega(specification))


def _ground() -> dict[str, Any]:
    """A frame, without which the picture melts into a white page."""
    return {
        "type": "rect",
        "encode": {
            "enter": {
                "width": {"value": WIDTH},
                "height": {"value": HEIGHT},
                "fill": {"value": PAPER},
                "stroke": {"value": RULE},
                "strokeWidth": {"value": 8},
            }
        },
    }


def _text(
    words: str,
    *,
    y: float,
    size: int,
    x: float = _LEFT,
    colour: str = INK,
    font: str = _SERIF,
    weight: str = "normal",
) -> dict[str, Any]:
    said = {"text": words, "x": x, "y": y, "fontSize": size, "fill": colour, "font": font, "fontWeight": weight}
    return {"type": "text", "encode": {"enter": {name: {"value": value} for name, value in said.items()}}}


def _wrapped(words: str, *, characters: int, lines: int) -> list[str]:
    return textwrap.wrap(words, width=characters, max_lines=lines, placeholder=" …", break_long_words=True)
