"""Who fails to sign in too often waits, on the page and for a token alike, and learns nothing of who is there."""

import datetime

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from tests.roles import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "harbour and wall"
WRONG = "harbour and quay"
LIMIT = 5


@pytest.fixture(autouse=True)
def _editor():
    return make_user("editor", "otto", password=PASSWORD)


def by_page(client, name="otto", password=WRONG, **extra):
    return client.post("/admin/login/?next=/admin/", {"username": name, "password": password}, **extra)


def by_api(client, name="otto", password=WRONG, **extra):
    sent = {"username": name, "password": password}
    return client.post("/api/v1/tokens/", sent, content_type="application/json", **extra)


def forget():
    """As if the cool-off had passed."""
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))


WAYS = pytest.mark.parametrize("way", [by_page, by_api])


@WAYS
@pytest.mark.parametrize("name", ["otto", "nobody-of-this-name"])
def test_the_fifth_failure_locks_out_whether_there_is_such_a_user_or_not(client, way, name):
    answers = [way(client, name) for _ in range(LIMIT + 1)]

    before = {200} if way is by_page else {401}
    assert {answer.status_code for answer in answers[: LIMIT - 1]} == before
    for answer in answers[LIMIT - 1 :]:
        assert answer.status_code == 429
        assert 14 * 60 < int(answer.headers["Retry-After"]) <= 15 * 60
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_answers_for_a_name_that_is_there_and_one_that_is_not_are_the_same(client):
    there = [by_api(client, "otto").content for _ in range(LIMIT)]
    nowhere = [by_api(Client(REMOTE_ADDR="192.0.2.9"), "nobody").content for _ in range(LIMIT)]

    assert there == nowhere


@WAYS
def test_the_right_password_does_not_open_what_is_locked(client, way):
    for _ in range(LIMIT):
        by_page(client)

    assert way(client, password=PASSWORD).status_code == 429


def test_a_page_says_what_happened_and_how_long_it_lasts(client):
    for _ in range(LIMIT):
        page = by_page(client)

    assert "Locked out for a while" in page.content.decode()
    assert "Try again in 15 minutes" in page.content.decode()
    assert "otto" not in page.content.decode()


def test_the_api_answers_a_problem(client):
    for _ in range(LIMIT):
        answer = by_api(client)

    assert answer.json()["type"] == "/problems/locked_out"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_failures_on_the_page_and_for_a_token_count_together(client):
    for _ in range(3):
        by_page(client)

    assert [by_api(client).status_code for _ in range(2)] == [401, 429]


def test_it_ends_by_itself_and_is_not_prolonged_by_further_tries(client):
    for _ in range(LIMIT + 3):
        by_page(client)
    assert AccessAttempt.objects.get().failures_since_start == LIMIT

    forget()

    assert by_page(client, password=PASSWORD).headers["Location"] == "/admin/"


def test_to_sign_in_forgets_the_failures_before(client):
    for _ in range(LIMIT - 1):
        by_page(client)

    by_page(client, password=PASSWORD)

    assert not AccessAttempt.objects.exists()


def test_a_stranger_locks_nobody_out_of_their_own_place(client):
    for _ in range(LIMIT):
        by_page(Client(REMOTE_ADDR="192.0.2.9"))

    assert by_page(client, password=PASSWORD).headers["Location"] == "/admin/"


def test_an_address_that_tries_one_name_after_the_other_is_stopped(client):
    answers = [by_page(client, f"name-{number // 4}").status_code for number in range(25)]

    assert answers == [200] * 24 + [429]
    assert by_page(client, password=PASSWORD).status_code == 429


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_behind_proxies_the_address_is_the_one_that_throttles_count(settings, client, proxies, status):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}

    for number in range(LIMIT):
        page = by_page(client, headers={"X-Forwarded-For": f"198.51.100.{number}"})

    assert page.status_code == status


def test_a_client_of_a_network_of_ipv6_is_one_address():
    for number in range(LIMIT):
        page = by_page(Client(REMOTE_ADDR=f"2001:db8::{number}"))

    assert page.status_code == 429


def test_an_administrator_releases_them(client):
    for _ in range(LIMIT):
        by_page(client)
    ada = Client()
    ada.force_login(make_user("administrator", "ada"))

    page = ada.post(
        "/admin/axes/accessattempt/",
        {"action": "release", "_selected_action": [AccessAttempt.objects.get().pk]},
        follow=True,
    )

    assert "Released: 127.0.0.1." in page.content.decode()
    assert by_page(client, password=PASSWORD).headers["Location"] == "/admin/"


def test_no_password_is_kept(client):
    by_page(client, password="quay and lighthouse")

    assert "quay" not in str(AccessAttempt.objects.values().get())


@WAYS
def test_a_name_longer_than_any_is_a_failure_like_others(client, way):
    answer = way(client, "n" * 5_000)

    assert answer.status_code == (200 if way is by_page else 400)
    assert {len(one.username) for one in AccessAttempt.objects.all()} == ({150} if way is by_page else set())
