"""Clauses are taken over into another proposal, and keep where they came from."""

import pytest

from proposals.editing import UnableToEdit, codings_of, copy_clauses, left_out
from proposals.models import Clause, RetiredKey
from tests.factories import make_clause, make_proposal, make_term


@pytest.fixture
def plan(db):
    return make_proposal("council-plan", clauses=["It opens.", "It stays open.", "It ends."])


@pytest.fixture
def answer(db):
    return make_proposal("front-answer", clauses=["It stays closed."])


def test_a_copy_is_a_draft_at_the_end_with_all_that_is_coded_on_the_original(plan, answer, admin_user):
    original = plan.clauses.get(key="c02")
    make_term(original)

    (copy,) = copy_clauses([original], to=answer, by=admin_user)

    assert (copy.key, copy.order, copy.stage, copy.text) == ("c02", 2, "draft", "It stays open.")
    assert (copy.copied_from, copy.copied_address) == (original, "council-plan/c02")
    assert [coding.kind for coding in codings_of(copy)] == ["topic_links", "terms", "citations"]
    assert [coding.words for coding in codings_of(copy)] == [coding.words for coding in codings_of(original)]


def test_it_takes_another_key_where_its_own_is_in_use_or_retired(plan, answer, admin_user):
    RetiredKey.objects.create(proposal=answer, key="c02", why="deleted")

    copies = copy_clauses(plan.clauses.all(), to=answer, by=admin_user)

    assert [copy.key for copy in copies] == ["c01-2", "c02-2", "c03"]


def test_ties_among_the_copied_are_ties_among_the_copies(plan, answer, admin_user):
    first, second, third = plan.clauses.order_by("order")
    Clause.objects.filter(pk=second.pk).update(parent=first)
    second.dependencies.create(target=first, relation="after")
    second.dependencies.create(target=third, relation="if")
    second.dependencies.create(target=answer.clauses.get(), relation="instead_of")

    copies = copy_clauses([first, second], to=answer, by=admin_user)

    assert [tie.words for tie in left_out([first, second])] == [f"dependency: holds if it does {third}"]
    assert copies[1].parent == copies[0]
    ties = copies[1].dependencies.order_by("order").values_list("relation", "target__proposal__slug", "target__key")
    assert list(ties) == [("after", "front-answer", "c01-2"), ("instead_of", "front-answer", "c01")]


def test_where_it_came_from_outlasts_edits_and_the_original(plan, answer, admin_user):
    original = make_clause(plan, key="c09")
    (copy,) = copy_clauses([original], to=answer, by=admin_user)

    Clause.objects.filter(pk=copy.pk).update(text="It opens at noon.")
    original.delete()

    copy.refresh_from_db()
    assert (copy.copied_from, copy.copied_address) == (None, "council-plan/c09")


def test_refused_are_the_own_proposal_no_clause_and_one_that_breaks_a_rule_there(plan, answer, admin_user):
    deletion = make_clause(plan, kind="deletion", modality="", strikes=answer.clauses.get())

    for clauses, to, told in (
        (plan.clauses.all(), plan, "Choose another proposal than the one the clauses stand in."),
        ([], answer, "Choose at least one clause."),
        ([deletion], answer, "A clause strikes out one of another proposal, not of its own."),
    ):
        with pytest.raises(UnableToEdit) as refused:
            copy_clauses(clauses, to=to, by=admin_user)

        assert [fault.reason for fault in refused.value.faults] == [told]
    assert answer.clauses.count() == 1
