"""Equivalent, overlap or conflict, and which side is the wider."""

import pytest

from proposals.alignment import DEFAULT, Clause, Divergence
from proposals.alignment.relation import relation_of, wider_side
from tests.alignment.cast import a_clause

LEFT = a_clause("north/1", "Captives are released at once.", topics=("amnesty",))
RIGHT = a_clause("coast/1", "Prisoners are freed immediately.", topics=("amnesty",))


def related(*found: Divergence, left: Clause = LEFT, right: Clause = RIGHT, likeness: float = 0.9) -> str:
    weights = DEFAULT.weights["equivalence"]
    return relation_of(left, right, found, likeness=likeness, topics=1.0, weights=weights)


def a_difference(kind: str = "quantity", **fields: bool) -> Divergence:
    return Divergence(
        kind=kind, asserted=fields.get("asserted", True), summary="", sides=(), compatible=fields.get("fits", False)
    )


def test_texts_that_say_the_same_are_equivalent() -> None:
    assert related() == "equivalent"
    assert related(likeness=0.1) == "overlap"


def test_an_asserted_difference_that_cannot_hold_is_a_conflict() -> None:
    assert related(a_difference()) == "conflict"


def test_a_hint_alone_is_no_conflict() -> None:
    assert related(a_difference("modality", asserted=False)) != "conflict"


def test_a_compatible_difference_is_no_conflict() -> None:
    assert related(a_difference("condition", fits=True)) == "overlap"


def test_a_longer_text_says_more() -> None:
    longer = a_clause("coast/1", RIGHT.text + " A committee of six meets every week to count boats, nets and ports.")

    assert related(right=longer) == "overlap"


@pytest.mark.parametrize(
    ("ours", "theirs", "wider"),
    [
        (("amnesty", "fishing"), ("amnesty",), "left"),
        (("amnesty",), ("fishing", "amnesty"), "right"),
        (("amnesty", "fishing"), ("amnesty", "elections"), None),  # each has something of its own
        (("amnesty",), ("amnesty",), None),
    ],
)
def test_the_side_that_includes_the_other_is_wider(
    ours: tuple[str, ...], theirs: tuple[str, ...], wider: str | None
) -> None:
    left, right = a_clause("north/1", "a", topics=ours), a_clause("coast/1", "b", topics=theirs)

    assert wider_side(left, right, "overlap") == wider


def test_equivalent_texts_have_no_wider_side() -> None:
    left, right = a_clause("north/1", "a", topics=("amnesty", "fishing")), a_clause("coast/1", "b", topics=("amnesty",))

    assert wider_side(left, right, "equivalent") is None


def test_the_text_that_says_all_that_the_other_says_and_more_is_wider() -> None:
    left = a_clause("north/1", "Boats return to port.")
    right = a_clause("coast/1", "Boats return to port, nets are handed over and the mediator counts the crews.")
    other = a_clause("coast/2", "Votes are held in spring.")

    assert wider_side(left, right, "overlap") == "right"
    assert wider_side(right, left, "overlap") == "left"
    assert wider_side(left, other, "overlap") is None
    assert wider_side(a_clause("north/2", ""), right, "overlap") is None
