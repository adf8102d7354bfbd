"""Clauses arranged, split, merged and copied in the browser, with the mouse and by keyboard."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from proposals.models import Clause
from tests.chromium import accessibility_faults
from tests.factories import make_proposal
from tests.workshop.conftest import SignIn, Stored

TEXTS = ["It begins.", "It opens the old harbour.\nIt stays open.", "It is guarded.", "It is paid for.", "It ends."]


@pytest.fixture
def make_plan(stored: Stored) -> Callable[[str], int]:
    def make(slug: str) -> int:
        return stored(lambda: make_proposal(slug, clauses=TEXTS).pk)

    return make


def order(stored: Stored, pk: int) -> list[tuple[str, str]]:
    """Keys in reading order, each with that of the enclosing clause."""
    rows = Clause.objects.filter(proposal=pk).order_by("order").values_list("key", "parent__key")
    return stored(lambda: [(key, parent or "") for key, parent in rows])


def row(page: Page, key: str) -> Any:
    return page.locator(".clause-rows tr.form-row", has=page.locator(f'input[name$="-key"][value="{key}"]'))


def shot(page: Page, name: str) -> None:
    """Keeps a picture where `SCREENSHOTS` names a folder, for people to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")


def test_a_clause_is_dragged_before_another_and_into_one(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan = make_plan("drag-plan")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="drags")

    box = row(page, "c01").bounding_box()
    row(page, "c04").locator(".clause-handle").drag_to(row(page, "c01"), target_position={"x": 200, "y": 5})
    target = row(page, "c02")
    middle = target.bounding_box()["height"] / 2
    row(page, "c05").locator(".clause-handle").drag_to(target, target_position={"x": 200, "y": middle})
    shot(page, "proposal-dragged")
    assert box
    save(page)

    assert order(stored, plan) == [("c04", ""), ("c01", ""), ("c02", ""), ("c05", "c02"), ("c03", "")]


def test_a_clause_is_moved_and_nested_by_keyboard(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan = make_plan("keys-plan")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="types")

    row(page, "c03").locator(".clause-handle").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert "c03 is at place 2." in page.locator(".clause-rows [role=status]").text_content()
    row(page, "c04").locator("textarea").focus()
    page.keyboard.press("Alt+Shift+ArrowRight")
    row(page, "c02").locator('[data-move="up"]').click()
    save(page)

    assert order(stored, plan) == [("c01", ""), ("c02", ""), ("c04", "c02"), ("c03", ""), ("c05", "")]


def test_rows_may_be_added_arranged_and_taken_away_again(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan = make_plan("rows-plan")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="adds")

    for key in ("c06", "c07"):
        page.locator("#clauses-group .add-row a").click()
        added = page.locator(".clause-rows tr.dynamic-clauses").last
        added.locator('[name$="-key"]').fill(key)
        added.locator('[name$="-key"]').press("Tab")
        added.locator('[name$="-number"]').fill("6")
        added.locator('[name$="-label"]').fill("Added")
        added.locator('[name$="-text"]').fill("It is added.")
    # Stored rows stand in another order than they came in when a new one goes.
    row(page, "c01").locator('[data-move="down"]').click()
    page.locator(".clause-rows tr.dynamic-clauses", has=page.locator("a.inline-deletelink")).first.locator(
        "a.inline-deletelink"
    ).click()
    save(page)

    assert [key for key, _ in order(stored, plan)] == ["c02", "c01", "c03", "c04", "c05", "c07"]


def test_a_clause_is_split_where_the_cursor_stands(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan = make_plan("split-plan")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="splits")
    row(page, "c02").get_by_role("link", name="Split").click()

    page.locator("#id_text").evaluate("box => box.setSelectionRange(26, 26)")
    page.locator("#id_text").press("Control+Enter")
    assert page.locator("#id_text").input_value() == "It opens the old harbour.\n---\nIt stays open."
    page.get_by_role("button", name="Show the parts").click()
    assert page.locator("#id_form-1-key").input_value() == "c02b"
    assert accessibility_faults(page) == []
    shot(page, "split")
    page.get_by_role("button", name="Split", exact=True).click()

    page.wait_for_selector(".messagelist .success")
    assert [key for key, _ in order(stored, plan)] == ["c01", "c02a", "c02b", "c03", "c04", "c05"]


