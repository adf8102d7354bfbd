"""Gaps told apart: matter and element, silent, struck out, unknown, not found."""

from typing import Any

import pytest

from proposals.alignment import Alignment, Clause, Link, Row, Silence, Term, concord
from proposals.alignment.concordance import Cell
from proposals.alignment.elements import ElementGap, element_gaps, elements
from proposals.alignment.gaps import Gap, gaps_of, state_of, topic_regulated
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


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        ("A pause.", {"terms": (Term(kind="date", date="2031-05-15", comparator="exactly"),)}, {"deadline"}),
        ("An army of 600 soldiers.", {}, {"figure"}),
        ("Ports open at once.", {}, {"deadline"}),
        ("Ports open as soon as possible.", {}, {"deadline"}),
        ("The pause lasts for 30 days.", {}, {"duration"}),
        ("The pause holds.", {"roles": (("monitor", "mediator"),)}, {"monitor"}),
        ("Sanctions follow each violation.", {}, {"penalty"}),
        ("Sanctions for a violation.", {}, {"penalty"}),
        ("Sanctions end.", {}, set()),
        ("Each violation is counted.", {}, set()),
    ],
)
def test_an_element_is_told_by_one_field_or_by_one_phrase(
    text: str, fields: dict[str, Any], expected: set[str]
) -> None:
    assert elements(a_clause("north/1", text, **fields)) == expected


def test_element_gaps_are_told_text_by_text_in_the_order_of_the_elements() -> None:
    full = a_clause("1", "Ports open within 30 days.", condition="once mines are cleared", roles=(("guarantor", "m"),))
    texts = [a_proposal(slug, a_clause("1", "Ports open.")) for slug in ("sea", "coast")] + [a_proposal("north", full)]

    found = element_gaps([text.clauses[0] for text in texts], {text.clauses[0].id: text for text in texts})

    assert found == tuple(
        ElementGap(proposal=slug, element=element, held_by=("north/1",))
        for slug in ("coast", "sea")
        for element in ("deadline", "condition", "guarantor")
    )


def test_of_two_recorded_silences_the_first_topic_and_then_the_first_look_is_told() -> None:
    def silence(topic: str, day: str) -> Silence:
        return Silence(topic=topic, reason="left out", checked_on=day)

    later, sooner, other = (silence(*told) for told in (("b", "2031-02-01"), ("b", "2031-01-01"), ("c", "2030-01-01")))
    text = a_proposal("coast", silences=(other, later, sooner))

    assert state_of(text, [], ["b", "c"]) == ("silent", sooner)


@pytest.mark.parametrize(
    ("kind", "own", "regulated"),
    [
        ("commitment", (), True),
        ("commitment", ("coast/1",), False),  # the row's own clause
        ("deletion", (), False),
    ],
)
def test_a_topic_is_regulated_elsewhere_by_clauses_of_other_rows_that_strike_nothing_out(
    kind: str, own: tuple[str, ...], regulated: bool
) -> None:
    text = a_proposal("coast", a_clause("1", "Boats stay.", kind=kind, topics=("fishing",)))

    assert topic_regulated(text, ["fishing"], own) is regulated


def a_row(*cells: tuple[str, str, tuple[str, ...]], gaps: tuple[ElementGap, ...] = ()) -> Row:
    return Row(
        id="0123",
        topics=("fishing",),
        leading=("fishing",),
        kind="alone",
        relation=None,
        absent_from=(),
        cells=tuple(
            Cell(proposal=slug, state=state, topic_regulated=False, clauses=clauses) for slug, state, clauses in cells
        ),
        links=(),
        divergences=(),
        element_gaps=gaps,
    )


def clauses_of(*ids: str, **kinds: str) -> dict[str, Clause]:
    return {one: a_clause(one, one, kind=kinds.get(one.partition("/")[0], "commitment")) for one in ids}


def a_matter_gap(**fields: Any) -> Gap:
    told = {"kind": "matter", "row": "0123", "topic": "fishing", "element": "", "absent_from": ("coast",)}
    return Gap(**{**told, "present_in": ("north",), "state": "not_found", "nearest": None, **fields})


def test_a_matter_gap_tells_its_row_what_regulates_it_and_the_best_candidate() -> None:
    row = a_row(
        ("north", "regulated", ("north/1", "north/2", "north/3")),
        ("sea", "struck_out", ("sea/1",)),
        ("coast", "not_found", ()),
    )
    clauses = clauses_of("north/1", "north/2", "north/3", "sea/1", sea="deletion")
    nearest = {"north/1": ("coast/8", 0.1), "north/2": ("coast/9", 0.3), "north/3": ("coast/7", 0.3)}

    found = gaps_of([row], clauses, [Alignment(left="coast", right="north", links=(), suggestions=(), nearest=nearest)])

    regulating = ("north/1", "north/2", "north/3")
    assert found == (
        a_matter_gap(absent_from=("sea",), clauses=regulating, state="struck_out"),
        a_matter_gap(clauses=regulating, nearest=("coast/7", 0.3)),
    )


def test_an_element_gap_tells_its_row_and_who_has_the_element() -> None:
    lacking = ElementGap(proposal="coast", element="deadline", held_by=("north/1",))
    row = a_row(("north", "regulated", ("north/1",)), ("coast", "regulated", ("coast/1",)), gaps=(lacking,))

    assert gaps_of([row], clauses_of("north/1", "coast/1"), []) == (
        a_matter_gap(kind="element", element="deadline", clauses=("north/1",), state="regulated"),
    )


def test_a_text_that_answers_in_another_row_has_no_gap() -> None:
    def a_link(left: str, right: str) -> Link:
        told = {"relation": "overlap", "wider": None, "score": 0.9, "decided_by": "engine", "stale": False}
        return Link(left=left, right=right, reasons=(), divergences=(), **told)

    rows = [a_row(("north", "regulated", (f"north/{n}",)), ("coast", "not_found", ())) for n in (1, 2, 3)]
    links = (a_link("north/1", "coast/1"), a_link("north/2", "coast/2"))
    clauses = clauses_of("north/1", "north/2", "north/3", "coast/1", "coast/2")

    found = gaps_of(rows, clauses, [Alignment(left="north", right="coast", links=links, suggestions=())])

    assert [gap.clauses for gap in found] == [("north/3",)]


def test_a_cell_of_the_matrix_names_the_clauses_on_its_topic() -> None:
    north = a_proposal(
        "north",
        a_clause("1", "Boats.", topics=("fishing",)),
        a_clause("2", "Nets.", topics=("fishing", "amnesty")),
    )

    matrix = concord([north], vocabulary=VOCABULARY).matrix

    assert {line.topic: line.cells[0].clauses for line in matrix} == {
        "amnesty": ("north/2",),
        "fishing": ("north/1", "north/2"),
    }
