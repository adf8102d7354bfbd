"""What an editor changes shows in the next comparison."""

import datetime

import pytest

from proposals.comparison import UnknownProposals, compare
from proposals.models import Decision
from tests.factories import make_clause, make_proposal, make_term

PAIR = ["council-plan", "front-answer"]


@pytest.fixture
def clauses(db):
    """The garrison's strength in the Council's plan and in the Front's answer."""
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1), proposers=["coastal-front"])
    sentence = "The garrison of the old harbour has at most {} soldiers."
    sides = [
        make_clause(plan, text=sentence.format(500), topics=["garrison"]),
        make_clause(answer, text=sentence.format(800), topics=["garrison"]),
    ]
    for clause, figure in zip(sides, (500, 800), strict=True):
        make_term(clause, value=figure)
    return sides


def figures():
    """The values of each divergence of quantity, and what the rows are."""
    document = compare(proposals=PAIR)
    values = [
        [side["value"] for side in divergence["sides"]]
        for row in document["rows"]
        for divergence in row["divergences"]
        if divergence["kind"] == "quantity"
    ]
    return values, [row["kind"] for row in document["rows"]]


def test_a_changed_text_is_in_the_next_comparison(editor, clauses):
    left = clauses[0]

    editor.save(left, editor.open(left) | {"text": "The garrison leaves the old harbour."})

    assert compare(proposals=PAIR)["included"]["clauses"]["council-plan/c01"]["text"] == (
        "The garrison leaves the old harbour."
    )


def test_a_changed_figure_ends_a_divergence(editor, clauses):
    right = clauses[1]
    assert figures() == ([[500, 800]], ["diverge"])

    editor.save(right, editor.open(right) | {"terms-0-value": "500", "text": right.text.replace("800", "500")})

    assert figures() == ([], ["agree"])


def test_a_clause_changed_in_the_proposals_table_is_in_the_next_comparison(editor, clauses):
    plan = clauses[0].proposal

    editor.save(plan, editor.open(plan) | {"clauses-0-label": "Strength of the garrison"})

    clause = compare(proposals=PAIR)["included"]["clauses"]["council-plan/c01"]
    assert clause["label"] == "Strength of the garrison"


def test_a_decision_parts_what_the_engine_joined(editor, clauses):
    form = editor.open_new(Decision, left=clauses[0].pk, right=clauses[1].pk)

    editor.save_new(Decision, form | {"verdict": "not_same_matter"})

    assert [row["kind"] for row in compare(proposals=PAIR)["rows"]] == ["alone", "alone"]


def test_a_proposal_withdrawn_is_in_no_comparison_of_readers(editor, clauses):
    editor.act("withdraw", clauses[1].proposal, confirmed="yes")

    with pytest.raises(UnknownProposals):
        compare(proposals=PAIR)
    assert len(compare(proposals=PAIR, user=editor.user)["rows"]) == 1
