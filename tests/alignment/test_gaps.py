"""Gaps told apart: matter and element, silent, struck out, unknown, not found."""

from proposals.alignment import Silence, Term, concord
from proposals.alignment.elements import elements
from proposals.alignment.gaps import state_of
from tests.alignment.cast import VOCABULARY, a_clause, a_limit, a_proposal


def test_the_first_state_that_holds_is_told() -> None:
    deletion = a_clause("coast/1", "Struck out.", kind="deletion")
    clause = a_clause("coast/2", "Boats stay.")
    silent = (Silence(topic="fishing", reason="left out"),)

    # regulated, struck out, recorded silence, incomplete text, complete text
    assert state_of(a_proposal("coast", silences=silent), [deletion, clause], ["fishing"])[0] == "regulated"
    assert state_of(a_proposal("coast", silences=silent), [deletion], ["fishing"])[0] == "struck_out"
    assert state_of(a_proposal("coast", silences=silent, complete="no"), [], ["fishing"]) == ("silent", silent[0])
    assert state_of(a_proposal("coast", silences=silent, complete="no"), [], ["amnesty"])[0] == "unknown"
    assert state_of(a_proposal("coast", complete="partly"), [], [])[0] == "unknown"
    assert state_of(a_proposal("coast"), [], ["fishing"])[0] == "not_found"


def test_a_matter_gap_names_the_nearest_candidate() -> None:
    north = a_proposal("north", a_clause("1", "Boats fish near the coast.", topics=("fishing",)))
    coast = a_proposal("coast", a_clause("1", "Captives are released.", topics=("amnesty",)))

    gaps = concord([north, coast], vocabulary=VOCABULARY).gaps

    told = [(g.kind, g.topic, g.absent_from, g.present_in, g.state, g.nearest and g.nearest[0]) for g in gaps]
    assert told == [
        ("matter", "amnesty", ("north",), ("coast",), "not_found", "north/1"),
        ("matter", "fishing", ("coast",), ("north",), "not_found", "coast/1"),
    ]


def test_a_text_that_regulates_the_topic_elsewhere_says_so() -> None:
    north = a_proposal(
        "north",
        a_clause("1", "Boats fish near the coast.", topics=("fishing",)),
        a_clause("2", "Old nets are burnt by the harbour master.", topics=("fishing",)),
    )
    coast = a_proposal("coast", a_clause("1", "Boats fish near the coast.", topics=("fishing",)))

    (row,) = [row for row in concord([north, coast], vocabulary=VOCABULARY).rows if row.kind == "alone"]

    assert row.cells[1].state == "not_found"
    assert row.cells[1].topic_regulated


def test_an_element_that_one_side_lacks_is_a_gap_of_its_own() -> None:
    fields = {"topics": ("elections",)}
    north = a_proposal("north", a_clause("1", "Elections are held within 100 days.", **fields))
    coast = a_proposal("coast", a_clause("1", "Elections are held.", **fields))

    concordance = concord([north, coast], vocabulary=VOCABULARY)

    (gap,) = concordance.gaps
    assert (gap.kind, gap.element, gap.absent_from, gap.present_in) == ("element", "deadline", ("coast",), ("north",))
    assert gap.clauses == ("north/1",)
    assert concordance.rows[0].element_gaps[0].held_by == ("north/1",)


def test_elements_are_found_in_curated_fields_and_in_the_wording() -> None:
    thirty = Term(kind="duration", measure="pause", comparator="exactly", value=30.0, unit="days")
    cases = {
        "deadline": a_clause("north/1", "Ports open on 15 May 2031."),
        "duration": a_clause("north/2", "A pause.", terms=(thirty,)),
        "figure": a_clause("north/3", "A limit.", terms=(a_limit(600),)),
        "condition": a_clause("north/4", "Ports open.", condition="once mines are cleared"),
        "monitor": a_clause("north/5", "The pause is verified by drones."),
        "guarantor": a_clause("north/6", "Ports open.", roles=(("guarantor", "mediator"),)),
        "penalty": a_clause("north/7", "Penalties follow each breach."),
    }

    assert {element: elements(clause) for element, clause in cases.items()} == {e: frozenset({e}) for e in cases}


def test_a_limit_without_a_figure_is_not_a_figure() -> None:
    assert elements(a_clause("north/1", "A limit is set.", terms=(a_limit(None, "unspecified"),))) == frozenset()


def test_the_matrix_has_every_topic_that_a_text_regulates_strikes_out_or_is_silent_on() -> None:
    north = a_proposal(
        "north",
        a_clause("1", "Boats.", topics=("fishing", "unheard-of")),
        a_clause("2", "Amnesty.", topics=("amnesty",)),
    )
    coast = a_proposal(
        "coast",
        a_clause("1", "Struck out.", kind="deletion", strikes="north/2", topics=("amnesty",)),
        silences=(Silence(topic="elections", reason="left out"),),
        complete="no",
    )

    matrix = concord([north, coast], vocabulary=VOCABULARY).matrix

    assert [(line.topic, line.group, [cell.state for cell in line.cells]) for line in matrix] == [
        ("elections", "society", ["not_found", "silent"]),
        ("amnesty", "society", ["regulated", "struck_out"]),
        ("fishing", "economy", ["regulated", "unknown"]),
        ("unheard-of", "", ["regulated", "unknown"]),
    ]
