"""Which pairs are links: what alone makes none, repeated wording."""

import pytest

from proposals.alignment import align
from proposals.alignment.method import DEFAULT
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
