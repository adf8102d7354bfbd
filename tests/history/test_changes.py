"""Who changed a record, when, from where and what, whichever way it was written."""

import datetime
from contextlib import closing

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken

from parties.history import changers_of, changes_of, last_public, mark
from parties.history.tree import events_by_model
from parties.models import Change, Party, PartyAlias
from parties.tracking import Event, begin_history
from proposals.exchange.importing import import_text
from proposals.models import (
    AlignedPair,
    AlignedText,
    AlignmentJob,
    AlignmentRun,
    Clause,
    ClauseTopic,
    Decision,
    Dispute,
    ImportedRecord,
    Proposal,
    ProposalParty,
    RetiredKey,
    Snapshot,
    StageMove,
    VocabularySnapshot,
)
from tests.exchange import harbour
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
    make_clause,
    make_decision,
    make_party,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db

# What programs write: the log of changes, what an import left, keys that outlast any state, what is frozen on purpose.
UNTRACKED = {Change, ImportedRecord, RetiredKey, Snapshot, StageMove, VocabularySnapshot}
# Derived, and made again at any time.
UNTRACKED |= {AlignedPair, AlignedText, AlignmentJob, AlignmentRun}


@pytest.fixture
def plan():
    return make_proposal("council-plan")


@pytest.fixture
def clause(plan):
    return make_clause(plan, label="Old harbour")


@pytest.fixture
def ida():
    return User.objects.create_superuser("ida", first_name="Ida", last_name="Northern")


def told(change_set):
    return [(item.kind, item.part, item.field, item.before, item.after) for item in change_set.items]


def test_every_record_and_every_part_of_one_has_a_history():
    models = [model for app in ("parties", "proposals") for model in apps.get_app_config(app).get_models()]
    tracked = {model._meta.concrete_model for model in events_by_model()}

    lacking = {model for model in models if not issubclass(model, Event)} - tracked - UNTRACKED

    assert {model for model in lacking if not model._meta.proxy} == set()
    assert {model._meta.concrete_model for model in lacking} - tracked == set()


def test_links_between_records_have_one_too():
    tracked = {model._meta.concrete_model for model in events_by_model()}

    assert {Party, Dispute.topics.through, PartyAlias.used_by.through} <= tracked


def test_a_change_tells_each_field_with_both_values_in_words(clause):
    with pghistory.context(source="the desk"):
        clause.text = "The Coastal Front closes the old harbour."
        clause.modality = Clause.Modality.MUST_NOT
        clause.save()

    newest, first = changes_of(clause)
    assert (newest.who, newest.source) == (None, "the desk")
    assert told(newest) == [
        (
            "changed",
            "clause",
            "text (paraphrase)",
            "The Coastal Front opens the old harbour.",
            "The Coastal Front closes the old harbour.",
        ),
        ("changed", "clause", "modality", "must", "must not"),
    ]
    assert [item.part for item in first.items] == [
        "clause",
        "topic Ceasefire (ceasefire)",
        "source Harbour Gazette: The text in full (harbour-gazette)",
    ]


def test_the_difference_of_two_texts_is_told_word_by_word(clause):
    with pghistory.context():
        Clause.objects.filter(pk=clause.pk).update(text="The Coastal Front closes the old harbour.")

    (item,) = changes_of(clause)[0].items
    assert item.difference == [
        ("same", "The Coastal Front "),
        ("removed", "opens"),
        ("added", "closes"),
        ("same", " the old harbour."),
    ]


def test_plain_sql_is_told_as_a_programs(clause):
    with pghistory.context(source="another"):
        pass
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_clause SET note = 'By hand.' WHERE id = %s", [clause.pk])

    # In one transaction without a context there is one set.
    (only,) = changes_of(clause)
    assert only.who is None
    assert events_by_model()[Clause].objects.filter(id=clause.pk, note="By hand.").count() == 1


def test_saving_unchanged_and_the_counting_of_versions_are_no_change(clause):
    with pghistory.context():
        clause.save()
        ClauseTopic.objects.filter(clause=clause).update(order=1)
    with pghistory.context():
        ClauseTopic.objects.create(clause=clause, topic=make_topic("prisoners"), order=2)

    newest, _first = changes_of(clause)
    assert told(newest) == [("added", "topic Prisoners (prisoners)", "", "", "")]


