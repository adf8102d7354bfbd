"""What needs me, in a real browser."""

import re

import pytest

from proposals.models import Proposal, Stage
from tests.chromium import accessibility_faults
from tests.factories import make_process, make_proposal
from tests.workshop.conftest import SignIn, Stored


def _case() -> None:
    if not Proposal.objects.filter(slug="dashboard-plan").exists():
        process = make_process("dashboard-talks", name="Talks on counts")
        plan = make_proposal("dashboard-plan", clauses=["A clause."], process=process, stage=Stage.REVIEW)
        plan.clauses.get().topic_links.all().delete()


@pytest.mark.parametrize("width", [1280, 768])
def test_a_count_leads_to_as_many_records(sign_in: SignIn, stored: Stored, width: int) -> None:
    stored(_case)
    page = sign_in("/admin/", name="dashboard-reviewer", width=width)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    tile = page.locator(".needs a", has_text="without a topic")
    count = int(tile.locator("strong").inner_text())
    tile.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**needs=no_topics**")
    assert re.search(rf"\b{count} clauses?\b", page.locator("#changelist").inner_text())


def test_it_is_as_readable_in_the_dark(sign_in: SignIn, stored: Stored) -> None:
    stored(_case)
    page = sign_in("/admin/", name="dashboard-night")
    page.emulate_media(color_scheme="dark")

    assert page.locator(".needs a").count() >= 4
    assert accessibility_faults(page) == []
