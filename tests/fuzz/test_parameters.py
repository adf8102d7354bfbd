"""Every parameter of every address: of the API as declared, of pages and admin as their links and forms name it."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from proposals.comparison import freeze
from proposals.models import VocabularySnapshot
from tests.access.matrix import PAGES
from tests.admin.one_of_each import make_one_of_each
from tests.api import contract
from tests.fuzz.profile import cases
from tests.fuzz.service import Service, segment
from tests.fuzz.words import hard_texts

_NAMED = {
    "slug": ["council-plan", "northern-council", "ceasefire", "harbour-gazette", "northern-coast", "old-harbour"],
    "key": ["c01"],
    "id": ["p001", "s001", "garrison-strength", "1"],
    "code": ["garrison_strength"],
}
_OF_PAGES = {
    **dict.fromkeys(["/", "/compare/text/", "/parties/", "/sources/", "/topics/", "/territories/", "/lineage/"], ()),
    **dict.fromkeys(
        ["/compare/", "/compare/readings/", "/compare/bracketed/", "/compare/bracketed.docx"], ("proposals",)
    ),
    "/compare/preview.png": ("proposals",),
    "/search/": ("q",),
    **dict.fromkeys(
        ["/coverage/", "/coverage.svg", "/positions/", "/positions.svg", "/sitemap.xml", "/robots.txt"], ()
    ),
    **dict.fromkeys(["/feeds/proposals.atom", "/topics/ceasefire/", "/topics/ceasefire/figures.svg"], ()),
    **dict.fromkeys(["/proposals/council-plan/", "/proposals/council-plan/clauses/c01/", "/lineage/council-plan/"], ()),
    **dict.fromkeys(
        ["/lineage/council-plan.svg", "/proposals/council-plan/preview.png", "/parties/northern-council/"], ()
    ),
    **dict.fromkeys(["/persons/council-envoy/", "/sources/harbour-gazette/", "/territories/old-harbour/"], ()),
    "/disputes/garrison-strength/": (),
}
# What works on any page, whether or not one of the examples has a link with it.
_EVERYWHERE = (
    "q",
    "page",
    "proposals",
    "topic",
    "party",
    "format",
    "lang",
    "as_of",
    "from",
    "to",
    "limit",
    "offset",
    "sort",
)
_PAIR = "council-plan,front-answer"


class _Names(HTMLParser):
    """The names of parameters in the links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("name"):
            self.found.add(name)
        query = urlsplit(given.get("href") or "").query
        self.found |= {name for name, _ in parse_qsl(query, keep_blank_values=True)}


