"""Addresses of clauses that were split, merged or deleted answer 410 and name what stands in their place."""

import pytest

from parties.models import Change
from proposals.models import Clause, Proposal, RetiredKey, Stage
from tests.api.writing import CLAUSE, change, make_vocabulary, remove
from tests.factories import make_clause, make_proposal

CLAUSES = "proposals/council-plan/clauses/"


@pytest.fixture
def plan(db):
    """A plan whose c01 was split into c02, which is public, and c03, which is a draft."""
    plan = make_proposal("council-plan")
    make_clause(plan, key="c02")
    make_clause(plan, key="c03", stage=Stage.DRAFT)
    RetiredKey.objects.create(proposal=plan, key="c01", why="split", successors=["c02", "c03"])
    return plan


@pytest.mark.parametrize("path", ["c01/", "c01/counterparts/"])
def test_the_answer_names_the_successors_that_the_reader_sees(api, staff_api, plan, path):
    gone = api.get(f"{CLAUSES}{path}")

    assert gone.status == 410
    assert gone.headers["Content-Type"] == "application/problem+json"
    assert gone.headers["Cache-Control"] == "no-store"
    assert (gone.body["type"], gone.body["why"]) == ("/problems/clause_retired", "split")
    assert gone.body["successors"] == ["council-plan/c02"]
    assert gone.body["detail"] == "Clause council-plan/c01 was split; in its place: council-plan/c02."
    assert staff_api.get(f"{CLAUSES}{path}").body["successors"] == ["council-plan/c02", "council-plan/c03"]


def test_a_deleted_clause_has_no_successors(api, staff_api, plan):
    assert remove(staff_api, f"{CLAUSES}c02/").status == 204

    gone = api.get(f"{CLAUSES}c02/")

    assert (gone.status, gone.body["why"], gone.body["successors"]) == (410, "deleted", [])


def test_it_is_told_as_removed_in_the_list_of_changes(api, staff_api, plan):
    remove(staff_api, f"{CLAUSES}c02/")

    assert not Change.objects.get(kind="clause", address="council-plan/c02").visible


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_nothing_is_written_at_its_address(staff_api, plan, method):
    sent = {"data": {}, "content_type": "application/json"} if method == "patch" else {}

    answer = staff_api.request(method, f"{CLAUSES}c01/", headers={"If-Match": "*"}, **sent)

    assert answer.status == 410


def test_no_new_clause_takes_its_key(staff_api, plan):
    make_vocabulary()

    refused = staff_api.post(CLAUSES, CLAUSE)

    assert refused.status == 409
    assert refused.faults == {"#/id": ["key_retired"]}
    assert Clause.objects.count() == 2


@pytest.mark.parametrize("hide", ["the proposal", "the key"])
def test_readers_are_told_nothing_of_what_they_never_saw(api, plan, hide):
    if hide == "the proposal":
        Proposal.objects.update(stage=Stage.DRAFT)
    else:
        RetiredKey.objects.update(public=False)

    assert api.get(f"{CLAUSES}c01/").status == 404


def test_an_address_that_never_was_is_not_found(api, plan):
    assert api.get(f"{CLAUSES}c99/").status == 404
    assert api.get(f"{CLAUSES}c%0001/").status == 404


def test_a_changed_proposal_keeps_its_retired_keys(staff_api, plan):
    assert change(staff_api, "proposals/council-plan/", {"summary": "Another summary."}).status == 200

    assert RetiredKey.objects.get().successors == ["c02", "c03"]
