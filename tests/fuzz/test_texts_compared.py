"""What anybody may send: drafts and texts to compare, frozen comparisons, names and passwords; and records by staff."""

import copy
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.harbour import ANSWER, PLAN
from tests.fuzz.documents import changed, paths, schema, spoilt
from tests.fuzz.profile import cases
from tests.fuzz.service import Service
from tests.fuzz.words import HARD, hard_texts, values

_DRAFT = {"slug": "leak", "clauses": PLAN["clauses"]}
_BODY = {"proposals": [_DRAFT, {"slug": "front-answer"}, {"text": "1. The harbour opens.\n2. It stays open."}]}
_CLAUSES = {"properties": {"clauses": schema()["$defs"]["proposal"]["properties"]["clauses"]}}
_TOLD = {"properties": {"proposals": {"items": _CLAUSES}}}
_PLACES = list(paths(_BODY, _TOLD))
_MARKS = [
    "1. ",
    "2) ",
    "(a) ",
    "Article 1\n",
    "§ 3 ",
    "- ",
    "* ",
    "IV. ",
    "\n",
    "\n\n",
    "\f",
    "Title\n",
    "# ",
    "1.1.1 ",
]
_WORDS = [
    "The garrison has at most 500 soldiers.",
    "within 3 days",
    "10**9 m",
    "5-7 years",
    "not later than 31/02/2031",
]


@pytest.fixture
def records(harbour_is_imported: None) -> None:
    """Those of the invented case."""


@pytest.fixture
def visitor(records: None, request: pytest.FixtureRequest) -> Service:
    return Service(request.node.originalname, Client())


@pytest.fixture
def editor(records: None, request: pytest.FixtureRequest) -> Service:
    client = Client()
    client.force_login(User.objects.create_superuser("otto"))
    return Service(request.node.originalname, client)


def _spoilt(data: Any, base: Any, places: list[Any]) -> Any:
    body = copy.deepcopy(base)
    for path, value in data.draw(st.lists(st.tuples(st.sampled_from(places), values), min_size=1, max_size=3)):
        changed(body, path, copy.deepcopy(value))
    return body


@given(data=st.data())
@cases(few=25)
def test_drafts_with_wrong_values(visitor: Service, data: Any) -> None:
    body = _spoilt(data, _BODY, _PLACES)

    answer = visitor.send("/api/v1/comparisons/", json.dumps(body).encode())

    assert answer.status_code in (200, 400)


@given(
    text=st.lists(
        st.one_of(st.sampled_from(_MARKS), st.sampled_from(_WORDS), st.sampled_from(HARD), st.text(max_size=30))
    )
)
@cases(share=0.8, few=20)
def test_texts_of_any_kind(visitor: Service, text: list[str]) -> None:
    body = {"proposals": [{"slug": "front-answer"}, {"text": "".join(text)}]}

    assert visitor.send("/api/v1/comparisons/", json.dumps(body).encode()).status_code in (200, 400)


@given(data=st.data())
@cases(share=0.4, few=10)
def test_a_body_after_accidents(visitor: Service, data: Any) -> None:
    assert visitor.send("/api/v1/comparisons/", data.draw(spoilt(json.dumps(_BODY).encode()))).status_code in (200, 400)


@given(fields=st.dictionaries(st.sampled_from(["title", "text", "proposals", "lang", "x"]), hard_texts))
@cases(share=0.4, few=10)
def test_the_pages_that_take_a_form(visitor: Service, fields: dict[str, str]) -> None:
    visitor.submit("/compare/text/", {"proposals": "council-plan", "text": "1. The harbour opens."} | fields)
    visitor.submit("/compare/freeze/", {"proposals": ["council-plan", "front-answer"]} | fields)


@given(fields=st.dictionaries(st.sampled_from(["username", "password", "next", "expires_in_days", "x"]), values))
@cases(share=0.3, few=10)
def test_names_and_passwords(visitor: Service, fields: dict[str, Any]) -> None:
    visitor.send("/api/v1/tokens/", json.dumps({"username": "ida", "password": "x"} | fields).encode())
    visitor.submit("/admin/login/", {"username": "ida", "password": "x", "next": "/admin/"} | fields)


_POSITION = {"party": "coastal-front", "topic": "garrison", "date": "2031-06-01", "date_precision": "day"} | {
    "id": "p900",
    "stance": "rejects",
    "statement": "It stays closed.",
    "source": "harbour-gazette",
    "evidence": "full_text",
    "confidence": "high",
}
_DECISION = {"clause": "council-plan/c02", "other": "front-answer/c03", "verdict": "not_same_matter"}
_WRITTEN: dict[str, tuple[Any, Any]] = {
    "proposals": ({**PLAN, "id": "new-plan"}, schema()["$defs"]["proposal"]),
    "proposals/council-plan/clauses": ({**PLAN["clauses"][1], "id": "c90"}, schema()["$defs"]["clause"]),
    "positions": (_POSITION, schema()["$defs"]["position"]),
    "decisions": (_DECISION, schema()["$defs"]["decision"]),
}
_OF_ANSWER = {name: value for name, value in ANSWER.items() if name not in ("clauses", "decisions")}
_CHANGED = {
    "proposals/council-plan": ({"summary": "Another."}, schema()["$defs"]["proposal"]),
    "proposals/front-answer": (_OF_ANSWER, schema()["$defs"]["proposal"]),
    "proposals/council-plan/clauses/c01": ({"text": "Another."}, schema()["$defs"]["clause"]),
    "positions/p001": ({"statement": "Another."}, schema()["$defs"]["position"]),
}


def test_what_is_made_worse_is_good(editor: Service) -> None:
    """Or the other tests here would meet nothing but the first refusal."""
    drafts = editor.send("/api/v1/comparisons/", json.dumps(_BODY).encode())
    new = {path: editor.send(f"/api/v1/{path}/", json.dumps(base).encode()) for path, (base, _) in _WRITTEN.items()}
    changed = {
        path: editor.send(f"/api/v1/{path}/", json.dumps(base).encode(), method="PATCH", headers={"If-Match": "*"})
        for path, (base, _) in _CHANGED.items()
    }

    assert drafts.status_code == 200, drafts.content
    assert {path: answer.status_code for path, answer in new.items()} == dict.fromkeys(_WRITTEN, 201), new
    assert {path: answer.status_code for path, answer in changed.items()} == dict.fromkeys(_CHANGED, 200), changed


@given(data=st.data())
@cases(few=25)
def test_records_written_by_staff(editor: Service, data: Any) -> None:
    is_new = data.draw(st.booleans())
    kinds = _WRITTEN if is_new else _CHANGED
    path = data.draw(st.sampled_from(sorted(kinds)))
    base, told = kinds[path]
    body = _spoilt(data, base, list(paths(base, told)))

    answer = editor.send(
        f"/api/v1/{path}/",
        json.dumps(body).encode(),
        method="POST" if is_new else "PATCH",
        headers={} if is_new else {"If-Match": "*"},
    )

    assert answer.status_code in (200, 201, 400, 404, 409, 412, 428)
