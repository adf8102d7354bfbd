"""GET clauses/, proposals/{slug}/clauses/ and one clause."""

import datetime
from types import SimpleNamespace

import pytest

from proposals.models import Clause, ClauseParty, Contest, Dependency
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_process,
    make_proposal,
    make_term,
)


@pytest.fixture
def clauses(db):
    """Two clauses of the Council's plan of May, one of the Front's answer of June."""
    plan = make_proposal("council-plan")
    answer = make_proposal(
        "front-answer", date=datetime.date(2031, 6, 1), proposers=[COASTAL_FRONT], process=make_process("answers")
    )
    garrison = make_clause(
        plan,
        text="The garrison of the old harbour has at most 500 soldiers.",
        topics=["garrison", "ceasefire"],
        obligated=[COASTAL_FRONT],
        territories=["old-harbour"],
        modality=Clause.Modality.MUST_NOT,
    )
    ClauseParty.objects.create(clause=garrison, party=make_party(NORTHERN_COUNCIL), role="beneficiary", order=2)
    make_term(garrison)
    hope = make_clause(
        plan,
        text="Fishing boats return.",
        label="Fishing",
        topics=["fisheries"],
        kind=Clause.Kind.DECLARATION,
        modality=Clause.Modality.AIMS,
        wording=Clause.Wording.VERBATIM,
        evidence="unverified",
        confidence="low",
    )
    reply = make_clause(answer, text="The garrison stays.", topics=["garrison"], obligated=[NORTHERN_COUNCIL])
    return SimpleNamespace(garrison=garrison, hope=hope, reply=reply)


GARRISON, HOPE, REPLY = "council-plan/c01", "council-plan/c02", "front-answer/c01"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, [GARRISON, HOPE, REPLY]),  # by date of the proposal, then in reading order
        ({"proposal": "front-answer"}, [REPLY]),
        ({"proposal": "front-answer,council-plan"}, [GARRISON, HOPE, REPLY]),
        ({"process": "answers"}, [REPLY]),
        ({"topic": "garrison"}, [GARRISON, REPLY]),
        ({"topic": "garrison,ceasefire"}, [GARRISON, REPLY]),  # matches twice, stands once
        ({"topic_group": "security"}, [GARRISON, HOPE, REPLY]),
        ({"party": "northern-council"}, [GARRISON, REPLY]),
        ({"party": "northern-council", "role": "obligated"}, [REPLY]),
        ({"party": "northern-council", "role": "beneficiary,monitor"}, [GARRISON]),
        ({"role": "obligated"}, [GARRISON, REPLY]),
        ({"territory": "old-harbour"}, [GARRISON]),
        ({"modality": "must_not"}, [GARRISON]),
        ({"kind": "declaration"}, [HOPE]),
        ({"wording": "verbatim"}, [HOPE]),
        ({"evidence": "unverified"}, [HOPE]),
        ({"confidence": "low,medium"}, [HOPE]),
        ({"has_quantity": "true"}, [GARRISON]),
        ({"has_quantity": "false"}, [HOPE, REPLY]),
        ({"measure": "garrison_strength"}, [GARRISON]),
        ({"date_from": "2031-05-02"}, [REPLY]),
        ({"date_to": "2031-05-31"}, [GARRISON, HOPE]),
        ({"q": "FISHING BOATS"}, [HOPE]),
        ({"q": "fishing"}, [HOPE]),  # in the label
        ({"topic": "garrison", "proposal": "council-plan", "q": "soldiers"}, [GARRISON]),
        ({"ordering": "-date"}, [REPLY, HOPE, GARRISON]),
        ({"ordering": "proposal"}, [GARRISON, HOPE, REPLY]),
    ],
)
def test_clauses_are_narrowed_and_ordered(api, clauses, parameters, found):
    assert api.ids("clauses/", **parameters) == found


def test_the_clauses_of_a_proposal_are_its_own_in_reading_order(api, clauses):
    assert api.ids("proposals/council-plan/clauses/") == [GARRISON, HOPE]
    assert api.ids("proposals/council-plan/clauses/", topic="garrison") == [GARRISON]


def test_the_list_of_one_proposal_takes_no_other_proposal(api, clauses):
    answer = api.get("proposals/council-plan/clauses/", proposal="front-answer")

    assert answer.faults == {"proposal": ["unknown_parameter"]}


def test_a_clause_tells_everything_coded_on_it(api, clauses):
    Dependency.objects.create(clause=clauses.reply, target=clauses.garrison, relation=Dependency.Relation.INSTEAD_OF)
    Contest.objects.create(clause=clauses.reply, party=make_party(COASTAL_FRONT), objection="It is too many.")
    struck = make_clause(clauses.reply.proposal, kind=Clause.Kind.DELETION, modality="", strikes=clauses.hope)
    make_clause(clauses.reply.proposal, parent=struck)

    reply = api.get("proposals/front-answer/clauses/c01/").body

    assert reply["depends_on"] == [{"relation": "instead_of", "clause": GARRISON, "note": None}]
    assert reply["contested"] == [{"party": "coastal-front", "objection": "It is too many."}]
    assert api.get("proposals/front-answer/clauses/c02/").body["strikes"] == HOPE
    assert api.get("proposals/front-answer/clauses/c03/").body["parent"] == "front-answer/c02"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(500, 500), (0.2, 0.2), (99_999_999_999_999, 99_999_999_999_999)],  # whole, a share, the largest
)
def test_a_figure_is_answered_as_a_number(api, clauses, value, shown):
    make_term(clauses.reply, value=value, unit="percent")

    (term,) = api.get("proposals/front-answer/clauses/c01/").body["terms"]

    assert term["value"] == pytest.approx(shown)
