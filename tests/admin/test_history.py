"""History in the admin: of every kind of record a change is seen and restored, and a deleted one comes back."""

import pghistory
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection, transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parties.history import changes_of
from parties.history.states import state_of
from parties.models import Party, Person
from proposals.models import (
    Clause,
    Decision,
    Dispute,
    Measure,
    Position,
    Process,
    Proposal,
    Source,
    Statement,
    Territory,
    Topic,
    TopicGroup,
)
from tests.admin.one_of_each import make_one_of_each
from tests.factories import make_clause

# For each kind of record: a field and a value to change it to.
CHANGES = {
    Party: ("note", "It sits in the north."),
    Person: ("role", "Envoy until May."),
    Process: ("summary", "Talks that ended in May."),
    TopicGroup: ("definition", "What armed forces do."),
    Topic: ("definition", "What ends the fighting."),
    Territory: ("note", "It lies at the mouth of the river."),
    Measure: ("name", "men in the garrison"),
    Source: ("title", "The text in part"),
    Proposal: ("summary", "The Coastal Front answers."),
    Clause: ("text", "The Coastal Front closes the old harbour."),
    Position: ("statement", "The Coastal Front opens the harbour."),
    Dispute: ("subject", "Strength of the fleet"),
    Statement: ("claim", "The talks ended when the pier sank."),
    Decision: ("note", "Both open it."),
}
kinds = pytest.mark.parametrize("model", CHANGES, ids=lambda model: model._meta.model_name)


def address(record, page, *args):
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_{page}", args=args)


@pytest.fixture
def records(editor):
    return make_one_of_each(editor.user)


def rows(record):
    """The record and its parts as they stand, what the database counts aside."""
    state = state_of(type(record), record.pk, inner_records=True)
    counted = ("version", "stage")
    return {
        model: {pk: {name: value for name, value in row.items() if name not in counted} for pk, row in several.items()}
        for model, several in state.rows.items()
    }


def change(editor, record):
    name, value = CHANGES[type(record)]
    form = editor.open(record)
    form[name] = value
    editor.save(record, form)
    record.refresh_from_db()
    assert getattr(record, name) == value


@kinds
def test_a_change_in_the_admin_is_seen_with_who_made_it(editor, records, model):
    record = records[model]

    change(editor, record)

    newest = changes_of(record)[0]
    page = editor.client.get(address(record, "history", record.pk)).content.decode()
    assert (newest.who, newest.source) == ("Ida Northern", "admin")
    assert CHANGES[model][1] in [item.after for item in newest.items]
    assert "Ida Northern" in page


@kinds
def test_the_state_before_a_change_is_shown_and_restored(editor, records, model):
    record = records[model]
    before = rows(record)
    first = changes_of(record)[-1].address
    change(editor, record)

    shown = editor.client.get(address(record, "state", record.pk, first))
    preview = editor.client.get(address(record, "restore", record.pk, first))
    answer = editor.client.post(
        address(record, "restore", record.pk, first), {"digest": preview.context_data["digest"]}, follow=True
    )

    assert shown.status_code == 200
    assert preview.context_data["items"]
    assert [str(message) for message in answer.context["messages"]]
    assert rows(record) == before
    assert changes_of(record)[0].source.startswith("restored the state of")


@kinds
def test_a_deleted_record_comes_back_with_its_id_and_its_parts(editor, records, model):
    record = records[model]
    pk = record.pk
    clear_the_way(record)
    before = rows(record)
    editor.delete(record, editor.ask_to_delete(record))
    assert not model.objects.filter(pk=pk).exists()

    listed = editor.client.get(address(record, "deleted")).content.decode()
    page = editor.client.get(address(record, "deleted_record", pk))
    answer = editor.client.post(address(record, "deleted_record", pk), follow=True)

    assert address(record, "deleted_record", pk) in listed
    assert page.status_code == 200
    assert answer.status_code == 200, answer.context_data["faults"]
    assert rows(record) == before
    assert getattr(model.objects.get(pk=pk), "stage", "draft") == "draft"
    assert editor.client.get(address(record, "deleted_record", pk)).status_code == 404


def test_the_page_tells_words_and_values_without_ids(editor, records):
    clause = records[Clause]
    form = editor.open(clause)
    form["text"] = "The Coastal Front closes <script>alert(1)</script> the old harbour."
    editor.save(clause, form)

    page = editor.client.get(address(clause, "history", clause.pk)).content.decode()

    assert "<del>opens</del><ins>closes" in page
    assert "&lt;" in page
    assert "<script>alert" not in page
    assert "text (paraphrase)" in page


def test_changes_are_narrowed_by_person_and_by_part(editor, records):
    clause = records[Clause]
    change(editor, clause)
    url = address(clause, "history", clause.pk)

    def sets(**asked):
        return editor.client.get(url, asked).context_data["sets"]

    assert len(sets()) == 2
    assert [one.who for one in sets(by=editor.user.pk)] == ["Ida Northern"]
    assert [item.part.split()[0] for item in sets(part="term")[0].items] == ["term"]
    assert sets(by="x", part="x", p="x") == sets()
    assert sets(p=2) == []


def test_a_long_history_costs_as_many_queries_as_a_short_one(editor, records, django_assert_max_num_queries):
    proposal = records[Proposal]
    for _ in range(3):
        change(editor, proposal)
        Proposal.objects.filter(pk=proposal.pk).update(summary="Back again.")
    url = address(proposal, "history", proposal.pk)
    editor.client.get(url)
    with CaptureQueriesContext(connection) as few:
        editor.client.get(url)

    for number in range(20):
        with pghistory.context(user=editor.user.pk):
            Proposal.objects.filter(pk=proposal.pk).update(summary=f"Summary {number}.")
            make_clause(proposal, topics=["ceasefire", "prisoners"])

    with django_assert_max_num_queries(len(few)):
        page = editor.client.get(url)
    assert len(page.context_data["sets"]) == 20
    assert page.context_data["older"]


