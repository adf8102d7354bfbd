"""GET clauses/?facets=: how many clauses each value would leave."""

import datetime

import pytest

from proposals.models import Clause, ClauseParty, Stage
from proposals.search import MAX_VALUES
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_proposal,
    make_term,
    make_topic,
)


@pytest.fixture
def clauses(db):
    """Three clauses of the Council's plan of 2031, one of the Front's answer of the turn of 2032; one is a draft."""
    plan = make_proposal("council-plan")
    answer = make_proposal(
        "front-answer",
        date=datetime.date(2031, 12, 31),
        date_end=datetime.date(2032, 1, 2),
        proposers=[COASTAL_FRONT],
    )
    garrison = make_clause(
        plan,
        text="The garrison is limited.",
        topics=["garrison", "ceasefire"],
        obligated=[COASTAL_FRONT],
        territories=["old-harbour"],
    )
    ClauseParty.objects.create(clause=garrison, party=make_party(COASTAL_FRONT), role="beneficiary", order=2)
    make_term(garrison)
    make_clause(plan, text="Boats return.", topics=["fisheries"], modality=Clause.Modality.AIMS)
    make_clause(plan, text="Observers watch.", topics=["ceasefire"], obligated=[MEDIATOR])
    make_clause(plan, text="A hidden garrison.", topics=["garrison"], obligated=[MEDIATOR], stage=Stage.DRAFT)
    make_clause(answer, text="The garrison stays.", topics=["garrison"], obligated=[NORTHERN_COUNCIL])


def counts(api, facet, path="clauses/", **parameters):
    values = api.get(path, facets=facet, **parameters).body["facets"][facet]["values"]
    return {value["value"]: value["count"] for value in values}


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        ("topic", {"ceasefire": 2, "garrison": 2, "fisheries": 1}),
        ("party", {"coastal-front": 1, "mediator": 1, "northern-council": 1}),
        ("role", {"obligated": 3, "beneficiary": 1}),
        ("modality", {"must": 3, "aims": 1}),
        ("proposal", {"council-plan": 3, "front-answer": 1}),
        ("territory", {"old-harbour": 1}),
        ("has_quantity", {"false": 3, "true": 1}),
        ("date", {"2031": 4, "2032": 1}),  # a proposal that lasts into a year counts in both
    ],
)
def test_each_value_is_counted(api, clauses, facet, expected):
    assert counts(api, facet) == expected


@pytest.mark.parametrize("facet", ["topic", "party", "role", "modality", "proposal", "territory", "has_quantity"])
def test_a_count_is_what_the_parameter_leaves(api, clauses, facet):
    for others in ({}, {"q": "garrison"}, {"role": "obligated"}, {"party": COASTAL_FRONT}, {"topic": "garrison"}):
        told = counts(api, facet, **others)

        for value, count in told.items():
            assert api.get("clauses/", **(others | {facet: value})).body["count"] == count


def test_the_count_of_a_year_is_what_its_dates_leave(api, clauses):
    years = api.get("clauses/", facets="date").body["facets"]["date"]["values"]

    for year in years:
        dates = {"date_from": year["date_from"], "date_to": year["date_to"]}
        assert api.get("clauses/", **dates).body["count"] == year["count"]


def test_what_is_chosen_of_a_facet_narrows_the_others_but_not_itself(api, clauses):
    body = api.get("clauses/", topic="fisheries", facets="topic,modality").body

    assert body["count"] == 1
    assert {value["value"]: value["count"] for value in body["facets"]["topic"]["values"]} == {
        "ceasefire": 2,
        "garrison": 2,
        "fisheries": 1,
    }
    assert [value["value"] for value in body["facets"]["modality"]["values"]] == ["aims"]


def test_parties_are_counted_by_role(api, clauses):
    front, *_ = api.get("clauses/", facets="party").body["facets"]["party"]["values"]

    assert front == {
        "value": "coastal-front",
        "name": "Coastal Front",
        "count": 1,
        "roles": [{"role": "beneficiary", "count": 1}, {"role": "obligated", "count": 1}],
    }


def test_facets_that_were_not_asked_for_are_null(api, clauses):
    facets = api.get("clauses/", facets="topic").body["facets"]

    assert {name for name, facet in facets.items() if facet is not None} == {"topic"}


def test_facets_count_what_a_query_finds(api, clauses):
    assert counts(api, "topic", q="garrison") == {"garrison": 2, "ceasefire": 1}
    assert counts(api, "topic", q="xylophone") == {}


def test_values_are_named_for_people(api, clauses):
    facets = api.get("clauses/", facets="topic,modality,proposal,has_quantity").body["facets"]

    assert facets["topic"]["values"][1]["name"] == "Garrison"
    assert facets["modality"]["values"][0]["name"] == "must"
    assert facets["proposal"]["values"][0]["name"] == "Council Plan"
    assert facets["has_quantity"]["values"][0]["name"] == "sets no quantity"


def test_what_is_hidden_is_counted_for_staff_alone(api, staff_api, clauses):
    assert counts(api, "topic")["garrison"] == 2
    assert counts(staff_api, "topic")["garrison"] == 3


def test_at_most_fifty_values_are_told_with_the_chosen_ones_among_them(api):
    plan = make_proposal()
    for number in range(MAX_VALUES + 5):
        make_topic(f"topic-{number:02}")
    for number in range(MAX_VALUES + 5):
        for _ in range(2 if number < MAX_VALUES else 1):
            make_clause(plan, topics=[f"topic-{number:02}"])

    plain = api.get("clauses/", facets="topic", limit=1).body["facets"]["topic"]
    chosen = api.get("clauses/", facets="topic", limit=1, topic="topic-54").body["facets"]["topic"]

    assert (len(plain["values"]), plain["rest"]) == (MAX_VALUES, 5)
    assert (len(chosen["values"]), chosen["rest"]) == (MAX_VALUES, 5)
    assert chosen["values"][-1] == {"value": "topic-54", "name": "Topic 54", "count": 1}


def test_the_clauses_of_a_proposal_have_facets_of_their_own(api, clauses):
    path = "proposals/council-plan/clauses/"

    assert counts(api, "topic", path) == {"ceasefire": 2, "fisheries": 1, "garrison": 1}
    assert api.get(path, facets="proposal").faults == {"facets": ["unknown_code"]}


def test_the_shipped_counts_add_up(api, shipped):
    body = api.get("clauses/", facets="proposal,has_quantity,modality", limit=1).body

    assert sum(value["count"] for value in body["facets"]["proposal"]["values"]) == body["count"]
    assert sum(value["count"] for value in body["facets"]["has_quantity"]["values"]) == body["count"]
