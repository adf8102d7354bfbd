"""The log of changes knows every record, when it last changed, and whether the public sees it."""

import datetime
import threading

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from parties.models import Change, Membership, PartyAlias, Person, PersonAlias
from parties.stamps import state_of_kinds, state_of_record
from proposals.models import (
    Clause,
    Decision,
    Dispute,
    DisputeAbout,
    Position,
    Process,
    Proposal,
    Source,
    Stage,
    Statement,
    TerritoryAlias,
    Topic,
    VocabularySnapshot,
)
from tests.api.population import populate
from tests.factories import (
    COASTAL_FRONT,
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

# Every kind with its model; whatever is added to the two apps must be found here or be a part of something here.
KINDS = {
    "party": ("parties", "Party"),
    "person": ("parties", "Person"),
    **{
        name.lower(): ("proposals", name)
        for name in (
            "Process",
            "Topic",
            "Territory",
            "Measure",
            "Source",
            "Proposal",
            "Clause",
            "Position",
            "Statement",
        )
    },
    "dispute": ("proposals", "Dispute"),
    "decision": ("proposals", "Decision"),
    "topic_group": ("proposals", "TopicGroup"),
    "vocabulary": ("proposals", "VocabularySnapshot"),
}


def numbers(kind=None):
    """The number of each record's last change, by kind and address."""
    rows = Change.objects.filter(kind=kind) if kind else Change.objects.all()
    return {(row.kind, row.address): row.number for row in rows}


def public_numbers():
    return {(row.kind, row.address): row.public_number for row in Change.objects.all()}


def moved(action, read=numbers):
    """The addresses of what moved on while `action` ran."""
    before = read()
    action()
    after = read()
    return {address for address, number in after.items() if before.get(address) != number}


def seen_by_the_public():
    seen = set()
    for kind, (app, name) in KINDS.items():
        rows = apps.get_model(app, name)._default_manager.all()
        rows = rows.visible_to(None) if hasattr(rows, "visible_to") else rows
        seen |= {(kind, pk) for pk in rows.values_list("pk", flat=True)}
    return seen


def logged_as_visible():
    return set(Change.objects.filter(visible=True).values_list("kind", "record"))


def test_every_record_is_in_the_log_once():
    populate(3)
    VocabularySnapshot.objects.create(name="v1", content="{}")

    stored = {
        (kind, pk)
        for kind, (app, name) in KINDS.items()
        for pk in apps.get_model(app, name)._default_manager.values_list("pk", flat=True)
    }

    assert set(Change.objects.values_list("kind", "record")) == stored
    assert logged_as_visible() == seen_by_the_public()


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN])
@pytest.mark.parametrize(
    "hidden",
    [
        lambda: Proposal.objects.filter(slug="plan-1"),
        lambda: Clause.objects.filter(proposal__slug="plan-1", key="c01"),
        lambda: Position.objects.filter(slug="p1"),
        lambda: Statement.objects.filter(slug="s1"),
    ],
    ids=["proposal", "clause", "position", "statement"],
)
def test_the_log_and_the_querysets_agree_on_what_is_hidden(hidden, stage):
    populate(4)
    Dispute.objects.get(slug="d2").about.create(position=Position.objects.get(slug="p1"))
    Statement.objects.get(slug="s2").about.create(position=Position.objects.get(slug="p1"))

    hidden().update(stage=stage)
    at_first = (logged_as_visible(), seen_by_the_public())
    hidden().update(stage=Stage.PUBLIC)

    assert at_first[0] == at_first[1] != seen_by_the_public()
    assert logged_as_visible() == seen_by_the_public()


