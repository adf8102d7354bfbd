"""GET disputes/."""

import datetime

import pytest

from proposals.models import Dispute, DisputeAbout, DisputeClaim
from tests.factories import make_clause, make_person, make_position, make_proposal, make_source, make_topic


@pytest.fixture
def disputes(db):
    """Rival strengths of a garrison in a clause, and rival days of a plan."""
    clause = make_clause(make_proposal("council-plan"))
    strength = Dispute.objects.create(slug="d1", subject="Strength of the garrison")
    strength.topics.add(make_topic("garrison"))
    DisputeAbout.objects.create(dispute=strength, clause=clause, order=1)
    DisputeAbout.objects.create(dispute=strength, proposal=clause.proposal, order=2)
    for order, value in enumerate(["500", "800"], 1):
        source = make_source(f"paper-{order}")
        DisputeClaim.objects.create(dispute=strength, value=value, source=source, order=order)
    answer = make_clause(make_proposal("front-answer", date=datetime.date(2031, 6, 1)))
    length = Dispute.objects.create(slug="d3", subject="Length of the pier")
    DisputeAbout.objects.create(dispute=length, clause=answer, order=1)
    DisputeAbout.objects.create(dispute=length, source=make_source("map"), order=2)
    day = Dispute.objects.create(slug="d2", subject="Day of the plan")
    day.topics.add(make_topic("ceasefire"))
    DisputeAbout.objects.create(dispute=day, proposal=clause.proposal, order=1)
    DisputeAbout.objects.create(dispute=day, position=make_position("p001"), order=2)
    DisputeAbout.objects.create(dispute=day, person=make_person(), order=3)
    DisputeClaim.objects.create(dispute=day, value="1 May", source=make_source("paper-1"))


def test_rival_values_stand_side_by_side_with_their_sources(api, disputes):
    body = api.get("disputes/d1/").body

    assert body["about"] == [{"kind": "clause", "id": "council-plan/c01"}, {"kind": "proposal", "id": "council-plan"}]
    assert [(claim["value"], claim["source"]) for claim in body["claims"]] == [("500", "paper-1"), ("800", "paper-2")]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"topic": "garrison"}, ["d1"]),
        ({"proposal": "council-plan"}, ["d1", "d2"]),
        ({"proposal": "front-answer"}, ["d3"]),  # about a clause of it
        ({"clause": "council-plan/c01"}, ["d1"]),
        ({"source": "paper-1"}, ["d1", "d2"]),
        ({"source": "map"}, ["d3"]),  # about the source itself
        ({"source": "paper-1,paper-2"}, ["d1", "d2"]),  # each once
        ({"q": "day"}, ["d2"]),
        ({"id": "d3,d1"}, ["d1", "d3"]),
        ({"position": "p001"}, ["d2"]),
        ({"person": "council-envoy"}, ["d2"]),
    ],
)
def test_disputes_are_narrowed(api, disputes, parameters, found):
    assert api.ids("disputes/", **parameters) == found
