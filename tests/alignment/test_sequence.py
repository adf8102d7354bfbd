"""The order of obligations in two texts."""

from proposals.alignment import Decision, Divergence, align
from proposals.alignment.divergence import Side
from proposals.alignment.sequence import sequence_divergence
from tests.alignment.cast import a_clause, a_proposal

PAUSE, LAND = "The guns fall silent.", "Soldiers leave Salt Island."
SAME = [Decision(left=f"north/{n}", right=f"coast/{n}", same=True) for n in (1, 2)]


def order_of(north: tuple[str, str] | None, coast: tuple[str, str] | None) -> list[Divergence]:
    """Divergences of sequence between two texts; each names the dependency of its first clause, or of its second."""
    sides = []
    for slug, told in (("north", north), ("coast", coast)):
        ties = {1: (), 2: ()}
        if told:
            relation, key = told
            ties[int(key)] = ((relation, f"{slug}/{3 - int(key)}"),)
        sides.append(
            a_proposal(slug, a_clause("1", PAUSE, depends_on=ties[1]), a_clause("2", LAND, depends_on=ties[2]))
        )
    links = align(sides[0], sides[1], decisions=SAME).links
    return [d for link in links for d in link.divergences if d.kind == "sequence"]


def test_land_before_silence_and_silence_before_land_are_opposite_orders() -> None:
    found = order_of(("after", "1"), ("after", "2"))

    assert found
    assert all(d.asserted for d in found)
    assert [s.text for s in found[0].sides] == ["after north/2", "before coast/2"]


def test_one_after_the_other_is_not_both_together() -> None:
    (found, *_) = order_of(("after", "1"), ("with", "1"))

    assert [s.text for s in found.sides] == ["after north/2", "with coast/2"]


def test_the_same_order_is_no_difference() -> None:
    assert order_of(("after", "1"), ("after", "1")) == []


def test_nothing_is_said_of_a_text_that_records_no_order() -> None:
    assert order_of(("after", "1"), None) == []


def test_a_difference_of_order_says_what_each_side_has() -> None:
    (found, *_) = order_of(("after", "1"), ("after", "2"))

    assert found == Divergence(
        kind="sequence",
        asserted=True,
        summary="other order of obligations",
        sides=(
            Side(proposal="north", clause="north/1", text="after north/2"),
            Side(proposal="coast", clause="coast/1", text="before coast/2"),
        ),
    )


def test_nothing_is_said_of_an_earlier_clause_that_the_other_text_does_not_answer() -> None:
    north = a_clause("north/1", PAUSE, depends_on=(("after", "north/2"),))
    coast = a_clause("coast/1", PAUSE)

    assert sequence_divergence(north, coast, counterparts={}, clauses={}) is None


def test_two_clauses_are_together_whichever_of_them_records_it() -> None:
    north = a_clause("north/1", PAUSE, depends_on=(("after", "north/2"),))
    coast = a_clause("coast/1", PAUSE)
    for other, told in (
        (a_clause("coast/2", LAND, depends_on=(("during", "coast/1"),)), "during coast/2"),
        (a_clause("coast/2", LAND, depends_on=(("during", "coast/3"),)), None),  # together with a third clause
    ):
        found = sequence_divergence(north, coast, counterparts={"north/2": ["coast/2"]}, clauses={"coast/2": other})

        assert (found and found.sides[1].text) == told