PARTS = {
    "alias of a party": lambda: PartyAlias.objects.create(party=make_party(), name="The Council"),
    "who uses it": lambda: PartyAlias.objects.get_or_create(party=make_party(), name="NC")[0].used_by.add(
        make_party(COASTAL_FRONT)
    ),
    "membership": lambda: Membership.objects.create(bloc=make_party("league"), member=make_party()),
    "alias of a person": lambda: PersonAlias.objects.create(person=Person.objects.get(), name="The envoy"),
    "alias of a place": lambda: TerritoryAlias.objects.create(territory=make_territory(), name="The harbour"),
    "party to a process": lambda: make_process().parties.add(make_party()),
    "topic of a dispute": lambda: Dispute.objects.get_or_create(slug="pier")[0].topics.add(make_topic()),
    "claim of a dispute": lambda: Dispute.objects.get_or_create(slug="pier")[0].claims.create(
        value="300 m", source=make_source()
    ),
    "topic of a statement": lambda: Statement.objects.get().topic_links.create(topic=make_topic("fish")),
    "subject of a statement": lambda: Statement.objects.get().about.create(source=make_source("radio")),
    "term of a clause": lambda: make_term(Clause.objects.get(key="c01")),
}
OWNERS = {
    "alias of a party": {("party", "northern-council")},
    "who uses it": {("party", "northern-council")},
    "membership": {("party", "league"), ("party", "northern-council")},
    "alias of a person": {("person", "envoy")},
    "alias of a place": {("territory", "old-harbour")},
    "party to a process": {("process", "northern-coast")},
    "topic of a dispute": {("dispute", "pier")},
    "claim of a dispute": {("dispute", "pier")},
    "topic of a statement": {("statement", "s001")},
    "subject of a statement": {("statement", "s001")},
    "term of a clause": {("clause", "council-plan/c01"), ("proposal", "council-plan")},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_record_moves_on_with_its_parts_and_nothing_else_does(part):
    make_clause(make_proposal("council-plan"))
    make_clause(make_proposal("front-answer"))
    Clause.objects.filter(proposal__slug="front-answer").update(key="c02")
    make_party(COASTAL_FRONT), make_party("league"), make_person("envoy"), make_territory(), make_topic()
    PartyAlias.objects.create(party=make_party(), name="NC")
    Dispute.objects.create(slug="pier", subject="Length of the pier")
    make_statement(), make_topic("fish"), make_source("radio")

    there = set(numbers())

    assert moved(PARTS[part]) & there == OWNERS[part]


def test_saving_a_record_as_it_was_moves_nothing():
    populate(2)

    def save_all():
        for app, name in KINDS.values():
            for record in apps.get_model(app, name)._default_manager.all():
                record.save()

    assert moved(save_all) == set()


def test_the_public_number_of_a_draft_never_moves():
    plan = make_proposal("secret-plan", stage=Stage.DRAFT)
    clause = make_clause(plan)

    def edit():
        Clause.objects.filter(pk=clause.pk).update(text="Another draft.")

    assert moved(edit, public_numbers) == set()
    assert moved(lambda: Clause.objects.filter(pk=clause.pk).update(text="A third."), numbers) == {
        ("clause", "secret-plan/c01"),
        ("proposal", "secret-plan"),
    }


def test_withdrawing_and_deleting_are_changes_for_the_public_that_stay_in_the_log():
    plan = make_proposal("council-plan")
    clause = make_clause(plan)

    assert ("clause", "council-plan/c01") in moved(
        lambda: Clause.objects.filter(pk=clause.pk).update(stage=Stage.WITHDRAWN), public_numbers
    )
    withdrawn = Change.objects.get(kind="clause")
    Clause.objects.all().delete()
    deleted = Change.objects.get(kind="clause")

    assert (withdrawn.visible, deleted.visible) == (False, False)
    assert deleted.number > withdrawn.number
    assert deleted.public_number == withdrawn.public_number


def _about_a_draft(public, draft):
    dispute = Dispute.objects.create(slug="pier", subject="Length of the pier")
    for order, proposal in enumerate((public, draft), 1):
        DisputeAbout.objects.create(dispute=dispute, proposal=proposal, order=order)


def _said_of_a_draft(public, draft):
    statement = Statement.objects.create(slug="pier", source=make_source(), stage=Stage.PUBLIC)
    statement.about.create(proposal=draft, order=1)


def _made_and_deleted(public, draft):
    make_party("pier").delete()


@pytest.mark.parametrize("make", [_about_a_draft, _said_of_a_draft, _made_and_deleted])
def test_readers_learn_nothing_of_what_was_public_only_within_the_transaction_that_made_it(make):
    public, draft = make_proposal("council-plan"), make_proposal("secret-plan", stage=Stage.DRAFT)

    make(public, draft)

    assert [one.known_as for one in Change.objects.ever_public() if "pier" in str(one)] == []


def test_what_came_into_sight_once_more_within_a_transaction_was_public_before():
    plan = make_proposal("council-plan")
    Proposal.objects.update(stage=Stage.WITHDRAWN)
    before = Change.objects.get(kind="proposal").public_number

    for stage in (Stage.PUBLIC, Stage.WITHDRAWN):
        Proposal.objects.filter(pk=plan.pk).update(stage=stage)

    assert Change.objects.get(kind="proposal").public_number > before


def test_what_is_renamed_while_it_is_hidden_keeps_for_readers_the_id_that_they_know():
    make_proposal("council-plan")

    Proposal.objects.update(stage=Stage.WITHDRAWN)
    for slug in ("secret-plan", "most-secret-plan"):
        Proposal.objects.update(slug=slug)
    hidden = Change.objects.get(kind="proposal")
    Proposal.objects.update(stage=Stage.PUBLIC)

    assert (hidden.address, hidden.known_as) == ("most-secret-plan", "council-plan")
    assert Change.objects.get(kind="proposal").known_as == "most-secret-plan"


def test_a_record_of_before_this_was_noted_keeps_its_id_too():
    make_proposal("council-plan")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE parties_change DISABLE TRIGGER USER")
        cursor.execute("UPDATE parties_change SET public_address = NULL, published_in = NULL")
        cursor.execute("ALTER TABLE parties_change ENABLE TRIGGER USER")

    Proposal.objects.update(stage=Stage.WITHDRAWN)
    Proposal.objects.update(slug="secret-plan")

    assert Change.objects.get(kind="proposal").known_as == "council-plan"


def test_what_names_a_clause_moves_on_when_the_clause_goes_out_of_sight():
    plan, answer = make_proposal("council-plan"), make_proposal("front-answer", date=datetime.date(2031, 6, 1))
    clause = make_clause(plan)
    make_clause(answer, key="strikes", kind=Clause.Kind.DELETION, modality="", strikes=clause)
    make_clause(answer, key="apart")
    make_decision(clause, Clause.objects.get(key="apart"))
    make_position("p001", proposal=plan, clause=clause)
    DisputeAbout.objects.create(dispute=Dispute.objects.create(slug="pier", subject="x"), clause=clause)
    make_statement("s001", about=[{"clause": clause}])
    make_statement("s002", about=[{"position": Position.objects.get()}])

    found = moved(lambda: Clause.objects.filter(pk=clause.pk).update(stage=Stage.WITHDRAWN), public_numbers)

    decision = ("decision", str(Decision.objects.get().pk))
    assert found == {
        ("clause", "council-plan/c01"),
        ("proposal", "council-plan"),
        ("clause", "front-answer/strikes"),
        ("position", "p001"),
        ("dispute", "pier"),
        ("statement", "s001"),
        ("statement", "s002"),
        decision,
    }


def test_a_renamed_record_moves_everything_on():
    populate(2)
    everything = set(public_numbers())

    found = moved(lambda: Topic.objects.filter(slug="topic-0").update(slug="harbour"), public_numbers)

    assert {kind for kind, _ in found} == {kind for kind, _ in everything}
    assert len(found) == len(everything)


def test_the_grade_of_a_source_moves_on_the_proposals_that_cite_it():
    make_proposal("council-plan")

    assert moved(lambda: Source.objects.update(reliability="D")) == {
        ("source", "harbour-gazette"),
        ("proposal", "council-plan"),
    }
    assert moved(lambda: Source.objects.update(title="Another")) == {("source", "harbour-gazette")}


def test_a_state_of_kinds_never_comes_back():
    seen = []

    def note():
        seen.append(state_of_kinds(["clause"], everything=False))

    plan = make_proposal("council-plan")
    note()
    clause = make_clause(plan)
    note()
    Clause.objects.update(stage=Stage.WITHDRAWN)
    note()
    Clause.objects.update(stage=Stage.PUBLIC)
    note()
    clause.delete()
    note()

    assert len(set(seen)) == len(seen)


def test_a_reader_sees_no_state_of_what_is_hidden():
    make_proposal("secret-plan", stage=Stage.DRAFT)

    assert state_of_record("proposal", "secret-plan", everything=False) is None
    assert state_of_record("proposal", "secret-plan", everything=True) is not None
    assert state_of_kinds(["proposal"], everything=False) == ("proposal", None)


def test_plain_sql_is_noted_too():
    make_process()

    def rename():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE proposals_process SET summary = 'Another.'")

    assert moved(rename) == {("process", "northern-coast")}
    assert Process.objects.get().summary == "Another."


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_one_record_the_one_that_waited_comes_to_the_higher_number():
    make_party()
    before = numbers()["party", "northern-council"]
    parameters = {key: value for key, value in connection.get_connection_params().items() if key in CONNECTION}
    add = "INSERT INTO parties_partyalias (party_id, name) SELECT id, %s FROM parties_party"

    with psycopg.connect(**parameters) as quick, psycopg.connect(**parameters) as slow:
        quick.execute(add, ["NC"])
        waiting = threading.Thread(target=slow.execute, args=(add, ["The Council"]))
        waiting.start()
        while not blocked(quick):
            pass
        quick.commit()
        between = numbers()["party", "northern-council"]
        waiting.join()
        slow.commit()

    assert before < between < numbers()["party", "northern-council"]


CONNECTION = ("dbname", "user", "password", "host", "port")


def blocked(holder):
    """Whether somebody waits for what this connection holds."""
    (waiting,) = holder.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    ).fetchone()
    return waiting > 0
