"""The pages on the data set that ships with the project."""

import pytest

from proposals.models import Proposal
from tests.pages.conftest import Read
from tests.pages.reading import Page

PLAN, COUNTER, SECRET = "us-28-point-2025-11", "e3-counter-2025-11", "us-russia-27-point-2025-12"


@pytest.fixture
def counter(read: Read, shipped: None) -> Page:
    return read("/compare/", proposals=f"{PLAN},{COUNTER}")


def _points(page: Page, name: str) -> list[list[str]]:
    """What each column says on every divergence of a kind."""
    points = page.all("tr", css_class="point")
    return [[value.text for value in point.all("td")] for point in points if name in point.one("th", scope="row").text]


def test_every_proposal_is_listed(read: Read, shipped: None) -> None:
    page = read("/")

    assert "39 proposals by date" in page.text
    assert len(page.all("input", name="proposals")) == 39
    assert page.one("section", css_class="suggestions").all("a")


def test_the_size_of_the_army_is_told_with_both_figures(counter: Page) -> None:
    assert ["at most 600,000 persons", "at most 800,000 persons, peacetime"] in _points(counter, "Figure")


def test_the_time_of_elections_is_told_with_both_deadlines(counter: Page) -> None:
    deadlines = [columns for columns in _points(counter, "Deadline") if "at most 100 days" in columns[0]]

    assert deadlines
    assert "100 days" not in deadlines[0][1]


def test_the_amnesty_stands_beside_the_help_for_victims(counter: Page) -> None:
    (line,) = [line for line in counter.lines if "Full amnesty" in line.text and "Victims instead" in line.text]

    assert "Strikes out:" in line.text


def test_a_text_that_is_not_public_is_unknown_and_never_not_found(read: Read, shipped: None) -> None:
    page = read("/compare/", proposals=f"{PLAN},{SECRET}")

    assert page.all("td", css_class="cell-unknown")
    assert not page.all("td", css_class="cell-not_found")


def test_every_clause_of_both_texts_is_on_the_page(counter: Page) -> None:
    for slug in (PLAN, COUNTER):
        for clause in Proposal.objects.get(slug=slug).clauses.exclude(kind="placeholder"):
            assert f'href="/proposals/{slug}/#{clause.key}"' in counter.html


def test_the_page_of_every_proposal_shows_all_its_clauses(read: Read, shipped: None) -> None:
    for proposal in Proposal.objects.all():
        page = read(f"/proposals/{proposal.slug}/")

        shown = [part["id"] for part in page.one("section", css_class="clauses").all("li") if "id" in part.attributes]
        assert shown == list(proposal.clauses.order_by("order").values_list("key", flat=True))
