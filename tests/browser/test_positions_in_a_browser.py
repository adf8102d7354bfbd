"""Who stands where as readers use it."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAGE = "/positions/"


def test_heads_and_topics_stay_in_view_while_the_table_scrolls(visit: Visit) -> None:
    region = visit(PAGE).locator(".positions-region")

    region.evaluate("region => region.scrollTo(1500, 900)")

    frame, corner = region.bounding_box(), region.locator("thead th.topic").bounding_box()
    assert abs(corner["x"] - frame["x"]) <= 2
    assert abs(corner["y"] - frame["y"]) <= 2


def test_a_shape_of_the_picture_and_a_cell_lead_to_what_was_said(visit: Visit) -> None:
    page = visit(PAGE)

    page.locator('.picture svg a[*|href*="#said-"]').first.click()
    expect(page.locator(".told:target .wording").first).to_be_in_viewport()

    page.locator(".positions td a").nth(3).click()
    expect(page.locator(".told:target .wording").first).to_be_in_viewport()


def test_on_a_small_screen_only_parties_that_spoke_stand_under_a_topic(visit: Visit) -> None:
    page = visit(PAGE, width=360)

    expect(page.locator(".positions td.none").first).to_be_hidden()
    expect(page.locator(".positions td a").first).to_be_visible()
