"""What another text holds against one clause."""

import pytest

from proposals.alignment import Clause, Decision, Proposal, Silence, align, counterparts
from tests.alignment.cast import VOCABULARY, a_clause, a_limit, a_proposal

NORTH = a_proposal(
    "north",
    a_clause("1", "The Coastal Front keeps at most 600 soldiers.", topics=("army-size",), terms=(a_limit(600),)),
    a_clause("2", "Boats of both sides may fish near Salt Island.", topics=("fishing",)),
)
HIGHER = a_clause("1", "The Coastal Front keeps at most 800 soldiers.", topics=("army-size",), terms=(a_limit(800),))
NETS = a_clause("2", "Nets have wide meshes.", topics=("fishing",))


def coast(*clauses: Clause, **fields: object) -> Proposal:
    return a_proposal("coast", *clauses, **fields)


def test_links_are_those_of_the_whole_alignment_with_the_clause_asked_about_on_the_left() -> None:
    other = coast(HIGHER, NETS)

    found = counterparts("north/1", NORTH, other, vocabulary=VOCABULARY)

    whole = align(NORTH, other, vocabulary=VOCABULARY)
    assert found.links == tuple(link for link in whole.links if link.left == "north/1")
    assert [(link.left, link.right) for link in found.links] == [("north/1", "coast/1")]
    assert (found.state, found.nearest, found.score) == ("regulated", None, found.links[0].score)


@pytest.mark.parametrize(
    ("other", "state", "topic_regulated"),
    [
        (coast(NETS), "not_found", False),
        (coast(NETS, complete="partly"), "unknown", False),
        (coast(NETS, silences=(Silence(topic="army-size", reason="left out"),)), "silent", False),
        (coast(NETS, silences=(Silence(topic="fishing", reason="left out"),)), "not_found", False),  # another topic
        (coast(), "not_found", False),  # an empty text
        (coast(a_clause("9", "Struck out.", kind="deletion", strikes="north/1")), "struck_out", False),
        (coast(a_clause("9", "Drums are beaten at noon.", topics=("army-size",))), "not_found", True),
    ],
)
def test_a_text_that_leaves_it_out_says_how(other: Proposal, state: str, topic_regulated: bool) -> None:
    found = counterparts("north/1", NORTH, other, vocabulary=VOCABULARY)

    assert (found.state, found.topic_regulated) == (state, topic_regulated)
    assert (found.silence is not None) == (state == "silent")


def test_what_an_editor_refused_is_neither_linked_nor_suggested_and_the_topic_counts_as_regulated_elsewhere() -> None:
    refused = Decision(left="coast/1", right="north/1", same=False)

    found = counterparts("north/1", NORTH, coast(HIGHER, NETS), decisions=[refused], vocabulary=VOCABULARY)

    assert (found.links, found.state, found.topic_regulated) == ((), "not_found", True)
    assert "coast/1" not in [one.right for one in found.suggestions]


def test_few_candidates_are_suggested_the_best_first() -> None:
    several = [a_clause(str(n), f"Ship {n} has {n} soldiers.", topics=("foreign-forces",)) for n in range(1, 9)]

    found = counterparts("north/1", NORTH, coast(*several), vocabulary=VOCABULARY)

    scores = [one.score for one in found.suggestions]
    assert len(scores) <= 3
    assert scores == sorted(scores, reverse=True)
    assert found.nearest is None or found.score == found.nearest[1]


@pytest.mark.parametrize("turned", [False, True])
def test_of_one_clause_alone_the_same_is_told_as_of_all(turned: bool) -> None:
    mixed = coast(a_clause("1", "Nets have wide meshes near Salt Island.", topics=("fishing",)), HIGHER, NETS)
    own, other = (mixed, NORTH) if turned else (NORTH, mixed)
    refused = Decision(left="north/1", right="coast/1", same=False)
    for clause in own.clauses:
        whole, alone = (
            counterparts(clause.id, own, other, decisions=[refused], vocabulary=VOCABULARY, alone=one)
            for one in (False, True)
        )

        assert alone == whole
