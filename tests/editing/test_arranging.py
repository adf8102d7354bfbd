"""Clauses change places and enclose each other; nothing that they say changes."""

import pytest

from proposals.editing import UnableToEdit, arrange_clauses
from proposals.models import Clause
from tests.factories import make_clause, make_proposal


@pytest.fixture
def plan(db):
    return make_proposal("council-plan", clauses=["It opens.", "It stays open.", "It ends."])


def order(plan):
    return [(c.key, c.order, c.parent.key if c.parent else None) for c in plan.clauses.order_by("order")]


def test_clauses_stand_in_the_order_named_and_the_others_after_them(plan):
    first, _, third = plan.clauses.order_by("order")

    moved = arrange_clauses(plan, [(third.pk, None), (first.pk, third.pk)])

    assert order(plan) == [("c03", 1, None), ("c01", 2, "c03"), ("c02", 3, None)]
    assert {clause.key for clause in moved} == {"c01", "c02", "c03"}


def test_those_left_where_they_are_are_not_written(plan, django_assert_num_queries):
    before = dict(Clause.objects.values_list("key", "version"))
    places = [(clause.pk, None) for clause in plan.clauses.order_by("order")]

    with django_assert_num_queries(1):
        assert arrange_clauses(plan, places) == []

    assert dict(Clause.objects.values_list("key", "version")) == before


def test_to_move_a_clause_leaves_its_version(plan):
    before = dict(Clause.objects.values_list("key", "version"))

    arrange_clauses(plan, [(clause.pk, None) for clause in plan.clauses.order_by("-order")])

    assert dict(Clause.objects.values_list("key", "version")) == before


def test_none_stands_in_itself_or_in_another_proposal(plan):
    first, second, third = plan.clauses.order_by("order")
    foreign = make_clause(make_proposal("front-answer"))
    Clause.objects.filter(pk=third.pk).update(parent=second)

    for places in ([(first.pk, first.pk)], [(first.pk, second.pk), (second.pk, third.pk)], [(first.pk, foreign.pk)]):
        with pytest.raises(UnableToEdit):
            arrange_clauses(plan, places)

    assert order(plan)[0] == ("c01", 1, None)
