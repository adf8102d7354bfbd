"""The concordance: rows, cells, order, totals."""

import itertools

import pytest

from proposals.alignment import Decision, Proposal, Silence, align, concord
from tests.alignment.cast import VOCABULARY, a_clause, a_limit, a_proposal

LIMIT = {"topics": ("army-size",), "modality": "must_not"}
NORTH = a_proposal(
    "north",
    a_clause("1", "The Coastal Front keeps at most 600 soldiers.", terms=(a_limit(600),), **LIMIT),
    a_clause("2", "All acts of the war are forgiven.", topics=("amnesty",)),
    a_clause("3", "Boats may fish anywhere.", topics=("fishing",)),
    date="2031-03-01",
)
COAST = a_proposal(
    "coast",
    a_clause("1", "In peacetime the Coastal Front keeps at most 800 soldiers.", terms=(a_limit(800),), **LIMIT),
    a_clause("2", "The amnesty is struck out.", kind="deletion", strikes="north/2", topics=("amnesty",)),
    date="2031-02-01",
    silences=(Silence(topic="fishing", reason="left to later talks"),),
)
MEDIATOR = a_proposal(
    "mediator",
    a_clause("1", "No limit on soldiers of the Coastal Front.", terms=(a_limit(None, "unlimited"),), **LIMIT),
    a_clause("9", "Content unknown.", kind="placeholder"),
    complete="partly",
)
ALL = [NORTH, COAST, MEDIATOR]


def test_rows_show_what_each_text_says_and_why_it_is_missing() -> None:
    concordance = concord(ALL, vocabulary=VOCABULARY)

    told = [(row.topics, row.kind, [(c.proposal, c.state, c.clauses) for c in row.cells]) for row in concordance.rows]
    assert told == [
        (
            ("army-size",),
            "diverge",
            [
                ("north", "regulated", ("north/1",)),
                ("coast", "regulated", ("coast/1",)),
                ("mediator", "regulated", ("mediator/1",)),
            ],
        ),
        (
            ("amnesty",),
            "alone",
            [("north", "regulated", ("north/2",)), ("coast", "struck_out", ("coast/2",)), ("mediator", "unknown", ())],
        ),
        (
            ("fishing",),
            "alone",
            [("north", "regulated", ("north/3",)), ("coast", "silent", ()), ("mediator", "unknown", ())],
        ),
    ]
    assert concordance.rows[2].cells[1].silence == COAST.silences[0]


def test_a_row_tells_one_divergence_with_all_values() -> None:
    row = concord(ALL, vocabulary=VOCABULARY).rows[0]

    (quantity,) = [d for d in row.divergences if d.kind == "quantity"]
    assert [side.text for side in quantity.sides] == ["at most 600 persons", "at most 800 persons", "no limit"]
    assert row.relation == "conflict"


def test_a_clause_struck_out_is_no_divergence_of_those_who_regulate() -> None:
    row = concord([NORTH, COAST], vocabulary=VOCABULARY).rows[1]

    assert (row.kind, row.relation, row.absent_from) == ("alone", None, ("coast",))
    assert row.links[0].reasons[0].part == "strikes"


def test_any_order_of_proposals_gives_the_same_rows() -> None:
    told = []
    for order in itertools.permutations(ALL):
        rows = concord(order, vocabulary=VOCABULARY).rows
        told.append([(row.id, row.topics, row.kind, row.relation, set(row.cells)) for row in rows])

    assert all(rows == told[0] for rows in told)


def test_cells_stand_in_the_asked_order() -> None:
    for order in itertools.permutations(ALL):
        concordance = concord(order, vocabulary=VOCABULARY)

        slugs = [p.slug for p in order]
        assert list(concordance.proposals) == slugs
        assert all([cell.proposal for cell in row.cells] == slugs for row in concordance.rows)
        assert all([cell.proposal for cell in line.cells] == slugs for line in concordance.matrix)


def test_a_third_text_changes_no_link_of_the_first_two() -> None:
    two, three = concord([NORTH, COAST], vocabulary=VOCABULARY), concord(ALL, vocabulary=VOCABULARY)

    ours = {link for row in two.rows for link in row.links}
    assert ours <= {link for row in three.rows for link in row.links}


def test_alignments_computed_before_are_used_either_way_round() -> None:
    ready = {("coast", "north"): align(COAST, NORTH, vocabulary=VOCABULARY)}

    assert concord([NORTH, COAST], vocabulary=VOCABULARY, alignments=ready) == concord(
        [NORTH, COAST], vocabulary=VOCABULARY
    )


def test_rows_of_one_topic_stand_by_date_then_slug_then_clause() -> None:
    def nets(slug: str, *words: str, **fields: str) -> Proposal:
        clauses = (a_clause(str(n), word, topics=("fishing", f"{slug} {n}")) for n, word in enumerate(words, 1))
        return a_proposal(slug, *clauses, **fields)

    undated, early = (
        nets("a-late-one", "Nets are mended."),
        nets("z-early", "Ports close.", "Tolls fall.", date="2030-01-01"),
    )
    apart = [Decision(left="a-late-one/1", right=f"z-early/{n}", same=False) for n in (1, 2)]

    rows = concord([undated, early], decisions=apart, vocabulary=VOCABULARY).rows

    assert [cell.clauses for row in rows for cell in row.cells if cell.clauses] == [
        ("z-early/1",),
        ("z-early/2",),
        ("a-late-one/1",),
    ]


def test_clauses_without_a_topic_come_last() -> None:
    mixed = a_proposal("north", a_clause("1", "Ships turn."), a_clause("2", "Nets mended.", topics=("fishing",)))

    rows = concord([mixed, a_proposal("coast")], vocabulary=VOCABULARY).rows

    assert [row.topics for row in rows] == [("fishing",), ()]


def test_totals_count_rows_links_and_gaps() -> None:
    summary = concord(ALL, vocabulary=VOCABULARY).summary

    assert summary.rows_by_kind == {"agree": 0, "diverge": 1, "alone": 2}
    assert summary.rows_with_absence == 2
    assert summary.gaps_by_state["unknown"] == 2
    assert summary.coverage == {"north": 1.0, "coast": 0.3333, "mediator": 0.3333}


def test_the_same_proposal_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        concord([NORTH, NORTH])


@pytest.mark.parametrize("sizes", [(0, 0), (0, 1), (1, 0)])
def test_empty_texts_have_empty_rows(sizes: tuple[int, int]) -> None:
    texts = [
        a_proposal(slug, *(a_clause(str(n + 1), "Boats stay.") for n in range(size)))
        for slug, size in zip(("north", "coast"), sizes, strict=True)
    ]

    concordance = concord(texts)

    assert len(concordance.rows) == sum(sizes)
