"""The version of a record counts its saved changes and those of its parts, whichever way they are written."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection

from parties.models import Change
from proposals.models import (
    Clause,
    ClauseParty,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Contest,
    Decision,
    Dependency,
    Lineage,
    Position,
    ProposalParty,
    ProposalSource,
    Silence,
    Stage,
    StatementAbout,
    StatementTopic,
    TextVersion,
)
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_proposal,
    make_source,
    make_statement,
    make_term,
    make_territory,
    make_topic,
)

pytestmark = pytest.mark.django_db


def version(record):
    return type(record).objects.values_list("version", flat=True).get(pk=record.pk)


@pytest.fixture
def plan():
    return make_proposal("council-plan")


@pytest.fixture
def clause(plan):
    return make_clause(plan)


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (make_proposal, {"summary": "Another summary."}),
        (lambda: make_clause(make_proposal()), {"text": "The Coastal Front closes the old harbour."}),
        (make_position, {"red_line": True}),
        (make_statement, {"claim": "The talks ended when the pier sank."}),
    ],
    ids=["proposal", "clause", "position", "statement"],
)
class TestARecord:
    def test_moves_on_by_one_when_it_is_saved_changed(self, make, change):
        record = make()
        before = version(record)

        for name, value in change.items():
            setattr(record, name, value)
        record.save()

        assert version(record) == before + 1

    def test_stays_when_it_is_saved_as_it_was(self, make, change):
        record = make()
        before, changed_at = version(record), type(record).objects.get(pk=record.pk).changed_at

        type(record).objects.get(pk=record.pk).save()

        assert version(record) == before
        assert type(record).objects.get(pk=record.pk).changed_at == changed_at

    def test_moves_on_when_it_is_changed_in_bulk_or_by_plain_sql(self, make, change):
        record = make()
        before = version(record)

        type(record).objects.filter(pk=record.pk).update(**change)
        name, value = next((name, value) for name, value in change.items())
        with connection.cursor() as cursor:
            again = f"{value} So it is." if isinstance(value, str) else not value
            cursor.execute(f"UPDATE {record._meta.db_table} SET {name} = %s WHERE id = %s", [again, record.pk])  # noqa: S608

        assert version(record) == before + 2

    def test_counts_from_the_stored_version_when_an_old_copy_is_saved(self, make, change):
        record = make()
        old_copy = type(record).objects.get(pk=record.pk)
        type(record).objects.filter(pk=record.pk).update(stage="review")
        before = version(record)

        for name, value in change.items():
            setattr(old_copy, name, value)
        old_copy.save()

        assert version(record) == before + 1

    def test_cannot_be_set_back(self, make, change):
        record = make()
        type(record).objects.filter(pk=record.pk).update(stage="review")
        before = version(record)

        type(record).objects.filter(pk=record.pk).update(version=1)

        assert version(record) == before


# A part that can be added to a proposal or clause, and a change to it.
PARTS_OF_A_PROPOSAL = {
    "party": (lambda plan: ProposalParty(proposal=plan, party=make_party(MEDIATOR), role="mediator"), {"order": 7}),
    "source": (lambda plan: ProposalSource(proposal=plan, source=make_source("coast-radio")), {"order": 7}),
    "text version": (lambda plan: TextVersion(proposal=plan, name="agency print"), {"note": "Splits point 5."}),
    "lineage": (
        lambda plan: Lineage(proposal=plan, earlier=make_proposal("front-offer"), relation="answers"),
        {"relation": "revises"},
    ),
    "silence": (
        lambda plan: Silence(
            proposal=plan, topic=make_topic("prisoners"), reason="Read.", checked_by="Ida", checked_on="2031-05-02"
        ),
        {"reason": "Read again."},
    ),
}
PARTS_OF_A_CLAUSE = {
    "topic": (lambda clause: ClauseTopic(clause=clause, topic=make_topic("prisoners")), {"order": 7}),
    "party": (
        lambda clause: ClauseParty(clause=clause, party=make_party(COASTAL_FRONT), role="obligated"),
        {"role": "monitor"},
    ),
    "territory": (lambda clause: ClauseTerritory(clause=clause, territory=make_territory()), {"order": 7}),
    "source": (lambda clause: ClauseSource(clause=clause, source=make_source("coast-radio")), {"order": 7}),
    "dependency": (
        lambda clause: Dependency(clause=clause, target=make_clause(make_proposal("front-offer")), relation="after"),
        {"relation": "if"},
    ),
    "contest": (
        lambda clause: Contest(clause=clause, party=make_party(COASTAL_FRONT), objection="Too soon."),
        {"objection": "Too late."},
    ),
}
PARTS_OF_A_STATEMENT = {
    "topic": (lambda said: StatementTopic(statement=said, topic=make_topic("prisoners")), {"order": 7}),
    "subject": (lambda said: StatementAbout(statement=said, source=make_source("coast-radio")), {"order": 7}),
}


class TestAPart:
    @pytest.mark.parametrize("part", PARTS_OF_A_PROPOSAL)
    def test_of_a_proposal_moves_it_on_when_added_changed_and_removed(self, plan, part):
        build, change = PARTS_OF_A_PROPOSAL[part]
        self._goes_through_its_life(plan, build(plan), change)

    @pytest.mark.parametrize("part", PARTS_OF_A_CLAUSE)
    def test_of_a_clause_moves_it_on_when_added_changed_and_removed(self, clause, part):
        build, change = PARTS_OF_A_CLAUSE[part]
        self._goes_through_its_life(clause, build(clause), change)

    @pytest.mark.parametrize("part", PARTS_OF_A_STATEMENT)
    def test_of_a_statement_moves_it_on_when_added_changed_and_removed(self, part):
        build, change = PARTS_OF_A_STATEMENT[part]
        statement = make_statement()
        self._goes_through_its_life(statement, build(statement), change)

    def test_that_is_a_term_moves_its_clause_on(self, clause):
        before = version(clause)

        term = make_term(clause)
        term.value = Decimal(800)
        term.save()
        term.delete()

        assert version(clause) == before + 3

    def test_that_is_a_clause_moves_its_proposal_on(self, plan):
        before = version(plan)

        clause = make_clause(plan, topics=[])
        Clause.objects.filter(pk=clause.pk).update(label="The old harbour")

        # Once for the clause, once for its source, which moves the clause, once for its label.
        assert version(plan) == before + 3

    def test_that_is_a_hidden_clause_moves_no_public_proposal_on(self, plan):
        before, number = version(plan), Change.objects.get(kind="proposal").number

        clause = make_clause(plan, stage=Stage.DRAFT)
        make_term(clause)
        Clause.objects.filter(pk=clause.pk).update(label="The old harbour")
        for stage in (Stage.REVIEW, Stage.WITHDRAWN):
            Clause.objects.filter(pk=clause.pk).update(stage=stage)
        clause.delete()

        assert version(plan) == before
        # Who sees everything is told all the same.
        assert Change.objects.get(kind="proposal").number > number

    @pytest.mark.parametrize(("was", "becomes"), [("draft", "public"), ("public", "withdrawn")])
    def test_that_is_a_clause_which_comes_into_sight_or_goes_moves_its_proposal_on(self, plan, was, becomes):
        clause = make_clause(plan, stage=was)
        before = version(plan)

        Clause.objects.filter(pk=clause.pk).update(stage=becomes)

        assert version(plan) == before + 1

    def test_that_is_a_clause_of_a_draft_moves_it_on(self):
        plan = make_proposal(stage=Stage.DRAFT)
        before = version(plan)

        make_clause(plan, topics=[], stage=Stage.DRAFT)

        assert version(plan) == before + 2

    def test_of_a_clause_moves_the_proposal_on_as_well(self, clause):
        before = version(clause.proposal)

        make_term(clause)

        assert version(clause.proposal) == before + 1

    def test_saved_as_it_was_moves_nothing(self, clause):
        term = make_term(clause)
        before = version(clause)

        term.save()

        assert version(clause) == before

    def test_that_changes_hands_moves_both_owners_on(self, plan):
        left, right = make_clause(plan), make_clause(plan)
        term = make_term(left)
        before = version(left), version(right)

        term.clause = right
        term.save()

        assert (version(left), version(right)) == (before[0] + 1, before[1] + 1)

    def test_written_with_others_in_one_statement_counts_once(self, clause):
        before = version(clause)

        ClauseTopic.objects.bulk_create(
            [ClauseTopic(clause=clause, topic=make_topic(slug), order=place) for place, slug in enumerate("abc")]
        )

        assert version(clause) == before + 1

    def _goes_through_its_life(self, owner, part, change):
        part.save(force_insert=True)
        before = version(owner)

        for name, value in change.items():
            setattr(part, name, value)
        part.save()
        assert version(owner) == before + 1

        part.delete()
        assert version(owner) == before + 2

        part.pk = None
        part.save(force_insert=True)
        assert version(owner) == before + 3


class TestWhatIsNoChangeOfWhatAClauseSays:
    @pytest.mark.parametrize(
        "change",
        [
            lambda clause: {"order": 7},
            lambda clause: {"parent": make_clause(clause.proposal)},
            lambda clause: {"stage": "review"},
            lambda clause: {"copied_from": make_clause(make_proposal("front-offer"))},
        ],
        ids=["order", "parent", "stage", "copied from"],
    )
    def test_leaves_its_version_and_moves_everything_else_on(self, clause, change):
        fields = change(clause)
        Clause.objects.filter(pk=clause.pk).update(changed_at=datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC))
        before = version(clause), version(clause.proposal), Change.objects.get(kind="clause", record=clause.pk).number

        Clause.objects.filter(pk=clause.pk).update(**fields)

        logged = Change.objects.get(kind="clause", record=clause.pk).number
        assert version(clause) == before[0]
        assert version(clause.proposal) == before[1] + 1
        assert logged > before[2]
        assert Clause.objects.get(pk=clause.pk).changed_at.year > 2001

    def test_leaves_decisions_as_fresh_as_they_were(self, clause):
        decision = make_decision(clause, make_clause(make_proposal("front-offer")))

        Clause.objects.filter(pk=clause.pk).update(order=9, stage="review")

        assert not Decision.objects.with_parts().get(pk=decision.pk).stale


def test_a_change_notes_when_it_was_made():
    long_ago = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    position = make_position(changed_at=long_ago)
    assert Position.objects.get().changed_at == long_ago

    Position.objects.filter(pk=position.pk).update(note="Translated.")

    assert Position.objects.get().changed_at > long_ago


def test_a_new_record_starts_at_one_and_as_a_draft():
    position = Position()

    assert (position.version, position.stage) == (1, "draft")
