"""What holds for every page in a real browser: each example of each route, on the data set that ships."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults
from tests.pages.test_each_page import ADDRESSES


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_is_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit(address)

    over = {}
    for width in (360, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        over[width] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert {width: pixels for width, pixels in over.items() if pixels > 0} == {}


@pytest.mark.parametrize("address", ADDRESSES)
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


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(visit: Visit, address: str) -> None:
    page = visit(address)

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        # Behind the last link the focus leaves the page.
        if focused.count():
            assert focused.evaluate("one => getComputedStyle(one).outlineStyle") != "none"


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_a_page_is_cut_off_on_paper(visit: Visit, address: str) -> None:
    """The width of A4 within margins of 12 mm."""
    page = visit(address, width=703)

    page.emulate_media(media="print")

    cut = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert cut <= 0
