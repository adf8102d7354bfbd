"""GET positions/."""

import datetime

import pytest

from proposals.models import Stage
from tests.factories import (
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_proposal,
    make_source,
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
    make_position(
        "demand",
        date=datetime.date(2030, 1, 1),
        date_precision="year",
        stance="demands",
        source=make_source("map-office"),
        evidence="unverified",
        confidence="low",
    )


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
        ({"id": "offer,demand"}, ["offer", "demand"]),
        ({"topic_group": "security"}, ["offer", "rejection", "demand"]),
        ({"process": "northern-coast"}, ["rejection"]),  # what was said on a topic alone belongs to no process
        ({"source": "map-office"}, ["demand"]),
        ({"evidence": "unverified"}, ["demand"]),
        ({"confidence": "low,medium"}, ["demand"]),
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


@pytest.fixture
def ended(db):
    """Four statements of 1 May: one replaced in July, one taken back in July, one replaced by what is hidden, one not.

    Nothing is recorded of the last one's end, though the Front said something else since.
    """
    may, july = datetime.date(2031, 5, 1), datetime.date(2031, 7, 1)
    hidden = make_position("secret", date=july, stage=Stage.DRAFT)
    make_position("replaced", date=may, superseded_by=make_position("replacing", date=july, stance="accepts"))
    make_position("taken-back", date=may, withdrawn_on=july)
    make_position("replaced-in-secret", date=may, superseded_by=hidden)
    make_position("left-alone", date=may)


def ends(api, **parameters):
    """What is told of the end of each position on the list, those of which nothing is told left out."""
    results = api.get("positions/", **parameters).body["results"]
    return {one["id"]: end for one in results if (end := one["superseded_by"] or one["withdrawn_on"])}


def test_a_position_tells_that_it_was_superseded_or_withdrawn_and_by_nothing_hidden(api, staff_api, ended):
    assert ends(api) == {"replaced": "replacing", "taken-back": "2031-07-01"}
    assert ends(staff_api)["replaced-in-secret"] == "secret"


@pytest.mark.parametrize("day", ["2031-05-01", "2031-06-30"])  # the day of the statements, the eve of their end
def test_as_of_an_earlier_day_no_end_is_known(api, ended, day):
    assert ends(api, as_of=day) == {}
    assert api.get("positions/replaced/", as_of=day).body["superseded_by"] is None
    assert api.get("positions/taken-back/", as_of=day).body["withdrawn_on"] is None


def test_as_of_the_day_itself_the_end_is_known(api, ended):
    assert ends(api, as_of="2031-07-01") == ends(api)
    assert api.get("positions/replaced/", as_of="2031-07-01").body["superseded_by"] == "replacing"


def test_a_position_is_not_found_before_it_was_taken(api, ended):
    assert api.get("positions/replacing/", as_of="2031-06-30").status == 404
    assert api.get("positions/replacing/", as_of="2031-07-01").status == 200
    assert api.get("positions/replacing/", as_of="July").faults == {"as_of": ["not_a_day"]}
    assert api.get("positions/replacing/", party="coastal-front").faults == {"party": ["unknown_parameter"]}


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"standing": "true"}, ["replacing", "left-alone", "replaced-in-secret"]),  # what is hidden ends nothing
        ({"standing": "false"}, ["replaced", "taken-back"]),
        ({"standing": "true", "as_of": "2031-06-30"}, ["left-alone", "replaced", "replaced-in-secret", "taken-back"]),
        ({"standing": "false", "as_of": "2031-06-30"}, []),
        ({"standing": "false", "as_of": "2031-07-01"}, ["replaced", "taken-back"]),
    ],
)
def test_positions_are_told_apart_by_whether_an_end_is_recorded(api, ended, parameters, found):
    assert api.ids("positions/", **parameters) == found


def test_a_position_tells_who_said_what_where_and_how_sure_we_are(api, positions):
    body = api.get("positions/rejection/").body

    assert (body["party"], body["stance"], body["red_line"]) == ("coastal-front", "rejects", True)
    assert (body["proposal"], body["clause"]) == ("council-plan", "council-plan/c01")
    assert (body["source"], body["evidence"], body["confidence"]) == ("harbour-gazette", "full_text", "high")
