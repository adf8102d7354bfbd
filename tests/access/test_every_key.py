"""Keys that open nothing, users who may nothing, methods that nothing has: on every operation and every page."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from proposals.pages.urls import urlpatterns
from tests.access.matrix import FORMS, OPERATIONS, OTHER_ADDRESSES
from tests.access.test_api_operations import NAMED, NAMED_OTHERWISE, ask, operations
from tests.everything import everything
from tests.factories import make_proposal
from tests.roles import make_user

pytestmark = pytest.mark.django_db

UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def records(records_of_each):
    # What nothing refers to, for the operation that deletes a proposal.
    make_proposal("leftover-0")
    return records_of_each


def _bearer(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"})


def _dead_keys() -> dict[str, Client]:
    """Tokens that once worked, and others that never did."""
    administrator = make_user("administrator")
    revoked, expired, left, lowered = (AuthToken.objects.create(administrator) for _ in range(4))
    revoked[0].delete()
    AuthToken.objects.filter(pk=expired[0].pk).update(expiry=timezone.now() - datetime.timedelta(seconds=1))
    AuthToken.objects.filter(pk=left[0].pk).update(
        user=User.objects.create_user("left", is_staff=True, is_active=False)
    )
    AuthToken.objects.filter(pk=lowered[0].pk).update(user=User.objects.create_user("lowered", is_superuser=True))
    return {
        "revoked": _bearer(revoked[1]),
        "expired": _bearer(expired[1]),
        "of who left": _bearer(left[1]),
        "of who is not of the staff": _bearer(lowered[1]),
        "cut short": _bearer(AuthToken.objects.create(administrator)[1][:-1]),
        "made up": _bearer("ccd_" + "0" * 64),
    }


def test_a_key_that_is_dead_opens_nothing_and_is_told_so(records) -> None:
    keys = _dead_keys()
    before = everything()

    answers = {
        (name, operation): ask(client, operation, records) for operation in OPERATIONS for name, client in keys.items()
    }

    assert {key: answer.status_code for key, answer in answers.items() if answer.status_code != 401} == {}
    assert all('error="invalid_token"' in answer.headers["WWW-Authenticate"] for answer in answers.values())
    assert everything() == before


def test_a_session_outlives_no_leave_and_staff_without_a_role_may_nothing(records) -> None:
    gone, bare = Client(), Client()
    user = User.objects.create_user("gone", is_staff=True, is_superuser=True)
    gone.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    bare.force_login(User.objects.create_user("bare", is_staff=True))
    before = everything()

    opened = [name for name in OPERATIONS if ask(gone, name, records).status_code not in (401, 400)]
    allowed = [name for name in OPERATIONS if ask(bare, name, records).status_code not in (400, 403)]

    public = [name for name, first in OPERATIONS.items() if first == "anybody"]
    assert set(opened) <= set(public)
    assert set(allowed) <= set(public)
    assert gone.get("/admin/").status_code == 302
    assert bare.get("/admin/proposals/proposal/").status_code == 403
    assert everything() == before


def test_no_operation_takes_a_method_that_the_document_does_not_name(records) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("otto"))
    named = operations().values()
    before = everything()

    taken = {}
    for path in {path for _, path in named}:
        kind = path.split("/")[3]
        address = path.format(**{"id": 1, **NAMED, **NAMED_OTHERWISE.get(kind, {})})
        for method in UNSAFE:
            if (method, path) not in named:
                taken[method, path] = getattr(client, method)(
                    address, "{}", content_type="application/json"
                ).status_code

    assert set(taken.values()) == {405}, taken
    assert everything() == before


def test_a_page_takes_nothing_but_the_forms_that_it_has(records) -> None:
    """Without a session to forge, and nothing to write but frozen comparisons of what is public."""
    superuser = Client()
    superuser.force_login(User.objects.create_superuser("otto"))
    before = everything()
    named = {"slug": "council-plan", "key": "c01", "digest": "0" * 64, "section": "records"}

    found = {}
    for route in urlpatterns:
        pattern = str(route.pattern).replace("<slug:", "{").replace("<str:", "{").replace(">", "}")
        for method in UNSAFE:
            answers = {
                getattr(client, method)(f"/{pattern.format(**named)}").status_code for client in (Client(), superuser)
            }
            if answers != {405}:
                found[route.name, method] = answers

    assert found == FORMS
    assert everything() == before


def test_whoever_asks_a_probe_or_for_the_document_gets_the_same(records) -> None:
    clients = [Client(), *_dead_keys().values()]
    superuser = Client()
    superuser.force_login(User.objects.create_superuser("otto"))

    for address, status in OTHER_ADDRESSES.items():
        assert {client.get(address).status_code for client in (*clients, superuser)} == {status}, address


def test_every_form_of_a_session_asks_for_its_token(records) -> None:
    """The admin's pages, signing in and out, and each operation that writes."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("otto"))
    before = everything()
    addresses = ["/admin/login/", "/admin/logout/", "/admin/password_change/", "/admin/proposals/proposal/from-text/"]
    for name in ("proposal", "clause", "position", "statement", "decision", "source", "topic"):
        addresses += [f"/admin/proposals/{name}/", f"/admin/proposals/{name}/add/", f"/admin/proposals/{name}/import/"]
    for model, record in records.items():
        stem = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{record.pk}"
        addresses += [f"{stem}/change/", f"{stem}/delete/"]
    addresses.append("/admin/proposals/proposal/line-up/council-plan/front-answer/decide/")
    written = [name for name, (method, _) in operations().items() if method != "get"]
    # Anybody may, session or not.
    written = [name for name in written if OPERATIONS[name] != "anybody"]

    by_form = {address: client.post(address, {"do": "save", "post": "yes"}).status_code for address in addresses}
    by_api = {name: ask(client, name, records).status_code for name in written}

    assert set(by_form.values()) == {403}, by_form
    assert set(by_api.values()) == {403}, by_api
    assert everything() == before
