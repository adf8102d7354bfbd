"""What the admin does not take it says beside the form, in the constraint's own words, and keeps what was typed."""

import datetime
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from parties.models import Membership, Party
from proposals.models import Clause, Dispute, Measure, Position, Proposal, Stage, Statement, Term
from tests.admin.conftest import faults
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_proposal,
    make_source,
    make_statement,
    make_term,
    make_territory,
    make_topic,
)

pytestmark = pytest.mark.django_db

BOUNDS = {"starts_on": "2031-05-01", "ends_on": "2031-06-01"}


class TestParties:
    def test_two_new_memberships_that_overlap(self, editor):
        council, league = make_party(), make_party("harbour-league")
        form = editor.open(council)
        form.add_row("memberships_as_member", bloc=league.pk, **BOUNDS)
        form.add_row("memberships_as_member", bloc=league.pk, starts_on="2031-05-20")

        saved = editor.save(council, form)

        assert faults(saved) == ["This membership overlaps another one of the same party in the same bloc."]
        assert 'value="2031-05-20"' in saved.content.decode()
        assert not Membership.objects.exists()

    def test_a_membership_that_overlaps_a_stored_one(self, editor):
        council, league = make_party(), make_party("harbour-league")
        Membership.objects.create(bloc=league, member=council)
        form = editor.open(council)
        form.add_row("memberships_as_member", bloc=league.pk, **BOUNDS)

        saved = editor.save(council, form)

        assert faults(saved) == ["This membership overlaps another one of the same party in the same bloc."]

    def test_a_membership_that_ends_before_it_starts(self, editor):
        council = make_party()
        form = editor.open(council)
        backwards = {"starts_on": BOUNDS["ends_on"], "ends_on": BOUNDS["starts_on"]}
        form.add_row("memberships_as_member", bloc=make_party("harbour-league").pk, **backwards)

        saved = editor.save(council, form)

        assert faults(saved) == ["A membership ends after it starts."]

    def test_a_membership_of_a_party_in_itself(self, editor):
        council = make_party()
        form = editor.open(council)
        form.add_row("memberships_as_member", bloc=council.pk)

        saved = editor.save(council, form)

        assert faults(saved) == ["A party is not a member of itself."]

    def test_a_new_party_comes_with_aliases_and_memberships(self, editor):
        form = editor.open_new(Party) | {"name": "River Guard", "slug": "river-guard", "kind": "armed_group"}
        form.add_row("aliases", name="the Guard")
        form.add_row("memberships_as_member", bloc=make_party("harbour-league").pk, **BOUNDS)

        saved = editor.save_new(Party, form)

        assert faults(saved) == []
        guard = Party.objects.get(slug="river-guard")
        assert (guard.aliases.get().name, guard.memberships_as_member.get().bloc.slug) == (
            "the Guard",
            "harbour-league",
        )

    @pytest.mark.parametrize("stored", [True, False])
    def test_the_same_alias_twice(self, editor, stored):
        council = make_party()
        if stored:
            council.aliases.create(name="the Council")
        form = editor.open(council)
        for _ in range(1 if stored else 2):
            form.add_row("aliases", name="the Council")

        saved = editor.save(council, form)

        told = "This alias is recorded already." if stored else "Please correct the duplicate data for name."
        assert told in faults(saved)

    def test_an_id_that_is_none_or_taken(self, editor):
        make_party(COASTAL_FRONT)
        council = make_party()

        for slug, told in {
            "Northern Council": "Write lower-case letters and digits in words joined by hyphens, such as "
            "northern-council.",
            COASTAL_FRONT: "Party with this Id already exists.",
        }.items():
            saved = editor.save(council, editor.open(council) | {"slug": slug})

            assert told in faults(saved)


