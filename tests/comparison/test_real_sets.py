"""Readings of shipped proposals with the recorded positions: what defines them, and facts that a reader can check."""

from itertools import chain

import pytest

from proposals.comparison import compare, current_vocabulary, stored_proposals
from proposals.models import Position
from tests.alignment.shipped_texts import (
    E3,
    EIGHT,
    EUROPE_24,
    FRAMEWORK,
    RUSSIA,
    SLUGS,
    UKRAINE,
    US_28,
    shipped_texts,
    shipped_vocabulary,
)

pytestmark = pytest.mark.usefixtures("shipped")

SETS = [EIGHT[:3], EIGHT[:4], EIGHT[:5], EIGHT]


def read(*slugs):
    return compare(proposals=slugs, include=["positions", "readings"])


def clauses_of(row):
    return {clause for cell in row["cells"] for clause in cell["clauses"]}


def row_of(document, *clauses):
    return next(row for row in document["rows"] if set(clauses) <= clauses_of(row))


def sticking(document, row):
    return next((point for point in document["readings"]["sticking_points"] if point["row"] == row["id"]), None)


def pieces(document, row):
    """The bracketed text of a row: each piece with those who hold it."""
    (found,) = [one for one in document["readings"]["bracketed"] if one["row"] == row["id"]]
    return [(segment["text"], segment["proposals"]) for segment in found["segments"]]


def test_the_engines_tests_read_what_the_database_holds():
    stored = stored_proposals(SLUGS)

    assert {slug: text.clauses for slug, text in shipped_texts().items()} == {
        slug: text.clauses for slug, text in stored.items()
    }
    assert shipped_vocabulary().to_json() == current_vocabulary().to_json()


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_common_ground_is_what_all_regulate_and_nobody_contradicts(slugs):
    document = read(*slugs)
    kinds = {clause["id"]: clause["kind"] for clause in document["included"]["clauses"].values()}

    expected = [
        row["id"]
        for row in document["rows"]
        if all(cell["state"] == "regulated" for cell in row["cells"])
        and not any(
            link["relation"] == "conflict" and "deletion" not in (kinds[link["left"]], kinds[link["right"]])
            for link in row["links"]
        )
    ]

    assert document["readings"]["common_ground"] == expected


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_sticking_points_name_all_positions_and_red_lines_that_bear_on_what_diverges(slugs):
    document = read(*slugs)
    clauses = document["included"]["clauses"]
    positions = Position.objects.newest_first().with_parts(None)

    expected = []
    for row in document["rows"]:
        leading = {clauses[clause]["topics"][0] for clause in clauses_of(row) if clauses[clause]["topics"]}
        bearing = [
            one
            for one in positions
            if one.topic.slug in leading
            or (one.clause and f"{one.clause.proposal.slug}/{one.clause.key}" in clauses_of(row))
        ]
        assert row["positions"] == [one.slug for one in bearing]
        if row["kind"] == "diverge":
            red_lines = [one.slug for one in bearing if one.red_line]
            expected.append({"row": row["id"], "positions": row["positions"], "red_lines": red_lines})

    assert document["readings"]["sticking_points"] == expected
    assert document["readings"]["within_reach"] == [point["row"] for point in expected if not point["red_lines"]]
    assert expected


@pytest.mark.parametrize("slugs", SETS, ids=len)
def test_bracketed_text_gives_every_wording_to_those_who_hold_it(slugs):
    document = read(*slugs)
    clauses = document["included"]["clauses"]
    regulating = {
        row["id"]: {
            cell["proposal"]: " ".join(clauses[i]["text"] for i in cell["clauses"] if clauses[i]["kind"] != "deletion")
            for cell in row["cells"]
            if cell["state"] == "regulated"
        }
        for row in document["rows"]
    }

    found = {one["row"]: one for one in document["readings"]["bracketed"]}
    assert list(found) == [row for row, texts in regulating.items() if texts]
    for row in document["rows"]:
        texts = regulating[row["id"]]
        told = pieces(document, row) if texts else []
        holders = list(chain.from_iterable(proposals for _, proposals in told))
        assert sorted(holders) == sorted(texts)  # paraphrases stand whole, so each text holds one piece
        assert all(text in texts.values() for text, _ in told)
        if row["relation"] != "equivalent":
            assert all(texts[slug] == text for text, proposals in told for slug in proposals)
        assert not texts or found[row["id"]]["reconstruction"]


