"""The whole way of a text: pasted by an editor, reviewed by another, compared by everybody."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings

from proposals.models import Clause, Decision, Proposal
from tests.chromium import accessibility_faults
from tests.workshop.conftest import SignIn, Stored
from tests.workshop.desk import Desk

TEXT = """Terms for a settlement

1. Ceasefire
Russia and Ukraine shall cease fire along the line of contact within 10 days of signing.
2. Forces
The armed forces of Ukraine must not exceed 700,000 persons in peacetime.
3. Elections
Ukraine must hold elections within 150 days.
"""
SLUG = "terms-of-november"
RIVAL = "us-28-point-2025-11"


@pytest.fixture
def look(tmp_path: Path) -> Any:
    """Keeps a picture of the page, for people to look at: PICTURES names the folder of those in docs/editing.md."""
    folder = Path(os.environ.get("PICTURES") or tmp_path)

    def look(page: Page, name: str, *, whole: bool = False) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=whole)
        assert accessibility_faults(page) == [], name

    return look


def test_from_a_pasted_text_to_a_public_comparison(
    sign_in: SignIn, stored: Stored, settings: Settings, look: Any, site: str
) -> None:
    settings.FOUR_EYES = True

    # An editor pastes the text, mends and codes its clauses, and saves them as a draft.
    page = sign_in("/admin/proposals/proposal/", name="erin", role="editor")
    page.get_by_role("link", name="New proposal from text").click()
    desk = Desk(page).paste(TEXT)
    desk.press(1, "Leave out")
    desk.row(4).get_by_role("checkbox", name="150 days").check()
    desk.row(3).get_by_role("checkbox", name="must not").check()
    for place in (2, 3, 4):
        desk.row(place).get_by_role("checkbox").first.check()
    desk.fill_facts("Terms of November")
    page.mouse.wheel(0, 500)
    look(page, "from-text", whole=True)
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("is saved with 3 clauses")).to_be_visible()
    proposal = stored(lambda: Proposal.objects.get(slug=SLUG))
    look(page, "proposal", whole=True)

    # Nothing of it is there for readers.
    assert stored(lambda: Client(SERVER_NAME="localhost").get(f"/api/v1/proposals/{SLUG}/").status_code) == 404

    # Without a source it cannot go on to the public, whoever asks.
    reviewer = sign_in(f"/admin/proposals/proposal/{proposal.pk}/change/", name="rob", role="reviewer")
    reviewer.get_by_role("link", name="Make public").click()
    expect(reviewer.get_by_role("alert")).to_contain_text(f"{SLUG}/c01 has no source.")

    # The editor names it, clause by clause, and hands the draft in.
    for key in ("c01", "c02", "c03"):
        clause = stored(lambda key=key: Clause.objects.get(proposal=proposal, key=key))
        page.goto(f"{site}/admin/proposals/clause/{clause.pk}/change/")
        page.get_by_role("button", name="Add another Source").click()
        page.locator("#id_citations-0-source + .select2 .select2-selection").click()
        page.locator(".select2-search__field").fill("deccan")
        page.locator(".select2-results__option", has_text="Deccan").first.click()
        if key == "c01":
            look(page, "clause", whole=True)
        page.get_by_role("button", name="Save", exact=True).first.click()
        expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"{site}/admin/proposals/proposal/{proposal.pk}/change/")
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label("Note, for whoever looks at it later").fill("Read against the print.")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".messagelist .success")).to_contain_text("in review now")

    # Not even asked nicely is one's own work made public by oneself.
    page.goto(f"{site}/admin/proposals/proposal/{proposal.pk}/change/")
    page.get_by_role("link", name="Make public").click()
    expect(page.get_by_role("alert")).to_contain_text("It takes another")
    expect(page.get_by_role("button", name="Make public")).to_have_count(0)

    # The reviewer finds it on the first page, looks at it as readers would, and makes it public.
    reviewer.goto(f"{site}/admin/")
    look(reviewer, "dashboard")
    reviewer.goto(f"{site}/proposals/{SLUG}/")
    expect(reviewer.get_by_text("not public", exact=False).first).to_be_visible()
    reviewer.goto(f"{site}/admin/proposals/proposal/{proposal.pk}/move/public/")
    look(reviewer, "make-public")
    reviewer.get_by_role("button", name="Make public").click()
    expect(reviewer.locator(".messagelist .success")).to_contain_text("public now")

    # Both texts are lined up: a first pair by one key.
    reviewer.goto(f"{site}/admin/proposals/proposal/line-up/{RIVAL}/{SLUG}/")
    look(reviewer, "line-up")
    first = str(reviewer.locator(".pair.is-current").get_attribute("id"))
    reviewer.keyboard.press("y")
    expect(reviewer.locator("#told")).to_contain_text("Decided: same matter")
    decided = stored(lambda: Decision.objects.filter(right__proposal=proposal).with_parts().get())
    assert first == f"pair__{decided.left.key}__{decided.right.key}"
    assert (decided.author_id, decided.decided_by) == (stored(lambda: decided.author.pk), "Rob")

    # And everybody sees it.
    answer = stored(
        lambda: Client(SERVER_NAME="localhost").get("/api/v1/comparisons/", {"proposals": f"{RIVAL},{SLUG}"}).json()
    )
    links = [link for row in answer["rows"] for link in row["links"]]
    by_editors = [(link["left"], link["right"]) for link in links if link["decided_by"] == "editor"]
    assert by_editors == [(f"{RIVAL}/{decided.left.key}", f"{SLUG}/{decided.right.key}")]
    page.goto(f"{site}/compare/?proposals={RIVAL},{SLUG}")
    expect(page.get_by_text("Terms of November").first).to_be_visible()
    look(page, "comparison")

    # Whoever asks later is told who did what.
    reviewer.goto(f"{site}/admin/proposals/proposal/{proposal.pk}/history/")
    expect(reviewer.locator("#content").get_by_role("heading", name="· Erin").first).to_be_visible()
    expect(reviewer.locator("#content").get_by_role("heading", name="· Rob").first).to_be_visible()
    look(reviewer, "history")
