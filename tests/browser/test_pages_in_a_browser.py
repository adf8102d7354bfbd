"""The pages as people use them: on any screen, by keyboard, in the dark, on paper, without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

HOME = "/"
TWO = "/compare/?proposals=us-28-point-2025-11,e3-counter-2025-11"
THREE = "/compare/?proposals=istanbul-communique-2022,us-28-point-2025-11,us-russia-27-point-2025-12"
EIGHT = (
    "/compare/?proposals=istanbul-communique-2022,eu-ua-counter-2025-04,ukraine-memorandum-2025-06,"
    "russia-memorandum-2025-06,us-28-point-2025-11,e3-counter-2025-11,europe-24-point-2025-11,"
    "framework-20-point-2025-12"
)
PROPOSAL = "/proposals/e3-counter-2025-11/"

# The contrast of the words of an element against the nearest painted background (WCAG 2.2).
CONTRAST = """element => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = share => share <= .04045 ? share / 12.92 : ((share + .055) / 1.055) ** 2.4;
  const light = colour => channels(colour).slice(0, 3).map(channel => linear(channel / 255))
    .reduce((sum, channel, place) => sum + channel * [.2126, .7152, .0722][place], 0);
  const ground = one => getComputedStyle(one).backgroundColor;
  let behind = element;
  while (behind.parentElement && channels(ground(behind))[3] === 0) behind = behind.parentElement;
  const [one, two] = [light(getComputedStyle(element).color), light(ground(behind))];
  return (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
}"""


def test_a_narrow_screen_stacks_cells_under_the_names_of_their_columns(visit: Visit, tmp_path: Path) -> None:
    page = visit(TWO, width=360)

    line = page.locator("tbody.line-diverge").first
    line.screenshot(path=tmp_path / "line.png")
    left, right = (cell.bounding_box() for cell in line.locator("tr.cells > td").all())
    assert left["x"] == right["x"]
    assert right["y"] >= left["y"] + left["height"]
    labels = line.locator("tr.cells > td").evaluate_all(
        "cells => cells.map(c => getComputedStyle(c, '::before').content)"
    )
    assert labels == ['"US 28 points"', '"E3 counter-text"']


def test_a_wide_screen_sets_the_columns_side_by_side(visit: Visit) -> None:
    page = visit(TWO)

    left, right = (cell.bounding_box() for cell in page.locator("tbody.line").first.locator("tr.cells > td").all())
    assert left["y"] == right["y"]
    assert left["width"] == pytest.approx(right["width"], abs=1)


def test_two_ticked_proposals_are_compared_without_scripts(visit: Visit) -> None:
    page = visit(HOME)

    page.locator("#tick-us-28-point-2025-11").check()
    page.locator("#tick-e3-counter-2025-11").check()
    page.get_by_role("button", name="Compare the ticked proposals").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("US 28 points")
    assert page.locator("tbody.line").count() > 20


def test_rows_are_narrowed_down_by_kind_and_topic_without_scripts(visit: Visit) -> None:
    page = visit(TWO)

    page.get_by_role("navigation", name="Show").get_by_role("link", name="diverge").click()
    page.get_by_label("Topic", exact=True).select_option("army-size")
    page.get_by_role("button", name="Show", exact=True).click()

    assert "show=diverge" in page.url
    assert page.locator("tbody.line").count() == page.locator("tbody.line-diverge").count() >= 1
    expect(page.locator("tr.point").first).to_contain_text("600,000")
    expect(page.locator("tr.point").first).to_contain_text("800,000")


def test_sources_and_reasons_open_with_a_click(visit: Visit) -> None:
    page = visit(TWO)
    line = page.locator("tbody.line-diverge").first
    source = line.locator("ul.sources li").first
    reason = line.locator("ul.reasons li").first
    expect(source).to_be_hidden()
    expect(reason).to_be_hidden()

    line.locator("details.apparatus summary").first.click()
    line.locator("details.links-of-row summary").click()

    expect(source).to_be_visible()
    expect(reason).to_be_visible()


def test_a_link_to_a_row_shows_it_below_the_heads(visit: Visit) -> None:
    anchor = visit(TWO).locator("tbody.line").nth(20).get_attribute("id")

    page = visit(f"{TWO}#{anchor}")

    row = page.locator(f"#{anchor} .topic")
    expect(row).to_be_in_viewport()
    assert row.bounding_box()["y"] >= page.locator("table.concordance thead th").first.bounding_box()["height"] - 1


def test_heads_stay_in_view_beside_eight_columns(visit: Visit, tmp_path: Path) -> None:
    page = visit(EIGHT)
    region = page.locator(".region")
    region.scroll_into_view_if_needed()

    region.evaluate("region => region.scrollTo(900, 4000)")

    page.screenshot(path=tmp_path / "eight.png")
    frame, head = region.bounding_box(), region.locator("thead th.matter").bounding_box()
    assert head["x"] == pytest.approx(frame["x"], abs=1)
    assert head["y"] == pytest.approx(frame["y"], abs=1)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("address", [HOME, THREE, PROPOSAL])
def test_words_stand_out_from_their_ground_by_day_and_night(
    visit: Visit, tmp_path: Path, address: str, dark: bool
) -> None:
    page = visit(address, dark=dark)

    page.screenshot(path=tmp_path / "page.png")
    for selector in (
        "h1",
        ".lead",
        ".quiet",
        "main a",
        ".colophon p",
        ".value",
        ".explanation",
        ".apparatus",
        "button",
    ):
        for element in page.locator(selector).all()[:3]:
            assert element.evaluate(CONTRAST) >= 4.5, selector
    (red, *_) = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (red < 64) == dark


def test_the_kinds_of_rows_differ_in_shape_without_any_colour(visit: Visit) -> None:
    page = visit(TWO)

    shapes = {
        kind: page.locator(f"tbody.line .sign-{kind}").first.evaluate(
            "sign => [sign.textContent, getComputedStyle(sign).borderRadius, getComputedStyle(sign).borderStyle].join()"
        )
        for kind in ("agree", "diverge", "alone")
    }

    assert len(set(shapes.values())) == 3


def test_the_keyboard_alone_reaches_content_ticks_and_the_button(visit: Visit) -> None:
    page = visit(HOME)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    box = page.locator("#tick-e3-counter-2025-11")
    box.focus()
    page.keyboard.press("Space")

    expect(box).to_be_checked()


@pytest.mark.parametrize(("address", "width"), [(THREE, 800), (EIGHT, 1280)])
def test_paper_shows_the_whole_table_and_nothing_to_click(visit: Visit, address: str, width: int) -> None:
    page = visit(address, width=width)

    page.emulate_media(media="print")

    expect(page.locator(".narrow")).to_be_hidden()
    expect(page.locator(".contents")).to_be_hidden()
    expect(page.locator("tr.why").first).to_be_hidden()
    region = page.locator(".region")
    assert region.evaluate("region => getComputedStyle(region).overflow") == "visible"
    assert region.evaluate("region => getComputedStyle(region).maxHeight") == "none"
    expect(page.locator("tbody.line").last).to_be_visible()
