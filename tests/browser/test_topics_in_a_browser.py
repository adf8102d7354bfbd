"""A topic through time as readers use it."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

ARMY = "/topics/army-size/"


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
