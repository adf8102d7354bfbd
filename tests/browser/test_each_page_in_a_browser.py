"""What holds for every page in a real browser: each example of each route, on the data set that ships."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults, widths_too_small
from tests.pages.test_each_page import ADDRESSES, EIGHT

FURTHER = [
    "/compare/?proposals=istanbul-communique-2022,us-28-point-2025-11,us-russia-27-point-2025-12",
    "/proposals/e3-counter-2025-11/",
    "/parties/russia/",
    "/topics/crimea/?kind=position&order=oldest",
    "/search/?q=Donetsk+withdrawal&party=ukraine",
    "/search/?q=zeppelin",
]
# Eight texts are more of what two are, and take axe up to a minute.
OF_EIGHT = [address for address in ADDRESSES if EIGHT in address]


@pytest.mark.parametrize("address", [*ADDRESSES, *FURTHER])
def test_a_page_fits_screens_and_paper_and_shows_where_the_keyboard_is(visit: Visit, address: str) -> None:
    page = visit(address)

    assert widths_too_small(page) == {}
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        # Behind the last link the focus leaves the page.
        if focused.count():
            assert focused.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.emulate_media(media="print")
    # A4 within margins of 12 mm.
    assert widths_too_small(page, widths=[703]) == {}


@pytest.mark.parametrize("address", [one for one in (*ADDRESSES, *FURTHER) if one not in OF_EIGHT])
def test_axe_finds_nothing_serious(site: str, unguarded: Page, address: str) -> None:
    unguarded.emulate_media(color_scheme="light")
    unguarded.goto(site + address)

    assert accessibility_faults(unguarded) == []
    unguarded.emulate_media(color_scheme="dark")
    assert accessibility_faults(unguarded, rules=["color-contrast"]) == []


@pytest.fixture(scope="module")
def unguarded(site: str, browser: Browser) -> Iterator[Page]:
    """A window that lets axe look in; the pages themselves have no scripts."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()