class TestClauses:
    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"kind": "deletion", "modality": ""}, "A deletion names the clause that it strikes out."),
            ({"kind": "placeholder"}, "A deletion or placeholder has no modality."),
            ({"key": "C 01"}, "Write a key such as c07 or article-4."),
            ({"key": "c02"}, "This key is in use in the proposal."),
            ({"text": ""}, "This field is required."),
        ],
    )
    @pytest.mark.parametrize("where", ["on its own page", "in the proposal's table"])
    def test_a_change_that_breaks_a_rule(self, editor, where, fields, told):
        plan = make_proposal(stage="draft")
        clause = make_clause(plan)
        make_clause(plan)
        owner, prefix = (clause, "") if where == "on its own page" else (plan, "clauses-0-")
        form = editor.open(owner)

        saved = editor.save(owner, form | {prefix + name: value for name, value in fields.items()})

        assert told in faults(saved)
        assert Clause.objects.get(pk=clause.pk).text == clause.text

    def test_a_fault_of_a_field_that_is_not_in_the_table_is_told_above_the_row(self, editor):
        plan = make_proposal("council-plan")
        clause = make_clause(plan)
        # As an import that does not validate might leave it.
        Clause.objects.filter(pk=clause.pk).update(parent=make_clause(make_proposal("front-answer")))
        form = editor.open(plan)

        saved = editor.save(plan, form | {"clauses-0-text": "It closes."})

        assert faults(saved) == ["The enclosing clause is one of the same proposal."]

    def test_two_new_clauses_with_one_key(self, editor):
        plan = make_proposal()
        form = editor.open(plan)
        for number in "12":
            form.add_row("clauses", key="c01", number=number, label="Harbour", text="It opens.")

        saved = editor.save(plan, form)

        assert any("duplicate data for key" in fault for fault in faults(saved))

    def test_a_clause_that_another_one_of_the_proposal_hangs_on_is_not_taken_away(self, editor):
        plan = make_proposal()
        target, clause = make_clause(plan), make_clause(plan)
        clause.dependencies.create(target=target, relation="after")
        form = editor.open(plan)

        saved = editor.save(plan, form | {"clauses-0-DELETE": "on"})

        assert "would require deleting the following protected related objects" in faults(saved)[0]
        assert Clause.objects.count() == 2


class TestTerms:
    QUANTITY = {"kind": "quantity", "comparator": "at_most", "value": "500", "unit": "persons"}

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"comparator": ""}, "A quantity or duration has a comparator and no date."),
            ({"value": ""}, "No limit and a limit without a figure have no value; every other comparator has one."),
            ({"value": "-1"}, "A value is not negative."),
            ({"unit": ""}, "A value has a unit."),
            ({"value_max": "900"}, "Between has an upper value above the lower one; nothing else has it."),
            ({"comparator": "between", "value_max": "400"}, "Between has an upper value above the lower one;"),
            ({"value": "many"}, "Enter a number."),
            ({"value": "1" * 20}, "Ensure that there are no more than"),
            ({"kind": "date"}, "A date has a day and its precision, no comparator, figure or unit."),
            ({"kind": "duration"}, "A duration is told in hours, days, months or years."),
        ],
    )
    def test_a_term_that_breaks_a_rule(self, editor, fields, told):
        clause = make_clause(make_proposal())
        measure = Measure.objects.create(code="garrison", kind=fields.get("kind", "quantity"), name="of the harbour")
        form = editor.open(clause)
        form.add_row("terms", measure=measure.pk, **self.QUANTITY | fields)

        saved = editor.save(clause, form)

        assert any(fault.startswith(told) for fault in faults(saved)), faults(saved)
        assert not Term.objects.exists()

    def test_a_measure_of_another_kind(self, editor):
        clause = make_clause(make_proposal())
        make_term(clause)
        measure = Measure.objects.create(code="truce_length", kind="duration", name="length of a truce")

        saved = editor.save(clause, editor.open(clause) | {"terms-0-measure": measure.pk})

        assert faults(saved) == ["truce_length measures a duration or deadline."]


