"""The concordance and what leads to it: on any screen, by keyboard, on paper, and by what axe finds."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults, widths_too_small

TWO = "/compare/?proposals=us-28-point-2025-11,e3-counter-2025-11"
CHOOSER = "/compare/"


def test_a_frozen_comparison_fits_the_screen_and_axe_finds_nothing_serious(site: str, browser: Browser) -> None:
    # The page has no scripts; its policy would keep axe out too.
    context = browser.new_context(color_scheme="light", bypass_csp=True)
    page = context.new_page()
    page.goto(site + TWO)
    page.get_by_role("button", name="Freeze and cite").click()
    expect(page.locator(".citation")).to_contain_text("/snapshots/")

    assert widths_too_small(page) == {}
    assert accessibility_faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert accessibility_faults(page, rules=["color-contrast"]) == []
    context.close()


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
