"""The public shape of clauses, as it is read."""

import pytest

from proposals.models import Clause, ClauseParty, Contest, Dependency, Stage
from proposals.payloads import clause_payloads, clause_payloads_by_pk
from tests.factories import COASTAL_FRONT, MEDIATOR, make_clause, make_party, make_proposal, make_term
from tests.roles import SEES_ALL

pytestmark = pytest.mark.django_db


def read(user=None, **which):
    return clause_payloads(Clause.objects.filter(**which).in_reading_order(), user=user)


def test_parts_stand_in_their_order_and_not_in_that_of_their_recording():
    clause = make_clause(make_proposal(), topics=[])
    for order, party in ((3, MEDIATOR), (1, COASTAL_FRONT)):
        ClauseParty.objects.create(clause=clause, party=make_party(party), role="monitor", order=order)
        make_term(clause, value=order, order=order)
        Contest.objects.create(clause=clause, party=make_party(party), objection="It is too much.", order=order)

    (payload,) = read()

    assert [role["party"] for role in payload["roles"]] == [COASTAL_FRONT, MEDIATOR]
    assert [term["value"] for term in payload["terms"]] == [1, 3]
    assert [one["party"] for one in payload["contested"]] == [COASTAL_FRONT, MEDIATOR]


def test_a_clause_with_nothing_coded_on_it_has_empty_lists_and_no_blanks():
    make_clause(make_proposal(), topics=[], number="", modality="").citations.all().delete()

    (payload,) = read()

    parts = ("roles", "topics", "territories", "terms", "depends_on", "contested", "sources")
    assert {name: payload[name] for name in parts} == {name: [] for name in parts}
    blank = ("parent", "number", "strikes", "modality", "legal_effect", "extent", "permanence", "condition", "note")
    assert {name: payload[name] for name in blank} == dict.fromkeys(blank)


@pytest.mark.parametrize(("value", "kind"), [(500, int), (0.25, float)])  # as JSON tells them: 500, not 500.0
def test_a_whole_figure_is_a_whole_number(value, kind):
    make_term(make_clause(make_proposal()), value=value)

    (payload,) = read()

    (term,) = payload["terms"]
    assert (term["value"], type(term["value"])) == (value, kind)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN])
def test_only_staff_see_what_leads_to_a_hidden_clause(stage):
    plan, answer = make_proposal("council-plan"), make_proposal("front-answer")
    hidden, target = make_clause(answer, stage=stage), make_clause(plan, stage=stage)
    clause = make_clause(answer, parent=hidden, strikes=target)
    Dependency.objects.create(clause=clause, target=hidden, relation=Dependency.Relation.AFTER)

    def ties(user):
        (payload,) = read(user, pk=clause.pk)
        return payload["parent"], payload["strikes"], [tie["clause"] for tie in payload["depends_on"]]

    assert ties(None) == (None, None, [])
    assert ties(SEES_ALL) == ("front-answer/c01", "council-plan/c01", ["front-answer/c01"])


def test_clauses_keep_the_order_that_they_are_asked_in():
    plan = make_proposal(clauses=["It opens.", "It stays open.", "It closes."])
    backwards = plan.clauses.order_by("-order")

    assert [one["key"] for one in clause_payloads(backwards, user=None)] == ["c03", "c02", "c01"]
    assert list(clause_payloads_by_pk(backwards, user=None)) == [clause.pk for clause in backwards]


def test_reading_takes_two_queries_for_one_clause_and_for_thirty(django_assert_num_queries):
    make_proposal(clauses=[f"Pier {number} opens." for number in range(30)])
    read()

    with django_assert_num_queries(2):
        assert len(read(key="c07")) == 1
    with django_assert_num_queries(2):
        assert len(read()) == 30


def test_no_clauses_are_an_empty_list():
    assert read() == []
