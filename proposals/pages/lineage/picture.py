"""The flow of clauses from text to text as a Vega specification."""

from collections.abc import Mapping
from typing import Any

from proposals.pages.lineage.flow import NODE_WIDTH, Flow, Node, Ribbon, flow
from proposals.rendering.pictures import colours, leads_to

_FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
_SERIF = "Charter, 'Iowan Old Style', Georgia, 'Liberation Serif', serif"
_WIDTH, _LABELS = 1240, 250
_DOTS = "h.1m4,0h.1m4,0h.1"
# Relations differ by their edges: none, dashed, or solid and strong.
_STYLES = {
    "equivalent": (colours.ACCENT, 0.45, None, 0, []),
    "overlap": (colours.ACCENT, 0.13, colours.ACCENT, 0.9, [4, 3]),
    "conflict": (colours.INK, 0.1, colours.INK, 1.3, []),
}


def specification(document: Mapping[str, Any]) -> dict[str, Any]:
    found = flow(document, width=_WIDTH, margin=_LABELS)
    marks = [_paper(found), *(_ribbons(found, relation) for relation in _STYLES), *_nodes(found), *_stubs(found)]
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": found.width,
        "height": found.height,
        "padding": 8,
        "background": None,
        "config": {"aria": False},
        "marks": [*marks, *_labels(found), *_heads(found)],
    }


def _mark(kind: str, values: list[dict[str, Any]], **fixed: Any) -> dict[str, Any]:
    """A mark with its data; every name of a value is the channel it sets."""
    names = dict.fromkeys(name for value in values for name in value)
    channels = {name: {"field": f"datum.{name}"} for name in names} | {n: {"value": v} for n, v in fixed.items()}
    return {
        "type": "group",
        "data": [{"name": "own", "values": [{"datum": value} for value in values]}],
        "marks": [{"type": kind, "from": {"data": "own"}, "encode": {"enter": channels}}],
    }


def _paper(found: Flow) -> dict[str, Any]:
    inside = {"x": -8, "y": -8, "width": found.width + 16, "height": found.height + 16, "fill": colours.PAPER}
    return {"type": "rect", "encode": {"enter": {name: {"value": value} for name, value in inside.items()}}}


def _ribbons(found: Flow, relation: str) -> dict[str, Any]:
    fill, opacity, stroke, width, dash = _STYLES[relation]
    values = [{"path": _band(one)} for one in found.ribbons if one.relation == relation]
    edges = {"stroke": stroke, "strokeWidth": width, "strokeDash": dash} if stroke else {}
    return _mark("path", values, fill=fill, fillOpacity=opacity, **edges)


def _band(one: Ribbon) -> str:
    middle = (one.x + one.x2) / 2
    # A hair apart, so that the edges of neighbours do not melt into one.
    half, half2 = max(one.thickness / 2 - 0.6, 0.6), max(one.thickness2 / 2 - 0.6, 0.6)
    over, over2, under, under2 = one.y - half, one.y2 - half2, one.y + half, one.y2 + half2
    return (
        f"M{one.x:.1f},{over:.1f}C{middle:.1f},{over:.1f},{middle:.1f},{over2:.1f},{one.x2:.1f},{over2:.1f}"
        f"L{one.x2:.1f},{under2:.1f}C{middle:.1f},{under2:.1f},{middle:.1f},{under:.1f},{one.x:.1f},{under:.1f}Z"
    )


def _nodes(found: Flow) -> list[dict[str, Any]]:
    boxes = [{"x": one.x, "y": one.y, "height": one.height, "href": leads_to(one.address)} for one in found.nodes]
    numbers = [
        {
            "x": one.x + NODE_WIDTH / 2,
            "y": one.y + one.height / 2 + 3.5,
            "text": one.number,
            "href": leads_to(one.address),
        }
        for one in found.nodes
        if one.number
    ]
    return [
        _mark("rect", boxes, width=NODE_WIDTH, fill=colours.RAISED, stroke=colours.STRONG_RULE, strokeWidth=0.8),
        _mark("text", numbers, align="center", font=_FONT, fontSize=10, fill=colours.INK, limit=NODE_WIDTH - 4),
    ]


def _stubs(found: Flow) -> list[dict[str, Any]]:
    """A bar where a clause is not answered next, an open ring where one is new, dots where nobody can know."""
    right = NODE_WIDTH + 7
    bars = [{"path": f"M{_at(one, right)}m0,-4v8"} for one in found.nodes if one.ends and one.knows_after]
    dots = [{"path": f"M{_at(one, right)}{_DOTS}"} for one in found.nodes if one.ends and not one.knows_after]
    dots += [{"path": f"M{_at(one, -16)}{_DOTS}"} for one in found.nodes if one.begins and not one.knows_before]
    new = [one for one in found.nodes if one.begins and one.knows_before]
    rings = [{"path": f"M{_at(one, -10)}a3,3,0,1,0,6,0a3,3,0,1,0,-6,0"} for one in new]
    return [
        _mark("path", bars, stroke=colours.INK, strokeWidth=2.2),
        _mark("path", dots, stroke=colours.SOFT, strokeWidth=2, strokeCap="round"),
        _mark("path", rings, stroke=colours.INK, strokeWidth=1.2, fill=colours.PAPER),
    ]


def _at(one: Node, offset: float) -> str:
    return f"{one.x + offset:.1f},{one.y + one.height / 2:.1f}"


def _labels(found: Flow) -> list[dict[str, Any]]:
    """In words at both sides; between them there is room for numbers only."""
    last = len(found.columns) - 1
    sides = []
    for column, offset, align in ((0, -8, "right"), (last, NODE_WIDTH + 8, "left")):
        values = [
            {"x": one.x + offset, "y": one.y + one.height / 2 + 3.5, "text": one.label, "href": leads_to(one.address)}
            for one in found.nodes
            if one.column == column
        ]
        # At the right a ring stands before the node, never behind it, so the words have the whole margin.
        sides.append(
            _mark("text", values, align=align, font=_FONT, fontSize=10.5, fill=colours.INK, limit=_LABELS - 36)
        )
    return sides


def _heads(found: Flow) -> list[dict[str, Any]]:
    room = (found.columns[1][2] - found.columns[0][2] - 8) if len(found.columns) > 1 else found.width
    values = [
        {"x": x + NODE_WIDTH / 2, "y": 24 if place % 2 else 40, "text": title, "href": leads_to(f"/proposals/{slug}/")}
        for place, (title, slug, x) in enumerate(found.columns)
    ]
    limit = 2 * room if len(found.columns) > 2 else room
    return [
        _mark("text", values, align="center", font=_SERIF, fontSize=13, fontWeight=600, fill=colours.INK, limit=limit)
    ]
