"""POST decisions/, PATCH and DELETE decisions/{id}/."""

import pytest
from django.contrib.auth.models import User

from proposals.models import Decision
from tests.api.writing import change, remove, tag
from tests.factories import make_clause, make_decision, make_proposal

PAIR = {"clause": "council-plan/c01", "other": "front-answer/c01"}
SENT = PAIR | {"verdict": "same_matter", "relation": "overlap", "note": "Both open it."}


@pytest.fixture
def pair(db):
    clauses = make_clause(make_proposal("council-plan")), make_clause(make_proposal("front-answer"))
    for clause in clauses:
        clause.refresh_from_db()
    return clauses


def test_a_new_decision_has_its_author_and_is_given_on_the_clauses_as_they_stand(staff_api, pair):
    made = staff_api.post("decisions/", SENT)

    assert made.status == 201
    assert made.body == staff_api.get(f"decisions/{made.body['id']}/").body
    assert made.headers["ETag"] == tag(staff_api, f"decisions/{made.body['id']}/")
    assert (made.body["decided_by"], made.body["stale"]) == ("editor", False)
    decision = Decision.objects.get()
    assert decision.author.username == "editor"
    assert {decision.left_version, decision.right_version} == {clause.version for clause in pair}


def test_a_decision_bears_the_full_name_of_who_gave_it_or_the_one_it_says(staff_api, pair):
    User.objects.update(first_name="Ida", last_name="North")
    own = staff_api.post("decisions/", SENT).body
    Decision.objects.all().delete()

    others = staff_api.post("decisions/", SENT | {"decided_by": "two readers"}).body

    assert (own["decided_by"], others["decided_by"]) == ("Ida North", "two readers")


@pytest.mark.parametrize(
    ("sent", "faults"),
    [
        ({"verdict": "not_same_matter"}, {"#": ["relation_without_matter"]}),
        ({"other": "council-plan/c02"}, {"#/other": ["invalid"]}),
        ({"other": "front-answer/c09"}, {"#/other": ["unknown_clause"]}),
        ({"other": "c01"}, {"#/other": ["not_an_address", "unknown_clause"]}),
        ({"decided_at": "2031-01-01"}, {"#/decided_at": ["unknown_field"]}),
        ({"stale": False}, {"#/stale": ["unknown_field"]}),
    ],
)
def test_what_is_no_decision_is_refused(staff_api, pair, sent, faults):
    make_clause(pair[0].proposal)

    refused = staff_api.post("decisions/", SENT | sent)

    assert (refused.status, refused.faults) == (400, faults)


def test_a_clause_is_not_paired_with_itself(staff_api, pair):
    refused = staff_api.post("decisions/", SENT | {"other": PAIR["clause"]})

    assert refused.status == 400
    assert "A decision is about two clauses." in [fault["detail"] for fault in refused.body["errors"]]


@pytest.mark.parametrize("sent", [PAIR, {"clause": PAIR["other"], "other": PAIR["clause"]}])
def test_a_pair_is_decided_once_whichever_way_round(staff_api, pair, sent):
    make_decision(*pair)

    refused = staff_api.post("decisions/", SENT | sent)

    assert (refused.status, refused.faults) == (409, {"#/clause": ["decided_twice"]})
    assert refused.body["detail"] == "This pair has been decided already; change that decision."


@pytest.fixture
def stale(pair):
    decision = make_decision(*pair, relation="overlap")
    pair[1].text = "It stays closed."
    pair[1].save()
    return f"decisions/{decision.pk}/"


def test_a_note_leaves_a_stale_decision_stale(staff_api, stale):
    before = staff_api.get(stale).body["decided_at"]

    changed = change(staff_api, stale, {"note": "To be read again."}).body

    assert (changed["note"], changed["stale"], changed["decided_at"]) == ("To be read again.", True, before)


@pytest.mark.parametrize("patch", [{"verdict": "same_matter"}, {"relation": None}, {"relation": "conflict"}])
def test_naming_the_verdict_judges_the_clauses_as_they_stand(staff_api, stale, patch):
    changed = change(staff_api, stale, patch)

    assert changed.status == 200
    assert changed.body["stale"] is False
    assert Decision.objects.get().author.username == "editor"


def test_a_decision_stays_with_its_pair(staff_api, pair, stale):
    make_clause(pair[0].proposal)

    refused = change(staff_api, stale, {"clause": "council-plan/c02"})

    assert refused.faults == {"#/clause": ["fixed"]}


def test_a_decision_is_deleted(staff_api, stale):
    assert remove(staff_api, stale).status == 204
    assert not Decision.objects.exists()
