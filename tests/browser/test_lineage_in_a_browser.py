"""The flow of clauses from text to text as readers use it."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAGE = "/lineage/us-28-point-2025-11/"


def test_a_count_leads_to_the_clauses_behind_it(visit: Visit) -> None:
    page = visit(PAGE)

    page.locator(".tallies ul a").first.click()

    expect(page.locator(".fates h3:target")).to_be_in_viewport()