class TestDates:
    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"date": "2031-05-02", "date_precision": "month"}, "Write the first day of the period:"),
            ({"date": "2031-05-02", "date_end": "2031-05-01"}, "The last day is not before the first."),
            ({"date": "May 2031"}, "Enter a valid date."),
        ],
    )
    @pytest.mark.parametrize("make", [make_proposal, make_position], ids=["proposal", "position"])
    def test_a_date_that_breaks_a_rule(self, editor, make, fields, told):
        record = make()

        saved = editor.save(record, editor.open(record) | fields)

        assert any(fault.startswith(told) for fault in faults(saved))

    def test_a_source_with_a_precision_and_no_date(self, editor):
        source = make_source()

        saved = editor.save(source, editor.open(source) | {"date_precision": "year"})

        assert faults(saved)[0].startswith("Write the first day of the period:")


class TestDisputes:
    def test_a_row_about_two_records_or_none(self, editor):
        dispute = Dispute.objects.create(slug="garrison-strength", subject="Strength of the garrison")
        dispute.topics.add(make_topic())
        for about in ({"proposal": make_proposal().pk, "person": make_person().pk}, {"order": 3}):
            form = editor.open(dispute)
            form.add_row("about", **about)

            saved = editor.save(dispute, form)

            assert faults(saved) == ["Name exactly one proposal, clause, position, source or person."]

    def test_a_dispute_with_its_rival_values(self, editor):
        form = editor.open_new(Dispute) | {"slug": "garrison-strength", "subject": "Strength of the garrison"}
        form["topics"] = [make_topic().pk]
        form.add_row("claims", value="400 men", source=make_source().pk)
        form.add_row("claims", value="900 men", source=make_source("coast-radio").pk)
        form.add_row("about", clause=make_clause(make_proposal()).pk)

        saved = editor.save_new(Dispute, form)

        assert faults(saved) == []
        claims = Dispute.objects.get().claims.order_by("order").values_list("value", flat=True)
        assert list(claims) == ["400 men", "900 men"]


class TestStatements:
    def test_one_on_no_topic(self, editor):
        statement = make_statement()
        form = editor.open(statement)
        form["topic_links-0-DELETE"] = "on"

        saved = editor.save(statement, form)

        assert faults(saved) == ["Name at least one topic."]

    def test_one_said_by_a_party_and_a_person(self, editor):
        statement = make_statement()

        saved = editor.save(statement, editor.open(statement) | {"party": make_party().pk, "person": make_person().pk})

        assert faults(saved) == ["Name the party or the person who says it, not both."]

    def test_a_slip_without_a_word_on_how_we_know(self, editor):
        statement = make_statement()

        saved = editor.save(statement, editor.open(statement) | {"kind": "slip"})

        assert faults(saved) == ["Say how we know that it is wrong, or what it stands against."]

    def test_a_new_one_with_its_topics_and_what_it_is_about(self, editor):
        form = editor.open_new(Statement) | {
            "slug": "s001",
            "kind": "cause",
            "subject": "End of the harbour talks",
            "claim": "The talks ended when the pier burned.",
            "source": make_source().pk,
            "locator": "line 14",
            "evidence": "full_text",
            "confidence": "high",
        }
        form["topic_links-0-topic"] = make_topic().pk
        form.add_row("about", clause=make_clause(make_proposal()).pk)

        saved = editor.save_new(Statement, form)

        assert faults(saved) == []
        assert [about.clause.key for about in Statement.objects.get().about.all()] == ["c01"]


def test_the_id_of_a_public_proposal_is_fixed(editor):
    plan = make_proposal("council-plan")

    saved = editor.save(plan, editor.open(plan) | {"slug": "council-plan-2"})

    assert faults(saved) == ["The id of a public proposal is fixed: addresses and citations use it."]