def test_removed_parts_are_told_with_what_they_said(clause):
    make_term(clause)
    with pghistory.context():
        clause.terms.all().delete()

    assert told(changes_of(clause)[0]) == [
        (
            "removed",
            "term garrison_strength",
            "",
            "kind: quantity; comparator: at most; value: 500; unit: persons",
            "",
        )
    ]


def test_parts_that_are_written_anew_as_they_were_are_no_change(clause):
    with pghistory.context():
        topics = list(clause.topic_links.values("clause_id", "topic_id", "order"))
        clause.topic_links.all().delete()
        ClauseTopic.objects.bulk_create(ClauseTopic(**topic) for topic in topics)

    assert changes_of(clause)[0].items == ()


def test_a_proposals_history_tells_of_its_clauses_and_their_parts(plan, clause):
    with pghistory.context():
        clause.topic_links.all().delete()
    with pghistory.context():
        second = make_clause(plan, label="Prisoners")
    with pghistory.context():
        second.delete()

    removed, added, part, _first = changes_of(plan)
    assert [(item.kind, item.part) for item in removed.items] == [("removed", "clause c02: Prisoners")]
    assert [item.part for item in added.items] == ["clause c02: Prisoners"]
    assert added.items[0].after.endswith("with 1 × topic, 1 × source")
    assert [item.part for item in part.items] == ["clause council-plan/c01: Old harbour, topic Ceasefire (ceasefire)"]


def test_records_that_are_gone_are_still_named(plan):
    with pghistory.context():
        role = ProposalParty.objects.create(proposal=plan, party=make_party(MEDIATOR), role="mediator")
    with pghistory.context():
        role.delete()
    Party.objects.get(slug=MEDIATOR).delete()

    parts = [item.part for one in changes_of(plan) for item in one.items]
    assert "party Mediator (deleted)" in parts


def test_links_of_many_to_many_fields_are_told_by_their_field():
    alias = PartyAlias.objects.create(party=make_party(), name="the Council")
    with pghistory.context():
        alias.used_by.add(make_party(COASTAL_FRONT))

    (item,) = changes_of(alias.party)[0].items
    assert (item.kind, item.part) == ("added", "alias the Council, used by Coastal Front (coastal-front)")


def test_a_session_a_token_and_an_import_all_tell_who(ida, clause):
    token = AuthToken.objects.create(ida)[1]
    address = "/api/v1/proposals/council-plan/"

    bearer = {"Authorization": f"Bearer {token}"}
    headers = {**bearer, "If-Match": Client().get(address, headers=bearer).headers["ETag"]}
    by_token = Client().patch(address, {"summary": "By a token."}, content_type="application/json", headers=headers)
    by_session = Client()
    by_session.force_login(ida)
    headers = {"If-Match": by_session.get(address).headers["ETag"]}
    patched = by_session.patch(address, {"summary": "By a session."}, content_type="application/json", headers=headers)

    assert (by_token.status_code, patched.status_code) == (200, 200), (by_token.content, patched.content)
    newest, before, _first = changes_of(clause.proposal)
    assert [(one.who, one.source, one.url) for one in (newest, before)] == [("Ida Northern", "api", address)] * 2


def test_an_import_through_the_api_tells_who_and_that_it_was_one(ida):
    client = Client()
    client.force_login(ida)

    answer = client.post("/api/v1/imports/", harbour.VOCABULARY, content_type="application/json")

    assert answer.status_code == 200, answer.content
    (first,) = changes_of(Party.objects.get(slug=COASTAL_FRONT))
    assert (first.who, first.source, first.url) == ("Ida Northern", "import", "/api/v1/imports/")


def test_an_import_of_files_tells_the_command(tmp_path):
    harbour_file = tmp_path / "vocabulary.json"
    harbour_file.write_text(harbour.yaml_text(harbour.VOCABULARY))
    call_command("import_proposals", harbour_file.rename(tmp_path / "vocabulary.yaml"), verbosity=0)

    (first,) = changes_of(Party.objects.get(slug=COASTAL_FRONT))
    assert (first.who, first.source) == (None, "manage.py import_proposals")


