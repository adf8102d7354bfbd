"""Comparing invented proposals: what is loaded, for whom, and what is refused."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.comparison import Draft, UnableToCompare, UnknownProposals, compare
from proposals.models import Decision, Dispute, DisputeAbout, DisputeClaim, Stage
from tests.factories import (
    make_clause,
    make_decision,
    make_position,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)
from tests.roles import SEES_ALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans():
    """The Northern Council's plan and the Coastal Front's answer: one matter in both, one in the plan alone."""
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1), proposers=["coastal-front"])
    capped = make_clause(plan, text="The garrison of the old harbour has at most 500 soldiers.", topics=["garrison"])
    make_term(capped, value=500)
    higher = make_clause(answer, text="The garrison of the old harbour has at most 800 soldiers.", topics=["garrison"])
    make_term(higher, value=800)
    make_clause(plan, text="Fishing boats are given licences again.", topics=["fishing"])
    return SimpleNamespace(plan=plan, answer=answer, capped=capped, higher=higher)


def draft(*texts, slug="leak"):
    clauses = [
        {
            "id": f"{slug}/c{order:02}",
            "proposal": slug,
            "key": f"c{order:02}",
            "parent": None,
            "order": order,
            "number": str(order),
            "label": "",
            "text": text,
            "wording": "verbatim",
            "language": "en",
            "kind": "commitment",
            "roles": [],
            "topics": [],
            "territories": [],
            "terms": [],
            "depends_on": [],
            "contested": [],
            "sources": [],
        }
        | dict.fromkeys(["strikes", "modality", "legal_effect", "extent", "permanence", "condition", "note", "locator"])
        | {"evidence": None, "confidence": None}
        for order, text in enumerate(texts, 1)
    ]
    return Draft(slug=slug, clauses=clauses)


def row_with(document, clause_id):
    return next(row for row in document["rows"] if any(clause_id in cell["clauses"] for cell in row["cells"]))


def test_the_two_figures_stand_in_one_row_with_both_values(plans):
    document = compare(proposals=["council-plan", "front-answer"])

    row = row_with(document, "council-plan/c01")
    assert row["kind"] == "diverge"
    assert [side["value"] for side in row["divergences"][0]["sides"]] == [500, 800]


def test_what_the_other_leaves_out_is_a_gap_with_what_was_nearest(plans):
    document = compare(proposals=["council-plan", "front-answer"])

    gap = next(one for one in document["gaps"] if one["clauses"] == ["council-plan/c02"])
    assert (gap["kind"], gap["state"], gap["absent_from"]) == ("matter", "not_found", ["front-answer"])
    assert gap["nearest"]["clause"] == "front-answer/c01"


def test_a_change_of_a_clause_changes_the_next_comparison(plans):
    before = compare(proposals=["council-plan", "front-answer"])
    plans.capped.text = "The mediator writes a yearly report."
    plans.capped.save()

    after = compare(proposals=["council-plan", "front-answer"])

    assert after["included"]["clauses"]["council-plan/c01"]["text"] == "The mediator writes a yearly report."
    assert after["method"]["inputs_digest"] != before["method"]["inputs_digest"]


def test_the_inputs_digest_does_not_depend_on_the_asked_order(plans):
    there = compare(proposals=["council-plan", "front-answer"])
    back = compare(proposals=["front-answer", "council-plan"])

    assert there["method"] == back["method"]


def test_an_editors_verdict_comes_before_the_engines(plans):
    make_decision(plans.capped, plans.higher, verdict=Decision.Verdict.NOT_SAME_MATTER)

    document = compare(proposals=["council-plan", "front-answer"])

    assert [row["kind"] for row in document["rows"]] == ["alone", "alone", "alone"]


def test_a_verdict_on_words_that_have_changed_is_kept_and_marked_stale(plans):
    make_decision(plans.capped, plans.higher, relation="overlap")
    plans.higher.text = "The mediator writes a yearly report."
    plans.higher.save()

    document = compare(proposals=["council-plan", "front-answer"])

    [link] = row_with(document, "council-plan/c01")["links"]
    assert (link["relation"], link["decided_by"], link["stale"]) == ("overlap", "editor", True)


def test_a_pasted_text_is_laid_beside_a_stored_one(plans):
    document = compare(proposals=["council-plan", draft("The garrison of the old harbour has at most 900 soldiers.")])

    row = row_with(document, "leak/c01")
    assert row_with(document, "council-plan/c01") == row
    assert document["proposals"][1]["clause_count"] == 1


def test_readers_are_not_shown_what_is_not_public(plans):
    hidden = make_clause(plans.plan, text="A secret clause on the lighthouse.", topics=["garrison"], stage=Stage.DRAFT)
    make_proposal("secret-plan", clauses=["The lighthouse is handed over."], stage=Stage.REVIEW)
    answer = {"proposals": ["council-plan", "front-answer"]}

    assert f"council-plan/{hidden.key}" not in compare(**answer)["included"]["clauses"]
    assert f"council-plan/{hidden.key}" in compare(**answer, user=SEES_ALL)["included"]["clauses"]
    with pytest.raises(UnknownProposals) as refused:
        compare(proposals=["council-plan", "secret-plan"])
    assert refused.value.near == {"secret-plan": ["council-plan"]}


def test_statements_made_later_are_left_out(plans):
    garrison = make_topic("garrison")
    make_position("p001", topic=garrison, date=datetime.date(2031, 5, 2), red_line=True)
    make_position("p002", topic=garrison, date=datetime.date(2031, 9, 1))
    asked = {"proposals": ["council-plan", "front-answer"], "include": ["positions", "readings"]}

    early = compare(**asked, as_of=datetime.date(2031, 6, 30))
    whole = compare(**asked)

    assert row_with(early, "council-plan/c01")["positions"] == ["p001"]
    assert row_with(whole, "council-plan/c01")["positions"] == ["p002", "p001"]
    assert early["readings"]["sticking_points"][0]["red_lines"] == ["p001"]
    assert early["readings"]["within_reach"] == []


def test_a_dispute_stands_in_the_row_of_the_clause_it_is_about(plans):
    dispute = Dispute.objects.create(slug="d01", subject="Strength of the garrison")
    DisputeAbout.objects.create(dispute=dispute, clause=plans.capped)
    for value in ("500", "550"):
        DisputeClaim.objects.create(dispute=dispute, value=value, source=make_source())

    document = compare(proposals=["council-plan", "front-answer"], include=["disputes"])

    assert row_with(document, "council-plan/c01")["disputes"] == ["d01"]
    assert row_with(document, "council-plan/c02")["disputes"] == []
    assert [claim["value"] for claim in document["included"]["disputes"]["d01"]["claims"]] == ["500", "550"]


def test_the_number_of_queries_does_not_grow_with_the_clauses(plans):
    def queries():
        with CaptureQueriesContext(connection) as made:
            compare(proposals=["council-plan", "front-answer"], include=["positions", "disputes", "readings"])
        return len(made)

    def visits(numbers):
        for number in numbers:
            text = f"The mediator visits lighthouse {number}."
            make_term(make_clause(plans.plan, text=text, territories=["old-harbour"]), value=number)

    visits(range(1))
    few = queries()
    visits(range(1, 30))

    assert queries() == few


REFUSED = [
    # what was asked, and the codes of the faults
    (["council-plan"], ["number_of_proposals"]),
    ([], ["number_of_proposals"]),
    (["council-plan", "council-plan"], ["proposal_twice"]),
    (["council-plan", "nowhere", "nothing"], ["unknown_proposal", "unknown_proposal"]),
    ([f"plan-{number}" for number in range(9)], ["number_of_proposals"]),
]


@pytest.mark.parametrize(("slugs", "codes"), REFUSED)
def test_what_cannot_be_compared_is_refused_with_every_fault(plans, slugs, codes):
    with pytest.raises(UnableToCompare) as refused:
        compare(proposals=slugs)

    assert [fault.code for fault in refused.value.faults] == codes


def test_a_draft_may_not_take_the_name_of_a_stored_proposal(plans):
    with pytest.raises(UnableToCompare) as refused:
        compare(proposals=["front-answer", draft("The garrison leaves.", slug="council-plan")])

    assert [(fault.code, fault.index) for fault in refused.value.faults] == [("slug_taken", 1)]


def test_more_clauses_than_one_answer_holds_are_refused(plans):
    long = draft(*["The garrison leaves."] * 1001)

    with pytest.raises(UnableToCompare, match="at most 1000 clauses"):
        compare(proposals=["council-plan", long])


def test_an_unknown_topic_is_refused_by_name(plans):
    with pytest.raises(UnableToCompare, match="no topic lighthouse"):
        compare(proposals=["council-plan", "front-answer"], topics=["lighthouse"])
