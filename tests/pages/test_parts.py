"""Parts of pages that are put together in Python."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from django.test import Client
from django.urls import clear_script_prefix, set_script_prefix
from django.utils.safestring import SafeString

from proposals.comparison import compare
from proposals.models import Proposal
from proposals.pages.addresses import record_address
from proposals.pages.parts.clauses import apparatus_part
from proposals.pages.parts.markup import filled, joined
from proposals.pages.parts.signs import sign
from proposals.rendering.lines import Lookup
from tests.factories import make_clause, make_proposal
from tests.pages.conftest import Read

HOSTILE = '<b onclick="a">\'&{}{0}{name}%(x)s'
SHOWN = "&lt;b onclick=&quot;a&quot;&gt;&#x27;&amp;{}{0}{name}%(x)s"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        # By place, and by name.
        (filled("<i>{}</i>", HOSTILE), f"<i>{SHOWN}</i>"),
        (filled("<i>{word}</i>", word=HOSTILE), f"<i>{SHOWN}</i>"),
        # What is markup already is not escaped twice, whatever stands in it.
        (filled("<i>{}</i>", filled("<b>{}</b>", HOSTILE)), f"<i><b>{SHOWN}</b></i>"),
        (filled("{}", 3), "3"),
        (joined([HOSTILE, SafeString("<br>")], between="<"), f"{SHOWN}&lt;<br>"),
        (joined([]), ""),
    ],
)
def test_what_is_recorded_is_escaped_once(made: SafeString, expected: str) -> None:
    assert isinstance(made, SafeString)
    assert made == expected


def test_a_sign_is_a_shape_that_readers_of_the_page_aloud_are_spared() -> None:
    assert sign("diverge") == '<span class="sign sign-diverge" aria-hidden="true">≠</span>'
    assert render_to_string("pages/sign.html", {"kind": "mild"}) == sign("mild")


def test_an_address_of_a_record_is_that_of_its_route() -> None:
    assert record_address("source", "harbour-gazette") == "/sources/harbour-gazette/"
    assert record_address("clause", "council-plan", "c-01") == "/proposals/council-plan/clauses/c-01/"


def test_an_address_stands_below_the_prefix_of_the_site() -> None:
    set_script_prefix("/peace/")
    try:
        address = record_address("source", "harbour-gazette")
    finally:
        clear_script_prefix()

    assert address == "/peace/sources/harbour-gazette/"
    assert record_address("source", "harbour-gazette") == "/sources/harbour-gazette/"


@pytest.fixture
def two(db: None) -> Proposal:
    make_proposal("council-plan", clauses=["The gate opens at noon."])
    return make_proposal("front-answer", clauses=["The gate stays shut."])


def test_readings_tell_the_words_of_each_clause(read: Read, two: Proposal) -> None:
    page = read("/compare/readings/", proposals="council-plan,front-answer")

    words = [part.text for part in page.all("p", css_class="wording")]
    assert words
    assert all(words)


@pytest.mark.parametrize("kind", ["chooser", "snapshot", "pasted"])
def test_a_page_of_any_size_takes_the_same_queries(
    client: Client, two: Proposal, django_assert_max_num_queries: Callable[..., object], kind: str
) -> None:
    def ask() -> None:
        caches["answers"].clear()
        if kind == "chooser":
            answer = client.get("/compare/", {"q": "p"})
        elif kind == "snapshot":
            answer = client.get(client.post("/compare/freeze/", {"proposals": "council-plan,front-answer"})["Location"])
        else:
            text = "1. The gate opens.\n2. The quay opens."
            answer = client.post("/compare/text/", {"text": text, "proposals": ["council-plan", "front-answer"]})
        assert answer.status_code == 200

    ask()
    with django_assert_max_num_queries(60) as small:
        ask()
    for order in range(2, 32):
        make_clause(two, text=f"Quay {order} opens to boats.", topics=["garrison", "prisoners"], order=order)
        make_proposal(f"plan-{order}", clauses=["The gate opens."])
    ask()
    with django_assert_max_num_queries(60) as large:
        ask()

    assert len(large) == len(small)


@dataclass(frozen=True)
class _Place:
    address: str
    text: str
    note: str


def test_places_are_told_with_their_other_names_where_these_are_given(two: Proposal) -> None:
    document = compare(proposals=["council-plan", "front-answer"])
    clause = Lookup(document, headings=[]).clause("front-answer/c01")

    places = [_Place("/places/old-harbour/", "Old Harbour <b>", "Hafen"), _Place("/places/quay/", "Quay", "")]
    told = apparatus_part(clause, places=places)

    assert (
        '<dd><a href="/places/old-harbour/">Old Harbour &lt;b&gt;</a>, also called Hafen; '
        '<a href="/places/quay/">Quay</a></dd>' in told
    )
    assert "<dt>places</dt>" not in apparatus_part(clause)
