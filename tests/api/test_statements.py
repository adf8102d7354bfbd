"""GET statements/."""

import datetime

import pytest

from tests.factories import (
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_proposal,
    make_source,
    make_statement,
)


@pytest.fixture
def statements(db):
    """Why the talks ended, how many came back, and what the radio prints wrongly."""
    clause = make_clause(make_proposal("council-plan"), topics=["garrison"])
    position = make_position("p001", proposal=clause.proposal, clause=clause)
    envoy = make_person()
    make_statement("fire", about=[{"proposal": clause.proposal}], person=envoy)
    make_statement(
        "returned",
        kind="figure",
        topics=["prisoners", "garrison"],
        claim="Forty of sixty came back.",
        party=make_party(NORTHERN_COUNCIL),
        reported_by="Institute of the Coast",
        date=datetime.date(2031, 7, 1),
        date_precision="month",
        about=[{"clause": clause}, {"position": position}],
    )
    make_statement(
        "name",
        kind="slip",
        topics=["garrison"],
        source=make_source("coast-radio"),
        date=datetime.date(2031, 6, 1),
        date_precision="day",
        note="The gazette has the other name.",
        about=[{"person": make_person("front-envoy")}, {"source": make_source()}],
    )


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["fire", "name", "returned"]),
        ({"kind": "figure,slip"}, ["name", "returned"]),
        ({"topic": "garrison"}, ["name", "returned"]),
        ({"topic": "garrison,prisoners"}, ["name", "returned"]),  # each once
        ({"source": "coast-radio"}, ["name"]),
        ({"source": "harbour-gazette"}, ["fire", "name", "returned"]),  # by it, or about it
        ({"proposal": "council-plan"}, ["fire", "returned"]),  # about it, a clause of it, a position on it
        ({"clause": "council-plan/c01"}, ["returned"]),
        ({"position": "p001"}, ["returned"]),
        ({"party": NORTHERN_COUNCIL}, ["fire", "returned"]),  # the party itself, and its envoy
        ({"person": "council-envoy"}, ["fire"]),
        ({"person": "front-envoy"}, ["name"]),  # about him
        ({"said_by": NORTHERN_COUNCIL}, ["returned"]),  # the party alone
        ({"said_by": ["council-envoy", NORTHERN_COUNCIL]}, ["fire", "returned"]),
        ({"reported_by": "institute"}, ["returned"]),
        ({"date_from": "2031-07-31"}, ["returned"]),  # the month of July reaches to its last day
        ({"date_to": "2031-06-30"}, ["name"]),  # without a date, none is told
        ({"q": "forty"}, ["returned"]),
        ({"q": "harbour talks"}, ["fire", "name", "returned"]),
        ({"ordering": "date"}, ["name", "returned", "fire"]),  # without a date last
        ({"ordering": "source"}, ["name", "fire", "returned"]),
    ],
)
def test_statements_are_narrowed_and_ordered(api, statements, parameters, found):
    assert api.ids("statements/", **parameters) == found


def test_a_statement_tells_who_says_what_where_and_about_what(api, statements):
    body = api.get("statements/returned/").body

    assert (body["kind"], body["claim"]) == ("figure", "Forty of sixty came back.")
    assert body["said_by"] == {"kind": "party", "id": NORTHERN_COUNCIL}
    assert body["reported_by"] == "Institute of the Coast"
    assert (body["date"], body["date_precision"]) == ("2031-07-01", "month")
    assert body["topics"] == ["prisoners", "garrison"]
    assert body["about"] == [{"kind": "clause", "id": "council-plan/c01"}, {"kind": "position", "id": "p001"}]
    assert (body["source"], body["locator"], body["evidence"]) == ("harbour-gazette", "line 14", "full_text")


def test_what_a_source_says_itself_names_nobody_and_may_have_no_date(api, statements):
    body = api.get("statements/fire/").body
    own = api.get("statements/name/").body

    assert body["said_by"] == {"kind": "person", "id": "council-envoy"}
    assert body["date"] is body["date_precision"] is body["reported_by"] is None
    assert own["said_by"] is None


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"said_by": "council-envoi"}, {"said_by": ["unknown_party_or_person"]}),
        ({"kind": "rumour"}, {"kind": ["unknown_code"]}),
        ({"position": "p002"}, {"position": ["unknown_position"]}),
        ({"date_from": "2031-07-01", "date_to": "2031-06-01"}, {"date_to": ["ends_before_start"]}),
        ({"as_of": "2031-07-01"}, {"as_of": ["unknown_parameter"]}),
        ({"reported_by": ""}, {"reported_by": ["empty"]}),
    ],
)
def test_a_bad_value_is_refused_by_name(api, statements, parameters, faults):
    assert api.get("statements/", **parameters).faults == faults


def test_an_unknown_speaker_is_told_those_most_like_it(api, statements):
    answer = api.get("statements/", said_by="council-envoi")

    assert "Near it: council-envoy" in answer.body["detail"]
