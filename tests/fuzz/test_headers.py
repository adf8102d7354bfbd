"""Headers and cookies of any kind, on addresses that read them and on those that should not mind."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from proposals.models import VocabularySnapshot
from tests.admin.one_of_each import make_one_of_each
from tests.fuzz.profile import cases
from tests.fuzz.service import Service
from tests.fuzz.words import HARD, hard_texts

_PATHS = [
    *("/", "/search/?q=harbour", "/compare/?proposals=council-plan,front-answer", "/coverage.svg", "/sitemap.xml"),
    *(
        "/api/v1/",
        "/api/v1/proposals/",
        "/api/v1/proposals/council-plan/",
        "/api/v1/clauses/?q=harbour",
        "/api/schema/",
    ),
    *("/api/v1/comparisons/?proposals=council-plan,front-answer", "/api/v1/dump/", "/api/v1/changes/", "/api/docs/"),
    *(
        "/api/v1/decisions/",
        "/api/v1/tokens/",
        "/admin/",
        "/admin/login/",
        "/healthz",
        "/readyz",
        "/nothing",
        "/static/x",
    ),
]
_VALUES: dict[str, list[str]] = {
    "If-Match": ["*", '""', 'W/"x"', '"x", "y"', '"', ",", '"' + "x" * 5000 + '"'],
    "If-None-Match": ["*", '""', 'W/"x"', '"x", "y"', '"', ",", '"x",' * 900],
    "If-Modified-Since": ["Mon, 31 Feb 2031 25:00:00 GMT", "0", "Thu, 01 Jan 0000 00:00:00 GMT"],
    "Range": ["bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=0-,0-,0-", "x=1", "bytes=" + "0-," * 900],
    "Accept": [
        "text/csv",
        "*/*;q=x",
        "a",
        "/",
        ";",
        "text/html;q=0, */*;q=0",
        "a/b;" * 300,
        'application/json; x="',
        ",",
    ],
    "Accept-Language": ["uk", "xx-YY", "en;q=9", "*", "a" * 600, "de-" * 300, "../../etc"],
    "Accept-Encoding": ["gzip", "gzip;q=0", "br", "gzip;q=x", "*;q=0.000001", "," * 900],
    "Content-Type": [
        "application/json; charset=utf-7",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "x",
        ";;",
        "a/b;c",
    ],
    "Authorization": [
        "Bearer",
        "Bearer x",
        "Bearer a b",
        "Basic eDp5",
        "Bearer " + "x" * 5000,
        "bearer ccd_x",
        "Token x",
        "Bearer \x80",
    ],
    "X-Forwarded-For": [
        "127.0.0.1",
        "::1",
        "x",
        ",",
        "1.2.3.4, x",
        "[::1]:80",
        "999.1.1.1",
        "fe80::1%eth0",
        "1," * 900,
    ],
    "X-Forwarded-Proto": ["https", "http", "x"],
    "X-Forwarded-Host": ["evil.example"],
    "Host": [
        "evil.example",
        "localhost:99999",
        "localhost:x",
        "[::1]",
        "a b",
        "localhost@evil.example",
        ".",
        "localhost/x",
    ],
    "Origin": ["null", "https://evil.example", "x", "https://[", "https://\x80"],
    "Referer": ["https://evil.example/", "x", "http://["],
    "X-CSRFToken": ["x", "x" * 64, "\x80"],
    "X-HTTP-Method-Override": ["DELETE"],
    "X-Request-ID": ["x" * 900, "a b", "1\u2028"],
    "Traceparent": ["00-x", "00-" + "0" * 32 + "-" + "0" * 16 + "-00"],
    "X-Part": ["clauses", "x"],
    "Content-Length": ["x", "-1", "99999999999"],
    "Cookie": [
        "sessionid=x",
        "sessionid=" + "x" * 4000,
        "csrftoken=x",
        "a",
        "=",
        ";;;",
        'a="',
        "messages=x",
        "django_language=../x",
    ],
}
_METHODS = ["GET"] * 6 + ["HEAD", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X"]


@pytest.fixture
def records(db: None) -> None:
    make_one_of_each(User.objects.create_user("ida"))
    # One for the page of the admin alone: no engine could read it.
    VocabularySnapshot.objects.all().delete()


@pytest.fixture(params=["visitor", "editor"])
def service(records: None, request: pytest.FixtureRequest) -> Service:
    client = Client(enforce_csrf_checks=True)
    if request.param == "editor":
        client.force_login(User.objects.create_superuser("otto"))
    return Service(request.node.originalname, client)


@given(data=st.data())
@cases(share=0.8, few=60)
def test_headers_of_any_kind(service: Service, data: Any) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(_VALUES)), min_size=1, max_size=3, unique=True))
    headers = {name: data.draw(st.one_of(st.sampled_from(_VALUES[name]), hard_texts)) for name in names}
    path, _, query = data.draw(st.sampled_from(_PATHS)).partition("?")
    pairs = [tuple(query.split("=", 1))] if query else []
    method = data.draw(st.sampled_from(_METHODS))

    if method in ("GET", "HEAD", "OPTIONS"):
        service.get(path, pairs, method=method, headers=headers)
    else:
        body = data.draw(st.sampled_from(HARD)).encode(errors="surrogatepass")
        service.send(path, body, method=method, query=pairs, headers=headers)
