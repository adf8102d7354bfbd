"""Which pairs are links: what alone makes none, repeated wording."""

import numpy as np
import pytest

from proposals.alignment import align
from proposals.alignment.choosing import choose
from proposals.alignment.method import DEFAULT
from proposals.alignment.similarity import Scores
from tests.alignment.cast import VOCABULARY, a_clause, a_proposal, pairs


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # a signature line against a provision that names the same parties
        (
            "Signed at Grey Coast by the Northern Council and the Coastal Front.",
            "The Northern Council and the Coastal Front share the nets.",
        ),
        ("For the Northern Council: the mediator", "For the Coastal Front: the mediator"),
        ("Article 1", "Article 2"),  # headings
        ("SECTION II", "SECTION III"),
        ("Salt Island is mined.", "Boats reach Salt Island."),  # a name in common
        ("", ""),  # nothing at all
        ("600", "600"),
    ],
)
def test_names_headings_and_signatures_alone_make_no_link(ours: str, theirs: str) -> None:
    left = a_proposal("north", a_clause("1", ours), a_clause("2", "Captives are released."))
    right = a_proposal("coast", a_clause("1", theirs), a_clause("2", "Elections are held."))

    assert pairs(align(left, right, vocabulary=VOCABULARY)) == []


def test_repeated_wording_stays_bounded() -> None:
    fifty = [a_clause(str(n), "Boats stay in port.") for n in range(1, 51)]
    other = [a_clause(str(n), "Boats remain in their port.") for n in range(1, 51)]

    same = align(a_proposal("north", *fifty), a_proposal("coast", *fifty))
    alike = align(a_proposal("north", *fifty), a_proposal("coast", *other))

    assert pairs(same) == [(f"north/{n}", f"coast/{n}") for n in range(1, 51)]
    assert len(alike.links) <= 50 * DEFAULT.thresholds["links_per_clause"]


# Chances of pairs, given by hand. Words that both sides have stand for one wording.


def chosen(ours: str, theirs: str, chances: list[list[float]], *, topic: str = "fishing") -> list[tuple[int, int]]:
    sides = [
        tuple(a_clause(f"{slug}/{n}", text, topics=(topic,) if topic else ()) for n, text in enumerate(told.split(), 1))
        for slug, told in (("north", ours), ("coast", theirs))
    ]
    chance = np.array(chances)
    return choose(
        Scores(
            left=sides[0],
            right=sides[1],
            parts={},
            profiles=np.zeros(chance.shape, dtype=np.int64),
            logits=chance,
            chance=chance,
            method=DEFAULT,
            vocabulary=VOCABULARY,
            rarity={},
            rows={},
            columns={},
        )
    )


CUT = DEFAULT.thresholds["link"]
BOUND = int(DEFAULT.thresholds["links_per_clause"])
MANY = [f"net{n}" for n in range(BOUND + 2)]


def test_a_pair_at_the_cut_is_a_link_and_one_below_it_is_not() -> None:
    assert chosen("boat", "crew port", [[CUT, CUT - 0.0001]]) == [(0, 0)]


def test_the_best_pairs_come_first_and_of_equals_those_at_the_same_place() -> None:
    assert chosen("boat mast", "crew port", [[0.8, 0.9], [0.85, 0.95]]) == [(1, 1), (0, 1), (1, 0), (0, 0)]
    assert chosen("boat mast sail", "crew port quay", [[0, 0.9, 0], [0, 0, 0], [0, 0, 0.9]]) == [(2, 2), (0, 1)]


def test_no_clause_has_more_links_than_the_bound() -> None:
    one = [[0.9] * len(MANY)]

    assert len(chosen("boat", " ".join(MANY), one)) == BOUND
    assert len(chosen(" ".join(MANY), "boat", [[0.9]] * len(MANY))) == BOUND


def test_a_twin_counts_among_the_links_of_a_clause() -> None:
    assert len(chosen("boat", " ".join(["boat", *MANY]), [[0.9] * (len(MANY) + 1)])) == BOUND
    assert len(chosen(" ".join(["boat", *MANY]), "boat", [[0.9]] * (len(MANY) + 1))) == BOUND


def test_a_clause_with_a_twin_may_answer_a_clause_without_one() -> None:
    assert chosen("boat", "boat port", [[0.9, 0.8]]) == [(0, 0), (0, 1)]


def test_the_same_wording_is_a_link_below_the_cut_too_unless_an_editor_barred_it() -> None:
    assert chosen("boat mast", "boat port", [[0.01, 0], [0, 0]]) == [(0, 0)]
    assert chosen("boat mast", "boat port", [[0, 0], [0, 0]]) == []


def test_spare_copies_go_with_the_last_copy() -> None:
    assert chosen("boat boat", "boat boat boat", [[0.9] * 3] * 2) == [(0, 0), (1, 1), (1, 2)]
    assert chosen("boat boat boat", "boat boat", [[0.9] * 2] * 3) == [(0, 0), (1, 1), (2, 1)]


def test_wording_without_content_has_a_twin_only_where_the_texts_are_the_same_throughout() -> None:
    assert chosen("600", "600", [[0.9]], topic="") == [(0, 0)]
    assert chosen("600", "600 port", [[0.9, 0]], topic="") == []
