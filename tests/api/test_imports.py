"""POST imports/: a document of the exchange format, all or nothing, as often as one likes."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from proposals.api.codes import ImportAction, RecordKind
from proposals.exchange.exporting import export_documents
from proposals.exchange.format import KINDS, LISTS
from proposals.exchange.plan import Action
from proposals.models import Clause, ImportedRecord, Proposal, Stage
from tests.api.conftest import Api
from tests.api.writing import change, remove
from tests.exchange.harbour import harbour
from tests.roles import make_user


@pytest.fixture
def document():
    """Every file of the invented case in one document."""
    whole = {"format": "concordance/1"}
    for content in harbour().values():
        for name, records in content.items():
            if name != "format":
                whole.setdefault(name, []).extend(records)
    for proposal in whole["proposals"]:
        for clause in proposal.get("clauses", []):
            clause.setdefault("sources", ["harbour-gazette"])
    return whole


def actions(answer):
    return {(one["kind"], one["address"]): one["action"] for one in answer.body["records"]}


def test_a_document_is_imported_and_told_record_by_record(staff_api, api, document):
    answer = staff_api.post("imports/", document)

    assert answer.status == 200
    assert answer.body["dry_run"] is False
    assert answer.body["counts"] == {
        "new": len(answer.body["records"]),
        "changed": 0,
        "unchanged": 0,
        "conflict": 0,
        "removed": 0,
        "absent": 0,
    }
    assert actions(answer)["clause", "front-answer/c03"] == "new"
    assert api.get("proposals/front-answer/").body["clause_count"] == 3


def test_sent_again_it_changes_nothing(staff_api, document):
    staff_api.post("imports/", document)
    versions = dict(Clause.objects.values_list("pk", "version"))

    again = staff_api.post("imports/", document)

    assert set(actions(again).values()) == {"unchanged"}
    assert dict(Clause.objects.values_list("pk", "version")) == versions


def test_a_dry_run_says_what_would_be_done_and_does_nothing(staff_api, document):
    dry = staff_api.post("imports/", document, dry_run="true")

    assert dry.body["dry_run"] is True
    assert not Proposal.objects.exists()
    assert not ImportedRecord.objects.exists()
    assert not LogEntry.objects.exists()
    assert staff_api.post("imports/", document).body["records"] == dry.body["records"]


def test_what_changed_is_told_by_field(staff_api, document):
    staff_api.post("imports/", document)
    document["proposals"][0]["clauses"][0]["text"] = "It keeps at most 500 men."

    answer = staff_api.post("imports/", document)

    (changed,) = [one for one in answer.body["records"] if one["action"] == "changed"]
    assert (changed["address"], changed["fields"], changed["reason"]) == ("council-plan/c01", ["text"], None)


def test_every_fault_is_told_with_its_place_and_nothing_is_written(staff_api, document):
    document["parties"][0]["kind"] = "army"
    clause = document["proposals"][0]["clauses"][1]
    clause["topics"] = ["navigaton"]
    clause["sauce"] = []
    del document["positions"][0]["statement"]

    refused = staff_api.post("imports/", document)

    assert refused.status == 400
    assert refused.faults == {
        "#/parties/0/kind": ["unknown_code"],
        "#/proposals/0/clauses/1/topics/0": ["unknown_topic"],
        "#/proposals/0/clauses/1/sauce": ["unknown_field"],
        "#/positions/0/statement": ["missing"],
    }
    assert not Proposal.objects.exists()


def test_rules_of_the_models_are_told_too(staff_api, document):
    document["proposals"][1]["clauses"][1]["modality"] = "must"

    refused = staff_api.post("imports/", document)

    assert refused.faults == {"#/proposals/1/clauses/1": ["modality_without_provision"]}
    assert not Proposal.objects.exists()


def test_of_many_faults_the_first_200_are_told_and_the_number_of_all(staff_api, document):
    document["parties"] += [{"id": f"member-{number}", "name": " ", "kind": "state"} for number in range(350)]

    refused = staff_api.post("imports/", document)

    assert len(refused.body["errors"]) == 200
    assert refused.body["fault_count"] == 350
    assert refused.body["detail"] == "350 values are not valid."


def test_what_an_editor_changed_is_left_alone_unless_overwritten(staff_api, document):
    staff_api.post("imports/", document)
    change(staff_api, "proposals/council-plan/clauses/c01/", {"text": "Of the editor."})
    remove(staff_api, "proposals/front-answer/clauses/c03/")
    change(staff_api, "positions/p001/", {"statement": "Of the editor."})

    kept = staff_api.post("imports/", document)
    forced = staff_api.post("imports/", document, overwrite="true")

    conflicts = {one["address"]: one["reason"] for one in kept.body["records"] if one["action"] == "conflict"}
    assert conflicts == {
        "council-plan/c01": "was edited here since it was imported",
        "front-answer/c03": "was deleted here since it was imported",
        "p001": "was edited here since it was imported",
    }
    assert forced.body["counts"]["conflict"] == 0
    assert Clause.objects.get(key="c01", proposal__slug="council-plan").text != "Of the editor."


def test_what_was_made_through_the_api_is_no_work_of_an_import(staff_api, document):
    staff_api.post("imports/", document)
    clause = document["proposals"][0]["clauses"][0] | {"id": "c09"}
    staff_api.post("proposals/council-plan/clauses/", clause)
    document["proposals"][0]["clauses"].append(clause | {"text": "Of the document."})

    answer = staff_api.post("imports/", document)

    assert actions(answer)["clause", "council-plan/c09"] == "conflict"


def test_what_the_document_lacks_is_told_and_removed_on_request(staff_api, document):
    staff_api.post("imports/", document)
    document["proposals"][1]["clauses"].pop()

    told = staff_api.post("imports/", document)
    pruned = staff_api.post("imports/", document, prune="true")

    assert actions(told)["clause", "front-answer/c03"] == "absent"
    assert actions(pruned)["clause", "front-answer/c03"] == "removed"
    assert not Clause.objects.filter(key="c03").exists()


def test_an_import_leaves_stages_alone_and_makes_what_is_new_public(staff_api, document):
    staff_api.post("imports/", document)
    change(staff_api, "proposals/council-plan/", {"stage": "withdrawn"})

    staff_api.post("imports/", document)

    assert Proposal.objects.get(slug="council-plan").stage == Stage.WITHDRAWN
    assert Proposal.objects.get(slug="front-answer").stage == Stage.PUBLIC


def test_an_import_stands_in_the_history_of_its_records(staff_api, document):
    answer = staff_api.post("imports/", document)

    entries = LogEntry.objects.filter(user__username="editor", change_message="Added by an import through the API.")
    assert entries.count() == answer.body["counts"]["new"]


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("", {"#": ["unreadable"]}),
        ("{", {"#": ["unreadable"]}),
        ("[]", {"#": ["wrong_type"]}),
        ("{}", {"#/format": ["missing"]}),
        ('{"format": "concordance/9"}', {"#/format": ["unknown_format"]}),
        ('{"format": "concordance/1", "format": "concordance/1"}', {"#/format": ["unreadable"]}),
        (
            '{"format": "concordance/1", "sources": [{"id": "\\u0000"}]}',
            {"#/sources/0/id": ["unreadable", "not_an_id"]},
        ),
        ("[" * 5000, {"#": ["unreadable"]}),
    ],
)
def test_what_is_no_document_is_refused(staff_api, body, faults):
    refused = staff_api.request("post", "imports/", data=body, content_type="application/json")

    assert refused.status == 400
    for place, codes in faults.items():
        assert set(refused.faults[place]) == set(codes)


def test_a_document_may_hold_five_million_bytes(staff_api):
    body = '{"format": "concordance/1", "x": "' + "x" * 5_000_000 + '"}'

    assert staff_api.request("post", "imports/", data=body, content_type="application/json").status == 413
    assert staff_api.request("post", "imports/", data=b"\xff", content_type="application/json").status == 400
    assert staff_api.request("post", "imports/", data="{}", content_type="application/yaml").status == 415


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"dryrun": "true"}, {"dryrun": ["unknown_parameter"]}),
        ({"dry_run": "yes"}, {"dry_run": ["not_true_or_false"]}),
        ({"prune": ""}, {"prune": ["empty"]}),
        ({"overwrite": ["true", "false"]}, {"overwrite": ["repeated"]}),
    ],
)
def test_a_mistyped_option_imports_nothing(staff_api, document, parameters, faults):
    refused = staff_api.post("imports/", document, **parameters)

    assert (refused.status, refused.faults) == (400, faults)
    assert not Proposal.objects.exists()


def test_what_an_export_gives_is_unchanged_when_it_comes_back(staff_api, shipped):
    whole = {"format": "concordance/1", **{name: [] for name in LISTS}}
    for _name, content in export_documents():
        for name in content.keys() - {"format"}:
            whole[name] += content[name]

    answer = staff_api.post("imports/", json.loads(json.dumps(whole)))

    assert answer.status == 200
    assert {action for action, count in answer.body["counts"].items() if count} == {"unchanged"}


def test_the_codes_are_those_of_the_exchange():
    assert set(ImportAction.values) == {action.value for action in Action}
    assert set(RecordKind.values) == set(KINDS)


def test_a_clause_that_names_no_source_waits_in_review(staff_api, document):
    del document["proposals"][0]["clauses"][0]["sources"]

    staff_api.post("imports/", document)

    waiting = Clause.objects.filter(stage=Stage.REVIEW)
    assert [clause.citations.count() for clause in waiting] == [0]
    assert Clause.objects.filter(stage=Stage.PUBLIC).exists()


def test_where_two_are_needed_what_is_new_waits_in_review(staff_api, document, settings):
    settings.FOUR_EYES = True

    staff_api.post("imports/", document)

    assert set(Proposal.objects.values_list("stage", flat=True)) == {Stage.REVIEW}
    assert set(Clause.objects.values_list("stage", flat=True)) == {Stage.REVIEW}


@pytest.mark.parametrize("option", ["overwrite", "prune"])
def test_who_may_import_may_not_overwrite_unless_that_is_permitted_too(db, document, option):
    client = Client()
    client.force_login(make_user("editor"))

    refused = Api(client).post("imports/", document, **{option: "true"})

    assert refused.status == 403
    assert "proposals.overwrite_records" in refused.body["detail"]
    assert Api(client).post("imports/", document).status == 200
