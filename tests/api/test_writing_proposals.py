"""POST proposals/, PATCH and DELETE proposals/{slug}/."""

import pytest
from django.contrib.admin.models import LogEntry

from proposals.models import Clause, ImportedRecord, Lineage, Proposal, Stage
from tests.api.writing import CLAUSE, PROPOSAL, change, make_vocabulary, remove, tag
from tests.factories import make_clause, make_decision, make_position, make_proposal, make_topic


@pytest.fixture(autouse=True)
def _vocabulary(db):
    make_vocabulary()


def test_a_new_proposal_is_answered_as_it_is_read(staff_api):
    made = staff_api.post("proposals/", PROPOSAL)

    read = staff_api.get("proposals/front-answer/")
    assert made.status == 201
    assert made.body == read.body
    assert made.headers["ETag"] == read.headers["ETag"]
    assert made.headers["Location"].endswith("/api/v1/proposals/front-answer/")
    assert made.headers["Cache-Control"] == "no-store"
    assert (made.body["stage"], made.body["proposers"], made.body["outcome"]) == ("draft", ["coastal-front"], "open")


def test_a_new_proposal_may_come_with_its_clauses_in_their_order(staff_api):
    clauses = [CLAUSE, CLAUSE | {"id": "c02", "parent": "c01", "depends_on": [{"clause": "c01", "relation": "after"}]}]

    made = staff_api.post("proposals/", PROPOSAL | {"clauses": clauses, "stage": "review"})

    assert made.body["clause_count"] == 2
    listed = staff_api.get("proposals/front-answer/clauses/").body["results"]
    assert [(clause["key"], clause["order"], clause["stage"]) for clause in listed] == [
        ("c01", 1, "review"),
        ("c02", 2, "review"),
    ]
    assert listed[1]["parent"] == listed[1]["depends_on"][0]["clause"] == "front-answer/c01"


def test_readers_do_not_see_what_is_written_as_a_draft(staff_api, api):
    staff_api.post("proposals/", PROPOSAL | {"clauses": [CLAUSE]})

    assert api.get("proposals/front-answer/").status == 404
    assert api.get("clauses/").body["count"] == 0


def test_every_fault_is_told_at_once_with_its_place(staff_api):
    body = PROPOSAL | {
        "kind": "plan",
        "date": "2031-02-30",
        "titel": "x",
        "sources": ["harbour-gazete"],
        "clauses": [CLAUSE | {"topics": ["ceasefir"]}, CLAUSE | {"id": "c02", "text": " "}, CLAUSE],
    }
    del body["summary"]

    refused = staff_api.post("proposals/", body)

    assert refused.status == 400
    assert refused.faults == {
        "#/kind": ["unknown_code"],
        "#/date": ["not_a_date"],
        "#/titel": ["unknown_field"],
        "#/summary": ["missing"],
        "#/sources/0": ["unknown_source"],
        "#/clauses/0/topics/0": ["unknown_topic"],
        "#/clauses/1/text": ["empty"],
        "#/clauses/2/id": ["twice"],
    }
    assert "did you mean harbour-gazette?" in str(refused.body)
    assert not Proposal.objects.exists()


def test_rules_of_the_models_are_told_in_their_own_words_each(staff_api):
    broken = CLAUSE | {"kind": "deletion", "parent": "c01"}

    refused = staff_api.post(
        "proposals/",
        PROPOSAL | {"date_precision": "month", "date": "2031-06-02", "date_end": "2031-01-01", "clauses": [broken]},
    )

    assert refused.status == 400
    assert {fault["detail"] for fault in refused.body["errors"]} >= {
        "The last day is not before the first.",
        "A deletion names the clause that it strikes out.",
        "A deletion or placeholder has no modality.",
        "A clause does not enclose itself.",
    }
    assert not Proposal.objects.exists()


def test_rules_of_parts_are_told_at_the_part(staff_api):
    make_proposal("council-plan", date="2032-01-01")
    tie = {"proposal": "council-plan", "relation": "answers"}

    refused = staff_api.post("proposals/", PROPOSAL | {"lineage": [tie, tie]})

    assert refused.status == 400
    assert refused.faults == {"#/lineage/0/proposal": ["invalid"], "#/lineage/1/proposal": ["invalid"]}
    assert "Lineage is stored on the later proposal" in refused.body["errors"][0]["detail"]


def test_an_id_that_is_taken_is_a_clash(staff_api):
    make_proposal("front-answer")

    refused = staff_api.post("proposals/", PROPOSAL)

    assert refused.status == 409
    assert refused.body["type"] == "/problems/conflict"
    assert refused.faults == {"#/id": ["taken"]}


@pytest.mark.parametrize("body", [[], [PROPOSAL]])
def test_what_is_no_record_is_refused(staff_api, body):
    assert staff_api.post("proposals/", body).faults == {"#": ["wrong_type"]}


def test_decisions_do_not_come_with_a_proposal(staff_api):
    assert staff_api.post("proposals/", PROPOSAL | {"decisions": []}).faults == {"#/decisions": ["unknown_field"]}


@pytest.mark.parametrize(
    "inner", [{"clause": "c01", "other": "council-plan/c01", "verdict": []}, {"id": "c01", "terms": 1}]
)
def test_what_a_proposal_does_not_take_is_not_looked_into(staff_api, inner):
    posted = staff_api.post("proposals/", PROPOSAL | {"decisions": [inner]})
    staff_api.post("proposals/", PROPOSAL)
    changed = change(staff_api, "proposals/front-answer/", {"clauses": [inner]})

    assert posted.faults == {"#/decisions": ["unknown_field"]}
    assert changed.faults == {"#/clauses": ["unknown_field"]}


