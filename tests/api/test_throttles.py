"""How often one client may ask, and how it is told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from config.environment import Environment
from config.throttling import AnonymousThrottle
from tests.api.conftest import Api
from tests.roles import make_user

NOW = 1_900_000_060.0


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The time that throttles read; set `now` to move it."""

    class Clock:
        now = NOW

    monkeypatch.setattr(SimpleRateThrottle, "timer", lambda self: Clock.now)
    return Clock


@pytest.fixture
def rates(monkeypatch):
    def set_to(**rates):
        for scope, rate in rates.items():
            monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, rate)

    return set_to


def test_every_answer_says_the_rate_and_what_is_left(api, rates, clock):
    rates(anonymous="3/min")

    first = api.get("proposals/")
    clock.now += 40
    second = api.get("topics/")

    assert first.headers["RateLimit-Policy"] == '"anonymous";q=3;w=60'
    assert first.headers["RateLimit"] == '"anonymous";r=2;t=60'
    assert second.headers["RateLimit"] == '"anonymous";r=1;t=20'


def test_one_more_is_refused_until_the_oldest_is_a_minute_old(api, rates, clock):
    rates(anonymous="2/min")

    statuses = [api.get("proposals/").status]
    clock.now += 40
    statuses += [api.get("proposals/").status, api.get("proposals/").status]
    refused = api.get("proposals/")
    clock.now += 20

    assert statuses == [200, 200, 429]
    assert refused.body["type"] == "/problems/throttled"
    assert refused.headers["Retry-After"] == "20"
    assert refused.headers["RateLimit"] == '"anonymous";r=0;t=20'
    assert refused.headers["Cache-Control"] == "no-store"
    assert [api.get("proposals/").status for _ in range(2)] == [200, 429]


def test_what_costs_more_has_a_rate_of_its_own_on_top(api, rates):
    rates(drafts="1/min")

    first, second = api.post("comparisons/", {}), api.post("comparisons/", {})

    assert first.headers["RateLimit-Policy"] == '"anonymous";q=600;w=60, "drafts";q=1;w=60'
    assert first.headers["RateLimit"] == '"anonymous";r=599;t=60, "drafts";r=0;t=60'
    assert (first.status, second.status) == (400, 429)
    assert "drafts" not in api.get("proposals/").headers["RateLimit-Policy"]


def test_tries_for_a_token_are_few(api):
    # Of one name alone, the fifth would be locked out.
    names = [f"editor-{number}" for number in range(12)]

    tries = [api.post("tokens/", {"username": name, "password": "a guess"}).status for name in names]

    assert tries == [401] * 10 + [429] * 2


@pytest.mark.django_db
def test_a_user_is_counted_alone_wherever_the_requests_come_from(rates):
    rates(user="2/min", anonymous="1/min")
    secret = AuthToken.objects.create(make_user("editor"))[1]
    known = {"Authorization": f"Bearer {secret}"}

    first = Api(Client(headers=known, REMOTE_ADDR="192.0.2.1")).get("proposals/")
    second = Api(Client(headers=known, REMOTE_ADDR="192.0.2.2")).get("proposals/")

    assert first.headers["RateLimit-Policy"] == '"user";q=2;w=60'
    assert second.headers["RateLimit"] == '"user";r=0;t=60'
    assert Api(Client(REMOTE_ADDR="192.0.2.1")).get("proposals/").status == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "first", "second", "one_client"),
    [
        (0, "192.0.2.1", "192.0.2.1", True),
        (0, "192.0.2.1", "192.0.2.2", False),
        (0, "192.0.2.1,198.51.100.1", "192.0.2.1,198.51.100.2", True),  # whatever it says of itself
        (1, "192.0.2.1,198.51.100.1", "192.0.2.1,198.51.100.2", False),
        (1, "192.0.2.1,203.0.113.9, 198.51.100.1", "192.0.2.1,203.0.113.8, 198.51.100.1", True),
        (0, "2001:db8::1", "2001:db8::ffff:1", True),  # one network of one owner
        (0, "2001:db8::1", "2001:db8:0:1::1", False),
        (1, "192.0.2.1,anything", "192.0.2.1,else", True),
    ],
)
def test_who_counts_as_one_client(settings, rates, proxies, first, second, one_client):
    rates(anonymous="1/min")
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}

    statuses = []
    for where in (first, second):
        address, _, forwarded = where.partition(",")
        client = Client(REMOTE_ADDR=address, headers={"X-Forwarded-For": forwarded} if forwarded else {})
        statuses.append(Api(client).get("proposals/").status)

    assert statuses == [200, 429 if one_client else 200]


def test_a_rate_can_be_off(api, rates):
    rates(anonymous=None)

    answer = api.get("proposals/")

    assert answer.status == 200
    assert "RateLimit" not in answer.headers


def test_counting_costs_no_query(api, rates):
    with CaptureQueriesContext(connection) as counted:
        assert "RateLimit" in api.get("proposals/").headers
    rates(anonymous=None)
    with CaptureQueriesContext(connection) as uncounted:
        assert "RateLimit" not in api.get("proposals/").headers

    assert len(counted) == len(uncounted)


def test_threads_that_ask_at_the_same_moment_are_all_counted(rates, monkeypatch):
    rates(anonymous="1/min")
    both_have_read = threading.Barrier(2)
    read = cache.get

    def read_and_wait(*arguments, **options):
        found = read(*arguments, **options)
        with suppress(threading.BrokenBarrierError):
            both_have_read.wait(timeout=0.5)
        return found

    monkeypatch.setattr(AnonymousThrottle, "cache", SimpleNamespace(get=read_and_wait, set=cache.set))

    def ask():
        request = Request(RequestFactory().get("/"))
        return AnonymousThrottle().allow_request(request, APIView())

    with ThreadPoolExecutor(2) as threads:
        allowed = [one.result() for one in [threads.submit(ask), threads.submit(ask)]]

    assert sorted(allowed) == [False, True]


def test_processes_count_together_in_the_database(api, rates, settings):
    rates(anonymous="2/min")
    settings.CACHES = {**settings.CACHES, "default": Environment({"CACHE_URL": "database"}).cache("CACHE_URL")}
    call_command("createcachetable", verbosity=0)

    statuses = [api.get("proposals/").status for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_a_clock_that_goes_back_a_day_refuses_nobody_until_it_is_there_again(api, rates, clock):
    rates(anonymous="2/min")
    assert [api.get("topics/").status for _ in range(3)] == [200, 200, 429]

    clock.now -= 24 * 60 * 60
    after = [api.get("topics/").status for _ in range(3)]
    clock.now += 61

    assert after == [200, 200, 429]
    assert api.get("topics/").status == 200


def test_clocks_of_hosts_that_are_some_seconds_apart_forget_no_request(api, rates, clock):
    rates(anonymous="2/min")
    assert [api.get("topics/").status for _ in range(2)] == [200, 200]

    clock.now -= 5

    assert api.get("topics/").status == 429
