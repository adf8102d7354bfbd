"""POST positions/, PATCH and DELETE positions/{id}/."""

import pytest

from proposals.models import Dispute, DisputeAbout, Position, Stage
from tests.api.writing import POSITION, change, make_vocabulary, remove, tag
from tests.factories import make_clause, make_position, make_proposal


@pytest.fixture(autouse=True)
def _vocabulary(db):
    make_vocabulary()


def test_a_new_position_is_answered_as_it_is_read(staff_api, api):
    made = staff_api.post("positions/", POSITION)

    assert made.status == 201
    assert made.body == staff_api.get("positions/p001/").body
    assert made.headers["ETag"] == tag(staff_api, "positions/p001/")
    assert made.headers["Location"].endswith("/api/v1/positions/p001/")
    assert made.body["stage"] == "draft"
    assert api.get("positions/p001/").status == 404


def test_every_fault_is_told_at_once_with_its_place(staff_api):
    refused = staff_api.post("positions/", POSITION | {"party": "coastal-frond", "stance": "likes", "red_line": "yes"})

    assert refused.faults == {
        "#/party": ["unknown_party"],
        "#/stance": ["unknown_code"],
        "#/red_line": ["wrong_type"],
    }


def test_rules_of_the_model_are_told_in_its_words(staff_api):
    make_clause(make_proposal("council-plan"))
    make_proposal("front-answer")

    refused = staff_api.post("positions/", POSITION | {"clause": "council-plan/c01", "proposal": "front-answer"})

    assert refused.faults == {"#/clause": ["invalid"]}
    assert refused.body["detail"] == "The clause is one of the proposal named."


def test_a_position_is_changed_and_made_public(staff_api, api):
    staff_api.post("positions/", POSITION)

    changed = change(staff_api, "positions/p001/", {"stage": "public", "red_line": True, "date": "2031-07-01"})

    assert changed.status == 200
    assert api.get("positions/p001/").body == changed.body
    assert (changed.body["red_line"], changed.body["date"]) == (True, "2031-07-01")


def test_an_id_that_is_taken_is_a_clash(staff_api):
    make_position()

    assert staff_api.post("positions/", POSITION).status == 409


def test_a_position_is_deleted(staff_api):
    make_position(stage=Stage.WITHDRAWN)

    assert remove(staff_api, "positions/p001/").status == 204
    assert not Position.objects.exists()


def test_a_position_that_a_dispute_is_about_is_not_deleted(staff_api):
    DisputeAbout.objects.create(
        dispute=Dispute.objects.create(slug="d001", subject="Who said it"), position=make_position()
    )

    assert remove(staff_api, "positions/p001/").status == 409
