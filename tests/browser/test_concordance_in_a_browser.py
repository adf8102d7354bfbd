"""The concordance and what leads to it: on any screen, by keyboard, on paper, and by what axe finds."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults

TWO = "/compare/?proposals=us-28-point-2025-11,e3-counter-2025-11"
CHOOSER, PASTED = "/compare/", "/compare/text/"


def _freeze(page: Page) -> None:
    page.get_by_role("button", name="Freeze and cite").click()
    expect(page.locator(".citation")).to_contain_text("/snapshots/")


@pytest.mark.parametrize("address", [CHOOSER, PASTED, TWO])
def test_a_page_of_comparing_is_never_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit(address)
    if address == TWO:
        _freeze(page)

    for width in (360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_comparing_are_accessible(site: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()

    faults = {}
    for address in (CHOOSER, PASTED, TWO):
        page.goto(site + address)
        faults[address] = accessibility_faults(page)
    _freeze(page)
    faults["snapshot"] = accessibility_faults(page)
    context.close()

    assert {address: found for address, found in faults.items() if found} == {}


def test_a_search_keeps_what_is_ticked(visit: Visit) -> None:
    page = visit(CHOOSER)
    page.locator("#tick-us-28-point-2025-11").check()
    page.get_by_role("main").get_by_role("searchbox").fill("E3")

    page.keyboard.press("Enter")

    expect(page.locator("#tick-us-28-point-2025-11")).to_be_checked()
    page.locator("#tick-e3-counter-2025-11").check()
    page.get_by_role("button", name="Compare the ticked proposals").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("E3 counter-text")
    assert "q=" not in page.url


def test_the_keyboard_alone_reaches_filters_and_unfolds_a_row(visit: Visit) -> None:
    page = visit(TWO)
    row = page.locator("tbody.folded").first
    expect(row.locator(".wording").first).to_be_hidden()

    reached = set()
    for _ in range(100):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        reached.add(focused.evaluate("one => one.id || one.className || one.localName"))
        if focused.evaluate("one => Boolean(one.closest('.unfold'))"):
            break
    page.keyboard.press("Enter")

    assert {"skip", "show", "group", "topic", "party", "region"} <= reached
    expect(page.locator("tbody.folded:has(.unfold[open]) .wording").first).to_be_visible()
