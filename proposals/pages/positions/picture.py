"""Stances by party and topic as a Vega-Lite specification, every place in pixels."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from proposals.models import Position
from proposals.pages.positions.asked import Asked
from proposals.pages.positions.matrix import Cell, PositionsPage, without_column
from proposals.pages.positions.signs import RED_LINE_NAME, RING, SIGNS
from proposals.rendering.dates import in_words
from proposals.rendering.pictures import colours, leads_to

_NAMES, _HEADS, _COLUMN, _LINE, _GROUP, _FOOT = 230, 176, 58, 21, 27, 22
_MOST_MARKS, _APART = 3, 18
_NARROWEST, _KEY = 560, 140
_SIZE, _RING = 75, 300
_FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
_SERIF = "Charter, 'Iowan Old Style', Georgia, 'Liberation Serif', serif"

Values = list[dict[str, Any]]
Layer = dict[str, Any]


def specification(page: PositionsPage, *, asked: Asked) -> dict[str, Any]:
    """Columns are parties, rows topics under their groups; every shape leads to what was said."""
    right = _NAMES + _COLUMN * len(page.parties)
    bottom = float(_HEADS)
    rules: Values = []
    shapes: Values = []
    names: Values = list(_heads(page))
    for _, group, lines in page.groups:
        names.append({"x": 0, "y": bottom + _GROUP - 9, "text": group, "kind": "group"})
        bottom += _GROUP
        rules.append({"x": 0, "x2": right, "y": bottom - 2, "y2": bottom - 2, "colour": colours.STRONG_RULE})
        for line in lines:
            middle = bottom + _LINE / 2
            names.append({"x": _NAMES - 10, "y": middle, "text": line.topic.text, "kind": "topic"})
            for place, cell in enumerate(line.cells):
                shapes += _in_cell(cell, x=_NAMES + (place + 0.5) * _COLUMN, y=middle)
            bottom += _LINE
            rules.append({"x": _NAMES, "x2": right, "y": bottom, "y2": bottom, "colour": colours.RULE})
    for place in range(len(page.parties) + 1):
        x = _NAMES + place * _COLUMN
        rules.append({"x": x, "x2": x, "y": _HEADS, "y2": bottom, "colour": colours.RULE})
    bottom += 20
    for mark, word in _key():
        shapes.append(mark | {"x": mark["x"] + 10, "y": mark["y"] + bottom})
        names.append({"x": mark["x"] + 24, "y": mark["y"] + bottom, "text": word, "kind": "key"})
    bottom += 2 * _FOOT
    for sentence in filter(None, (*_remarks(asked), without_column(page))):
        names.append({"x": 0, "y": bottom, "text": sentence, "kind": "key"})
        bottom += _FOOT
    return _put_together(rules, shapes, names, width=max(right, _NARROWEST), height=bottom)


def _in_cell(cell: Cell | None, *, x: float, y: float) -> Iterable[dict[str, Any]]:
    """A shape for each stance, side by side; a ring around red lines."""
    marks = cell.marks[:_MOST_MARKS] if cell else ()
    for place, mark in enumerate(marks):
        ring = "" if not mark.is_red_line else "broken" if mark.since_then else "whole"
        left = x + (place - (len(marks) - 1) / 2) * _APART
        yield _shape(mark.code, ring=ring, x=left, y=y) | {"href": leads_to(cell.address) if cell else None}


def _shape(code: str, *, x: float, y: float, ring: str = "") -> dict[str, Any]:
    sign = SIGNS.get(code)
    return {
        "x": x,
        "y": y,
        "shape": sign.path if sign else "",
        "fill": colours.INK if sign and sign.is_filled else "transparent",
        "ring": ring,
        "href": None,
    }


def _heads(page: PositionsPage) -> Iterable[dict[str, Any]]:
    for place, (slug, name) in enumerate(page.parties):
        href = leads_to(reverse("pages:party", args=[slug]))
        yield {"x": _NAMES + (place + 0.5) * _COLUMN, "y": _HEADS - 6, "text": name, "kind": "party", "href": href}


def _key() -> Iterable[tuple[dict[str, Any], str]]:
    """What the shapes mean, so that the picture can be read alone: four to a line."""
    entries = [(code, "", str(Position.Stance(code).label)) for code in SIGNS]
    entries.append(("", "whole", str(RED_LINE_NAME)))
    for place, (code, ring, word) in enumerate(entries):
        yield _shape(code, x=place % 4 * _KEY, y=place // 4 * _FOOT, ring=ring), word


def _remarks(asked: Asked) -> tuple[str, str]:
    dashed = gettext("Broken ring: a red line drawn earlier and not taken back.")
    if asked.as_of is None:
        return gettext("What each party said last, of all that is recorded."), dashed
    day = in_words(asked.as_of.isoformat(), "day")
    return gettext("What each party had said last by %(day)s.") % {"day": day}, dashed


def _put_together(rules: Values, shapes: Values, names: Values, *, width: float, height: float) -> dict[str, Any]:
    x, y = _at("x", width), _at("y", height)
    drawn = {"x": x, "y": y, "shape": _own("shape"), "fill": _own("fill"), "href": {"field": "href", "type": "nominal"}}
    ring = {"type": "point", "shape": RING, "size": _RING, "fill": "transparent", "stroke": colours.INK}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "padding": 10,
        "background": colours.PAPER,
        "config": {"aria": False, "view": {"stroke": None}, "font": _FONT},
        "layer": [
            {
                "data": {"values": rules},
                "mark": {"type": "rule", "strokeWidth": 0.75},
                "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}, "stroke": _own("colour")},
            },
            *(
                {
                    "data": {"values": [one for one in shapes if one["ring"] == kind]},
                    "mark": ring | {"strokeWidth": width, "strokeDash": dash},
                    "encoding": {"x": x, "y": y},
                }
                for kind, width, dash in (("whole", 1.6, []), ("broken", 1.4, [2.5, 2]))
            ),
            {
                "data": {"values": [one for one in shapes if one["shape"]]},
                "mark": {"type": "point", "size": _SIZE, "stroke": colours.INK, "strokeWidth": 1.7, "opacity": 1},
                "encoding": drawn,
            },
            *_texts(names, x=x, y=y),
        ],
    }


def _texts(names: Values, *, x: Layer, y: Layer) -> Iterable[Layer]:
    kinds: dict[str, dict[str, Any]] = {
        "group": {"font": _SERIF, "fontSize": 13, "fontWeight": 600, "align": "left"},
        "topic": {"fontSize": 11.5, "align": "right", "limit": _NAMES - 14},
        "party": {"fontSize": 11.5, "align": "left", "angle": 270, "limit": _HEADS - 10},
        "key": {"fontSize": 11.5, "align": "left"},
    }
    for kind, how in kinds.items():
        yield {
            "data": {"values": [one | {"href": one.get("href")} for one in names if one["kind"] == kind]},
            "mark": {"type": "text", "baseline": "middle", "fill": colours.INK} | how,
            "encoding": {
                "x": x,
                "y": y,
                "text": {"field": "text", "type": "nominal"},
                "href": {"field": "href", "type": "nominal"},
            },
        }


def _at(axis: str, end: float) -> Layer:
    """A pixel is a pixel; the y of Vega-Lite grows upwards unless told."""
    return {
        "field": axis,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, end], "range": [0, end], "nice": False, "zero": False},
    }


def _own(field: str) -> Layer:
    """The value as it is."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}
