"""Every operation of the API for everybody: without a name, as a user of no role, of each role, and with a token."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from knox.models import AuthToken

from access.roles import ROLES
from proposals.models import Proposal
from tests.access.matrix import OPERATIONS
from tests.api import contract
from tests.factories import make_proposal
from tests.roles import make_user

pytestmark = pytest.mark.django_db

WHO = ("anybody", "nobody's user", *ROLES)
# What stands in addresses; the records of the test are public.
NAMED = {"slug": "front-answer", "key": "c01"}
NAMED_OTHERWISE = {
    "parties": {"slug": "northern-council"},
    "persons": {"slug": "council-envoy"},
    "processes": {"slug": "northern-coast"},
    "topic-groups": {"slug": "security"},
    "topics": {"slug": "ceasefire"},
    "territories": {"slug": "old-harbour"},
    "measures": {"code": "garrison_strength"},
    "sources": {"slug": "harbour-gazette"},
    "positions": {"id": "p001"},
    "disputes": {"id": "garrison-strength"},
    "statements": {"id": "s001"},
    "snapshots": {"id": "0" * 64},
    "tokens": {"id": "ccd_nothing"},
    "alignment-runs": {"id": "999"},
}


def operations():
    paths = contract.document()["paths"]
    return {
        operation["operationId"]: (method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "operationId" in operation
    }


@pytest.fixture
def records(records_of_each):
    return records_of_each


def client_of(who, *, by_token=False):
    if who == "anybody":
        return Client()
    user = User.objects.create_user("nobody") if who == "nobody's user" else make_user(who)
    if by_token:
        return Client(headers={"Authorization": f"Bearer {AuthToken.objects.create(user)[1]}"})
    client = Client()
    client.force_login(user)
    return client


def ask(client, operation, records):
    """Asks for what exists, and sends what nothing can be made of."""
    method, path = operations()[operation]
    kind = path.split("/")[3]
    named = {**NAMED, **NAMED_OTHERWISE.get(kind, {})}
    if kind == "decisions":
        named["id"] = next(record.pk for record in records.values() if record._meta.model_name == "decision")
    # A record that nothing refers to.
    if operation == "proposals_destroy":
        leftover = Proposal.objects.filter(slug__startswith="leftover-").first()
        named["slug"] = (leftover or make_proposal(f"leftover-{User.objects.count()}")).slug
    sent = {} if method == "get" else {"data": "[]", "content_type": "application/json"}
    headers = {"If-Match": "*"} if method in ("patch", "delete") else {}
    return getattr(client, method)(path.format(**named), headers=headers, **sent)


def test_every_operation_has_its_place_in_the_matrix():
    assert set(operations()) == set(OPERATIONS), "Place it in tests/access/matrix.py."


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("by_token", [False, True], ids=["session", "token"])
def test_an_operation_is_open_to_whom_it_should_be(records, operation, by_token):
    first = OPERATIONS[operation]
    roles = WHO[2:] if by_token else WHO

    for who in roles:
        answer = ask(client_of(who, by_token=by_token), operation, records)

        may = first == "anybody" or (first in ROLES and who in ROLES and ROLES.index(who) >= ROLES.index(first))
        if may:
            assert answer.status_code not in (401, 403), (who, answer.content)
        elif operation == "tokens_create":
            # Whoever is there may say who they are.
            assert answer.status_code in (400, 401, 403)
        else:
            assert answer.status_code == (401 if who == "anybody" else 403), (who, answer.content)


@pytest.mark.parametrize(
    ("operation", "missing"),
    [
        ("positions_create", "“Can add position” (proposals.add_position)"),
        ("positions_destroy", "“Can delete position” (proposals.delete_position)"),
        ("imports_create", "“Can import records” (proposals.import_records)"),
        ("decisions_list", "“Can view decision” (proposals.view_decision)"),
        ("tokens_list", "“Can view auth token” (knox.view_authtoken)"),
    ],
)
def test_a_refusal_names_the_permission_that_is_missing(records, operation, missing):
    answer = ask(client_of("reader"), operation, records)

    assert answer.status_code == 403
    assert missing in answer.json()["detail"]


def test_a_refused_deletion_of_what_is_public_names_the_permission_to_withdraw(records):
    answer = ask(client_of("editor"), "positions_destroy", records)

    assert "proposals.withdraw_records" in answer.json()["detail"]


def test_a_token_makes_no_other(records):
    answer = client_of("administrator", by_token=True).post("/api/v1/tokens/", {}, content_type="application/json")

    assert answer.status_code == 403