def test_many_deleted_records_cost_as_many_queries_as_few(editor, records, django_assert_num_queries):
    for number in range(12):
        with pghistory.context(user=editor.user.pk):
            make_clause(records[Proposal], order=50 + number).delete()
    url = address(records[Clause], "deleted")
    editor.client.get(url)
    with CaptureQueriesContext(connection) as few:
        page = editor.client.get(url)
    for number in range(12):
        with pghistory.context(user=editor.user.pk):
            make_clause(records[Proposal], order=70 + number).delete()

    with django_assert_num_queries(len(few)):
        editor.client.get(url)
    assert page.context_data["deleted"][0]["who"] == "Ida Northern"


def test_who_may_only_look_is_offered_no_restoring(client, records):
    clause, measure = records[Clause], records[Measure]
    reader = User.objects.create_user("otto", is_staff=True)
    looking = Q(codename__startswith="view_") | Q(codename="preview_records")
    reader.user_permissions.set(Permission.objects.filter(looking))
    client.force_login(reader)
    first = changes_of(clause)[-1].address
    clear_the_way(clause)
    measure_pk = measure.pk

    shown = client.get(address(clause, "state", clause.pk, first))
    assert shown.status_code == 200
    assert "Restore this state" not in shown.content.decode()
    assert client.get(address(clause, "restore", clause.pk, first)).status_code == 403
    assert client.post(address(clause, "restore", clause.pk, first)).status_code == 403

    clear_the_way(measure)
    measure.delete()
    deleted = client.get(address(measure, "deleted_record", measure_pk))
    assert deleted.status_code == 200
    assert "Bring it back" not in deleted.content.decode()
    assert client.post(address(measure, "deleted_record", measure_pk)).status_code == 403


def test_who_may_see_nothing_sees_no_history(client, records):
    clause = records[Clause]
    client.force_login(User.objects.create_user("otto", is_staff=True))
    first = changes_of(clause)[-1].address

    pages = [("history", clause.pk), ("state", clause.pk, first), ("restore", clause.pk, first), ("deleted",)]
    pages.append(("deleted_record", clause.pk))
    assert {client.get(address(clause, *page)).status_code for page in pages} == {403}


def test_who_sees_only_what_is_public_sees_no_earlier_or_deleted_state(client, records):
    clause = records[Clause]
    reader = User.objects.create_user("otto", is_staff=True)
    reader.groups.add(Group.objects.get(name="reader"))
    client.force_login(reader)
    first = changes_of(clause)[-1].address

    pages = [("history", clause.pk), ("state", clause.pk, first), ("restore", clause.pk, first), ("deleted",)]
    pages.append(("deleted_record", clause.pk))
    assert {client.get(address(clause, *page)).status_code for page in pages} == {403}
    assert "Deleted clauses" not in client.get(address(clause, "changelist")).content.decode()


def test_a_reviewer_may_restore(client, records):
    clause = records[Clause]
    reviewer = User.objects.create_user("rosa", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="reviewer"))
    client.force_login(reviewer)
    with pghistory.context():
        Clause.objects.filter(pk=clause.pk).update(note="Another.")
    url = address(clause, "restore", clause.pk, changes_of(clause)[-1].address)

    answer = client.post(url, {"digest": client.get(url).context_data["digest"]})

    assert answer.status_code == 302
    assert Clause.objects.get(pk=clause.pk).note == ""


def test_restoring_over_somebodys_change_is_refused_and_shows_what_it_would_do_now(editor, records):
    clause = records[Clause]
    first = changes_of(clause)[-1].address
    change(editor, clause)
    url = address(clause, "restore", clause.pk, first)
    digest = editor.client.get(url).context_data["digest"]
    Clause.objects.filter(pk=clause.pk).update(note="Meanwhile.")

    refused = editor.client.post(url, {"digest": digest})

    assert refused.status_code == 409
    assert "was changed since this page was opened" in refused.content.decode()
    assert "Meanwhile." in refused.content.decode()
    assert Clause.objects.get(pk=clause.pk).note == "Meanwhile."


def test_what_is_not_there_answers_404(editor, records):
    clause = records[Clause]
    first = changes_of(clause)[-1].address

    pages = [
        ("state", clause.pk, "1.x"),
        ("state", 999_999, first),
        ("restore", clause.pk, "0."),
        ("state", 1, "x" * 90),
    ]
    pages += [("deleted_record", clause.pk), ("deleted_record", 2**62)]
    assert {editor.client.get(address(clause, *page)).status_code for page in pages} == {404}


def test_lists_lead_to_what_was_deleted(editor, records):
    page = editor.client.get(address(records[Party], "changelist")).content.decode()

    assert f'href="{address(records[Party], "deleted")}"' in page


def clear_the_way(record):
    """Deletes what keeps the record from being deleted."""
    while type(record).objects.filter(pk=record.pk).exists():
        try:
            with transaction.atomic():
                type(record).objects.get(pk=record.pk).delete()
                transaction.set_rollback(True)
        except (ProtectedError, RestrictedError) as error:
            holders = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
            for holder in holders:
                clear_the_way(holder)
                type(holder).objects.filter(pk=holder.pk).delete()
        else:
            return