def test_a_clause_is_merged_with_the_next(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan = make_plan("merge-plan")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="merges")
    row(page, "c03").get_by_role("link", name="Merge").click()

    assert page.locator("#id_text").input_value() == "It is guarded.\n\nIt is paid for."
    assert accessibility_faults(page) == []
    shot(page, "merge")
    page.get_by_role("button", name="Merge", exact=True).click()

    page.wait_for_selector(".messagelist .success")
    assert [key for key, _ in order(stored, plan)] == ["c01", "c02", "c03-c04", "c05"]


def test_a_clause_is_copied_to_another_proposal(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan, other = make_plan("copy-plan"), make_plan("copy-answer")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="copies")
    row(page, "c03").get_by_role("link", name="Copy").click()

    page.locator("#id_to").select_option(str(other))
    page.get_by_label("c04: It is paid for.").check()
    page.get_by_role("button", name="Show the copies").click()
    page.get_by_role("heading", name="What the copies will be").wait_for()
    assert "copy-plan/c03" in page.locator("#content-main").text_content()
    assert accessibility_faults(page) == []
    shot(page, "copy")
    page.get_by_role("button", name="Copy", exact=True).click()

    page.wait_for_selector(".messagelist .success")
    assert [key for key, _ in order(stored, other)][5:] == ["c03-2", "c04-2"]


@pytest.mark.parametrize("width", [1280, 768])
def test_a_proposal_with_its_clauses_fits_the_screen(sign_in: SignIn, stored: Stored, make_plan, width: int) -> None:
    plan = make_plan(f"wide-plan-{width}")
    page = sign_in(f"/admin/proposals/proposal/{plan}/change/", name="fits", width=width)

    shot(page, f"proposal-{width}")
    assert wider_than_the_screen(page) == []
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("width", [1280, 768])
def test_a_clause_with_all_that_is_coded_on_it_fits_the_screen(sign_in: SignIn, stored: Stored, width: int) -> None:
    clause = stored(lambda: Clause.objects.filter(terms__isnull=False, dependencies__isnull=False).first().pk)
    page = sign_in(f"/admin/proposals/clause/{clause}/change/", name="reads", width=width)

    shot(page, f"clause-{width}")
    assert wider_than_the_screen(page) == []
    assert accessibility_faults(page) == []


def test_a_clause_is_edited_by_keyboard_alone(sign_in: SignIn, stored: Stored, make_plan) -> None:
    plan = make_plan("typing-plan")
    clause = stored(lambda: Clause.objects.get(proposal=plan, key="c02").pk)
    page = sign_in(f"/admin/proposals/clause/{clause}/change/", name="keys")

    page.locator("#topic_links-group .add-row a").wait_for()
    page.keyboard.press("?")
    assert "Next clause" in page.locator("dialog.shortcuts").text_content()
    assert "Alt+1Add another Topic" in page.locator("dialog.shortcuts").text_content()
    assert accessibility_faults(page) == []
    shot(page, "shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+1")
    page.locator("#topic_links-1 .select2-selection:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator(".select2-search__field:focus").wait_for()
    page.keyboard.type("donbas")
    page.locator(".select2-results__option--highlighted", has_text="(donbas)").wait_for()
    page.keyboard.press("Enter")
    save(page)
    assert stored(lambda: Clause.objects.get(pk=clause).topics.count()) == 2

    page.keyboard.press("Alt+n")
    page.locator('#id_key[value="c03"]').wait_for()
    page.keyboard.press("Alt+p")
    page.locator('#id_key[value="c02"]').wait_for()
    page.keyboard.press("Alt+u")
    page.wait_for_url(f"**/admin/proposals/proposal/{plan}/change/")


@pytest.mark.parametrize("kind", ["dispute", "statement"])
def test_what_a_record_is_about_fits_the_screen(sign_in: SignIn, stored: Stored, kind: str) -> None:
    from proposals.models import Dispute, Statement

    model = {"dispute": Dispute, "statement": Statement}[kind]
    record = stored(lambda: model.objects.filter(about__isnull=False).first().pk)
    page = sign_in(f"/admin/proposals/{kind}/{record}/change/", name="abouts")

    shot(page, f"about-{kind}")
    assert wider_than_the_screen(page) == []


def wider_than_the_screen(page: Page) -> list[str]:
    """What of the page's own content reaches beyond its right edge."""
    return page.evaluate(
        """() => {
            const seen = document.documentElement.clientWidth;
            const all = [...document.querySelectorAll("#content *")];
            const out = all.filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > seen + 1
                && !one.closest(".visually-hidden, .select2-hidden-accessible"));
            return out.slice(0, 5).map((one) => `${one.tagName}.${one.className} ${one.id}`);
        }"""
    )
