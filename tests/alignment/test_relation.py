"""Equivalent, overlap or conflict, and which side is the wider."""

from dataclasses import replace

import pytest

from proposals.alignment import DEFAULT, Clause, Divergence
from proposals.alignment.relation import equivalence_signs, relation_of, wider_side
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


def test_clauses_of_the_same_content_are_equivalent_whatever_is_found() -> None:
    assert related(a_difference(), right=a_clause("coast/1", LEFT.text, topics=LEFT.topics)) == "equivalent"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # force told by the wording, by an editor, and by both
        ({}, {"text": "Captives are not to be released; release is forbidden."}),
        ({"modality": "must_not"}, {}),
        ({"modality": "must_not"}, {"modality": "must"}),
    ],
)
def test_what_one_text_forbids_and_the_other_does_not_is_never_the_same(
    ours: dict[str, str], theirs: dict[str, str]
) -> None:
    left, right = (replace(LEFT, **ours), replace(RIGHT, **theirs))

    assert related(left=left, right=right, likeness=1.0) == "overlap"


def test_a_condition_that_only_one_text_sets_leaves_an_overlap() -> None:
    assert related(a_difference("condition", asserted=False), likeness=1.0) == "overlap"
    assert related(a_difference("modality", asserted=False), likeness=1.0) == "equivalent"


@pytest.mark.parametrize(("bias", "relation"), [(0.0, "overlap"), (0.5, "equivalent")])
def test_texts_say_the_same_where_the_sum_is_above_zero(bias: float, relation: str) -> None:
    weights = {"bias": bias, "likeness": 0.0, "topics": 0.0, "length": 0.0, "difference": 0.0}

    assert relation_of(LEFT, RIGHT, (), likeness=1.0, topics=1.0, weights=weights) == relation


def test_lengths_are_compared_by_their_ratio_even_where_a_text_is_empty() -> None:
    one, three, none = a_clause("north/1", "alder"), a_clause("coast/1", "birch cedar elm"), a_clause("coast/2", "")

    assert equivalence_signs(one, three, (), likeness=0.5, topics=1.0) == {
        "likeness": 0.5,
        "topics": 1.0,
        "length": 0.6931,
        "difference": 0.0,
    }
    assert equivalence_signs(one, none, (), likeness=0.5, topics=1.0)["length"] == 0.6931


TREES = "alder birch cedar elm fir hazel juniper larch maple oak".split()


@pytest.mark.parametrize(
    ("ours", "theirs", "wider"),
    [
        (TREES[:5], TREES, "right"),
        (TREES[:5], [*TREES[:4], "pine", "rowan"], "right"),  # exactly four fifths of the narrower
        ([*TREES[:7], "yew"], TREES, None),  # exactly seven tenths of the wider
        (TREES, TREES, None),  # each includes the other
        (TREES[:3], TREES[2:5], None),  # one word in common
        (["pine"], TREES, None),  # none
    ],
)
def test_of_two_wordings_the_wider_has_nearly_all_of_the_other_and_much_besides(
    ours: list[str], theirs: list[str], wider: str | None
) -> None:
    left, right = a_clause("north/1", " ".join(ours)), a_clause("coast/1", " ".join(theirs))

    assert wider_side(left, right, "overlap") == wider
    assert wider_side(right, left, "overlap") == (wider and "left")


def test_the_wording_tells_nothing_of_width_where_topics_differ_or_the_texts_conflict() -> None:
    short, long = a_clause("north/1", "alder birch"), a_clause("coast/1", " ".join(TREES))
    same, one_side = {"topics": ("amnesty",)}, {"topics": ("amnesty",)}

    assert wider_side(short, long, "conflict") is None
    assert wider_side(replace(short, **same), replace(long, **same), "overlap") == "right"
    assert wider_side(replace(short, **one_side), replace(short, id="coast/2"), "overlap") is None
    assert wider_side(replace(short, id="north/2"), replace(short, **one_side), "overlap") is None
