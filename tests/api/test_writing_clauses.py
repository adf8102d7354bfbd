"""POST proposals/{slug}/clauses/, PATCH and DELETE proposals/{slug}/clauses/{key}/."""

import json

import pytest

from proposals.models import Clause, Dependency, Stage
from tests.api.writing import CLAUSE, change, make_vocabulary, remove, tag
from tests.factories import make_clause, make_decision, make_proposal

CLAUSES = "proposals/council-plan/clauses/"


@pytest.fixture(autouse=True)
def plan(db):
    make_vocabulary()
    return make_proposal("council-plan")


def test_a_new_clause_stands_at_the_end_and_is_answered_as_it_is_read(staff_api, plan):
    make_clause(plan, key="c07", order=7)

    made = staff_api.post(CLAUSES, CLAUSE)

    read = staff_api.get(f"{CLAUSES}c01/")
    assert made.status == 201
    assert made.body == read.body
    assert made.headers["ETag"] == read.headers["ETag"]
    assert made.headers["Location"].endswith("/api/v1/proposals/council-plan/clauses/c01/")
    assert (made.body["id"], made.body["order"], made.body["stage"]) == ("council-plan/c01", 8, "draft")
    assert made.body["terms"][0]["value"] == 500
    assert made.body["roles"] == [{"role": "obligated", "party": "coastal-front"}]


def test_a_place_can_be_named(staff_api, plan):
    make_clause(plan, key="c07", order=7)

    made = staff_api.post(CLAUSES, CLAUSE | {"order": 3, "stage": "public"})

    assert made.body["order"] == 3
    assert staff_api.ids(CLAUSES) == ["council-plan/c01", "council-plan/c07"]


@pytest.mark.parametrize("order", [0, -1, 2**31, 1.5, "1", True])
def test_a_place_is_a_whole_number_from_one(staff_api, order):
    assert staff_api.post(CLAUSES, CLAUSE | {"order": order}).status == 400


def test_a_proposal_that_is_not_there_has_no_clauses(staff_api):
    refused = staff_api.post("proposals/council-pla/clauses/", CLAUSE)

    assert refused.status == 404
    assert "council-plan" in refused.body["detail"]


def test_every_fault_is_told_at_once_with_its_place(staff_api):
    term = {"kind": "quantity", "measure": "garrison_strenth", "comparator": "under", "value": "500"}

    refused = staff_api.post(CLAUSES, CLAUSE | {"terms": [term], "parent": "c99", "label": "x" * 201})

    assert refused.faults == {
        "#/terms/0/measure": ["unknown_measure"],
        "#/terms/0/comparator": ["unknown_code"],
        "#/terms/0/value": ["wrong_type"],
        "#/parent": ["unknown_clause"],
        "#/label": ["too_long"],
    }


def test_all_rules_that_one_row_breaks_are_told(staff_api):
    broken = {"kind": "quantity", "measure": "garrison_strength", "comparator": "unlimited", "value": 5, "value_max": 3}

    refused = staff_api.post(CLAUSES, CLAUSE | {"kind": "placeholder", "terms": [broken]})

    assert refused.status == 400
    assert len(refused.faults["#/terms/0"]) >= 2
    assert refused.faults["#"] == ["modality_without_provision"]


def test_a_key_in_use_is_a_clash(staff_api, plan):
    make_clause(plan)

    refused = staff_api.post(CLAUSES, CLAUSE)

    assert (refused.status, refused.faults) == (409, {"#/id": ["taken"]})


def test_a_change_moves_the_version_and_the_tag(staff_api):
    staff_api.post(CLAUSES, CLAUSE | {"stage": "public"})
    before = tag(staff_api, f"{CLAUSES}c01/")

    changed = change(staff_api, f"{CLAUSES}c01/", {"text": "It stays closed.", "modality": "must_not", "terms": None})

    assert changed.status == 200
    assert (changed.body["text"], changed.body["modality"], changed.body["terms"]) == (
        "It stays closed.",
        "must_not",
        [],
    )
    assert changed.body["topics"] == ["ceasefire"]
    assert changed.headers["ETag"] not in ("", before)
    assert changed.headers["ETag"] == tag(staff_api, f"{CLAUSES}c01/")


def test_a_changed_part_moves_the_tag_too(staff_api):
    staff_api.post(CLAUSES, CLAUSE)
    before = tag(staff_api, f"{CLAUSES}c01/")

    changed = change(staff_api, f"{CLAUSES}c01/", {"terms": [CLAUSE["terms"][0] | {"value": 400}]})

    assert changed.body["terms"][0]["value"] == 400
    assert changed.headers["ETag"] != before


def test_the_key_of_a_public_clause_is_fixed(staff_api, plan):
    make_clause(plan)

    refused = change(staff_api, f"{CLAUSES}c01/", {"id": "c99"})

    assert refused.faults == {"#/id": ["invalid"]}
    assert refused.body["detail"] == "The key of a public clause is fixed: addresses and citations use it."


def test_the_key_of_a_draft_can_change(staff_api, plan):
    make_clause(plan, stage=Stage.DRAFT)

    moved = change(staff_api, f"{CLAUSES}c01/", {"id": "c99"})

    assert (moved.status, moved.body["id"]) == (200, "council-plan/c99")
    assert moved.headers["ETag"] == tag(staff_api, f"{CLAUSES}c99/")


def test_a_clause_cannot_stand_inside_one_that_it_encloses(staff_api, plan):
    outer = make_clause(plan)
    make_clause(plan, parent=outer)

    refused = change(staff_api, f"{CLAUSES}c01/", {"parent": "c02"})

    assert refused.faults == {"#/parent": ["invalid"]}


def test_a_changed_text_makes_decisions_stale(staff_api, plan):
    make_decision(make_clause(plan), make_clause(make_proposal("front-answer")))

    change(staff_api, f"{CLAUSES}c01/", {"text": "It stays closed."})

    assert staff_api.get("decisions/", stale="true").body["count"] == 1


def test_a_clause_is_deleted_with_all_that_is_coded_on_it(staff_api):
    staff_api.post(CLAUSES, CLAUSE)

    assert remove(staff_api, f"{CLAUSES}c01/").status == 204
    assert not Clause.objects.exists()


def test_a_clause_that_another_depends_on_is_not_deleted(staff_api, plan):
    first, second = make_clause(plan), make_clause(plan)
    Dependency.objects.create(clause=second, target=first, relation="after")

    refused = remove(staff_api, f"{CLAUSES}c01/")

    assert (refused.status, refused.body["type"]) == (409, "/problems/still_referred_to")
    assert refused.body["holders"] == ["dependency comes after council-plan/c01: " + first.label]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1" * 400, "0.00000001"])
def test_a_number_that_no_column_holds_is_refused(staff_api, number):
    body = json.dumps(CLAUSE).replace("500", number)

    refused = staff_api.request("post", CLAUSES, data=body, content_type="application/json")

    assert refused.status == 400
    assert all(place.startswith("#/terms/0") for place in refused.faults)


def test_an_address_that_no_text_can_have_is_not_found(staff_api):
    for path in ("proposals/%00/clauses/c01/", "proposals/council-plan/clauses/%00/"):
        assert staff_api.patch(path, {"label": "x"}, **{"If-Match": "*"}).status == 404
        assert staff_api.delete(path, **{"If-Match": "*"}).status == 404
