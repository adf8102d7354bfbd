"""Every form of the admin, filled as a browser would and then with something else in some fields."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from parties.history import changes_of
from proposals.models import Clause, Position, Proposal, VocabularySnapshot
from tests.access.matrix import ACTIONS, MODELS
from tests.admin.filled_form import FilledForm
from tests.admin.one_of_each import make_one_of_each
from tests.fuzz.profile import cases
from tests.fuzz.service import Service
from tests.fuzz.words import hard_texts

_COUNTS = ["-TOTAL_FORMS", "-INITIAL_FORMS"]
_MODELS = sorted(MODELS, key=lambda model: model._meta.label)
_values = st.one_of(hard_texts, st.sampled_from(["0", "1", "-1", "2", "999999999", "99999999999999999999", "on", ""]))


@pytest.fixture
def records(db: None) -> dict[Any, Any]:
    found = make_one_of_each(User.objects.create_user("ida"))
    # One for the page of the admin alone: no engine could read it.
    VocabularySnapshot.objects.all().delete()
    return found


@pytest.fixture
def client_of_staff(records: Any) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("otto"))
    return client


@pytest.fixture
def editor(client_of_staff: Client, request: pytest.FixtureRequest) -> Service:
    return Service(request.node.originalname, client_of_staff)


class Forms:
    """The form of each page, opened once a case asks for it; empty where the page has none or is nobody's."""

    def __init__(self, client: Client, addresses: list[str]) -> None:
        self.addresses = sorted(addresses)
        self._client = client
        self._opened: dict[str, FilledForm] = {}

    def at(self, address: str) -> FilledForm:
        if address not in self._opened:
            answer = self._client.get(address)
            self._opened[address] = FilledForm.on(answer) if answer.status_code == 200 else FilledForm()
        return self._opened[address]


@pytest.fixture
def forms(client_of_staff: Client, records: dict[Any, Any]) -> Forms:
    return Forms(client_of_staff, _addresses(records))


def _addresses(records: dict[Any, Any]) -> list[str]:
    found = []
    for model in _MODELS:
        if model in records:
            stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            found += [
                reverse(f"{stem}_add"),
                *(reverse(f"{stem}_{one}", args=[records[model].pk]) for one in _OF_RECORDS),
            ]
    proposal, clause = records[Proposal], records[Clause]
    for name in ("copy", "line_up_with"):
        found.append(reverse(f"admin:proposals_proposal_{name}", args=[proposal.pk]))
    found += [reverse(f"admin:proposals_clause_{name}", args=[clause.pk]) for name in ("split", "merge")]
    for model in (Proposal, Clause, Position):
        stem = f"admin:proposals_{model._meta.model_name}"
        found += [reverse(f"{stem}_move", args=[records[model].pk, to]) for to in ("withdrawn", "review", "draft")]
        found.append(
            reverse(f"{stem}_restore", args=[records[model].pk, changes_of(records[model], limit=1)[0].address])
        )
    return [*found, "/admin/password_change/"]


_OF_RECORDS = ("change", "delete")


def _with_others(data: Any, form: FilledForm) -> dict[str, Any]:
    names = sorted(form) + sorted(name for name in form if name.endswith(tuple(_COUNTS))) or ["_save"]
    others = data.draw(st.dictionaries(st.one_of(st.sampled_from(names), hard_texts), _values, min_size=1, max_size=4))
    fields = {**form, **others}
    for name in data.draw(st.lists(st.sampled_from(names), max_size=2)):
        fields.pop(name, None)
    return fields


@given(data=st.data())
@cases(share=1.4, few=40)
def test_forms_with_something_else_in_them(editor: Service, forms: Forms, data: Any) -> None:
    address = data.draw(st.sampled_from(forms.addresses))

    editor.submit(address, _with_others(data, forms.at(address)))


@given(data=st.data())
@cases(share=0.8, few=20)
def test_the_forms_of_clauses_and_proposals(editor: Service, forms: Forms, data: Any) -> None:
    """Those with rows in them, which have the most that can be wrong."""
    stems = ("/admin/proposals/proposal/", "/admin/proposals/clause/")
    places = [one for one in forms.addresses if one.startswith(stems) and one.endswith(("/change/", "/add/"))]
    address = data.draw(st.sampled_from(places))

    editor.submit(address, _with_others(data, forms.at(address)))


@given(data=st.data())
@cases(share=0.4, few=12)
def test_verdicts_and_silences(editor: Service, records: dict[Any, Any], data: Any) -> None:
    page = data.draw(st.sampled_from(["decide", "silence"]))
    fields = {"left": "council-plan/c01", "right": "front-answer/c01", "verdict": "same_matter", "relation": "overlap"}
    fields |= {"seen": "", "note": "", "topic": "ceasefire", "proposal": "front-answer", "reason": "Read.", "row": "x"}
    fields |= data.draw(st.dictionaries(st.one_of(st.sampled_from(sorted(fields)), hard_texts), _values, max_size=4))
    pair = data.draw(st.sampled_from([["council-plan", "front-answer"], ["front-answer", "council-plan"]]))

    editor.submit(reverse(f"admin:proposals_proposal_{page}", args=pair), fields)


@given(data=st.data())
@cases(share=0.5, few=20)
def test_actions_of_lists(editor: Service, records: dict[Any, Any], data: Any) -> None:
    model = data.draw(st.sampled_from([one for one in _MODELS if one in records]))
    action = data.draw(st.one_of(st.sampled_from(sorted(ACTIONS[model]) or [""]), hard_texts))
    fields = {"action": action, "_selected_action": str(records[model].pk), "index": "0", "select_across": "0"}
    names = [*fields, "post", "note", "to", "form-TOTAL_FORMS", "proposal", "confirmed"]
    fields |= data.draw(st.dictionaries(st.sampled_from(names), _values, max_size=3))
    stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    editor.submit(reverse(f"{stem}_changelist"), fields)


@given(data=st.data())
@cases(share=0.3, few=10)
def test_records_of_no_such_address(editor: Service, records: dict[Any, Any], data: Any) -> None:
    model = data.draw(st.sampled_from(sorted(admin.site._registry, key=lambda one: one._meta.label)))
    stem = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    page = data.draw(st.sampled_from(["change", "delete", "history", "copy", "restore", "state", "move", "line-up"]))
    from tests.fuzz.service import segment

    part = segment(data.draw(hard_texts))
    editor.get(f"{stem}{part}/{page}/")
    editor.get(f"{stem}{records[Proposal].pk}/{page}/{part}/")
