"""Bracketed text as readers use it."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

CHOSEN = "?proposals=us-28-point-2025-11,e3-counter-2025-11"


def test_sources_of_an_alternative_are_one_click_away(visit: Visit) -> None:
    matter = visit("/compare/bracketed/" + CHOSEN).locator("article.bracketed").nth(1)

    matter.locator("summary").click()

    expect(matter.locator(".sources a").first).to_be_visible()