def test_a_proposal_and_its_parts_are_saved_together_or_not_at_all(editor):
    plan = make_proposal()
    form = editor.open(plan) | {"title": "Another title"}
    form.add_row("roles", role="proposer", party=make_party().pk)

    saved = editor.save(plan, form)

    assert faults(saved) == ["This party has this role already."]
    assert Proposal.objects.get().title == "Council Plan"


def test_what_another_editor_saved_first_is_told_too(editor):
    """Between the check and the write somebody else may take the key: the database has the last word."""
    plan = make_proposal()
    form = editor.open(plan)
    form.add_row("clauses", key="c01", number="1", label="Harbour", text="It opens.")

    def taken_meanwhile(admin, request, proposal, posted, change):
        make_clause(plan, key="c01")
        proposal.save()

    with patch("proposals.admin.ProposalAdmin.save_model", taken_meanwhile):
        saved = editor.save(plan, form)

    assert faults(saved) == ["This key is in use in the proposal."]


class TestDeleting:
    @pytest.mark.parametrize(
        "make",
        [
            make_party,
            make_source,
            make_topic,
            make_territory,
            lambda: make_proposal().process,
            lambda: make_topic().group,
            lambda: make_term(make_clause(make_proposal())).measure,
        ],
        ids=["party", "source", "topic", "territory", "process", "topic group", "measure"],
    )
    @pytest.mark.parametrize("way", ["on its page", "from the list"])
    def test_a_record_in_use_shows_what_holds_it(self, editor, make, way):
        make_clause(make_proposal("front-answer"), territories=["old-harbour"], obligated=["northern-council"])
        record = make()
        model = record._meta.model_name
        room = f"/admin/{record._meta.app_label}/{model}/"

        if way == "on its page":
            page = editor.client.post(f"{room}{record.pk}/delete/", {"post": "yes"})
        else:
            page = editor.act("delete_selected", record)

        assert "protected" in page.content.decode()
        assert type(record).objects.filter(pk=record.pk).exists()

    def test_a_proposal_with_clauses_that_hang_together_goes_whole(self, editor):
        plan = make_proposal()
        outer = make_clause(plan)
        outer.dependencies.create(target=make_clause(plan, parent=outer), relation="after")

        editor.delete(plan, editor.ask_to_delete(plan))

        assert not Proposal.objects.exists()
        assert not Clause.objects.exists()

    def test_a_proposal_that_another_one_answers_stays(self, editor):
        plan = make_proposal("council-plan")
        answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1))
        answer.lineage.create(earlier=plan, relation="answers")

        page = editor.client.post(f"/admin/proposals/proposal/{plan.pk}/delete/", {"post": "yes"})

        assert "Front Answer (front-answer) answers Council Plan (council-plan)" in page.content.decode()
        assert Proposal.objects.filter(pk=plan.pk).exists()


@pytest.mark.parametrize("value", ["2031-05-01", "1 or 1=1", "٣", "9" * 30, "-1", "1.5"])
def test_a_choice_that_is_no_record_is_a_fault_of_its_field(editor, value):
    form = editor.open_new(Position, slug="p900")

    saved = editor.save_new(Position, form | {"clause": value, "superseded_by": value})

    told = faults(saved)
    assert saved.status_code == 200
    assert told.count("Select a valid choice. That choice is not one of the available choices.") == 2


@pytest.mark.parametrize("model", [Clause, Dispute, Group, Party, Proposal], ids=lambda one: one.__name__)
def test_ticked_rows_that_are_none_are_refused(editor, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    answer = editor.client.post(address, {"action": "delete_selected", "_selected_action": ["1", "=1+1"]})

    assert answer.status_code == 400


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("make", [make_proposal, make_position], ids=["proposal", "position"])
def test_an_id_that_nothing_can_have_is_refused_on_a_page_that_leads_to_the_stored_one(editor, make, stage) -> None:
    record = make("council-words", stage=stage)

    page = editor.save(record, editor.open(record) | {"slug": "=1+1"})

    assert page.status_code == 200
    assert faults(page) != []
    assert "council-words" in page.content.decode()
