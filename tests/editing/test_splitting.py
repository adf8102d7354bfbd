"""One clause becomes several, and nothing that was on it or referred to it is lost."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import ForeignKey

from parties.models import Change
from proposals.editing import Part, UnableToEdit, codings_of, part_keys, referrers_of, split_clause
from proposals.editing.codings import KINDS
from proposals.editing.referring import REFERRING
from proposals.models import Clause, Decision, Dispute, RetiredKey, Stage
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_proposal,
    make_statement,
    make_term,
)

OPENS = Part("c02a", "2a", "Opening", "It opens the old harbour.")
STAYS = Part("c02b", "2b", "Staying open", "It stays open.")


@pytest.fixture
def plan(db):
    return make_proposal("council-plan", clauses=["It begins.", "It opens the old harbour and stays open.", "It ends."])


@pytest.fixture
def clause(plan):
    clause = plan.clauses.get(key="c02")
    make_term(clause)
    clause.roles.create(role="obligated", party=make_party(COASTAL_FRONT), order=1)
    clause.contests.create(party=make_party(COASTAL_FRONT), objection="Too soon.", order=1)
    clause.dependencies.create(target=plan.clauses.get(key="c01"), relation="after", order=1)
    return clause


def refusals(refused):
    return [(fault.reason, fault.place, fault.field) for fault in refused.value.faults]


def test_every_key_to_a_clause_is_a_coding_or_a_referrer():
    keys = {
        (relation.related_model._meta.label, relation.field.name)
        for relation in Clause._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and isinstance(getattr(relation, "field", None), ForeignKey)
        # Not those of the history, which refers to no record that is there.
        and relation.field.db_constraint
        and relation.related_model._meta.managed
    }

    coded = {(Clause._meta.get_field(kind).related_model._meta.label, "clause") for kind in KINDS}
    assert keys == coded | {(model._meta.label, key) for _, model, key, _ in REFERRING}


def test_the_parts_stand_in_the_place_of_the_whole_with_everything_that_was_coded_on_it(clause, admin_user):
    new = split_clause(clause, [OPENS, STAYS], by=admin_user)

    stored = Clause.objects.in_reading_order().values_list("key", "order", "number", "text", "stage", "evidence")
    assert list(stored) == [
        ("c01", 1, "1", "It begins.", "public", "full_text"),
        ("c02a", 2, "2a", "It opens the old harbour.", "public", "full_text"),
        ("c02b", 3, "2b", "It stays open.", "public", "full_text"),
        ("c03", 4, "3", "It ends.", "public", "full_text"),
    ]
    for part in new:
        assert [coding.kind for coding in codings_of(part)] == [
            *("topic_links", "roles", "terms", "citations", "dependencies", "contests")
        ]


def test_each_part_keeps_what_it_is_told_to(clause, admin_user):
    codings = {coding.kind: coding.id for coding in codings_of(clause)}
    source, term, role = codings["citations"], codings["terms"], codings["roles"]

    opens, stays = split_clause(
        clause,
        [
            Part("c02a", "2", "A", "It opens.", keeps=[source, term]),
            Part("c02b", "2", "B", "It.", keeps=[source, role]),
        ],
        by=admin_user,
    )

    assert [coding.kind for coding in codings_of(opens)] == ["terms", "citations"]
    assert [coding.kind for coding in codings_of(stays)] == ["roles", "citations"]


def test_the_key_of_the_whole_is_retired_and_leads_to_the_parts(clause, admin_user):
    split_clause(clause, [OPENS, STAYS], by=admin_user)

    retired = RetiredKey.objects.get()
    assert (retired.key, retired.why, retired.successors, retired.public) == ("c02", "split", ["c02a", "c02b"], True)
    assert not Change.objects.get(kind="clause", address="council-plan/c02").visible


def test_chains_lead_to_those_that_live(clause, admin_user):
    opens, _ = split_clause(clause, [OPENS, STAYS], by=admin_user)

    split_clause(opens, [Part("c02a1", "2", "A", "It."), Part("c02a2", "2", "B", "Opens.")], by=admin_user)

    assert dict(RetiredKey.objects.values_list("key", "successors")) == {
        "c02": ["c02a1", "c02a2", "c02b"],
        "c02a": ["c02a1", "c02a2"],
    }


def test_a_draft_that_nobody_saw_retires_its_key_for_staff_alone(plan, admin_user):
    draft = make_clause(plan, key="c09", stage=Stage.DRAFT)

    new = split_clause(draft, [OPENS, STAYS], by=admin_user)

    assert {part.stage for part in new} == {"draft"}
    assert not RetiredKey.objects.get(key="c09").public


class TestWhatRefersToIt:
    @pytest.fixture
    def answer(self):
        return make_proposal("front-answer", clauses=["It stays closed."])

    def everything(self, clause, answer):
        other = answer.clauses.get()
        dispute = Dispute.objects.create(slug="opening", subject="Day of the opening")
        return {
            "decision": make_decision(other, clause, verdict="same_matter"),
            "position": make_position(proposal=clause.proposal, clause=clause),
            "dispute": dispute.about.create(clause=clause),
            "statement": make_statement(about=[{"clause": clause}]).about.get(),
            "dependency": other.dependencies.create(target=clause, relation="instead_of"),
            "enclosed clause": make_clause(clause.proposal, parent=clause),
            "clause that strikes it out": make_clause(answer, kind="deletion", modality="", strikes=clause),
            "copy": make_clause(answer, copied_from=clause),
        }

    def test_is_found(self, clause, answer):
        made = self.everything(clause, answer)

        found = {referrer.kind: referrer.record.pk for referrer in referrers_of(clause)}

        assert found == {kind: record.pk for kind, record in made.items()}
        assert all(referrer.words for referrer in referrers_of(clause))

    @pytest.mark.parametrize("part", [0, 1])
    def test_goes_where_it_is_led(self, clause, answer, admin_user, part):
        made = self.everything(clause, answer)
        leads = {referrer.id: part for referrer in referrers_of(clause)} if part else None

        new = split_clause(clause, [OPENS, STAYS], leads=leads, by=admin_user)

        assert {referrer.kind for referrer in referrers_of(new[part])} == set(made)
        assert referrers_of(new[1 - part]) == []

    def test_asks_to_be_judged_again_where_it_is_a_decision(self, clause, answer, admin_user):
        decision = make_decision(clause, answer.clauses.get())

        new = split_clause(clause, [OPENS, STAYS], by=admin_user)

        decision = Decision.objects.with_parts().get(pk=decision.pk)
        assert decision.left == new[0]
        assert decision.stale


class TestIsRefused:
    def test_into_fewer_than_two(self, clause, admin_user):
        with pytest.raises(UnableToEdit) as refused:
            split_clause(clause, [OPENS], by=admin_user)

        assert refusals(refused) == [("To split a clause takes two parts or more.", None, "")]

    def test_with_every_fault_at_its_place(self, clause, admin_user):
        broken = [Part("c01", "2", "A", "It opens."), Part("C 2", "2", "", "It stays."), Part("c01", "2", "C", " ")]

        with pytest.raises(UnableToEdit) as refused:
            split_clause(clause, broken, by=admin_user)

        assert refusals(refused) == [
            ("Another part has this key.", 2, "key"),
            ("This key is in use in the proposal.", 0, ""),
            ("Write a key such as c07 or article-4.", 1, "key"),
            ("This field cannot be blank.", 1, "label"),
            ("This key is in use in the proposal.", 2, ""),
        ]
        assert Clause.objects.count() == 3

    def test_where_a_public_part_would_name_no_source(self, clause, admin_user):
        with pytest.raises(UnableToEdit) as refused:
            split_clause(clause, [OPENS, Part("c02b", "2", "B", "It stays.", keeps=[])], by=admin_user)

        assert refusals(refused) == [("A public clause names a source.", 1, "keeps")]

    def test_once_it_is_gone(self, clause, admin_user):
        split_clause(clause, [OPENS, STAYS], by=admin_user)

        with pytest.raises(UnableToEdit):
            split_clause(clause, [OPENS, STAYS], by=admin_user)


def test_the_history_says_who_split_what(clause, admin_user):
    split_clause(clause, [OPENS, STAYS], by=admin_user)

    told = LogEntry.objects.order_by("pk").values_list("user", "action_flag", "change_message")
    assert list(told) == [
        (admin_user.pk, 3, "Split into c02a, c02b."),
        (admin_user.pk, 1, "Split from council-plan/c02."),
        (admin_user.pk, 1, "Split from council-plan/c02."),
    ]


def test_keys_for_parts_are_in_use_by_none_and_retired_by_none(plan):
    RetiredKey.objects.create(proposal=plan, key="c02a", why="deleted")
    make_clause(plan, key="c02c")

    assert part_keys(plan.clauses.get(key="c02"), 3) == ["c02b", "c02d", "c02e"]
    assert part_keys(plan.clauses.get(key="c02c"), 2) == ["c02c1", "c02c2"]
