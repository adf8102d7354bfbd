"""Readings and bracketed text fit every screen, and by what axe finds."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults

CHOSEN = "?proposals=us-28-point-2025-11,e3-counter-2025-11"


@pytest.mark.parametrize("address", ["/compare/readings/", "/compare/bracketed/"])
def test_a_page_of_readings_is_never_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit(address + CHOSEN)
    for width in (360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_sources_of_an_alternative_are_one_click_away(visit: Visit) -> None:
    matter = visit("/compare/bracketed/" + CHOSEN).locator("article.bracketed").nth(1)

    matter.locator("summary").click()

    expect(matter.locator(".sources a").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readings_are_accessible(site: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()

    faults = {}
    for address in ("/compare/readings/", "/compare/bracketed/"):
        page.goto(site + address + CHOSEN)
        faults[address] = accessibility_faults(page)
    context.close()

    assert {address: found for address, found in faults.items() if found} == {}