def names_in(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    reader = _Names()
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        reader.feed(answer.content.decode())
    return reader.found


@pytest.fixture
def records(db: None) -> dict[Any, Any]:
    found = make_one_of_each(User.objects.create_user("ida"))
    # One for the page of the admin alone: no engine could read it.
    VocabularySnapshot.objects.all().delete()
    return found


@pytest.fixture
def visitor(records: Any, request: pytest.FixtureRequest) -> Service:
    return Service(request.node.originalname, Client())


@pytest.fixture
def editor(records: Any, request: pytest.FixtureRequest) -> Service:
    client = Client()
    client.force_login(User.objects.create_superuser("otto"))
    return Service(request.node.originalname, client)


def operations() -> dict[str, list[str]]:
    """The paths that are read, with the parameters that they declare."""
    return {
        path: [one["name"] for one in methods["get"].get("parameters", []) if one["in"] == "query"]
        for path, methods in contract.document()["paths"].items()
        if "get" in methods
    }


_OPERATIONS = operations()
_READ = sorted(_OPERATIONS)


def _pairs(data: Any, names: list[str]) -> list[tuple[str, str]]:
    named = st.one_of(st.sampled_from(names), st.sampled_from(names), hard_texts) if names else hard_texts
    return data.draw(st.lists(st.tuples(named, hard_texts), min_size=1, max_size=4))


def _asked(data: Any) -> tuple[str, list[tuple[str, str]]]:
    """A path of the API with a record of the test or with any word in it, and parameters."""
    path = data.draw(st.sampled_from(_READ))
    declared = _OPERATIONS[path]
    for name in re.findall(r"{(\w+)}", path):
        known = st.sampled_from(_NAMED[name])
        path = path.replace(f"{{{name}}}", segment(data.draw(st.one_of(known, known, known, hard_texts.filter(bool)))))
    return path, _pairs(data, declared)


@given(data=st.data())
@cases(share=1.2, few=60)
def test_the_api_asked_by_anybody(visitor: Service, data: Any) -> None:
    path, pairs = _asked(data)

    visitor.get(path, pairs)


@given(data=st.data())
@cases(share=0.8, few=30)
def test_the_api_asked_by_staff(editor: Service, data: Any) -> None:
    path, pairs = _asked(data)

    editor.get(path, pairs)


@given(data=st.data())
@cases(share=0.8, few=30)
def test_comparisons_asked_for(visitor: Service, data: Any) -> None:
    """With two that are there, so that the other parameters are looked at."""
    names = _OPERATIONS["/api/v1/comparisons/"]
    pairs = _pairs(data, [name for name in names if name != "proposals"])
    path = data.draw(
        st.sampled_from(["/api/v1/comparisons/", "/compare/", "/compare/readings/", "/compare/bracketed/"])
    )

    visitor.get(path, [("proposals", _PAIR), *pairs])


@given(data=st.data())
@cases(share=1.2, few=60)
def test_a_search(visitor: Service, data: Any) -> None:
    words = " ".join(data.draw(st.lists(hard_texts, min_size=1, max_size=4)))
    more = data.draw(st.lists(st.tuples(st.sampled_from(_SEARCHED), hard_texts), max_size=2))
    path = data.draw(st.sampled_from(["/api/v1/clauses/", "/api/v1/positions/", "/api/v1/persons/", "/search/"]))

    visitor.get(path, [("q", words), *more])


_SEARCHED = sorted({name for path in ("clauses", "positions") for name in _OPERATIONS[f"/api/v1/{path}/"]})


@given(data=st.data())
@cases(share=1.0, few=60)
def test_pages_asked_for(visitor: Service, records: Any, data: Any) -> None:
    names = _names_of(_OF_PAGES)
    path = data.draw(st.sampled_from(sorted(_OF_PAGES)))
    pairs = _pairs(data, sorted({*names, *_EVERYWHERE}))
    if "proposals" in _OF_PAGES[path]:
        pairs.insert(0, ("proposals", _PAIR))

    visitor.get(path, pairs)


@given(data=st.data())
@cases(share=0.5, few=30)
def test_paths_of_pages(visitor: Service, data: Any) -> None:
    path = data.draw(st.sampled_from(sorted(_OF_PAGES)))
    parts = path.strip("/").split("/")
    parts[data.draw(st.integers(0, len(parts) - 1))] = segment(data.draw(hard_texts))

    visitor.get("/" + "/".join(parts) + data.draw(st.sampled_from(["/", "", ".svg", "/.."])))


@given(data=st.data())
@cases(share=0.1, few=6)
def test_a_frozen_comparison(visitor: Service, records: Any, data: Any) -> None:
    digest = freeze(proposals=_PAIR.split(","))[0].digest
    path = data.draw(st.sampled_from(["/snapshots/{}/", "/api/v1/snapshots/{}/"]))

    visitor.get(path.format(digest), _pairs(data, ["topic", "kind", "relation", "format", "q"]))


@pytest.fixture
def pages_of_the_admin(records: dict[Any, Any]) -> list[str]:
    """Found once: each case draws from the same, and the addresses of changes take long to find."""
    found = []
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{stem}_{page}") for page in ("changelist", "changelist", "changelist", "add")]
        found += [reverse(f"{stem}_{page}", args=[records[model].pk]) for page in ("change", "delete", "history")]
    for name, (args, _) in PAGES.items():
        if not name.startswith("view_on"):
            found.append(reverse(f"admin:{name}", args=args(records)))
    return found


@given(data=st.data())
@cases(share=1.2, few=60)
def test_the_admin_asked_by_staff(editor: Service, pages_of_the_admin: list[str], data: Any) -> None:
    path = data.draw(st.sampled_from(pages_of_the_admin))
    names = ["q", "o", "p", "all", "e", "_facets", "_popup", "_to_field", "_changelist_filters", "pk__in", "id__exact"]
    names += [
        "stage__exact",
        "proposal",
        "proposal__id__exact",
        "topics__slug",
        "date__year",
        "date__gte",
        "as",
        "part",
    ]
    names += [
        "text",
        "proposal__slug",
        "key__startswith",
        "kind__exact",
        "kind__in",
        "wording__isnull",
        "other",
        "show",
    ]

    editor.get(path, _pairs(data, names))


@given(data=st.data())
@cases(share=0.4, few=20)
def test_suggestions_asked_by_staff(editor: Service, data: Any) -> None:
    fields = {"app_label": "proposals", "model_name": "clausetopic", "field_name": "topic", "term": "", "page": "1"}
    fields |= data.draw(st.dictionaries(st.sampled_from([*fields]), hard_texts, min_size=1, max_size=3))

    editor.get("/admin/autocomplete/", fields.items())


_names: set[str] = set()


def _names_of(pages: dict[str, tuple[str, ...]]) -> set[str]:
    if not _names:
        for path, takes in pages.items():
            _names.update(names_in(Client(), f"{path}?proposals={_PAIR}" if takes == ("proposals",) else path))
    return _names