def test_what_was_known_at_a_mark_is_left_out(clause):
    with pghistory.context(user=1):
        clause.note = "Before."
        clause.save()
    then, moment = mark(), changes_of(clause)[0].when
    with pghistory.context(user=2):
        clause.note = "After."
        clause.save()

    for since in (then, moment):
        (newest,) = changes_of(clause, since=since)
        assert newest.user_id == 2
        assert changers_of(clause, since=since) == {2}
    assert changers_of(clause) == {None, 1, 2}
    assert changes_of(clause, since=mark()) == []


@pytest.mark.parametrize(
    "since", ["", "now", "1:2:3", "1:2:/0@x", "1:2:/0@1.000000' OR true --", "9" * 30 + ":1:/0@1.000000"]
)
def test_what_is_no_mark_is_refused(clause, since):
    with pytest.raises(ValueError, match="no mark"):
        changes_of(clause, since=since)


def test_who_changed_a_record_since_it_was_last_public(plan):
    with pghistory.context(user=1):
        Proposal.objects.filter(pk=plan.pk).update(summary="While public.")
    with pghistory.context(user=2):
        Proposal.objects.filter(pk=plan.pk).update(stage="withdrawn")
        make_clause(plan)

    assert changers_of(plan, since=last_public(plan)) == {2}
    assert last_public(make_proposal("front-answer", stage="draft")) is None


def test_sets_come_in_pages_and_by_user(clause):
    for number in range(5):
        with pghistory.context(user=number % 2):
            Clause.objects.filter(pk=clause.pk).update(note=f"Note {number}.")

    page = changes_of(clause, limit=2, offset=1)
    assert [one.items[0].after for one in page] == ["Note 3.", "Note 2."]
    assert {one.of for one in page} == {6}
    assert [one.items[0].after for one in changes_of(clause, by=1)] == ["Note 3.", "Note 1."]
    assert [one.items[0].part for one in changes_of(clause, part=ClauseTopic)] == ["topic Ceasefire (ceasefire)"]


def test_as_many_queries_for_many_changes_as_for_few(plan, clause):
    def read():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            changes_of(plan)
        return len(queries)

    with pghistory.context():
        clause.topic_links.all().delete()
    few = read()
    for number in range(15):
        with pghistory.context(user=1):
            added = make_clause(plan, topics=["ceasefire", "prisoners"], order=50 + number)
            ProposalParty.objects.create(proposal=plan, party=make_party(f"party-{number}"), role="endorser")
        with pghistory.context(user=1):
            added.delete()

    assert read() <= few + 2  # the name of the user, those of deleted clauses


def test_a_decisions_history_tells_its_verdict(plan, clause):
    other = make_clause(make_proposal("front-answer"))
    decision = make_decision(clause, other)
    with pghistory.context():
        Decision.objects.filter(pk=decision.pk).update(relation="conflict")

    assert ("changed", "decision", "relation", "", "conflict") in told(changes_of(decision)[0])


def test_history_is_never_rewritten(clause):
    events = events_by_model()[Clause].objects.filter(id=clause.pk)

    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        events.update(text="It was never said.")


def test_what_was_there_before_its_history_begins_is_entered_as_it_stood(clause):
    source = make_source("coast-radio")
    events = events_by_model()[type(source)]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE proposals_sourceevent")
        cursor.execute(begin_history(events, "proposals_source"))
    with pghistory.context():
        source.title = "The text in part"
        source.save()

    newest, first = changes_of(source)
    assert told(newest) == [("changed", "source", "title", "The text in full", "The text in part")]
    assert [item.kind for item in first.items] == ["added"]
    assert first.when <= datetime.datetime.now(datetime.UTC)


def test_a_text_that_was_imported_is_no_change_when_it_is_imported_again(ida):
    import json

    text = json.dumps(harbour.VOCABULARY)
    with pghistory.context():
        import_text(text, by=ida)
    with pghistory.context():
        import_text(text, by=ida)

    assert len(changes_of(Party.objects.get(slug="northern-council"))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mark_knows_its_own_transaction_though_a_later_one_has_ended():
    with transaction.atomic():
        party = make_party()
        with closing(connection.copy()) as another:
            another.ensure_connection()
            another.connection.execute("SELECT pg_current_xact_id()")
        since = mark()
        Party.objects.filter(pk=party.pk).update(name="Council of the North")

        assert changes_of(party, since=since) != []
        assert changes_of(party, since=mark()) == []
