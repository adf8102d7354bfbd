"""Readings and bracketed text fit every screen."""

import pytest

from tests.browser.conftest import Visit

CHOSEN = "?proposals=us-28-point-2025-11,e3-counter-2025-11"


@pytest.mark.parametrize("address", ["/compare/readings/", "/compare/bracketed/"])
def test_a_page_of_readings_is_never_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit(address + CHOSEN)
    for width in (360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
