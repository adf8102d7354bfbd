"""History in the admin: of every kind of record a change is seen and restored, and a deleted one comes back."""

import pytest
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
    editor.client.post(address(record, "delete", pk), {"post": "yes"})
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


def clear_the_way(record):
    """Deletes what keeps the record from being deleted."""
    from django.db.models import ProtectedError, RestrictedError

    while type(record).objects.filter(pk=record.pk).exists():
        try:
            from django.db import transaction

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
