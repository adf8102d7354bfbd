"""The page of the clauses of a new text, as the person at it sees it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

ADDRESS = "/admin/proposals/proposal/from-text/"


class Desk:
    def __init__(self, page: Page) -> None:
        self.page = page

    def paste(self, text: str) -> "Desk":
        self.page.get_by_label("Text", exact=True).fill(text)
        self.page.get_by_role("button", name="Cut into clauses").click()
        expect(self.page.get_by_role("heading", name="Its clauses")).to_be_visible()
        return self

    def row(self, place: int) -> Locator:
        return self.page.locator("li.clause").nth(place - 1)

    def text(self, place: int) -> Locator:
        return self.row(place).locator("textarea")

    def press(self, place: int, name: str) -> None:
        """Presses a button of a clause, and waits for the answer."""
        self.answered(lambda: self.row(place).get_by_role("button", name=name, exact=True).click())

    def keys(self, where: Locator, keys: str) -> None:
        self.answered(lambda: where.press(keys))

    def undo(self) -> None:
        self.answered(lambda: self.page.get_by_role("button", name="Undo").click())

    def shows(self, *outline: str) -> None:
        """That the clauses are these: a blank for each level, then the text."""
        expect(self.page.locator("li.clause")).to_have_count(len(outline))
        found = self.page.locator("li.clause").evaluate_all(
            "rows => rows.map(row => ' '.repeat(row.dataset.depth) + row.querySelector('textarea').value)"
        )
        assert found == list(outline)

    def marked(self, place: int, how: str) -> str:
        """The words that are marked so; what several suggestions rest on comes in pieces."""
        return "".join(self.row(place).locator(f"mark.{how}").all_text_contents())

    def fill_facts(self, short_title: str) -> None:
        page = self.page
        page.get_by_label("Title:", exact=True).fill(f"{short_title} in full")
        page.get_by_label("Short title:").press_sequentially(short_title)
        choose(page, "#id_process", "Russia")
        page.get_by_label("Kind:").select_option("points_plan")
        page.get_by_label("Date:").fill("2026-11-20")
        page.get_by_label("Text status:").select_option("leaked")
        page.get_by_label("Clause set complete:").select_option("yes")
        page.get_by_label("Wording:").select_option("verbatim")
        page.get_by_label("Summary:").fill("A plan for the harbour.")

    def answered(self, act: Callable[[], Any]) -> None:
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            act()
        expect(self.page.locator("#clauses")).to_have_attribute("aria-busy", "false")


def choose(page: Page, field: str, words: str) -> None:
    """Chooses the first hit of the admin's autocomplete."""
    page.locator(f"{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()
