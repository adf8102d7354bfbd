"""The heat map of topics by texts as readers use it, and on paper."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAGE = "/coverage/"


def test_heads_and_topics_stay_in_view_while_the_table_scrolls(visit: Visit) -> None:
    page = visit(PAGE)
    region = page.locator(".coverage-region")

    region.evaluate("region => region.scrollTo(1500, 900)")

    frame, corner = region.bounding_box(), region.locator("thead th.topic").bounding_box()
    assert abs(corner["x"] - frame["x"]) <= 2
    assert abs(corner["y"] - frame["y"]) <= 2


def test_a_cell_of_the_picture_leads_to_the_clause(visit: Visit) -> None:
    page = visit(PAGE)

    page.locator('.picture svg a[*|href*="#"]:has(text)').first.click()

    assert "/proposals/" in page.url
    expect(page.locator("li:target")).to_be_visible()


def test_on_paper_the_picture_stands_for_a_table_too_wide_for_it(visit: Visit) -> None:
    page = visit(PAGE)

    page.emulate_media(media="print")

    expect(page.locator(".picture svg")).to_be_visible()
    expect(page.locator("table.coverage")).to_be_hidden()
