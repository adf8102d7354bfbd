"""Every named constraint refuses what it is there for, in words, and in the database itself.

BROKEN has an entry for each, which a test checks: it makes a record that breaks this rule and, if possible, no other.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from parties.constraints import broken_constraint
from parties.models import Change, Membership, PartyAlias, PersonAlias
from parties.tracking import Event
from proposals.models import (
    AlignedPair,
    AlignmentRun,
    Clause,
    ClauseParty,
    ClauseSource,
    ClauseTerritory,
    ClauseTopic,
    Contest,
    Decision,
    Dependency,
    Dispute,
    DisputeAbout,
    ImportedRecord,
    Lineage,
    Measure,
    ProposalParty,
    ProposalSource,
    RetiredKey,
    Silence,
    StatementAbout,
    StatementTopic,
    Term,
    TerritoryAlias,
    TextVersion,
    TopicGroup,
    VocabularySnapshot,
)
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
    make_clause,
    make_decision,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_statement,
    make_term,
    make_territory,
    make_topic,
)

pytestmark = pytest.mark.django_db

CONSTRAINTS = {
    constraint.name: constraint
    for app in ("parties", "proposals")
    for model in apps.get_app_config(app).get_models()
    # The database alone writes the log of changes and the history.
    if not issubclass(model, (Change, Event))
    for constraint in model._meta.constraints
}
MAY = datetime.date(2031, 5, 1)
JUNE = datetime.date(2031, 6, 1)


def changed(record: models.Model, **fields: Any) -> models.Model:
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def again(model: type[models.Model], **fields: Any) -> models.Model:
    """A second record with the same values as one that is stored."""
    model._default_manager.create(**fields)
    return model(**fields)


def a_clause(**fields: Any) -> Clause:
    proposal = make_proposal(fields.pop("slug", "council-plan"))
    return changed(make_clause(proposal), **fields)


def a_term(**fields: Any) -> Term:
    return changed(make_term(a_clause()), **fields)


def a_date(**fields: Any) -> Term:
    """A term of the kind date, which has a day and nothing else."""
    measure = Measure.objects.create(code="ceasefire_starts", kind="date", name="start of the ceasefire")
    bare = {"kind": "date", "measure": measure, "comparator": "", "value": None, "unit": ""}
    return a_term(**bare | {"date": MAY, "date_precision": "day"} | fields)


def two_clauses() -> tuple[Clause, Clause]:
    return a_clause(), a_clause(slug="front-answer")


def a_lineage(**fields: Any) -> dict[str, Any]:
    later = make_proposal("front-answer", date=JUNE)
    return {"proposal": later, "earlier": make_proposal(), "relation": "answers"} | fields


def overlapping_membership() -> Membership:
    pair = {"bloc": make_party("harbour-league", kind="group"), "member": make_party()}
    Membership.objects.create(**pair, ends_on=JUNE)
    return Membership(**pair, starts_on=MAY)


def mirrored_decision() -> Decision:
    left, right = two_clauses()
    make_decision(left, right)
    return Decision(left=right, right=left, verdict="same_matter", decided_by="two readers")


def decision_on(left: Clause, right: Clause, **fields: Any) -> Decision:
    return Decision(left=left, right=right, **{"verdict": "same_matter", "decided_by": "two readers"} | fields)


def about_two_records() -> DisputeAbout:
    dispute = Dispute.objects.create(slug="garrison-strength", subject="Strength of the garrison")
    return DisputeAbout(dispute=dispute, proposal=make_proposal(), source=make_source())


def second_followed_version() -> TextVersion:
    proposal = make_proposal()
    TextVersion.objects.create(proposal=proposal, name="agency print", followed=True)
    return TextVersion(proposal=proposal, name="leaked scan", followed=True)


def second_current_snapshot() -> VocabularySnapshot:
    VocabularySnapshot.objects.create(name="first", content="{}", is_current=True)
    return VocabularySnapshot(name="second", content="{}", is_current=True)


def aligned_pair(**fields: Any) -> AlignedPair:
    first, second = make_proposal(), make_proposal("front-answer")
    digests = {"left_inputs": 1, "right_inputs": 2, "decided": 0, "made_by": 3, "nearness": 0.5}
    return AlignedPair(**{"left": first, "right": second} | digests | fields)


def pair_aligned_twice() -> AlignedPair:
    stored = aligned_pair()
    stored.save()
    return changed(stored, pk=None)


def turned_pair() -> AlignedPair:
    pair = aligned_pair()
    return changed(pair, left=pair.right, right=pair.left)


def with_a_retired_key() -> Clause:
    clause = a_clause()
    clause.delete()
    return Clause(proposal=clause.proposal, key=clause.key, number="1", label="Harbour", text="It opens.")


NOT_A_SLUG = "Northern Council"
BROKEN: dict[str, Callable[[], models.Model]] = {
    # --- ids and codes
    "parties_party_slug_form": lambda: changed(make_party(), slug=NOT_A_SLUG),
    "parties_person_slug_form": lambda: changed(make_person(), slug=NOT_A_SLUG),
    "proposals_process_slug_form": lambda: changed(make_process(), slug=NOT_A_SLUG),
    "proposals_topicgroup_slug_form": lambda: TopicGroup(slug=NOT_A_SLUG, name="Security", definition="Invented."),
    "proposals_topic_slug_form": lambda: changed(make_topic(), slug=NOT_A_SLUG),
    "proposals_territory_slug_form": lambda: changed(make_territory(), slug=NOT_A_SLUG),
    "proposals_source_slug_form": lambda: changed(make_source(), slug=NOT_A_SLUG),
    "proposals_proposal_slug_form": lambda: changed(make_proposal(stage="draft"), slug=NOT_A_SLUG),
    "proposals_position_slug_form": lambda: changed(make_position(), slug=NOT_A_SLUG),
    "proposals_dispute_slug_form": lambda: Dispute(slug=NOT_A_SLUG, subject="Strength of the garrison"),
    "proposals_clause_key_form": lambda: a_clause(key="C 01", stage="draft"),
    "proposals_measure_code_form": lambda: Measure(code="Zone width", kind="quantity", name="width of a zone"),
    # --- each part once
    "parties_partyalias_once": lambda: again(PartyAlias, party=make_party(), name="the Council"),
    "parties_personalias_once": lambda: again(PersonAlias, person=make_person(), name="the Envoy"),
    "proposals_territoryalias_once": lambda: again(TerritoryAlias, territory=make_territory(), name="the Quay"),
    "proposals_proposalparty_once": lambda: again(
        ProposalParty, proposal=make_proposal(), party=make_party(MEDIATOR), role="mediator"
    ),
    "proposals_proposalsource_once": lambda: again(
        ProposalSource, proposal=make_proposal(), source=make_source("coast-radio")
    ),
    "proposals_textversion_once": lambda: again(TextVersion, proposal=make_proposal(), name="agency print"),
    "proposals_lineage_once": lambda: again(Lineage, **a_lineage()),
    "proposals_silence_once": lambda: again(
        Silence,
        proposal=make_proposal(),
        topic=make_topic("prisoners"),
        reason="Read for it.",
        checked_by="Ida",
        checked_on=JUNE,
    ),
    "proposals_clause_key_once": lambda: changed(
        Clause(proposal=a_clause().proposal, label="Harbour", text="It opens."), key="c01", number="1"
    ),
    "proposals_clauseparty_once": lambda: again(
        ClauseParty, clause=a_clause(), party=make_party(COASTAL_FRONT), role="obligated"
    ),
    "proposals_clausetopic_once": lambda: again(ClauseTopic, clause=a_clause(), topic=make_topic("garrison")),
    "proposals_clauseterritory_once": lambda: again(ClauseTerritory, clause=a_clause(), territory=make_territory()),
    "proposals_clausesource_once": lambda: again(ClauseSource, clause=a_clause(), source=make_source("coast-radio")),
    "proposals_dependency_once": lambda: again(
        Dependency, **dict(zip(("clause", "target"), two_clauses(), strict=True)), relation="after"
    ),
    "proposals_contest_once": lambda: again(
        Contest, clause=a_clause(), party=make_party(COASTAL_FRONT), objection="It wants the harbour closed."
    ),
    "proposals_decision_once": mirrored_decision,
    "proposals_importedrecord_once": lambda: again(ImportedRecord, kind="party", address="mediator", digest="a" * 64),
    "proposals_textversion_one_followed": second_followed_version,
    "proposals_vocabularysnapshot_one_current": second_current_snapshot,
    "proposals_alignmentrun_one_active": lambda: again(AlignmentRun, scope="all"),
    "proposals_alignedpair_once": pair_aligned_twice,
    # --- nothing refers to itself
    "parties_membership_not_itself": lambda: Membership(bloc=make_party(), member=make_party()),
    "proposals_lineage_not_itself": lambda: Lineage(proposal=make_proposal(), relation="revises", earlier_id=None),
    "proposals_dependency_not_itself": lambda: Dependency(relation="after"),
    "proposals_decision_two_clauses": lambda: decision_on(*[a_clause()] * 2),
    "proposals_clause_parent_not_itself": lambda: a_clause(),
    # --- dates and periods
    "parties_membership_ends_after_start": lambda: Membership(
        bloc=make_party("harbour-league"), member=make_party(), starts_on=JUNE, ends_on=MAY
    ),
    "parties_membership_no_overlap": overlapping_membership,
    "proposals_proposal_first_day": lambda: changed(
        make_proposal(), date=datetime.date(2031, 5, 2), date_precision="month"
    ),
    "proposals_proposal_ends_after_start": lambda: changed(make_proposal(), date=JUNE, date_end=MAY),
    "proposals_position_first_day": lambda: changed(make_position(), date=JUNE, date_precision="year"),
    "proposals_position_ends_after_start": lambda: changed(make_position(), date=JUNE, date_end=MAY),
    "proposals_source_first_day": lambda: changed(make_source(), date=MAY, date_precision=""),
    "proposals_term_first_day": lambda: a_date(date=datetime.date(2031, 5, 2), date_precision="month"),
    "proposals_retiredkey_once": lambda: again(RetiredKey, proposal=make_proposal(), key="c09", why="deleted"),
    # --- clauses
    "proposals_clause_key_not_retired": with_a_retired_key,
    "proposals_clause_modality_of_a_provision": lambda: a_clause(kind="placeholder", modality="must"),
    "proposals_clause_deletion_strikes": lambda: a_clause(kind="deletion", modality=""),
    "proposals_clause_strikes_kind": lambda: a_clause(kind="declaration", strikes=a_clause(slug="front-answer")),
    # --- terms
    "proposals_term_date_alone": lambda: a_date(qualifier="peacetime"),
    "proposals_term_comparator": lambda: a_term(comparator="", value=None, unit=""),
    "proposals_term_value": lambda: a_term(comparator="unlimited"),
    "proposals_term_range": lambda: a_term(value_max=Decimal(900)),
    "proposals_term_not_negative": lambda: a_term(value=Decimal(-1)),
    "proposals_term_unit": lambda: a_term(unit=""),
    "proposals_term_time_unit": lambda: a_term(
        kind="duration", measure=Measure.objects.create(code="truce_length", kind="duration", name="length of a truce")
    ),
    "proposals_position_supersedes_another": lambda: make_position(),
    "proposals_position_withdrawn_after": lambda: changed(make_position(date=JUNE), withdrawn_on=MAY),
    # --- disputes and decisions
    "proposals_disputeabout_exactly_one": about_two_records,
    # --- statements
    "proposals_statement_slug_form": lambda: changed(make_statement(), slug=NOT_A_SLUG),
    "proposals_statement_first_day": lambda: changed(make_statement(), date=MAY),
    "proposals_statement_ends_after_start": lambda: changed(
        make_statement(), date=JUNE, date_precision="day", date_end=MAY
    ),
    "proposals_statement_end_of_a_date": lambda: changed(make_statement(), date_end=JUNE),
    "proposals_statement_said_by_one": lambda: changed(make_statement(), party=make_party(), person=make_person()),
    "proposals_statementtopic_once": lambda: again(
        StatementTopic, statement=make_statement(), topic=make_topic("garrison")
    ),
    "proposals_statementabout_exactly_one": lambda: StatementAbout(statement=make_statement()),
    "proposals_decision_relation": lambda: decision_on(*two_clauses(), verdict="not_same_matter", relation="conflict"),
    # --- alignments of the corpus
    "proposals_alignmentrun_scope": lambda: AlignmentRun(scope="named"),
    "proposals_alignedpair_in_order": turned_pair,
}


def on_itself(name: str, record: models.Model) -> models.Model:
    """Points a record at itself, which takes one that is there already."""
    if name == "proposals_lineage_not_itself":
        return changed(record, earlier=record.proposal)
    if name == "proposals_dependency_not_itself":
        clause = a_clause()
        return changed(record, clause=clause, target=clause)
    if name == "proposals_clause_parent_not_itself":
        return changed(record, parent=record)
    if name == "proposals_position_supersedes_another":
        return changed(record, superseded_by=record)
    return record


def test_every_constraint_is_named_in_the_table_of_this_file():
    assert set(BROKEN) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", sorted(CONSTRAINTS))
def test_every_constraint_has_a_message_and_a_code_of_its_own(name):
    constraint = CONSTRAINTS[name]

    message = str(constraint.get_violation_error_message())

    assert message != str(constraint.default_violation_error_message) % {"name": name}
    assert message[0].isupper()
    assert message[-1] == "."
    assert constraint.violation_error_code


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_record_that_breaks_it_is_refused_with_its_message_before_it_is_saved(name):
    record = on_itself(name, BROKEN[name]())

    with pytest.raises(ValidationError) as refused:
        record.full_clean()

    told = {(fault.code, str(message)) for fault in _faults(refused.value) for message in fault.messages}
    constraint = CONSTRAINTS[name]
    assert (constraint.violation_error_code, str(constraint.get_violation_error_message())) in told


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses_it_too_where_nobody_validates(name):
    record = on_itself(name, BROKEN[name]())

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        record.save()

    assert broken_constraint(refused.value).name == name


def _faults(error: ValidationError) -> list[ValidationError]:
    return [fault for faults in error.error_dict.values() for fault in faults]
