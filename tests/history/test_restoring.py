"""Restoring: by the rules of the models, all or nothing, never into public, and never over somebody's work."""

import pghistory
import pytest

from parties.history import changes_of
from parties.history.restoring import ChangedMeanwhile, UnableToRestore, bring_back, preview, restore
from parties.history.states import deletion_of, moment_of, parse_key
from parties.models import Party
from proposals.models import (
    Clause,
    ClauseTopic,
    Decision,
    Dependency,
    Proposal,
    ProposalSource,
    Source,
    TextVersion,
)
from tests.factories import make_clause, make_decision, make_position, make_proposal, make_source, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    with pghistory.context():
        return make_proposal("council-plan")


@pytest.fixture
def clause(plan):
    with pghistory.context():
        return make_clause(plan, label="Old harbour", topics=["ceasefire", "prisoners"])


def first_moment(record):
    return changes_of(record)[-1].when


def restore_first(record):
    at = first_moment(record)
    restore(record, at=at, digest=preview(record, at=at).digest, source="restored")


def delete(record):
    """Deletes in a set of its own, as a request does."""
    pk = record.pk
    with pghistory.context():
        record.delete()
    return pk


def test_what_would_change_is_told_from_now_to_then(clause):
    with pghistory.context():
        Clause.objects.filter(pk=clause.pk).update(text="The Coastal Front closes the old harbour.")
        clause.topic_links.first().delete()

    items = preview(clause, at=first_moment(clause)).items

    assert [(item.kind, item.part, item.after) for item in items] == [
        ("changed", "clause", "The Coastal Front opens the old harbour."),
        ("added", "topic Ceasefire (ceasefire)", ""),
    ]


def test_parts_come_back_under_their_own_ids_and_later_ones_go(clause):
    before = list(clause.topic_links.order_by("pk").values())
    with pghistory.context():
        clause.topic_links.first().delete()
        ClauseTopic.objects.create(clause=clause, topic=make_topic("elections"), order=9)
        ClauseTopic.objects.filter(clause=clause, topic__slug="prisoners").update(order=7)

    restore_first(clause)

    assert list(clause.topic_links.order_by("pk").values()) == before


def test_two_parts_may_swap_what_only_one_can_have(plan):
    with pghistory.context():
        first = TextVersion.objects.create(proposal=plan, name="agency print", followed=True)
        second = TextVersion.objects.create(proposal=plan, name="ministry print")
    at = changes_of(plan)[0].when
    with pghistory.context():
        TextVersion.objects.filter(pk=first.pk).update(followed=False)
        TextVersion.objects.filter(pk=second.pk).update(followed=True)

    restore(plan, at=at, digest=preview(plan, at=at).digest, source="restored")

    assert TextVersion.objects.get(followed=True) == first


def test_the_stage_stays_as_it_is(plan):
    with pghistory.context():
        Proposal.objects.filter(pk=plan.pk).update(summary="Another.", stage="draft")

    restore_first(plan)

    plan.refresh_from_db()
    assert (plan.summary, plan.stage) == ("An invented plan.", "draft")


def test_the_version_counts_on(clause):
    with pghistory.context():
        Clause.objects.filter(pk=clause.pk).update(note="Another.")
    version = Clause.objects.get(pk=clause.pk).version

    restore_first(clause)

    assert Clause.objects.get(pk=clause.pk).version == version + 1


def test_restoring_can_itself_be_taken_back(clause):
    with pghistory.context():
        Clause.objects.filter(pk=clause.pk).update(note="Another.")
    at = changes_of(clause)[0].when
    restore_first(clause)

    restore(clause, at=at, digest=preview(clause, at=at).digest, source="restored again")

    assert Clause.objects.get(pk=clause.pk).note == "Another."
    assert [one.source for one in changes_of(clause)][:2] == ["restored again", "restored"]


def test_a_record_that_changed_since_the_preview_is_left_alone(clause):
    at = first_moment(clause)
    with pghistory.context():
        Clause.objects.filter(pk=clause.pk).update(note="Looked at.")
    seen = preview(clause, at=at).digest
    with pghistory.context():
        ClauseTopic.objects.filter(clause=clause, topic__slug="prisoners").delete()

    with pytest.raises(ChangedMeanwhile):
        restore(clause, at=at, digest=seen, source="restored")

    assert Clause.objects.get(pk=clause.pk).note == "Looked at."


def test_a_source_that_is_gone_is_named_and_nothing_is_restored(plan):
    with pghistory.context():
        radio = make_source("coast-radio", title="Morning news")
        ProposalSource.objects.create(proposal=plan, source=radio, order=2)
    at = changes_of(plan)[0].when
    with pghistory.context():
        plan.citations.filter(source=radio).delete()
        Proposal.objects.filter(pk=plan.pk).update(summary="Another.")
    delete(radio)

    told = preview(plan, at=at)
    with pytest.raises(UnableToRestore) as refusal:
        restore(plan, at=at, digest=told.digest, source="restored")

    (fault,) = refusal.value.faults
    assert "“Morning news”" in fault
    assert "which is gone. Bring that back first." in fault
    assert told.faults == refusal.value.faults
    assert Proposal.objects.get(pk=plan.pk).summary == "Another."


