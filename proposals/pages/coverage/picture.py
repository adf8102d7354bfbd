"""The heat map as a Vega specification: plain arithmetic, every place in pixels."""

from typing import Any

from proposals.pages.coverage.heat_map import CoveragePage, ShownCell
from proposals.rendering.pictures import colours, leads_to

_CELL, _LINE, _GROUP = 23, 15, 24
_NAMES, _HEADS, _YEARS = 218, 192, 22
_FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
_SERIF = "Charter, 'Iowan Old Style', Georgia, 'Liberation Serif', serif"
# The more clauses, the darker; from the third step on the figure is in the paper's colour.
_STEPS = ((1, 0.2), (2, 0.42))
_SHAPES = {
    "struck_out": ("M-4,-4L4,4M4,-4L-4,4", colours.INK, 1.7),
    "silent": ("M-6,0L6,0", colours.INK, 2.5),
    "unknown": ("M-4,0L-3.9,0M0,0L.1,0M4,0L4.1,0", colours.STRONG_RULE, 1.8),
}

Mark = dict[str, Any]


def specification(page: CoveragePage) -> dict[str, Any]:
    """Columns are texts by date, rows topics under their groups; every cell that has clauses leads to the first."""
    bottom, fills, signs, names, rules = _HEADS + _YEARS, [], [], [], []
    right = _NAMES + _CELL * len(page.texts)
    for group in page.groups:
        names.append({"x": 0, "y": bottom + _GROUP - 8, "text": group.name, "size": 13, "bold": True, "align": "left"})
        rules.append({"x": 0, "x2": right, "y": bottom + _GROUP - 2, "y2": bottom + _GROUP - 2, "strong": True})
        bottom += _GROUP
        for line in group.lines:
            middle = bottom + _LINE / 2
            names.append(
                {
                    "x": _NAMES - 8,
                    "y": middle + 3.5,
                    "text": line.name,
                    "size": 11,
                    "align": "right",
                    "href": leads_to(f"/topics/{line.slug}/"),
                }
            )
            for place, cell in enumerate(line.cells):
                left = _NAMES + place * _CELL
                if cell.state == "regulated":
                    fills.append(_filled(cell, left, bottom))
                elif cell.state != "not_found":
                    signs.append({"kind": cell.state, "x": left + _CELL / 2, "y": middle, "href": _href(cell)})
            bottom += _LINE
            rules.append({"x": _NAMES, "x2": right, "y": bottom, "y2": bottom, "strong": False})
    heads = _heads(page)
    rules += [
        {"x": head["x"] - _CELL / 2, "x2": head["x"] - _CELL / 2, "y": 0, "y2": bottom, "strong": True}
        for head in heads
        if head["year"]
    ]
    if page.part:
        names.append({"x": 0, "y": bottom + 16, "text": page.part, "size": 11, "align": "left", "whole": True})
        bottom += 20
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": right,
        "height": bottom + 6,
        "padding": 8,
        "background": None,
        "config": {"aria": False},
        "data": [
            {"name": "fills", "values": fills},
            *({"name": state, "values": [one for one in signs if one["kind"] == state]} for state in _SHAPES),
            {"name": "names", "values": names},
            {"name": "rules", "values": rules},
            {"name": "heads", "values": heads},
        ],
        "marks": [_paper(right, bottom), _lines(), *_cells(), *_signs(), _names(), *_head_marks()],
    }


def _filled(cell: ShownCell, left: float, top: float) -> dict[str, Any]:
    opacity = next((share for count, share in _STEPS if cell.count <= count), 1)
    return {
        "x": left + 1,
        "y": top + 1,
        "text": cell.sign,
        "opacity": opacity,
        "ink": colours.PAPER if opacity == 1 else colours.INK,
        "href": _href(cell),
    }


def _href(cell: ShownCell) -> str | None:
    return leads_to(cell.address) if cell.address else None


