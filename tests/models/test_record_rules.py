"""Rules that need a sentence, each told beside the field that breaks it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from parties.models import Membership
from proposals.models import Clause, Decision, Lineage, Measure, Proposal, Stage, Term
from tests.factories import (
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_proposal,
    make_source,
    make_term,
)

pytestmark = pytest.mark.django_db

MAY = datetime.date(2031, 5, 1)


def told(record):
    """The messages of full_clean by field."""
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("precision", "first", "end", "last"),
    [
        ("day", datetime.date(2031, 5, 17), None, datetime.date(2031, 5, 17)),
        ("month", MAY, None, datetime.date(2031, 5, 31)),
        ("month", datetime.date(2032, 2, 1), None, datetime.date(2032, 2, 29)),  # a leap year
        ("month", datetime.date(2031, 12, 1), None, datetime.date(2031, 12, 31)),
        ("year", datetime.date(2031, 1, 1), None, datetime.date(2031, 12, 31)),
        ("day", datetime.date(2031, 5, 17), datetime.date(2031, 5, 19), datetime.date(2031, 5, 19)),  # a meeting
        ("month", MAY, datetime.date(2031, 5, 10), datetime.date(2031, 5, 10)),  # early May: the end is known
    ],
)
def test_the_last_day_follows_from_the_precision_unless_it_is_known(precision, first, end, last):
    make_proposal(date=first, date_precision=precision, date_end=end)
    make_position(date=first, date_precision=precision, date_end=end)

    assert Proposal.objects.get().last_day == last


def test_proposals_stand_in_the_order_of_first_day_last_day_and_id():
    make_proposal("some-time-in-may", date=MAY, date_precision="month")
    make_proposal("b-first-of-may", date=MAY)
    make_proposal("a-first-of-may", date=MAY)
    make_proposal("april", date=datetime.date(2031, 4, 30))

    in_order = Proposal.objects.in_date_order().values_list("slug", flat=True)

    assert list(in_order) == ["april", "a-first-of-may", "b-first-of-may", "some-time-in-may"]


class TestAnId:
    def test_of_a_public_proposal_is_fixed(self):
        plan = make_proposal("council-plan")

        plan.slug = "council-plan-2031"

        assert told(plan)["slug"] == ["The id of a public proposal is fixed: addresses and citations use it."]

    def test_of_a_public_proposal_is_fixed_even_while_it_is_withdrawn_in_the_same_save(self):
        plan = make_proposal("council-plan")

        plan.slug, plan.stage = "council-plan-2031", Stage.WITHDRAWN

        assert "slug" in told(plan)

    def test_of_a_draft_may_change(self):
        plan = make_proposal("council-plan", stage=Stage.DRAFT)

        plan.slug = "council-plan-2031"

        plan.full_clean()

    def test_of_a_public_clause_is_fixed(self):
        clause = make_clause(make_proposal())

        clause.key = "c09"

        assert told(clause)["key"] == ["The key of a public clause is fixed: addresses and citations use it."]

    @pytest.mark.parametrize(("proposal", "clause"), [(Stage.DRAFT, Stage.PUBLIC), (Stage.PUBLIC, Stage.DRAFT)])
    def test_of_a_clause_that_readers_do_not_see_may_change(self, proposal, clause):
        hidden = make_clause(make_proposal(stage=proposal), stage=clause)

        hidden.key = "c09"

        hidden.full_clean()

    def test_of_a_clause_that_was_public_once_is_fixed_too(self):
        clause = make_clause(make_proposal())
        Clause.objects.update(stage=Stage.WITHDRAWN)

        clause = Clause.objects.get(pk=clause.pk)
        clause.key = "c09"

        assert "key" in told(clause)

    def test_of_a_clause_stays_in_its_proposal(self):
        clause = make_clause(make_proposal("council-plan", stage=Stage.DRAFT))

        clause.proposal = make_proposal("front-answer")

        assert told(clause)["proposal"] == ["A clause stays in its proposal: copy it into the other one."]


class TestAClause:
    def test_stands_in_one_of_the_same_proposal(self):
        clause = make_clause(make_proposal("council-plan"))

        clause.parent = make_clause(make_proposal("front-answer"))

        assert told(clause)["parent"] == ["The enclosing clause is one of the same proposal."]

    def test_does_not_stand_in_one_that_it_encloses(self):
        plan = make_proposal()
        outer = make_clause(plan)
        middle = make_clause(plan, parent=outer)
        inner = make_clause(plan, parent=middle)

        outer.parent = inner

        assert told(outer)["parent"] == ["A clause cannot stand inside one that it encloses."]

    def test_may_stand_in_one_that_stands_in_another(self):
        plan = make_proposal()
        inner = make_clause(plan, parent=make_clause(plan, parent=make_clause(plan)))

        inner.full_clean()

    def test_strikes_out_a_clause_of_another_proposal(self):
        plan = make_proposal()
        clause = make_clause(plan)

        clause.strikes = make_clause(plan)

        assert told(clause)["strikes"] == ["A clause strikes out one of another proposal, not of its own."]

    def test_is_named_with_its_proposal_so_that_two_first_clauses_are_told_apart(self):
        clause = make_clause(make_proposal("council-plan"), label="Old harbour")

        assert str(clause) == "council-plan/c01: Old harbour"


class TestADecision:
    def test_is_about_clauses_of_two_proposals(self):
        plan = make_proposal()
        decision = Decision(
            left=make_clause(plan), right=make_clause(plan), verdict="same_matter", decided_by="two readers"
        )

        assert told(decision) == {"right": ["A decision is about clauses of two proposals."]}

    def test_is_stale_once_a_clause_changed_and_not_before(self):
        left, right = make_clause(make_proposal("council-plan")), make_clause(make_proposal("front-answer"))
        fresh = make_decision(left, right)
        assert list(Decision.objects.up_to_date()) == [fresh]

        Clause.objects.filter(pk=right.pk).update(text="The Coastal Front closes the old harbour.")

        assert Decision.objects.with_parts().get().stale
        assert list(Decision.objects.stale()) == [fresh]
        assert list(Decision.objects.up_to_date()) == []

    def test_is_up_to_date_again_when_judged_as_the_clauses_stand(self):
        left, right = make_clause(make_proposal("council-plan")), make_clause(make_proposal("front-answer"))
        make_decision(left, right)
        make_term(left)
        decision = Decision.objects.with_parts().get()

        decision.judged_as_they_stand()
        decision.save()

        assert not Decision.objects.stale().exists()


def test_lineage_is_stored_on_the_later_proposal():
    earlier = make_proposal("council-plan", date=MAY)
    later = make_proposal("front-answer", date=datetime.date(2031, 6, 1))

    wrong = Lineage(proposal=earlier, earlier=later, relation="answers")

    assert told(wrong)["earlier"] == ["Lineage is stored on the later proposal, and this one is later still."]


def test_lineage_of_a_proposal_without_a_date_waits_for_the_date():
    undated = make_proposal("front-answer")
    undated.date = None

    Lineage(proposal=undated, earlier=make_proposal("council-plan"), relation="answers").clean()


def test_a_position_speaks_of_a_clause_of_the_proposal_it_names():
    position = make_position(proposal=make_proposal("council-plan"))

    position.clause = make_clause(make_proposal("front-answer"))

    assert told(position)["clause"] == ["The clause is one of the proposal named."]


class TestAPositionIsSuperseded:
    def test_by_a_later_one_of_the_same_party(self):
        position = make_position("p001", date=MAY)

        position.superseded_by = make_position("p002", date=MAY + datetime.timedelta(days=1))

        position.full_clean()

    def test_by_no_other_party(self):
        position = make_position("p001", date=MAY)

        position.superseded_by = make_position("p002", party=make_party("mediator"))

        assert told(position)["superseded_by"] == ["A party's position is superseded by one of the same party."]

    @pytest.mark.parametrize("days", [0, -1])  # the same day, the day before
    def test_by_no_earlier_one(self, days):
        position = make_position("p001", date=MAY)

        position.superseded_by = make_position("p002", date=MAY + datetime.timedelta(days=days))

        assert told(position)["superseded_by"] == ["A position is superseded by one of a later date."]


def test_a_term_takes_a_measure_of_its_own_kind():
    term = make_term(make_clause(make_proposal()))

    term.measure = Measure.objects.create(code="truce_length", kind="duration", name="length of a truce")

    assert told(term)["measure"] == ["truce_length measures a duration or deadline."]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": 500}, "garrison_strength: at_most 500 persons"),
        ({"value": 0.25, "unit": "percent"}, "garrison_strength: at_most 0.25 percent"),
        ({"value": 0}, "garrison_strength: at_most 0 persons"),
        ({"value": None, "comparator": "unlimited", "unit": ""}, "garrison_strength: unlimited"),
    ],
)
def test_a_term_reads_as_its_figure(fields, text):
    make_term(make_clause(make_proposal()), **fields)

    assert str(Term.objects.select_related("measure").get()) == text


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "day", "holds"),
    [
        (MAY, None, MAY, True),  # open-ended, on its first day
        (MAY, datetime.date(2031, 6, 1), datetime.date(2031, 5, 31), True),
        (MAY, datetime.date(2031, 6, 1), datetime.date(2031, 6, 1), False),  # the day it ends no longer counts
        (None, None, MAY, True),
        (datetime.date(2031, 5, 2), None, MAY, False),
    ],
)
def test_a_membership_holds_from_its_first_day_until_its_end(starts_on, ends_on, day, holds):
    Membership.objects.create(
        bloc=make_party("harbour-league"), member=make_party(), starts_on=starts_on, ends_on=ends_on
    )

    assert Membership.objects.in_force(on=day).exists() is holds


class TestDeleting:
    def test_a_proposal_takes_its_clauses_along_however_they_hang_together(self):
        plan = make_proposal()
        outer = make_clause(plan)
        inner = make_clause(plan, parent=outer)
        outer.dependencies.create(target=inner, relation="after")

        plan.delete()

        assert not Clause.objects.exists()

    @pytest.mark.parametrize("tie", ["lineage", "position", "strikes"])
    def test_a_proposal_that_others_refer_to_is_refused(self, tie):
        plan, answer = make_proposal("council-plan"), make_proposal("front-answer")
        clause = make_clause(plan)
        if tie == "lineage":
            answer.lineage.create(earlier=plan, relation="answers")
        elif tie == "position":
            make_position(proposal=plan)
        else:
            make_clause(answer, kind="deletion", modality="", strikes=clause)

        with pytest.raises(ProtectedError):
            plan.delete()

    def test_a_source_in_use_is_refused(self):
        make_proposal()

        with pytest.raises(ProtectedError):
            make_source().delete()
