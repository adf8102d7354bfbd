"""What the shipped data must answer, whatever the engine's weights."""

from itertools import combinations, permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.comparison import compare
from proposals.models import Clause

ISTANBUL = "istanbul-communique-2022"
US_28 = "us-28-point-2025-11"
E3 = "e3-counter-2025-11"
FIVE = [ISTANBUL, "us-final-offer-2025-04", "russia-memorandum-2025-06", US_28, "framework-20-point-2025-12"]

pytestmark = pytest.mark.usefixtures("shipped")


def links_between(document, one, other):
    """Relation, score and reasons of each link of two proposals, whichever side stands left."""
    found = {}
    for link in (link for row in document["rows"] for link in row["links"]):
        if {clause.split("/")[0] for clause in (link["left"], link["right"])} == {one, other}:
            found[frozenset((link["left"], link["right"]))] = (link["relation"], link["score"], link["decided_by"])
    return found


def clauses_of(row):
    return {clause for cell in row["cells"] for clause in cell["clauses"]}


def row_of(document, *clauses):
    return next(row for row in document["rows"] if set(clauses) <= clauses_of(row))


def test_the_first_comparison_has_a_cell_for_each_side_in_every_row():
    document = compare(proposals=[ISTANBUL, US_28])

    assert document["rows"]
    assert all([cell["proposal"] for cell in row["cells"]] == [ISTANBUL, US_28] for row in document["rows"])


@pytest.mark.parametrize("slugs", [[ISTANBUL, US_28], [US_28, E3], FIVE])
def test_no_clause_is_lost_and_every_link_says_why(slugs):
    expected = {
        f"{slug}/{key}"
        for slug, key in Clause.objects.filter(proposal__slug__in=slugs)
        .exclude(kind="placeholder")
        .values_list("proposal__slug", "key")
    }

    document = compare(proposals=slugs)

    assert set().union(*map(clauses_of, document["rows"])) == expected
    links = [link for row in document["rows"] for link in row["links"]]
    assert links
    assert all(link["reasons"] and all(reason["detail"] for reason in link["reasons"]) for link in links)


def test_everything_that_is_named_is_included():
    document = compare(proposals=[ISTANBUL, US_28], include=["positions", "disputes", "readings"])

    included = document["included"]
    for clause in included["clauses"].values():
        assert set(clause["topics"]) <= set(included["topics"])
        assert {role["party"] for role in clause["roles"]} <= set(included["parties"])
        assert set(clause["territories"]) <= set(included["territories"])
        assert set(clause["sources"]) <= set(included["sources"])
    assert {topic["group"] for topic in included["topics"].values()} <= set(included["groups"])
    for row in document["rows"]:
        assert clauses_of(row) <= set(included["clauses"])
        assert set(row["topics"]) <= set(included["topics"])
        assert set(row["positions"]) <= set(included["positions"])
        assert set(row["disputes"]) <= set(included["disputes"])


def test_naming_two_the_other_way_round_mirrors_the_answer():
    there, back = compare(proposals=[US_28, E3]), compare(proposals=[E3, US_28])

    assert [row["id"] for row in there["rows"]] == [row["id"] for row in back["rows"]]
    mirror = {"left": "right", "right": "left", None: None}
    for row, mirrored in zip(there["rows"], back["rows"], strict=True):
        assert row["cells"] == mirrored["cells"][::-1]
        swapped = {
            (link["right"], link["left"], link["relation"], mirror[link["wider"]], link["score"])
            for link in mirrored["links"]
        }
        as_asked = {
            (link["left"], link["right"], link["relation"], link["wider"], link["score"]) for link in row["links"]
        }
        assert as_asked == swapped
        assert all(link["left"].startswith(f"{US_28}/") for link in row["links"])


def test_five_proposals_give_the_same_rows_in_any_order():
    first = compare(proposals=FIVE)
    orders = [FIVE[::-1], FIVE[2:] + FIVE[:2], *list(permutations(FIVE))[37:40]]

    for order in orders:
        other = compare(proposals=order)
        assert [row["id"] for row in other["rows"]] == [row["id"] for row in first["rows"]]
        assert [row["kind"] for row in other["rows"]] == [row["kind"] for row in first["rows"]]


def test_adding_a_third_proposal_changes_no_link_of_the_first_two():
    pairs = {pair: links_between(compare(proposals=pair), *pair) for pair in combinations(FIVE[:3], 2)}

    three = compare(proposals=FIVE[:3])

    for pair, links in pairs.items():
        assert links_between(three, *pair) == links


def test_a_filter_on_topics_changes_no_link():
    whole = links_between(compare(proposals=[US_28, E3]), US_28, E3)

    filtered = compare(proposals=[US_28, E3], topics=["army-size"])

    assert filtered["rows"]
    assert all("army-size" in row["topics"] for row in filtered["rows"])
    assert links_between(filtered, US_28, E3).items() <= whole.items()


def test_600_000_stands_against_800_000():
    row = row_of(compare(proposals=[US_28, E3]), f"{US_28}/c06", f"{E3}/c06")

    figures = next(one for one in row["divergences"] if one["kind"] == "quantity")
    assert figures["asserted"]
    assert {side["proposal"]: side["value"] for side in figures["sides"]} == {US_28: 600_000, E3: 800_000}
    assert row["kind"] == "diverge"


def test_a_hundred_days_stand_against_as_soon_as_possible():
    row = row_of(compare(proposals=[US_28, E3]), f"{US_28}/c35", f"{E3}/c25")

    deadline = next(one for one in row["divergences"] if one["kind"] == "deadline")
    assert deadline["asserted"]
    assert {side["proposal"]: (side["comparator"], side["value"]) for side in deadline["sides"]} == {
        US_28: ("at_most", 100),
        E3: ("unspecified", None),
    }


def test_the_amnesty_is_struck_out_by_help_for_victims():
    document = compare(proposals=[US_28, E3])

    row = row_of(document, f"{US_28}/c36", f"{E3}/c26")

    assert row["relation"] == "conflict"


def test_a_deletion_strikes_out_a_cell():
    row = row_of(compare(proposals=[US_28, E3]), f"{US_28}/c03", f"{E3}/c03")

    assert [cell["state"] for cell in row["cells"]] == ["regulated", "struck_out"]


def test_a_text_that_is_not_public_is_unknown_and_never_absent():
    unpublished = "us-russia-27-point-2025-12"

    document = compare(proposals=[US_28, unpublished])

    states = {cell["state"] for row in document["rows"] for cell in row["cells"] if cell["proposal"] == unpublished}
    assert states == {"unknown"}
    assert {gap["state"] for gap in document["gaps"] if unpublished in gap["absent_from"]} == {"unknown"}


def test_a_recorded_silence_is_told_apart_from_what_is_not_found():
    document = compare(proposals=[ISTANBUL, US_28])

    row = row_of(document, f"{US_28}/c06")
    silent = next(cell for cell in row["cells"] if cell["proposal"] == ISTANBUL)
    assert silent["state"] == "silent"
    assert "limit" in silent["silence"]["reason"]


def test_a_comparison_of_five_takes_no_more_than_forty_queries():
    compare(proposals=[ISTANBUL, US_28], include=["positions", "disputes", "readings"])  # the vocabulary is kept
    with CaptureQueriesContext(connection) as queries:
        compare(proposals=FIVE, include=["positions", "disputes", "readings"])

    assert len(queries) <= 40
