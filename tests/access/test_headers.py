"""What every answer says to browsers and caches, whoever gave it: views, refusals, probes, redirects and files."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from rest_framework.throttling import SimpleRateThrottle

from tests.factories import make_clause, make_proposal
from tests.roles import make_user

pytestmark = pytest.mark.django_db

# Address, method, what it answers.
ANSWERS = [
    ("/", "get", 200),
    ("/proposals/council-plan/", "get", 200),
    ("/proposals/council-plan/", "head", 200),
    ("/proposals/nothing/", "get", 404),
    ("/proposals/council-plan", "get", 301),
    ("/proposals/council-plan/", "put", 403),
    ("/coverage.svg", "get", 200),
    ("/robots.txt", "get", 200),
    ("/sitemap.xml", "get", 200),
    ("/compare/?proposals=nothing,nowhere", "get", 404),
    ("/api/v1/proposals/", "get", 200),
    ("/api/v1/proposals/?format=csv", "get", 200),
    ("/api/v1/proposals/", "options", 405),
    ("/api/v1/proposals/?colour=red", "get", 400),
    ("/api/v1/proposals/nothing/", "get", 404),
    ("/api/v1/proposals/", "post", 401),
    ("/api/v1/nothing/", "get", 404),
    ("/api/v1/proposals/", "put", 401),
    ("/api/v1/dump/?format=zip", "get", 200),
    ("/api/schema/", "get", 200),
    ("/api/docs/", "get", 200),
    ("/admin/", "get", 302),
    ("/admin/login/", "get", 200),
    ("/admin/login/", "post", 403),
    ("/static/nothing.css", "get", 404),
    ("/healthz", "get", 200),
    # It asks over a connection of its own, which sees nothing imported.
    ("/readyz", "get", 503),
]


@pytest.fixture
def plan():
    plan = make_proposal("council-plan")
    make_clause(plan)
    return plan


def _held(answer: HttpResponse) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize(("address", "method", "status"), ANSWERS)
def test_every_kind_of_answer_has_the_headers(plan, address: str, method: str, status: int) -> None:
    # A stranger's form has no token.
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert answer.status_code == status
    _held(answer)
    assert answer.headers["Cross-Origin-Resource-Policy"] == (
        "same-origin" if address.startswith("/admin/") else "cross-origin"
    )
    if status >= 400:
        assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_not_sent_again_or_asked_too_often_or_for_another_host_has_them_too(plan, monkeypatch) -> None:
    client = Client()
    tag = client.get("/api/v1/proposals/").headers["ETag"]
    known = client.get("/api/v1/proposals/", headers={"If-None-Match": tag})
    stranger = client.get("/", headers={"Host": "evil.example"})
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anonymous", "1/day")
    often = [client.get("/api/v1/proposals/") for _ in range(2)][1]

    assert [one.status_code for one in (known, stranger, often)] == [304, 400, 429]
    for answer in (known, stranger, often):
        _held(answer)


def test_with_https_on_browsers_are_held_to_it(settings: Settings, plan) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()

    plain = client.get("/proposals/council-plan/")
    page = client.get("/admin/login/", secure=True)

    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/proposals/council-plan/")
    _held(plain)
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert page.cookies["csrftoken"]["secure"]


def test_the_cookie_of_a_session_is_for_this_site_and_no_script(plan) -> None:
    make_user("editor", "otto", password="harbour and wall")
    client = Client()

    answer = client.post("/admin/login/", {"username": "otto", "password": "harbour and wall"})

    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/proposals/proposal/",
        "/admin/proposals/proposal/export/?as=csv",
        "/proposals/council-plan/",
        "/search/?q=harbour",
        "/api/v1/proposals/",
        "/api/v1/decisions/",
        "/api/v1/tokens/",
    ],
)
def test_what_a_member_of_staff_gets_is_kept_by_no_cache(plan, address: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("ida"))

    answer = client.get(address)

    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))


@pytest.mark.parametrize("address", ["/search/?q=harbour", "/api/v1/clauses/?q=harbour", "/api/v1/persons/?q=envoy"])
def test_who_searches_too_often_is_told_when_to_go_on(plan, monkeypatch, address: str) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "search", "1/min")
    client = Client()

    found, refused = client.get(address), client.get(address)
    plain = client.get(address.partition("?")[0])

    assert [found.status_code, refused.status_code, plain.status_code] == [200, 429, 200]
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    if address.startswith("/api/"):
        assert refused.json()["type"] == "/problems/throttled"
