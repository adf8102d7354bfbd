"""GET proposals/."""

import datetime
from types import SimpleNamespace

import pytest

from proposals.models import Lineage, Proposal, ProposalParty, Silence
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
    NORTHERN_COUNCIL,
    make_party,
    make_process,
    make_proposal,
    make_topic,
)


@pytest.fixture
def plans(db):
    """A plan of the Council, the Front's answer through a mediator, and a reported offer of May 2032."""
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    answer = make_proposal(
        "front-answer",
        date=datetime.date(2031, 6, 1),
        proposers=[COASTAL_FRONT],
        kind=Proposal.Kind.COUNTER_PROPOSAL,
        outcome=Proposal.Outcome.REJECTED,
    )
    ProposalParty.objects.create(proposal=answer, party=make_party(MEDIATOR), role="mediator", order=2)
    ProposalParty.objects.create(proposal=answer, party=make_party(NORTHERN_COUNCIL), role="addressee", order=3)
    Lineage.objects.create(proposal=answer, earlier=plan, relation=Lineage.Relation.ANSWERS)
    make_proposal(
        "may-offer",
        date=datetime.date(2032, 5, 1),
        date_precision="month",
        text_status=Proposal.TextStatus.REPORTED,
        clauses_complete=Proposal.Completeness.NO,
        process=make_process("fishing-talks"),
    )
    return SimpleNamespace(plan=plan, answer=answer)


def test_a_proposal_tells_everything_but_its_clauses(api, plans):
    Silence.objects.create(
        proposal=plans.answer,
        topic=make_topic("fisheries"),
        reason="The text speaks of ships of war only.",
        checked_by="two readers",
        checked_on=datetime.date(2032, 1, 1),
    )

    body = api.get("proposals/front-answer/").body

    assert body["parties"] == [
        {"role": "proposer", "party": "coastal-front"},
        {"role": "mediator", "party": "mediator"},
        {"role": "addressee", "party": "northern-council"},
    ]
    assert body["proposers"] == ["coastal-front"]
    assert body["lineage"] == [{"relation": "answers", "proposal": "council-plan", "note": None}]
    assert body["silences"][0]["topic"] == "fisheries"
    assert (body["clause_count"], body["reliability"]) == (0, "B")
    assert api.get("proposals/council-plan/").body["clause_count"] == 1


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["council-plan", "front-answer", "may-offer"]),  # by date
        ({"process": "fishing-talks"}, ["may-offer"]),
        ({"kind": "counter_proposal"}, ["front-answer"]),
        ({"text_status": "reported"}, ["may-offer"]),
        ({"clauses_complete": "no,partly"}, ["may-offer"]),
        ({"outcome": "rejected"}, ["front-answer"]),
        ({"party": "northern-council"}, ["council-plan", "front-answer", "may-offer"]),  # in any role
        ({"party": "northern-council", "role": "addressee"}, ["front-answer"]),  # in that role
        ({"party": "coastal-front", "role": "mediator"}, []),  # a mediator is there, but it is another party
        ({"role": "mediator"}, ["front-answer"]),
        ({"party": "coastal-front,mediator"}, ["front-answer"]),  # found once
        ({"date_from": "2031-06-01", "date_to": "2031-06-01"}, ["front-answer"]),  # both ends count
        ({"date_from": "2032-05-31"}, ["may-offer"]),  # a month reaches to its last day
        ({"date_from": "2032-06-01"}, []),
        ({"date_to": "2032-05-01"}, ["council-plan", "front-answer", "may-offer"]),
        ({"q": "COUNCIL PLAN"}, ["council-plan"]),
        ({"q": "100%"}, []),
        ({"ordering": "-date"}, ["may-offer", "front-answer", "council-plan"]),
        ({"ordering": "title"}, ["council-plan", "front-answer", "may-offer"]),
    ],
)
def test_proposals_are_narrowed_and_ordered(api, plans, parameters, found):
    assert api.ids("proposals/", **parameters) == found


def test_a_role_that_is_none_is_refused_with_the_known_ones(api, plans):
    answer = api.get("proposals/", role="broker")

    assert answer.faults == {"role": ["unknown_code"]}
    assert "proposer, addressee, mediator, signatory, guarantor, endorser" in answer.body["detail"]
