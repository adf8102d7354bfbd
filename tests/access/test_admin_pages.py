"""Every page of the admin, and every action of a list, for every role."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse

from access.roles import ROLES
from proposals.models import VocabularySnapshot
from tests.access.matrix import ACTIONS, MODELS, OPEN_PAGES, PAGES
from tests.admin.one_of_each import make_one_of_each
from tests.roles import make_user

pytestmark = pytest.mark.django_db

_OF_MODELS = ("changelist", "add", "change", "delete", "history")


def each(models):
    return pytest.mark.parametrize("model", models, ids=lambda model: model._meta.label_lower)


def names_of_pages():
    """The names of all addresses of the admin, as they are registered."""
    found, waiting = set(), list(admin.site.get_urls())
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, URLPattern):
            found.add(entry.name)
        else:
            waiting += entry.url_patterns
    # Nameless ones lead to others.
    return found - {None}


def name(model, page):
    return f"{model._meta.app_label}_{model._meta.model_name}_{page}"


@pytest.fixture
def records():
    records = make_one_of_each(User.objects.create_user("ida", last_name="Northern"))
    # One for the page of the admin alone: no engine could read it.
    VocabularySnapshot.objects.update(is_current=False)
    return records


def as_(role):
    client = Client()
    client.force_login(make_user(role))
    return client


def test_every_page_and_every_model_has_its_place_in_the_matrix():
    of_models = {name(model, page) for model in MODELS for page in _OF_MODELS}

    assert set(MODELS) == set(admin.site._registry) == set(ACTIONS)
    assert names_of_pages() == of_models | set(PAGES) | OPEN_PAGES, "Place it in tests/access/matrix.py."


@each(MODELS)
def test_pages_of_a_model_open_to_whom_they_should(records, model):
    expected, found = {}, {}
    for place, role in enumerate(ROLES):
        client = as_(role)
        for page in _OF_MODELS:
            args = [] if page in ("changelist", "add") else [records[model].pk]
            expected[role, page] = MODELS[model][page][place]
            found[role, page] = client.get(reverse(f"admin:{name(model, page)}", args=args)).status_code

    assert found == expected


@pytest.mark.parametrize("page", PAGES)
def test_the_other_pages_open_to_whom_they_should(records, page):
    args, row = PAGES[page]

    found = [as_(role).get(reverse(f"admin:{page}", args=args(records))).status_code for role in ROLES]

    assert tuple(found) == row


@pytest.mark.parametrize("who", ["nobody", "a plain user"])
def test_who_is_not_of_the_staff_is_led_to_the_page_that_asks_who_they_are(records, who):
    client = Client()
    if who == "a plain user":
        client.force_login(User.objects.create_user("otto"))
    pages = [reverse(f"admin:{page}", args=args(records)) for page, (args, _) in PAGES.items()]
    pages += [reverse(f"admin:{name(model, page)}") for model in MODELS for page in ("changelist", "add")]
    pages += [
        reverse(f"admin:{name(model, page)}", args=[records[model].pk])
        for model in MODELS
        for page in ("change", "delete", "history")
    ]

    for page in pages:
        # Without a query, an open redirect has nothing to work with.
        assert client.get(page).headers.get("Location", "").startswith("/admin/login/?next=/admin/"), page


@each(MODELS)
def test_a_list_offers_what_the_role_may_do(records, model):
    for place, role in enumerate(ROLES):
        request = RequestFactory().get("/")
        request.user = make_user(role)

        offered = set(admin.site._registry[model].get_actions(request))

        assert offered == {action for action, first in ACTIONS[model].items() if ROLES.index(first) <= place}, role


@pytest.mark.parametrize("role", ROLES)
def test_an_autocomplete_tells_of_records_that_the_role_sees(records, role):
    records_seen = {"app_label": "proposals", "model_name": "clausetopic", "field_name": "topic"}

    answer = as_(role).get("/admin/autocomplete/", records_seen)

    assert answer.status_code == 200
    assert {one["text"] for one in answer.json()["results"]} == {"Ceasefire (ceasefire)", "Prisoners (prisoners)"}


@pytest.mark.parametrize("page", ["decide", "silence"])
def test_a_reader_sends_nothing_to_the_review_of_a_pair(records, page):
    address = reverse(f"admin:proposals_proposal_{page}", args=["council-plan", "front-answer"])

    answers = [as_(role).post(address, {}).status_code for role in ROLES]

    assert answers[0] == 403
    assert 403 not in answers[1:]
    assert 500 not in answers
