"""Verdicts: who gave them, on which versions of the clauses, and what makes them stale."""

import datetime

import pytest
from django.contrib.auth.models import User

from parties.history import changes_of
from proposals.models import Clause, Decision
from tests.admin.conftest import faults
from tests.factories import make_clause, make_decision, make_proposal


@pytest.fixture
def pair(db):
    return make_clause(make_proposal("council-plan")), make_clause(make_proposal("front-answer"))


@pytest.fixture
def stale(pair):
    """A decision by others, one of whose clauses changed since."""
    decision = make_decision(*pair, author=User.objects.create_user("otto"))
    Decision.objects.update(decided_at=datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC))
    Clause.objects.filter(pk=pair[1].pk).update(text="The Coastal Front closes the old harbour.")
    return decision


def test_a_new_decision_notes_its_author_and_the_clauses_as_they_stand(editor, pair):
    form = editor.open_new(Decision, left=pair[0].pk, right=pair[1].pk)
    assert form["decided_by"] == "Ida Northern"

    editor.save_new(Decision, form | {"verdict": "same_matter", "relation": "conflict"})

    decision = Decision.objects.with_parts().get()
    assert (decision.author, decision.decided_by) == (editor.user, "Ida Northern")
    assert not decision.stale


def test_a_user_without_a_name_decides_under_the_user_name(editor):
    User.objects.update(first_name="", last_name="")

    assert editor.open_new(Decision)["decided_by"] == "ida"


def test_both_texts_are_in_view(editor, stale):
    page = editor.client.get(f"/admin/proposals/decision/{stale.pk}/change/").content.decode()

    assert "The Coastal Front opens the old harbour." in page
    assert "The Coastal Front closes the old harbour." in page


def test_a_changed_verdict_holds_for_the_clauses_as_they_stand(editor, stale):
    editor.save(stale, editor.open(stale) | {"relation": "conflict"})

    decision = Decision.objects.with_parts().get()
    assert (decision.relation, decision.author, decision.stale) == ("conflict", editor.user, False)
    assert decision.decided_at.year < 2031


@pytest.mark.parametrize("changes", [{}, {"note": "See the second sentence."}], ids=["nothing", "the note"])
def test_saving_without_another_verdict_confirms_nothing(editor, stale, changes):
    editor.save(stale, editor.open(stale) | changes)

    decision = Decision.objects.with_parts().get()
    assert decision.stale
    assert decision.decided_at.year == 2031
    assert decision.author.username == ("ida" if changes else "otto")


def test_judging_again_as_they_stand_confirms_a_stale_decision(editor, stale):
    page = editor.act("judge_again", stale)

    assert "1 stale decision was confirmed." in page.content.decode()
    decision = Decision.objects.with_parts().get()
    assert (decision.stale, decision.author, decision.decided_by) == (False, editor.user, "two readers")
    newest = changes_of(decision)[0]
    assert newest.who == "Ida Northern"
    assert {"author", "decided at", "right version"} <= {item.field for item in newest.items}


def test_stale_decisions_are_found_by_the_filter(editor, stale):
    other = make_decision(make_clause(make_proposal("council-plan-2")), make_clause(make_proposal("front-answer-2")))

    lists = {
        chosen: set(editor.client.get("/admin/proposals/decision/", query).context["cl"].queryset)
        for chosen, query in {"all": {}, "stale": {"stale": "yes"}, "fresh": {"stale": "no"}}.items()
    }

    assert lists == {"all": {stale, other}, "stale": {stale}, "fresh": {other}}


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_pair_is_decided_once_whichever_way_round(editor, pair, mirrored):
    make_decision(*pair)
    left, right = reversed(pair) if mirrored else pair
    form = editor.open_new(Decision, left=left.pk, right=right.pk)

    saved = editor.save_new(Decision, form | {"verdict": "not_same_matter"})

    assert faults(saved) == ["This pair has been decided already; change that decision."]


def test_clauses_of_one_proposal_are_not_decided_on(editor):
    plan = make_proposal()
    form = editor.open_new(Decision, left=make_clause(plan).pk, right=make_clause(plan).pk)

    saved = editor.save_new(Decision, form | {"verdict": "same_matter"})

    assert faults(saved) == ["A decision is about clauses of two proposals."]
