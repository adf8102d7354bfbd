"""Clauses arranged, split, merged and copied in the browser, with the mouse and by keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from proposals.models import Clause, Proposal
from tests.factories import make_clause, make_proposal
from tests.workshop.conftest import SignIn, Stored, accessibility_faults

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
    folder = Path("/tmp/editing")
    if folder.is_dir():
        page.screenshot(path=folder / f"{name}.png", full_page=True)


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
