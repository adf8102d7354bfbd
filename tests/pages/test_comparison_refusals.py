"""What the comparison page says when it cannot compare."""

import pytest

from tests.factories import make_proposal
from tests.pages.conftest import Read


@pytest.fixture
def nine(db: None) -> list[str]:
    return [make_proposal(f"council-plan-{number}").slug for number in range(1, 10)]


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("", 400, "2 to 8 proposals"),  # the form with nothing ticked
        ("council-plan-1", 400, "2 to 8 proposals"),
        (",".join(f"council-plan-{number}" for number in range(1, 10)), 400, "9 were given"),
        ("council-plan-1,council-plan-1", 400, "council-plan-1 is named twice"),
        ("council-plan-1,no-such-thing", 404, "There is no proposal “no-such-thing”."),
        ("council-plan-1,zero\0byte", 404, "There is no proposal “zero"),
        ("council-plan-1,<b>bold</b>", 404, "There is no proposal “<b>bold</b>”."),
    ],
)
def test_a_selection_that_cannot_be_compared_is_refused_with_the_reason(
    read: Read, nine: list[str], asked: str, status: int, words: str
) -> None:
    page = read("/compare/", proposals=asked)

    assert page.status == status
    assert words in page.one("ul", css_class="faults").text
    assert not page.all("b")


def test_near_matches_lead_to_the_comparison_that_was_meant(read: Read, nine: list[str]) -> None:
    page = read("/compare/", proposals="council-plan-1,counci-plan-2")

    suggested = page.one("ul", css_class="near").all("a")
    assert "/compare/?proposals=council-plan-1,council-plan-2" in [link["href"] for link in suggested]


def test_a_refusal_offers_the_list_with_what_was_asked_still_ticked(read: Read, nine: list[str]) -> None:
    page = read("/compare/", proposals="council-plan-1,no-such-thing")

    boxes = page.all("input", name="proposals")
    assert len(boxes) == 9
    assert [box["value"] for box in boxes if "checked" in box.attributes] == ["council-plan-1"]


def test_thousands_of_names_are_refused_at_once(read: Read, nine: list[str]) -> None:
    page = read("/compare/", proposals=",".join(["council-plan-x"] * 2000))

    assert page.status == 400
    assert "2000 were given" in page.text
