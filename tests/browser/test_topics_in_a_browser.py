"""A topic through time, on any screen and by what axe finds."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.chromium import accessibility_faults

ARMY = "/topics/army-size/"
ADDRESSES = [ARMY, "/topics/", "/topics/crimea/?kind=position&order=oldest"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_topic_is_never_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit(address)

    for width in (360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, width


def test_a_figure_leads_to_its_clause_and_its_table_opens_from_the_chart(visit: Visit) -> None:
    page = visit(ARMY)

    page.get_by_role("link", name="The same as a table").first.click()
    expect(page.locator("table.figure-table")).to_be_visible()
    page.locator('.picture svg a[*|href*="/clauses/"]').first.click()

    assert "/clauses/" in page.url


def test_filters_work_by_keyboard_without_scripts(visit: Visit) -> None:
    page = visit(ARMY)

    page.get_by_label("Show", exact=True).select_option("position")
    page.get_by_role("button", name="Show").press("Enter")

    expect(page.locator(".entry-clause")).to_have_count(0)
    assert page.locator(".entry-position").count() == 5
    assert "kind=position" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_topics_are_accessible(site: str, browser: Browser, scheme) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()

    faults = {}
    for address in ADDRESSES:
        page.goto(site + address)
        faults[address] = accessibility_faults(page)
    context.close()

    assert {address: found for address, found in faults.items() if found} == {}