def _heads(page: CoveragePage) -> list[dict[str, Any]]:
    heads, year = [], ""
    for place, text in enumerate(page.texts):
        heads.append(
            {
                "x": _NAMES + (place + 0.5) * _CELL,
                "text": text.short_title,
                "year": text.year if text.year != year else "",
                "href": leads_to(f"/proposals/{text.slug}/"),
            }
        )
        year = text.year
    return heads


def _mark(kind: str, source: str, **enter: Any) -> Mark:
    return {"type": kind, "from": {"data": source}, "encode": {"enter": enter}}


def _field(name: str, **more: Any) -> dict[str, Any]:
    return {"field": name, **more}


def _value(value: Any) -> dict[str, Any]:
    return {"value": value}


def _paper(right: float, bottom: float) -> Mark:
    """So that the picture can be read alone, on any ground."""
    inside = {"x": -8, "y": -8, "width": right + 16, "height": bottom + 22, "fill": colours.PAPER}
    return {"type": "rect", "encode": {"enter": {name: _value(value) for name, value in inside.items()}}}


def _lines() -> Mark:
    stroke = [{"test": "datum.strong", "value": colours.STRONG_RULE}, {"value": colours.RULE}]
    ends = {name: _field(name) for name in ("x", "x2", "y", "y2")}
    return _mark("rule", "rules", **ends, stroke=stroke, strokeWidth=_value(0.75))


def _cells() -> list[Mark]:
    at = {"x": _field("x"), "y": _field("y"), "href": _field("href")}
    box = {**at, "width": _value(_CELL - 2), "height": _value(_LINE - 2)}
    number = {"x": _field("x", offset=_CELL / 2 - 1), "y": _field("y", offset=_LINE / 2 + 3)}
    return [
        _mark("rect", "fills", **box, fill=_value(colours.ACCENT), fillOpacity=_field("opacity")),
        _mark(
            "text",
            "fills",
            **number,
            **_letters(10.5) | {"fill": _field("ink")},
            text=_field("text"),
            align=_value("center"),
            href=_field("href"),
        ),
    ]


def _letters(size: float) -> dict[str, Any]:
    return {"font": _value(_FONT), "fontSize": _value(size), "fill": _value(colours.INK)}


def _signs() -> list[Mark]:
    """A cross where a deletion is all there is, a bar where a silence is recorded, dots where nobody can know."""
    at = {"x": _field("x"), "y": _field("y"), "href": _field("href")}
    return [
        _mark(
            "path",
            state,
            **at,
            path=_value(shape),
            stroke=_value(colour),
            strokeWidth=_value(width),
            strokeCap=_value("round"),
        )
        for state, (shape, colour, width) in _SHAPES.items()
    ]


def _names() -> Mark:
    bold = [{"test": "datum.bold", "value": _SERIF}, {"value": _FONT}]
    return _mark(
        "text",
        "names",
        x=_field("x"),
        y=_field("y"),
        text=_field("text"),
        href=_field("href"),
        align=_field("align"),
        fontSize=_field("size"),
        font=bold,
        fill=_value(colours.INK),
        fontWeight=[{"test": "datum.bold", "value": 600}, {"value": 400}],
        limit=[{"test": "datum.whole", **_value(0)}, _value(_NAMES - 12)],
    )


def _head_marks() -> list[Mark]:
    foot = _HEADS + _YEARS - 2
    title = _mark(
        "text",
        "heads",
        x=_field("x", offset=4),
        y=_value(foot),
        text=_field("text"),
        angle=_value(-90),
        align=_value("left"),
        limit=_value(_HEADS - 4),
        href=_field("href"),
        **_letters(11),
    )
    year = _mark(
        "text",
        "heads",
        x=_field("x", offset=3 - _CELL / 2),
        y=_value(9),
        text=_field("year"),
        # As narrow as a column: a year may have one text alone.
        **(_letters(8.5) | {"font": _value(_SERIF)}),
        fontWeight=_value(600),
    )
    return [title, year]
