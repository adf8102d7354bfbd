"""From a pasted or uploaded text to a draft with clauses, in a browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from proposals.models import Proposal
from tests.chromium import accessibility_faults
from tests.documents.pdf_files import pdf
from tests.documents.word_files import numbered, outline, paragraph, word
from tests.hostile import MARKUP
from tests.workshop.conftest import SignIn, Stored
from tests.workshop.desk import ADDRESS, Desk, choose

TEXT = """Plan for the harbour

1. Ceasefire
Ukraine and Russia shall cease fire within 10 days of signing.
a) on land, along the line of contact;
b) at sea.
2. Elections
Ukraine must hold elections within 100 days.
3. Sanctions against Russia are lifted in stages. Russia returns to the G8.
"""


@pytest.fixture
def desk(sign_in: SignIn) -> Desk:
    return Desk(sign_in(ADDRESS, name="tess"))


OUTLINE = (
    "Plan for the harbour",
    "Ukraine and Russia shall cease fire within 10 days of signing.",
    " on land, along the line of contact;",
    " at sea.",
    "Ukraine must hold elections within 100 days.",
    "Sanctions against Russia are lifted in stages. Russia returns to the G8.",
)


def test_from_the_list_to_a_saved_draft(sign_in: SignIn, stored: Stored) -> None:
    page = sign_in("/admin/proposals/proposal/", name="tess")
    page.get_by_role("link", name="New proposal from text").click()
    desk = Desk(page).paste(TEXT)
    desk.shows(*OUTLINE)

    # The heading is no clause, two paragraphs are one, and one sentence is two.
    desk.press(1, "Leave out")
    desk.press(3, "Merge")
    desk.shows(*OUTLINE[:2], " on land, along the line of contact;\nb) at sea.", *OUTLINE[4:])
    desk.text(5).evaluate(
        "field => { field.focus(); const at = field.value.indexOf('Russia returns'); field.setSelectionRange(at, at); }"
    )
    desk.keys(desk.text(5), "Control+Enter")
    desk.shows(
        *OUTLINE[:2],
        " on land, along the line of contact;\nb) at sea.",
        OUTLINE[4],
        "Sanctions against Russia are lifted in stages.",
        "Russia returns to the G8.",
    )
    expect(desk.text(6)).to_be_focused()
    desk.row(6).get_by_label("Label of clause").fill("Group of Eight")
    desk.press(4, "Move up")
    desk.row(4).get_by_label("within 10 days").or_(desk.row(3).get_by_label("10 days")).first.check()
    ticked = desk.page.locator("li.clause input:checked")
    expect(ticked).to_have_count(1)
    desk.fill_facts("Harbour plan of November")
    choose(page, "#id_source", "28")
    expect(page.get_by_label("Id:")).to_have_value("harbour-plan-of-november")
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_text("The draft “Harbour plan of November” is saved with 5 clauses.")).to_be_visible()

    def saved() -> list[tuple[Any, ...]]:
        proposal = Proposal.objects.get(slug="harbour-plan-of-november")
        return [
            (
                *(clause.key, clause.number, clause.parent and clause.parent.key, clause.label, clause.stage),
                *(clause.terms.count(), clause.roles.count(), clause.topics.count(), clause.sources.count()),
            )
            for clause in proposal.clauses.in_reading_order()
        ]

    assert stored(saved) == [
        ("c01", "2", None, "Elections", "draft", 0, 0, 0, 1),
        ("c02", "1", None, "Ceasefire", "draft", 1, 0, 0, 1),
        ("c03", "a", "c02", "on land, along the line of contact; b) at sea.", "draft", 0, 0, 0, 1),
        ("c04", "3", None, "Sanctions against Russia are lifted in stages.", "draft", 0, 0, 0, 1),
        ("c05", "unknown", None, "Group of Eight", "draft", 0, 0, 0, 1),
    ]


def test_the_keyboard_alone_is_enough(desk: Desk, stored: Stored) -> None:
    page = desk.page
    page.keyboard.insert_text("1. Ukraine must hold elections within 100 days.\n2. Russia must leave.\n3. Both sign.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text of clause 2")).to_be_visible()

    desk.keys(desk.text(3), "Alt+ArrowUp")
    expect(desk.text(2)).to_be_focused()
    desk.keys(desk.text(2), "Alt+Shift+ArrowRight")
    desk.shows("Ukraine must hold elections within 100 days.", " Both sign.", "Russia must leave.")
    desk.keys(page.get_by_role("button", name="Undo"), "Enter")
    desk.shows("Ukraine must hold elections within 100 days.", "Both sign.", "Russia must leave.")
    # From a text its suggestions are the next stops.
    desk.text(3).focus()
    page.keyboard.press("Tab")
    expect(desk.row(3).locator("input[type=checkbox]").first).to_be_focused()
    page.keyboard.press("Space")
    expect(desk.row(3).locator("input[type=checkbox]").first).to_be_checked()
    # Enter in a field neither moves nor saves.
    desk.keys(page.get_by_label("Label of clause 1"), "Enter")
    desk.shows("Ukraine must hold elections within 100 days.", "Both sign.", "Russia must leave.")
    desk.fill_facts("Plan by keyboard")
    page.get_by_role("button", name="Save as draft").press("Enter")

    expect(page.get_by_text("is saved with 3 clauses")).to_be_visible()
    assert stored(lambda: Proposal.objects.get(slug="plan-by-keyboard").clauses.count()) == 3


def test_clauses_are_dragged(desk: Desk) -> None:
    # High enough for all of them: nothing is scrolled on the way.
    desk.page.set_viewport_size({"width": 1280, "height": 3000})
    desk.paste(TEXT)

    # Above the first clause, with what stands inside; then behind all.
    desk.answered(lambda: desk.row(2).locator(".handle").drag_to(desk.row(1), target_position={"x": 200, "y": 4}))
    desk.shows(*OUTLINE[1:4], OUTLINE[0], *OUTLINE[4:])
    box = desk.row(6).bounding_box()
    assert box
    low = {"x": 200, "y": box["height"] - 4}
    desk.answered(lambda: desk.row(4).locator(".handle").drag_to(desk.row(6), target_position=low))
    desk.shows(*OUTLINE[1:], OUTLINE[0])
    desk.undo()
    desk.undo()

    desk.shows(*OUTLINE)


def test_suggestions_follow_what_is_typed_and_their_words_light_up(desk: Desk) -> None:
    desk.paste("1. Ukraine must hold elections within 100 days.\n2. Both sign.")
    box = desk.row(1).locator(".suggestion", has_text="100 days")
    box.get_by_role("checkbox").check()
    assert desk.marked(1, "ticked") == "100 days"

    desk.answered(lambda: desk.text(1).press_sequentially(" Russia must leave within 20 days."))

    expect(desk.row(1).locator(".suggestion", has_text="20 days")).to_be_visible()
    # What was ticked for words that are still there stays ticked, and the cursor where it was.
    expect(box.get_by_role("checkbox")).to_be_checked()
    expect(desk.row(1).locator("input:checked")).to_have_count(1)
    expect(desk.text(1)).to_be_focused()
    desk.row(1).locator(".suggestion", has_text="20 days").hover()
    assert desk.marked(1, "lit") == "20 days"
    # The marks lie under the words: both lines are broken alike.
    sizes = (
        desk.row(1).locator(".words > *").evaluate_all("both => both.map(one => [one.clientWidth, one.scrollHeight])")
    )
    assert sizes[0] == sizes[1]


FILES = {
    "plan.txt": "1. The parties cease fire.\n2. Both sign.\n".encode("utf-16"),
    "plan.md": b"# Plan\n\n1. The parties **cease fire**.\n2. Both sign.\n",
    "plan.html": b"<ol><li>The parties cease fire.</li><li>Both sign.<script>alert(1)</script></li></ol>",
    "plan.pdf": pdf(["1. The parties cease fire.", "2. Both sign."]),
    "plan.docx": word(
        paragraph("The parties cease fire.", number=(1, 0)) + paragraph("Both sign.", number=(1, 0)),
        numbering=outline(0, ("decimal", "%1.")) + numbered(1, 0),
    ),
}


def _payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_files_of_each_kind_are_cut_and_others_refused(desk: Desk, site: str) -> None:
    page = desk.page
    for name, content in FILES.items():
        page.goto(site + ADDRESS)
        page.get_by_label("Or a file").set_input_files(_payload(name, content))
        page.get_by_role("button", name="Cut into clauses").click()
        expect(desk.text(1)).to_be_visible()
        assert [text.input_value() for text in page.locator("li.clause textarea").all()][-2:] == [
            "The parties cease fire.",
            "Both sign.",
        ], name
    for name, content, said in [
        ("macros.docm", b"PK\x03\x04", "A .docm file may hold macros"),
        ("scan.pdf", pdf([]), "scanned pages need OCR first"),
        ("large.txt", b"x" * (5 * 1024**2 + 1), "more than 5 MB"),
        ("entities.docx", word(parts={"word/document.xml": "<!DOCTYPE x []><x/>"}), "declares entities"),
    ]:
        page.goto(site + ADDRESS)
        page.get_by_label("Or a file").set_input_files(_payload(name, content))
        page.get_by_role("button", name="Cut into clauses").click()
        expect(page.get_by_role("alert")).to_contain_text(said)


def test_hostile_text_stays_text(desk: Desk, stored: Stored) -> None:
    lines = [f"{place}. {' '.join(text.split())} end." for place, text in enumerate(MARKUP, 1)]
    dialogs: list[str] = []
    desk.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.accept()))
    desk.paste("\n".join(lines))
    desk.press(1, "Merge")
    desk.undo()
    for place, line in enumerate(lines, 1):
        expect(desk.text(place)).to_have_value(line.split(". ", 1)[1])
    desk.fill_facts("<b>Hostile</b> plan")
    desk.page.get_by_role("button", name="Save as draft").click()

    expect(desk.page.get_by_text("The draft “<b>Hostile</b> plan” is saved")).to_be_visible()
    assert dialogs == []
    assert desk.page.locator("b", has_text="Hostile").count() == 0


def test_faults_are_told_in_their_place_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.paste(TEXT)
    desk.row(5).locator("input[type=checkbox]").first.check()
    desk.row(2).get_by_label("Text of clause").fill("")
    desk.page.get_by_label("Title:", exact=True).fill("Typed before")
    desk.page.get_by_role("button", name="Save as draft").click()

    expect(desk.page.get_by_role("alert")).to_have_text("Nothing is saved yet. Please correct what is marked below.")
    expect(desk.page.get_by_label("Title:", exact=True)).to_have_value("Typed before")
    expect(desk.row(2)).to_contain_text("Text: ")
    expect(desk.row(5).locator("input[type=checkbox]").first).to_be_checked()
    assert accessibility_faults(desk.page) == []


def test_leaving_asks_first_and_going_back_brings_the_text_again(desk: Desk) -> None:
    page = desk.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.paste(TEXT)
    desk.row(1).get_by_label("Label of clause").fill("A change")
    page.go_back()

    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
    assert asked == ["beforeunload"]


def test_a_session_that_ends_loses_nothing(desk: Desk, site: str) -> None:
    page = desk.page
    desk.paste(TEXT)
    desk.row(1).get_by_label("Label of clause").fill("Typed before the session ended")
    cookies = page.context.cookies()
    page.context.clear_cookies()

    desk.press(1, "Move down")
    expect(page.get_by_role("status")).to_contain_text("Your session has ended.")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("status")).to_contain_text("then press Save once more")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    desk.press(1, "Move down")

    expect(desk.row(4).get_by_label("Label of clause")).to_have_value("Typed before the session ended")


@pytest.mark.parametrize("width", [1280, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_are_accessible_and_fit(sign_in: SignIn, width: int, scheme: Any, tmp_path: Path) -> None:
    page = sign_in("/admin/", name="tess", width=width)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(page.url.replace("/admin/", ADDRESS))
    assert accessibility_faults(page) == []
    assert _fits(page)
    page.screenshot(path=tmp_path / "text.png", full_page=True)

    desk = Desk(page).paste(TEXT)
    desk.press(1, "Leave out")
    for place in (2, 5):
        for box in desk.row(place).locator("input[type=checkbox]").all()[:4]:
            box.check()

    assert accessibility_faults(page) == []
    assert _fits(page)
    page.screenshot(path=tmp_path / "clauses.png", full_page=True)


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
