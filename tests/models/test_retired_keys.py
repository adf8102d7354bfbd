"""Keys of clauses are never used again, whichever way a clause is written or deleted."""

import pytest
from django.db import IntegrityError, connection, transaction

from parties.constraints import broken_constraint
from proposals.models import Clause, Proposal, RetiredKey, Stage
from tests.factories import make_clause, make_proposal

pytestmark = pytest.mark.django_db


def retired(plan):
    rows = RetiredKey.objects.filter(proposal=plan).order_by("key")
    return [(row.key, row.why, row.successors, row.public) for row in rows]


@pytest.mark.parametrize("way", ["one by one", "many at once", "plain SQL"])
def test_a_public_clause_leaves_its_key_behind(way):
    plan = make_proposal(clauses=["It opens.", "It stays open."])

    if way == "one by one":
        for clause in plan.clauses.all():
            clause.delete()
    elif way == "many at once":
        plan.clauses.all().delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM proposals_clausetopic; DELETE FROM proposals_clausesource")
            cursor.execute("DELETE FROM proposals_clause")

    assert retired(plan) == [("c01", "deleted", [], True), ("c02", "deleted", [], True)]


def test_a_clause_that_was_public_once_does_too():
    plan = make_proposal(clauses=["It opens."])
    plan.clauses.update(stage=Stage.WITHDRAWN)

    plan.clauses.all().delete()

    assert [key for key, *_ in retired(plan)] == ["c01"]


@pytest.mark.parametrize(("proposal", "clause"), [(Stage.DRAFT, Stage.PUBLIC), (Stage.PUBLIC, Stage.DRAFT)])
def test_a_clause_that_nobody_saw_gives_its_key_back(proposal, clause):
    plan = make_proposal(stage=proposal)
    make_clause(plan, stage=clause).delete()

    make_clause(plan, key="c01", stage=clause)

    assert retired(plan) == []


@pytest.mark.parametrize(
    "take",
    [
        lambda plan: make_clause(plan, key="c01"),
        lambda plan: plan.clauses.update(key="c01"),
        lambda plan: Clause.objects.bulk_create([Clause(proposal=plan, key="c01", number="1", label="A", text="It.")]),
    ],
    ids=["insert", "update", "many at once"],
)
def test_no_other_clause_takes_a_retired_key(take):
    plan = make_proposal(clauses=["It opens.", "It stays open."])
    plan.clauses.get(key="c01").delete()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        take(plan)

    assert broken_constraint(refused.value).name == "proposals_clause_key_not_retired"


def test_a_key_in_use_is_not_retired():
    plan = make_proposal(clauses=["It opens."])

    with pytest.raises(IntegrityError), transaction.atomic():
        RetiredKey.objects.create(proposal=plan, key="c01", why="deleted")


def test_the_clause_itself_may_come_back_as_when_an_earlier_state_is_restored():
    clause = make_clause(make_proposal())
    pk = clause.pk
    clause.delete()

    clause.pk = pk
    clause.save(force_insert=True)

    assert retired(clause.proposal) == []


def test_another_proposal_has_its_own_keys():
    make_proposal("council-plan", clauses=["It opens."]).clauses.all().delete()

    make_proposal("front-answer", clauses=["It opens."])

    assert Clause.objects.get().key == "c01"


def test_with_a_proposal_go_its_retired_keys():
    plan = make_proposal(clauses=["It opens.", "It stays open."])
    plan.clauses.get(key="c01").delete()

    plan.delete()

    assert not Proposal.objects.exists()
    assert not RetiredKey.objects.exists()


class TestWhatReadersAreTold:
    @pytest.fixture
    def plan(self):
        plan = make_proposal()
        make_clause(plan, key="c02")
        make_clause(plan, key="c03", stage=Stage.DRAFT)
        make_clause(plan, key="c04")
        RetiredKey.objects.create(proposal=plan, key="c01", why="split", successors=["c04", "c09", "c03", "c02"])
        return plan

    def living(self, user):
        return [row.living for row in RetiredKey.objects.visible_to(user).with_successors(user)]

    def test_successors_that_are_there_and_public_in_their_order(self, plan):
        assert self.living(None) == [["c04", "c02"]]

    def test_staff_are_told_of_drafts_too(self, plan, admin_user):
        assert self.living(admin_user) == [["c04", "c03", "c02"]]

    @pytest.mark.parametrize("hide", ["the proposal", "the key"])
    def test_nothing_of_what_they_never_saw(self, plan, hide, admin_user):
        if hide == "the proposal":
            Proposal.objects.update(stage=Stage.DRAFT)
        else:
            RetiredKey.objects.update(public=False)

        assert self.living(None) == []
        assert len(self.living(admin_user)) == 1
