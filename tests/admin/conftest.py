"""An editor at work in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.admin.filled_form import FilledForm


class Editor:
    """Opens, fills and saves pages of the admin; `user` is who does it."""

    def __init__(self, client: Client, user: User) -> None:
        self.client, self.user = client, user

    def open(self, record: Model) -> FilledForm:
        return FilledForm.on(self.client.get(_change(record)))

    def open_new(self, model: type[Model], **initial: Any) -> FilledForm:
        return FilledForm.on(
            self.client.get(reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add"), initial)
        )

    def save(self, record: Model, form: FilledForm) -> HttpResponse:
        return self.client.post(_change(record), form)

    def save_new(self, model: type[Model], form: FilledForm) -> HttpResponse:
        return self.client.post(reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add"), form)

    def act(self, action: str, *records: Model, **fields: str) -> HttpResponse:
        """Runs an action of the list on the records; `fields` are those of the page that it asks on."""
        address = reverse(f"admin:{records[0]._meta.label_lower.replace('.', '_')}_changelist")
        chosen = {"action": action, "_selected_action": [record.pk for record in records], **fields}
        return self.client.post(address, chosen, follow=True)

    def ask_to_delete(self, record: Model) -> FilledForm:
        """Opens the page that asks whether the record should be deleted."""
        return FilledForm.on(self.client.get(_delete(record)))

    def delete(self, record: Model, confirmed: FilledForm) -> HttpResponse:
        return self.client.post(_delete(record), confirmed)


def _delete(record: Model) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_delete", args=[record.pk])


def _change(record: Model) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


@pytest.fixture
def editor(client: Client, db: None) -> Editor:
    user = User.objects.create_superuser("ida", first_name="Ida", last_name="Northern")
    client.force_login(user)
    return Editor(client, user)


@pytest.fixture
def other(db: None) -> Editor:
    """A second editor, who works at the same time."""
    user = User.objects.create_superuser("otto", first_name="Otto", last_name="Coastal")
    client = Client()
    client.force_login(user)
    return Editor(client, user)


def faults(response: HttpResponse) -> list[str]:
    """What the page says is wrong: above the form, above rows, beside fields. Empty after a save that went well."""
    page = getattr(response, "context_data", None)
    return [] if page is None else [str(fault) for fault in _flat(page.get("errors", []))]


def _flat(errors: Any) -> list[Any]:
    return [fault for entry in errors for fault in (_flat(entry) if isinstance(entry, list) else [entry])]
