"""Readings of a concordance."""

from proposals.alignment import (
    PositionInput,
    bears_on,
    bracketed,
    common_ground,
    concord,
    sticking_points,
    within_reach,
)
from tests.alignment.cast import VOCABULARY, a_clause, a_limit, a_proposal

LIMIT = {"topics": ("army-size",), "modality": "must_not"}
NORTH = a_proposal(
    "north",
    a_clause("1", "The Coastal Front keeps at most 600 soldiers.", terms=(a_limit(600),), **LIMIT),
    a_clause("2", "All captives are released at once.", topics=("amnesty",)),
    a_clause("3", "Boats may fish anywhere.", topics=("fishing",), wording="verbatim"),
)
COAST = a_proposal(
    "coast",
    a_clause("1", "The Coastal Front keeps at most 800 soldiers.", terms=(a_limit(800),), **LIMIT),
    a_clause("2", "All captives are released at once.", topics=("amnesty",)),
    a_clause("3", "Boats may not fish anywhere.", topics=("fishing",), wording="verbatim"),
)
CLAUSES = {clause.id: clause for clause in (*NORTH.clauses, *COAST.clauses)}
TABLE = concord([NORTH, COAST], vocabulary=VOCABULARY)
ARMY, AMNESTY, FISHING = TABLE.rows
RED = PositionInput(id="p1", topic="army-size", red_line=True)
MILD = PositionInput(id="p2", topic="fishing", clause="north/1")
OTHER = PositionInput(id="p3", topic="elections")


def test_common_ground_is_what_all_regulate_without_a_conflict() -> None:
    assert common_ground(TABLE) == (AMNESTY.id, FISHING.id)


def test_a_position_bears_on_its_clause_and_on_its_topic() -> None:
    assert bears_on(ARMY, [RED, MILD, OTHER]) == (RED, MILD)
    assert bears_on(FISHING, [RED, MILD, OTHER]) == (MILD,)  # said about another text's clause, on this matter


def test_sticking_points_name_positions_and_red_lines() -> None:
    assert sticking_points(TABLE, [RED, MILD, OTHER]) == ((ARMY.id, ("p1", "p2"), ("p1",)),)


def test_within_reach_is_what_diverges_and_crosses_no_red_line() -> None:
    assert within_reach(TABLE, [MILD]) == (ARMY.id,)
    assert within_reach(TABLE, [RED, MILD]) == ()


def test_agreed_wording_stands_once_and_rival_wording_with_its_holder() -> None:
    told = {row: [(s.text, s.proposals) for s in segments] for row, segments in bracketed(TABLE, CLAUSES)}

    assert told[AMNESTY.id] == [("All captives are released at once.", ("north", "coast"))]
    assert told[ARMY.id] == [
        ("The Coastal Front keeps at most 600 soldiers.", ("north",)),
        ("The Coastal Front keeps at most 800 soldiers.", ("coast",)),
    ]


def test_words_are_told_apart_only_inside_verbatim_texts() -> None:
    told = {row: [(s.text, s.proposals) for s in segments] for row, segments in bracketed(TABLE, CLAUSES)}

    assert told[FISHING.id] == [
        ("Boats may", ("north", "coast")),
        ("not", ("coast",)),
        ("fish anywhere.", ("north", "coast")),
    ]
