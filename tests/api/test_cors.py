"""Which pages of other origins may use the API from a browser, and how."""

import pytest
from django.test import Client

FRONT = "https://front.example"


def preflight(method, headers, origin=FRONT):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }
    return Client().options("/api/v1/proposals/council-plan/", headers=asked).headers


def words(value):
    return {word.strip().lower() for word in value.split(",")}


def test_any_page_reads_and_learns_what_is_left(db):
    headers = Client().get("/api/v1/proposals/", headers={"Origin": FRONT}).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    exposed = words(headers["Access-Control-Expose-Headers"])
    assert {"etag", "location", "ratelimit", "ratelimit-policy", "retry-after", "www-authenticate"} <= exposed


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_a_page_with_a_token_may_write(method):
    headers = preflight(method, "authorization, content-type, if-match, if-none-match")

    assert method in headers["Access-Control-Allow-Methods"]
    allowed = words(headers["Access-Control-Allow-Headers"])
    assert {"authorization", "content-type", "if-match", "if-none-match"} <= allowed


def test_cookies_are_never_accepted_from_another_origin():
    assert "Access-Control-Allow-Credentials" not in preflight("POST", "content-type")


def test_origins_can_be_named(settings):
    settings.CORS_ALLOW_ALL_ORIGINS = False
    settings.CORS_ALLOWED_ORIGINS = [FRONT]

    assert preflight("GET", "accept")["Access-Control-Allow-Origin"] == FRONT
    assert "Access-Control-Allow-Origin" not in preflight("GET", "accept", origin="https://elsewhere.example")


def test_nothing_but_the_api_is_shared(db):
    assert "Access-Control-Allow-Origin" not in Client().get("/", headers={"Origin": FRONT}).headers
