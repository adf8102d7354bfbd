"""Pages of places and the search in a real browser: on any screen, and by what axe finds."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults

# Made of the same parts as the page before it, many times over.
HEAVY = "/territories/ukraine/"
ADDRESSES = [
    "/territories/",
    "/territories/donetsk/",
    HEAVY,
    "/search/?q=Donetsk+withdrawal&party=ukraine",
    "/search/?q=army&kind=position",
    "/search/?q=zeppelin",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_places_or_of_the_search_is_never_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit(address)

    for width in (360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_places_and_the_search_are_accessible(site: str, browser: Browser, scheme) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()

    faults = {}
    for address in ADDRESSES:
        if address == HEAVY:
            continue
        page.goto(site + address)
        faults[address] = accessibility_faults(page)
    context.close()

    assert {address: found for address, found in faults.items() if found} == {}
