"""Pictures drawn by the server."""

from xml.etree import ElementTree

import pytest
import vl_convert
from django.core.cache import caches

from proposals.rendering.pictures import as_png, colours, draw_vega, draw_vega_lite, leads_to

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


def bars(*names: str, path: str = "/topics/harbour/") -> dict:
    return {
        "data": {"values": [{"who": name, "ships": 3, "href": leads_to(path)} for name in names]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "who", "type": "nominal"},
            "y": {"field": "ships", "type": "quantitative"},
            "color": {"value": colours.INK},
            "href": {"field": "href"},
        },
    }


def links(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{_SVG}a"))  # noqa: S314  (our own picture)


def test_a_mark_leads_to_a_path_of_this_site_by_pointer_alone() -> None:
    (link,) = links(draw_vega_lite(bars("Northern Council")))

    assert link.attrib == {"tabindex": "-1", _LINK: "/topics/harbour/"}


def test_colours_are_the_pages_own_with_one_to_fall_back_on() -> None:
    svg = draw_vega_lite(bars("Northern Council"))

    assert f'fill="{colours.INK}"' in svg
    assert not any(one.get("style") for one in ElementTree.fromstring(svg).iter())  # noqa: S314  (our own picture)


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><a href="javascript:alert(1)">', "</svg>&amp;"])
def test_markup_in_a_name_is_drawn_and_not_obeyed(attack: str) -> None:
    svg = draw_vega_lite(bars(attack))

    tree = ElementTree.fromstring(svg)  # noqa: S314  (our own picture)
    assert not list(tree.iter(f"{_SVG}script"))
    assert len(links(svg)) == 1
    assert any(attack in (text.text or "") for text in tree.iter(f"{_SVG}text"))


def test_data_are_never_fetched_from_an_address() -> None:
    asked = bars("Northern Council") | {"data": {"url": "http://127.0.0.1:9/ships.json"}}

    with pytest.raises(ValueError, match="not allowed"):
        draw_vega_lite(asked)


def test_the_same_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = draw_vega_lite(bars("Coastal Front"))
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda *asked, **how: "drawn again")

    assert draw_vega_lite(bars("Coastal Front")) == first


def test_a_preview_has_the_light_colours_and_the_size_asked_for() -> None:
    caches["answers"].clear()
    svg = draw_vega({"width": 40, "height": 20, "padding": 0, "background": colours.PAPER, "marks": []})

    png = as_png(svg, scale=2)

    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (80, 40)


def test_a_control_character_in_a_word_is_drawn_and_ends_no_process():
    label = {"type": "text", "encode": {"enter": {"text": {"value": "The\x1b[31m pier\x00\ufffe"}, "x": {"value": 5}}}}
    axis = {"scale": "x", "orient": "bottom"}
    scale = {"name": "x", "type": "band", "domain": ["The\x07 harbour"], "range": [0, 90]}

    svg = draw_vega({"width": 100, "height": 50, "scales": [scale], "axes": [axis], "marks": [label]})

    assert "The␛[31m pier␀\ufffd" in svg
    assert as_png(svg.replace("pier", "pi\x08er")).startswith(b"\x89PNG")
