"""The flow of clauses from text to text, on any screen."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAGE = "/lineage/us-28-point-2025-11/"


def test_the_flow_and_its_table_scroll_in_regions_of_their_own(visit: Visit) -> None:
    page = visit(PAGE)

    for width in (360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, width


def test_a_count_leads_to_the_clauses_behind_it(visit: Visit) -> None:
    page = visit(PAGE)

    page.locator(".tallies ul a").first.click()

    expect(page.locator(".fates h3:target")).to_be_in_viewport()
