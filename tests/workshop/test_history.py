"""What changed, and taking it back, as an editor sees it in a browser."""

from pathlib import Path

import pytest
from django.urls import reverse

from proposals.models import Clause, Proposal
from tests.chromium import accessibility_faults
from tests.factories import make_clause, make_proposal
from tests.workshop.conftest import SignIn, Stored


@pytest.mark.parametrize("width", [1280, 768])
def test_a_clause_is_changed_compared_restored_deleted_and_brought_back(
    sign_in: SignIn, stored: Stored, tmp_path: Path, width: int
) -> None:
    slug = f"taken-back-{width}"
    text = "The Coastal Front opens the old harbour within 30 days of the signing, and keeps it open."

    def make() -> int:
        return make_clause(make_proposal(slug), label="Old harbour", text=text).pk

    pk = stored(make)
    page = sign_in(reverse("admin:proposals_clause_change", args=[pk]), name=f"historian-{width}", width=width)
    page.locator("#id_text").fill(text.replace("opens", "closes").replace("30", "60"))
    page.locator("[name=_continue]").first.click()

    page.get_by_role("link", name="History", exact=True).click()
    newest = page.locator("section.change-set").first
    assert f"Historian-{width}" in newest.locator("h2").inner_text()
    assert newest.locator("del").all_inner_texts() == ["opens", "30"]
    assert newest.locator("ins").all_inner_texts() == ["closes", "60"]
    _is_well_made(page, tmp_path / f"history-{width}.png")

    page.get_by_role("link", name="As it stood then").last.click()
    assert text in page.locator(".history-fields").inner_text()
    _is_well_made(page, tmp_path / f"state-{width}.png")
    page.get_by_role("link", name="Restore this state").click()
    assert "The stage stays as it is: public." in page.locator("#content-main").inner_text()
    _is_well_made(page, tmp_path / f"restore-{width}.png")
    page.get_by_role("button", name="Restore this state").click()
    assert page.locator("#id_text").input_value() == text

    page.goto(page.url.split("/admin/")[0] + reverse("admin:proposals_clause_delete", args=[pk]))
    page.locator("input[type=submit]").first.click()
    page.get_by_role("link", name="Deleted clauses").click()
    _is_well_made(page, tmp_path / f"deleted-{width}.png")
    page.get_by_role("link", name="c01: Old harbour").first.click()
    _is_well_made(page, tmp_path / f"deleted-record-{width}.png")
    page.get_by_role("button", name="Bring it back").click()

    assert page.locator("#id_text").input_value() == text
    assert stored(lambda: Clause.objects.values_list("proposal__slug", "key", "stage").get(pk=pk)) == (
        slug,
        "c01",
        "draft",
    )
    stored(lambda: Proposal.objects.filter(slug=slug).delete())


def _is_well_made(page, file: Path) -> None:  # type: ignore[no-untyped-def]
    page.screenshot(path=file, full_page=True)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
