"""Two windows on one clause, and a warning before what was typed is left behind."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from proposals.models import Clause, Proposal
from tests.chromium import accessibility_faults
from tests.factories import make_clause, make_party, make_proposal
from tests.workshop.conftest import SignIn, Stored

_CLAUSE = "/admin/proposals/clause/{}/change/"
_PROPOSAL = "/admin/proposals/proposal/{}/change/"


@pytest.fixture
def plan(stored: Stored, request: pytest.FixtureRequest) -> Proposal:
    """A draft of its own for each test, with two clauses."""

    def make() -> Proposal:
        slug = re.sub(r"[^a-z0-9]+", "-", request.node.name)[-60:].strip("-")
        make_party("northern-council")
        return make_proposal(slug, stage="draft", clauses=["The old harbour opens.", "It stays open."])

    made: Proposal = stored(make)
    return made


@pytest.fixture
def clause(stored: Stored, plan: Proposal) -> Clause:
    found: Clause = stored(lambda: plan.clauses.get(key="c01"))
    return found


def save(page: Page) -> None:
    page.locator("input[name=_save]").last.click()


class TestTwoWindows:
    @pytest.mark.parametrize("width", [1280, 768])
    def test_the_second_is_shown_three_states_and_decides_by_keyboard(
        self, sign_in: SignIn, stored: Stored, clause: Clause, tmp_path: Path, width: int
    ) -> None:
        address = _CLAUSE.format(clause.pk)
        mine = sign_in(address, name="ida", width=width)
        theirs = sign_in(address, name="otto", width=width)

        theirs.get_by_label("Text:", exact=True).fill("The old harbour opens at nine.")
        theirs.get_by_label("Condition:", exact=True).fill("After both have signed.")
        save(theirs)
        expect(theirs.locator(".messagelist .success")).to_be_visible()
        mine.get_by_label("Text:", exact=True).fill("The old harbour opens at noon.")
        save(mine)

        section = mine.get_by_role("region", name="Others changed what you changed")
        expect(section).to_contain_text("It was changed by Otto, ")
        row = section.get_by_role("row", name="Text")
        for state in ("The old harbour opens.", "The old harbour opens at nine.", "The old harbour opens at noon."):
            expect(row).to_contain_text(state)
        mine.screenshot(path=tmp_path / f"clash-{width}.png", caret="initial")
        assert accessibility_faults(mine, within=".clashes") == []

        row.get_by_label("what is stored").focus()
        mine.keyboard.press("ArrowDown")
        expect(row.get_by_label("mine, as below")).to_be_checked()
        mine.get_by_label("Text:", exact=True).press("Enter")
        mine.get_by_label("Locator:", exact=True).press("Enter")

        expect(mine.locator(".messagelist .success")).to_be_visible()
        now: Clause = stored(lambda: Clause.objects.get(pk=clause.pk))
        assert now.text.replace("\n", "") == "The old harbour opens at noon."
        assert now.condition == "After both have signed."

    def test_two_clauses_of_one_table_are_both_saved_and_it_is_told(
        self, sign_in: SignIn, stored: Stored, plan: Proposal, tmp_path: Path
    ) -> None:
        address = _PROPOSAL.format(plan.pk)
        mine, theirs = sign_in(address, name="ida"), sign_in(address, name="otto")

        theirs.locator("[name=clauses-1-text]").fill("It stays open all year.")
        save(theirs)
        expect(theirs.locator(".messagelist .success")).to_be_visible()
        mine.locator("[name=clauses-0-text]").fill("The old harbour opens at noon.")
        save(mine)

        warning = mine.locator(".messagelist .warning")
        expect(warning).to_contain_text("While this page was open there were other changes. Otto, ")
        mine.screenshot(path=tmp_path / "both.png", caret="initial")
        texts = stored(lambda: list(plan.clauses.in_reading_order().values_list("text", flat=True)))
        assert texts == ["The old harbour opens at noon.", "It stays open all year."]

    @pytest.mark.parametrize("width", [1280, 768])
    def test_a_clause_that_is_gone_shows_what_was_typed(
        self, sign_in: SignIn, stored: Stored, clause: Clause, tmp_path: Path, width: int
    ) -> None:
        page = sign_in(_CLAUSE.format(clause.pk), width=width)
        page.get_by_label("Text:", exact=True).fill("A text that took an hour.")
        stored(lambda: Clause.objects.get(pk=clause.pk).delete())
        save(page)

        expect(page.get_by_role("heading", name="This clause was deleted")).to_be_visible()
        expect(page.locator("#content-main")).to_contain_text("A text that took an hour.")
        page.screenshot(path=tmp_path / f"gone-{width}.png", caret="initial")
        assert accessibility_faults(page, within="#content-main") == []

    def test_rows_and_removals_are_decided_too(
        self, sign_in: SignIn, stored: Stored, plan: Proposal, tmp_path: Path
    ) -> None:
        stored(lambda: make_clause(plan, text="It is lit at night."))
        address = _PROPOSAL.format(plan.pk)
        mine, theirs = sign_in(address, name="ida"), sign_in(address, name="otto")

        theirs.locator("[name=clauses-0-text]").fill("The old harbour opens at nine.")
        theirs.locator("[name=clauses-1-DELETE]").check()
        theirs.locator("[name=clauses-2-text]").fill("It is lit all night.")
        save(theirs)
        expect(theirs.locator(".messagelist .success")).to_be_visible()
        mine.locator("[name=clauses-0-DELETE]").check()
        mine.locator("[name=clauses-1-text]").fill("It stays open all year.")
        mine.locator("[name=clauses-2-text]").fill("It is lit at dusk.")
        save(mine)

        section = mine.get_by_role("region", name="Others changed what you changed")
        expect(section).to_contain_text("It was deleted by Otto, ")
        mine.screenshot(path=tmp_path / "rows.png", full_page=True, caret="initial")
        assert accessibility_faults(mine, within=".clashes") == []
        section.get_by_label("keep what is stored").check()
        section.get_by_label("add it again with what I typed").check()
        save(mine)

        expect(mine.locator(".messagelist .success")).to_be_visible()
        texts = stored(lambda: list(plan.clauses.in_reading_order().values_list("text", flat=True)))
        assert sorted(texts) == ["It is lit all night.", "It stays open all year.", "The old harbour opens at nine."]


def would_warn(page: Page) -> bool:
    """Whether leaving now would make the browser ask."""
    return bool(page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))"))


class TestUnsavedChanges:
    @pytest.fixture
    def page(self, sign_in: SignIn, clause: Clause) -> Page:
        return sign_in(_CLAUSE.format(clause.pk))

    def test_the_browser_asks_and_the_page_stays(self, page: Page) -> None:
        asked: list[str] = []

        def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        page.get_by_label("Note:", exact=True).first.fill("Copies differ.")
        page.get_by_role("link", name="Home").first.click(no_wait_after=True)
        page.wait_for_function("true")

        assert asked == ["beforeunload"]
        assert page.url.endswith("/change/")
        expect(page.get_by_label("Note:", exact=True).first).to_have_value("Copies differ.")

    def test_nothing_typed_is_no_reason(self, page: Page) -> None:
        assert not would_warn(page)

        page.get_by_role("link", name="Home").first.click()

        expect(page).to_have_title("Records | Concordance")

    def test_what_was_taken_back_is_no_reason(self, page: Page) -> None:
        page.get_by_label("Locator:", exact=True).fill("point 6")
        assert would_warn(page)

        page.get_by_label("Locator:", exact=True).fill("")

        assert not would_warn(page)

    def test_a_choice_from_an_autocomplete_counts(self, page: Page) -> None:
        page.locator("#topic_links-0 .select2-selection").click()
        page.locator(".select2-search__field").fill("prisoner")
        page.locator(".select2-results__option", has_text="risoner").first.click()

        assert would_warn(page)

    def test_a_row_that_was_added_counts_until_it_is_removed(self, page: Page) -> None:
        page.locator("#contests-group .add-row a").click()
        assert would_warn(page)

        page.locator("#contests-group .inline-deletelink").click()

        assert not would_warn(page)

    def test_a_row_that_moves_counts(self, page: Page) -> None:
        # As scripts do that let rows be dragged.
        page.evaluate("document.querySelector('[name=topic_links-0-order]').value = '7'")

        assert would_warn(page)

    def test_saving_asks_nothing(self, page: Page, stored: Stored, clause: Clause) -> None:
        page.get_by_label("Locator:", exact=True).fill("point 6")

        save(page)

        expect(page.locator(".messagelist .success")).to_be_visible()
        assert stored(lambda: Clause.objects.get(pk=clause.pk)).locator == "point 6"

    def test_what_came_back_unsaved_counts_though_nothing_more_is_typed(self, page: Page) -> None:
        page.get_by_label("Number:", exact=True).fill("")
        save(page)

        expect(page.locator(".errornote").first).to_be_visible()
        assert would_warn(page)

    def test_a_new_record_counts_too(self, sign_in: SignIn) -> None:
        page = sign_in("/admin/parties/party/add/")
        assert not would_warn(page)

        page.get_by_label("Name:", exact=True).first.fill("River Guard")

        assert would_warn(page)
