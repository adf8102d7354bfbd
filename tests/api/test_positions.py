"""GET positions/."""

import datetime

import pytest

from tests.factories import (
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_proposal,
    make_topic,
)


@pytest.fixture
def positions(db):
    """The Front rejects a clause of the plan in June and demands all year; the Council's envoy offers in July."""
    clause = make_clause(make_proposal("council-plan"), topics=["garrison"])
    make_position("rejection", topic=make_topic("garrison"), proposal=clause.proposal, clause=clause, red_line=True)
    make_position(
        "offer",
        party=make_party(NORTHERN_COUNCIL),
        person=make_person(),
        date=datetime.date(2031, 7, 1),
        date_precision="month",
        stance="offers",
        statement="The Council offers fishing rights.",
    )
    make_position("demand", date=datetime.date(2030, 1, 1), date_precision="year", stance="demands")


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["offer", "rejection", "demand"]),  # newest first
        ({"party": "coastal-front"}, ["rejection", "demand"]),
        ({"person": "council-envoy"}, ["offer"]),
        ({"topic": "garrison"}, ["rejection"]),
        ({"topic": "garrison,ceasefire"}, ["offer", "rejection", "demand"]),
        ({"proposal": "council-plan"}, ["rejection"]),
        ({"clause": "council-plan/c01"}, ["rejection"]),
        ({"stance": ["offers", "demands"]}, ["offer", "demand"]),
        ({"red_line": "true"}, ["rejection"]),
        ({"red_line": "false"}, ["offer", "demand"]),
        ({"as_of": "2031-06-01"}, ["rejection", "demand"]),  # the day itself counts
        ({"as_of": "2029-12-31"}, []),
        ({"date_from": "2031-07-31"}, ["offer"]),  # the month of July reaches to its last day
        ({"date_from": "2030-06-01", "date_to": "2030-06-30"}, ["demand"]),  # within the year it was made in
        ({"q": "fishing"}, ["offer"]),
        ({"ordering": "date"}, ["demand", "rejection", "offer"]),
    ],
)
def test_positions_are_narrowed_and_ordered(api, positions, parameters, found):
    assert api.ids("positions/", **parameters) == found


@pytest.mark.parametrize(
    ("clause", "near"),
    [
        ("council-plan/c10", "Near it: council-plan/c01."),
        ("council-plan", "Near it: council-plan/c01."),  # a proposal is no clause
        ("a/b/c", "Known: council-plan/c01."),
    ],
)
def test_an_unknown_clause_is_refused_with_those_most_like_it(api, positions, clause, near):
    answer = api.get("positions/", clause=clause)

    assert answer.faults == {"clause": ["unknown_clause"]}
    assert near in answer.body["detail"]


def test_a_position_tells_who_said_what_where_and_how_sure_we_are(api, positions):
    body = api.get("positions/rejection/").body

    assert (body["party"], body["stance"], body["red_line"]) == ("coastal-front", "rejects", True)
    assert (body["proposal"], body["clause"]) == ("council-plan", "council-plan/c01")
    assert (body["source"], body["evidence"], body["confidence"]) == ("harbour-gazette", "full_text", "high")