def test_a_change_touches_what_it_names_alone(staff_api):
    staff_api.post("proposals/", PROPOSAL | {"summary": "Short.", "outcome_note": "Nothing yet."})

    changed = change(staff_api, "proposals/front-answer/", {"outcome": "rejected", "outcome_note": None})

    assert changed.status == 200
    assert changed.body == staff_api.get("proposals/front-answer/").body
    assert changed.headers["ETag"] == tag(staff_api, "proposals/front-answer/")
    assert (changed.body["outcome"], changed.body["outcome_note"], changed.body["summary"]) == (
        "rejected",
        None,
        "Short.",
    )


def test_parts_are_merged_by_role_and_lists_are_replaced(staff_api):
    staff_api.post("proposals/", PROPOSAL)

    changed = change(
        staff_api,
        "proposals/front-answer/",
        {"parties": {"addressee": None, "signatory": ["northern-council"]}, "sources": []},
    )

    assert changed.body["parties"] == [
        {"role": "proposer", "party": "coastal-front"},
        {"role": "signatory", "party": "northern-council"},
    ]
    assert changed.body["sources"] == []


def test_a_change_of_nothing_leaves_the_version_alone(staff_api):
    staff_api.post("proposals/", PROPOSAL)
    before = tag(staff_api, "proposals/front-answer/")

    changed = change(staff_api, "proposals/front-answer/", {"title": PROPOSAL["title"]})

    assert changed.status == 200
    assert changed.headers["ETag"] == before
    assert LogEntry.objects.count() == 1


def test_what_must_be_there_cannot_be_taken_away(staff_api):
    staff_api.post("proposals/", PROPOSAL)

    refused = change(staff_api, "proposals/front-answer/", {"title": None, "stage": None, "clauses": []})

    assert refused.faults == {"#/title": ["missing"], "#/stage": ["missing"], "#/clauses": ["unknown_field"]}


def test_the_id_of_a_public_proposal_is_fixed_and_that_of_a_draft_is_not(staff_api):
    make_proposal("council-plan")
    make_proposal("council-draft", stage=Stage.DRAFT)

    fixed = change(staff_api, "proposals/council-plan/", {"id": "council-scheme"})
    moved = change(staff_api, "proposals/council-draft/", {"id": "council-scheme"})

    assert fixed.faults == {"#/id": ["invalid"]}
    assert fixed.body["detail"] == "The id of a public proposal is fixed: addresses and citations use it."
    assert (moved.status, moved.body["slug"]) == (200, "council-scheme")
    assert moved.headers["Content-Location"] == "/api/v1/proposals/council-scheme/"
    assert moved.headers["ETag"] == tag(staff_api, "proposals/council-scheme/")


def test_a_draft_takes_no_id_of_another(staff_api):
    make_proposal("council-plan")
    make_proposal("council-draft", stage=Stage.DRAFT)

    assert change(staff_api, "proposals/council-draft/", {"id": "council-plan"}).status == 409


def test_with_a_proposal_that_goes_public_go_its_clauses_but_those_withdrawn(staff_api, api):
    staff_api.post("proposals/", PROPOSAL | {"clauses": [CLAUSE, CLAUSE | {"id": "c02", "stage": "withdrawn"}]})

    change(staff_api, "proposals/front-answer/", {"stage": "public"})

    assert api.ids("proposals/front-answer/clauses/") == ["front-answer/c01"]


def test_a_proposal_is_deleted_with_its_clauses_and_decisions(staff_api):
    make_decision(make_clause(make_proposal("council-plan")), make_clause(make_proposal("front-answer")))

    gone = remove(staff_api, "proposals/front-answer/")

    assert gone.status == 204
    assert staff_api.get("proposals/front-answer/").status == 404
    assert staff_api.get("decisions/").body["count"] == 0


def test_what_others_refer_to_is_not_deleted(staff_api):
    plan = make_proposal("council-plan")
    make_position(proposal=plan, topic=make_topic())
    answer = make_proposal("front-answer", date="2031-06-01")
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")

    refused = remove(staff_api, "proposals/council-plan/")

    assert refused.status == 409
    assert refused.body["type"] == "/problems/still_referred_to"
    assert any("p001" in holder for holder in refused.body["holders"])
    assert Proposal.objects.filter(slug="council-plan").exists()


def test_every_write_stands_in_the_history_of_the_admin(staff_api):
    staff_api.post("proposals/", PROPOSAL)
    change(staff_api, "proposals/front-answer/", {"outcome": "rejected", "stage": "review"})
    remove(staff_api, "proposals/front-answer/")

    assert [
        (entry.user.username, entry.action_flag, entry.change_message) for entry in LogEntry.objects.order_by("pk")
    ] == [
        ("editor", 1, "Added through the API."),
        ("editor", 2, "Changed through the API: outcome."),
        ("editor", 2, "Stage: in review."),
        ("editor", 3, "Deleted through the API."),
    ]


def test_what_is_written_is_not_noted_as_imported(staff_api):
    staff_api.post("proposals/", PROPOSAL | {"clauses": [CLAUSE]})

    assert Clause.objects.count() == 1
    assert not ImportedRecord.objects.exists()
