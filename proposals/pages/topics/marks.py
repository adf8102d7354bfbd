"""Marks of a Vega specification, each with its own data."""

from typing import Any

from proposals.rendering.pictures import colours

FONT = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
SERIF = "Charter, 'Iowan Old Style', Georgia, 'Liberation Serif', serif"

Mark = dict[str, Any]


def painted(*, is_rival: bool) -> dict[str, Any]:
    """Hollow where a figure is a rival one."""
    if is_rival:
        return {"fill": colours.PAPER, "stroke": colours.INK, "strokeWidth": 1.6}
    return {"fill": colours.ACCENT, "stroke": colours.ACCENT, "strokeWidth": 2}


def paper(width: float, height: float) -> Mark:
    """So that the picture can be read alone, on any ground."""
    inside = {"x": -10, "y": -10, "width": width + 20, "height": height + 20, "fill": colours.PAPER}
    return {"type": "rect", "encode": {"enter": {name: {"value": value} for name, value in inside.items()}}}


def lettering(values: list[dict[str, Any]], **fixed: Any) -> Mark:
    return mark("text", values, **({"font": FONT, "fontSize": 11, "fill": colours.INK} | fixed))


def mark(kind: str, values: list[dict[str, Any]], **fixed: Any) -> Mark:
    """A mark with its data; every name of a value is the channel it sets."""
    names = dict.fromkeys(name for value in values for name in value)
    channels = {name: {"field": f"datum.{name}"} for name in names} | {n: {"value": v} for n, v in fixed.items()}
    return {
        "type": "group",
        "data": [{"name": "own", "values": [{"datum": value} for value in values]}],
        "marks": [{"type": kind, "from": {"data": "own"}, "encode": {"enter": channels}}],
    }
