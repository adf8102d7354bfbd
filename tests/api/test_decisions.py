"""GET decisions/: for staff."""

import datetime

import pytest

from proposals.models import Decision
from tests.factories import make_clause, make_decision, make_proposal


@pytest.fixture
def decisions(db):
    """Two verdicts on the plan and its answers; the clause of the second one has changed since."""
    plan, answer = make_proposal("council-plan"), make_proposal("front-answer", date=datetime.date(2031, 6, 1))
    clause = make_clause(plan)
    make_decision(clause, make_clause(answer), relation=Decision.Relation.OVERLAP)
    other = make_clause(make_proposal("late-answer", date=datetime.date(2031, 7, 1)))
    make_decision(clause, other, verdict=Decision.Verdict.NOT_SAME_MATTER)
    other.text = "It says something else now."
    other.save()


def test_a_decision_tells_the_verdict_and_whether_it_is_stale(staff_api, decisions):
    first, second = staff_api.get("decisions/").body["results"]

    assert (first["left"], first["right"]) == ("council-plan/c01", "front-answer/c01")
    assert (first["verdict"], first["relation"], first["stale"]) == ("same_matter", "overlap", False)
    assert (second["verdict"], second["relation"], second["stale"]) == ("not_same_matter", None, True)
    assert staff_api.get(f"decisions/{first['id']}/").body == first


@pytest.mark.parametrize(
    ("parameters", "rights"),
    [
        ({"stale": "true"}, ["late-answer/c01"]),
        ({"stale": "false"}, ["front-answer/c01"]),
        ({"verdict": "same_matter"}, ["front-answer/c01"]),
        ({"proposal": "late-answer"}, ["late-answer/c01"]),  # whichever side it stands on
        ({"proposal": "council-plan"}, ["front-answer/c01", "late-answer/c01"]),
        ({"clause": "front-answer/c01"}, ["front-answer/c01"]),
    ],
)
def test_decisions_are_narrowed(staff_api, decisions, parameters, rights):
    found = staff_api.get("decisions/", **parameters).body["results"]

    assert [decision["right"] for decision in found] == rights


def test_decisions_are_for_staff_alone(api, decisions):
    number = Decision.objects.earliest("pk").pk

    assert api.get("decisions/").status == 401
    assert api.get(f"decisions/{number}/").status == 401