def test_rules_of_the_model_hold(plan):
    with pghistory.context():
        Proposal.objects.filter(pk=plan.pk).update(slug="plan-of-may", stage="draft")
        Proposal.objects.filter(pk=plan.pk).update(stage="public")

    with pytest.raises(UnableToRestore) as refusal:
        restore_first(plan)

    assert "The id of a public proposal is fixed" in refusal.value.faults[0]


def test_an_id_that_another_record_has_taken_is_told(plan):
    pk = delete(plan)
    with pghistory.context():
        make_proposal("council-plan")

    with pytest.raises(UnableToRestore) as refusal:
        bring_back(Proposal, pk, source="back")

    assert any("id" in fault and "already" in fault for fault in refusal.value.faults)
    assert not Proposal.objects.filter(pk=pk).exists()


def test_a_proposal_comes_back_with_its_clauses_and_what_hung_on_them_as_drafts(plan, clause):
    with pghistory.context():
        second = make_clause(plan, label="Exchange", parent=clause, order=2)
        Clause.objects.filter(pk=clause.pk).update(order=9)
        Dependency.objects.create(clause=clause, target=second, relation="after")
        other = make_clause(make_proposal("front-answer"))
        decision = make_decision(clause, other)
    version = Clause.objects.get(pk=clause.pk).version
    pk = delete(plan)
    assert not Decision.objects.exists()

    record, left_out = bring_back(Proposal, pk, source="back")

    assert left_out == []
    assert (record.stage, record.slug) == ("draft", "council-plan")
    assert [(one.pk, one.key, one.stage, one.parent_id) for one in record.clauses.order_by("key")] == [
        (clause.pk, "c01", "draft", None),
        (second.pk, "c02", "draft", clause.pk),
    ]
    assert Dependency.objects.get().target == second
    assert list(Clause.objects.get(pk=clause.pk).topics.order_by("slug").values_list("slug", flat=True)) == [
        "ceasefire",
        "prisoners",
    ]
    assert Clause.objects.get(pk=clause.pk).version > version
    assert Decision.objects.get().pk == decision.pk
    assert Decision.objects.stale().exists()  # whoever judged it did not see what came back


def test_a_decision_stays_away_when_its_other_clause_is_gone(plan, clause):
    with pghistory.context():
        other = make_clause(make_proposal("front-answer"))
        make_decision(clause, other)
    pk = delete(clause)
    delete(other)

    record, left_out = bring_back(Clause, pk, source="back")

    assert record.pk == pk
    assert len(left_out) == 1
    assert left_out[0].startswith("Decision")
    assert not Decision.objects.exists()


def test_a_clause_does_not_come_back_without_its_proposal(plan, clause):
    delete(plan)

    with pytest.raises(UnableToRestore) as refusal:
        bring_back(Clause, clause.pk, source="back")

    assert any("names the proposal" in fault and "which is gone" in fault for fault in refusal.value.faults)


def test_only_what_went_in_the_same_set_comes_back(plan, clause):
    with pghistory.context():
        clause.topic_links.filter(topic__slug="prisoners").delete()
    pk = delete(clause)

    record, _left_out = bring_back(Clause, pk, source="back")

    assert [link.topic.slug for link in record.topic_links.all()] == ["ceasefire"]


def test_what_is_back_cannot_be_brought_back_twice(clause):
    pk = delete(clause)
    bring_back(Clause, pk, source="back")

    assert deletion_of(Clause, pk) is None
    with pytest.raises(UnableToRestore, match="already"):
        bring_back(Clause, pk, source="back")


def test_links_to_a_party_come_back_with_it(plan):
    with pghistory.context():
        league = Party.objects.create(slug="league", name="League", kind="group")
        plan.process.parties.add(league)
    pk = delete(league)
    assert not plan.process.parties.exists()

    bring_back(Party, pk, source="back")

    assert plan.process.parties.get().slug == "league"


def test_who_brought_it_back_is_told(clause):
    pk = delete(clause)
    with pghistory.context(user=7):
        record, _left_out = bring_back(Clause, pk, source="brought back")

    newest = changes_of(record)[0]
    assert (newest.user_id, newest.source) == (7, "brought back")


@pytest.mark.parametrize("address", ["", "x", "1.x", "1" * 30, "1." + "a" * 40, "-1.", "١."])
def test_an_address_of_no_set_has_no_moment(clause, address):
    key = parse_key(address)

    assert key is None or moment_of(Clause, clause.pk, key) is None


def test_positions_and_sources_come_back_too():
    with pghistory.context():
        position = make_position()
        source = position.source
    pk, source_pk = delete(position), None
    source_pk = delete(source)

    with pytest.raises(UnableToRestore, match="source"):
        bring_back(type(position), pk, source="back")
    bring_back(Source, source_pk, source="back")
    record, _left_out = bring_back(type(position), pk, source="back")

    assert record.source_id == source_pk
