"""Readers see what is public and nothing that would give a hidden record away; staff see every stage."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from parties.readers import sees_all
from proposals.models import Clause, Decision, Dispute, DisputeAbout, Position, Proposal, Stage, Statement
from tests.factories import make_clause, make_decision, make_position, make_proposal, make_source, make_statement
from tests.roles import SEES_ALL, make_user

pytestmark = pytest.mark.django_db

NOBODY = None
HIDDEN = [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN]


def seen(model, user=NOBODY):
    return set(model.objects.visible_to(user))


@pytest.mark.parametrize("stage", HIDDEN)
class TestAHiddenStage:
    def test_hides_a_proposal_and_all_its_clauses(self, stage):
        shown, hidden = make_proposal("council-plan"), make_proposal("front-answer", stage=stage)
        clause, inside = make_clause(shown), make_clause(hidden)

        assert seen(Proposal) == {shown}
        assert seen(Clause) == {clause}
        assert seen(Clause, SEES_ALL) == {clause, inside}

    def test_hides_a_clause_of_a_public_proposal(self, stage):
        plan = make_proposal()
        shown, hidden = make_clause(plan), make_clause(plan, stage=stage)

        assert seen(Clause) == {shown}
        assert seen(Clause, SEES_ALL) == {shown, hidden}

    def test_hides_a_position_and_those_on_a_hidden_proposal_or_clause(self, stage):
        hidden = make_proposal("front-answer", stage=stage)
        plan = make_proposal("council-plan")
        on_a_topic_alone = make_position("p001")
        make_position("p002", stage=stage)
        make_position("p003", proposal=hidden)
        make_position("p004", proposal=plan, clause=make_clause(plan, stage=stage))
        make_position("p005", proposal=hidden, clause=make_clause(hidden))

        assert seen(Position) == {on_a_topic_alone}
        assert len(seen(Position, SEES_ALL)) == 5

    def test_hides_a_decision_on_either_of_its_clauses(self, stage):
        shown, hidden = make_proposal("council-plan"), make_proposal("front-answer", stage=stage)
        third = make_proposal("mediator-draft")
        left, middle = make_clause(shown), make_clause(third)
        make_decision(left, make_clause(hidden))
        make_decision(make_clause(shown, stage=stage), middle)
        visible = make_decision(left, middle)

        assert seen(Decision) == {visible}
        assert len(seen(Decision, SEES_ALL)) == 3

    def test_hides_a_dispute_one_of_whose_subjects_is_hidden(self, stage):
        plan = make_proposal("council-plan")
        hidden = make_proposal("front-answer", stage=stage)
        subjects = {
            "on-a-proposal": {"proposal": hidden},
            "on-a-clause": {"clause": make_clause(plan, stage=stage)},
            "on-a-clause-of-it": {"clause": make_clause(hidden)},
            "on-a-position": {"position": make_position("p001", stage=stage)},
            "on-a-position-on-it": {"position": make_position("p002", proposal=hidden)},
        }
        for slug, about in subjects.items():
            dispute = Dispute.objects.create(slug=slug, subject="Strength of the garrison")
            DisputeAbout.objects.create(dispute=dispute, source=make_source(), order=1)
            DisputeAbout.objects.create(dispute=dispute, **about, order=2)
        open_one = Dispute.objects.create(slug="open", subject="Width of the zone")
        DisputeAbout.objects.create(dispute=open_one, proposal=plan)

        assert seen(Dispute) == {open_one}
        assert len(seen(Dispute, SEES_ALL)) == 6

    def test_hides_a_statement_and_those_about_what_is_hidden(self, stage):
        plan = make_proposal("council-plan")
        hidden = make_proposal("front-answer", stage=stage)
        on_the_plan = make_statement("s001", about=[{"proposal": plan}])
        make_statement("s002", stage=stage)
        make_statement("s003", about=[{"proposal": plan}, {"clause": make_clause(hidden)}])
        make_statement("s004", about=[{"position": make_position("p001", stage=stage)}])

        assert seen(Statement) == {on_the_plan}
        assert len(seen(Statement, SEES_ALL)) == 4


@pytest.mark.parametrize("is_staff", [False, True])
def test_a_user_without_the_permission_sees_what_the_public_sees(is_staff):
    make_proposal("front-answer", stage=Stage.DRAFT)
    shown = make_proposal("council-plan")

    assert seen(Proposal, User.objects.create_user("otto", is_staff=is_staff)) == {shown}


def test_parts_leave_out_what_leads_to_a_hidden_record():
    plan, hidden = make_proposal("council-plan"), make_proposal("front-answer", stage=Stage.DRAFT)
    target, inside = make_clause(hidden), make_clause(plan)
    inside.dependencies.create(target=target, relation="after")
    Clause.objects.filter(pk=inside.pk).update(strikes=target)
    plan.lineage.create(earlier=hidden, relation="answers")

    proposal = Proposal.objects.visible_to(NOBODY).with_parts(NOBODY).get()
    clause = Clause.objects.visible_to(NOBODY).with_parts(NOBODY).get()

    assert list(proposal.lineage.all()) == []
    assert list(clause.dependencies.all()) == []
    assert clause.strikes is None


def test_clauses_are_counted_as_far_as_they_are_seen():
    plan = make_proposal(clauses=["It opens.", "It stays open."])
    make_clause(plan, stage=Stage.DRAFT)

    assert Proposal.objects.with_clause_count(NOBODY).get().clause_count == 2
    assert Proposal.objects.with_clause_count(SEES_ALL).get().clause_count == 3


def test_who_may_preview_sees_everything_as_long_as_they_are_active():
    draft = make_proposal("front-answer", stage=Stage.DRAFT)
    editor = make_user("editor")

    assert seen(Proposal, editor) == {draft}
    editor.is_active = False
    assert seen(Proposal, editor) == set()


def test_the_unknown_are_asked_for_nothing_and_others_once(django_assert_num_queries):
    editor = make_user("editor")

    with django_assert_num_queries(2):
        assert [sees_all(editor) for _ in range(3)] == [True] * 3
    with django_assert_num_queries(0):
        assert not sees_all(AnonymousUser())
        assert not sees_all(None)
        assert sees_all(SEES_ALL)