def test_the_size_of_the_army_sticks_with_both_figures_and_a_red_line():
    document = read(US_28, E3)
    row = row_of(document, f"{US_28}/c06", f"{E3}/c06")

    (figures,) = [one for one in row["divergences"] if one["kind"] == "quantity"]
    assert [(side["proposal"], side["value"]) for side in figures["sides"]] == [(US_28, 600_000), (E3, 800_000)]
    red_lines = [document["included"]["positions"][one] for one in sticking(document, row)["red_lines"]]
    assert [(one["party"], one["topic"], one["stance"]) for one in red_lines] == [("ukraine", "army-size", "rejects")]
    assert row["id"] not in document["readings"]["within_reach"]
    assert [proposals for _, proposals in pieces(document, row)] == [[US_28], [E3]]


def test_four_texts_on_the_army_show_every_figure_and_the_refusal_of_one():
    document = read(US_28, E3, FRAMEWORK, EUROPE_24)
    row = row_of(document, f"{US_28}/c06", f"{E3}/c06", f"{FRAMEWORK}/c04", f"{EUROPE_24}/c11")

    (figures,) = [one for one in row["divergences"] if one["kind"] == "quantity"]
    assert [(side["proposal"], side["value"], side["comparator"]) for side in figures["sides"]] == [
        (US_28, 600_000, "at_most"),
        (E3, 800_000, "at_most"),
        (FRAMEWORK, 800_000, "exactly"),
        (EUROPE_24, None, "unlimited"),
    ]
    assert sticking(document, row)


def test_staying_without_nuclear_weapons_is_common_ground_of_four():
    two, four = read(US_28, E3), read(US_28, E3, FRAMEWORK, EUROPE_24)
    shared = row_of(two, f"{US_28}/c25", f"{E3}/c18")
    row = row_of(four, f"{US_28}/c25", f"{E3}/c18", f"{FRAMEWORK}/c11", f"{EUROPE_24}/c20")

    assert shared["id"] in two["readings"]["common_ground"]
    assert [proposals for _, proposals in pieces(two, shared)] == [[US_28, E3]]  # the same words, so one piece
    assert row["id"] in four["readings"]["common_ground"]
    assert pieces(four, row)[0][1] == [US_28, E3]


def test_an_exchange_of_all_for_all_is_common_ground_of_three():
    document = read(US_28, E3, FRAMEWORK)
    row = row_of(document, f"{US_28}/c34", f"{E3}/c24", f"{FRAMEWORK}/c19")

    assert row["id"] in document["readings"]["common_ground"]
    assert sticking(document, row) is None


def test_an_even_split_of_power_agrees_with_fifty_to_fifty():
    document = read(US_28, E3)
    row = row_of(document, f"{US_28}/c26", f"{E3}/c19")

    assert row["id"] in document["readings"]["common_ground"]
    assert not [one for one in row["divergences"] if one["kind"] == "quantity"]


def test_recognising_the_gains_and_refusing_to_sticks_on_red_lines():
    document = read(RUSSIA, UKRAINE)
    row = row_of(document, f"{RUSSIA}/c01", f"{UKRAINE}/c07")

    (effect,) = [one for one in row["divergences"] if one["kind"] == "legal_effect"]
    assert [side["text"] for side in effect["sides"]] == ["in law", "no recognition"]
    holders = {document["included"]["positions"][one]["party"] for one in sticking(document, row)["red_lines"]}
    assert "ukraine" in holders
    assert row["id"] not in document["readings"]["within_reach"]


def test_neutrality_demanded_and_refused_sticks():
    document = read(RUSSIA, UKRAINE)

    point = sticking(document, row_of(document, f"{RUSSIA}/c02", f"{UKRAINE}/c05"))

    assert point["red_lines"]


def test_when_to_vote_diverges_and_is_within_reach():
    document = read(US_28, E3)
    row = row_of(document, f"{US_28}/c35", f"{E3}/c25")

    assert [one["kind"] for one in row["divergences"] if not one["compatible"]] == ["deadline"]
    assert row["id"] in document["readings"]["within_reach"]
    assert not Position.objects.filter(topic__slug="elections", red_line=True).exists()
