"""Readings of a comparison, and its bracketed text."""

import datetime
import gzip
import io

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from proposals.models import Proposal, Stage
from tests.factories import COASTAL_FRONT, make_clause, make_position, make_proposal, make_term, make_topic
from tests.pages.conftest import Read

CHOSEN = "council-plan,front-answer"
PAGES = ["/compare/readings/", "/compare/bracketed/", "/compare/bracketed.docx"]


@pytest.fixture
def texts(db: None) -> list[Proposal]:
    """Both limit the garrison, to different numbers."""
    made = []
    for slug, size in (("council-plan", 500), ("front-answer", 900)):
        one = make_proposal(slug, **({"proposers": [COASTAL_FRONT]} if size == 900 else {}))
        clause = make_clause(one, text=f"The garrison has at most {size} <b>soldiers</b>.", topics=["garrison"])
        make_term(clause, value=size)
        made.append(one)
    return made


def test_a_sticking_point_has_the_red_lines_that_bear_on_it_and_leads_to_its_row(read: Read, texts) -> None:
    make_position(topic=make_topic("garrison"), red_line=True)

    page = read("/compare/readings/", proposals=CHOSEN)

    (matter,) = page.one("section", id="sticking-points").all("article")
    assert "red line" in matter.one("span", css_class="red-line").text
    assert "The Coastal Front keeps the harbour closed." in matter.text
    assert "/compare/?proposals=council-plan,front-answer#row-" in matter.one("h3").one("a")["href"]
    assert not page.one("section", id="within-reach").all("a")


def test_positions_after_the_day_asked_for_are_left_out(read: Read, texts) -> None:
    make_position(topic=make_topic("garrison"), red_line=True, date=datetime.date(2031, 6, 1))

    page = read("/compare/readings/", proposals=CHOSEN, as_of="2031-05-01")

    assert "keeps the harbour closed" not in page.text
    assert page.one("section", id="within-reach").all("a")


def test_a_hidden_position_is_not_told(read: Read, texts) -> None:
    make_position(topic=make_topic("garrison"), red_line=True, stage=Stage.DRAFT)

    assert "keeps the harbour closed" not in read("/compare/readings/", proposals=CHOSEN).text


def test_rival_wording_stands_in_brackets_under_a_heading_that_says_it_is_no_quotation(read: Read, texts) -> None:
    page = read("/compare/bracketed/", proposals=CHOSEN)

    assert page.one("h1").text == "Bracketed text: a reconstruction, not a quotation"
    (matter,) = page.all("article", css_class="bracketed")
    assert [one.text for one in matter.all("span", css_class="rival")] == [
        "[ Council Plan clause 1 : The garrison has at most 500 <b>soldiers</b>. ]",
        "[ Front Answer clause 1 : The garrison has at most 900 <b>soldiers</b>. ]",
    ]
    assert "<b>soldiers</b>" not in page.html


def test_each_alternative_leads_to_its_clause_and_has_its_sources_one_click_away(read: Read, texts) -> None:
    (matter,) = read("/compare/bracketed/", proposals=CHOSEN).all("article", css_class="bracketed")

    clauses = ["/proposals/council-plan/clauses/c01/", "/proposals/front-answer/clauses/c01/"]
    assert [link["href"] for span in matter.all("span", css_class="rival") for link in span.all("a")] == clauses
    folded = matter.one("details")
    links = [link["href"] for link in folded.all("a")]
    assert [link for link in links if "/clauses/" in link] == clauses
    assert links.count("/sources/harbour-gazette/") == 2
    assert "paraphrase" in folded.text


def test_wording_that_is_struck_out_is_no_alternative(read: Read, texts) -> None:
    plan, answer = texts
    struck = make_clause(plan, text="The pier is free.", topics=["pier"])
    make_clause(answer, text="Deleted.", topics=["pier"], kind="deletion", modality="", strikes=struck)

    page = read("/compare/bracketed/", proposals=CHOSEN)

    assert "/proposals/front-answer/clauses/c02/" not in page.html


def test_the_readings_tell_the_wording_of_each_text_with_its_sources(read: Read, texts) -> None:
    (matter,) = read("/compare/readings/", proposals=CHOSEN).one("section", id="sticking-points").all("article")

    wordings = [one.text for one in matter.all("p", css_class="wording")]
    assert [one.partition(" <")[0] for one in wordings] == [
        "The garrison has at most 500",
        "The garrison has at most 900",
    ]
    assert len(matter.all("a", href="/sources/harbour-gazette/")) == 2


def test_what_is_within_reach_is_told_by_its_clauses_and_what_differs(read: Read, texts) -> None:
    make_position(topic=make_topic("garrison"))

    page = read("/compare/readings/", proposals=CHOSEN)

    (matter,) = page.one("section", id="within-reach").all("article")
    clauses = ["/proposals/council-plan/clauses/c01/", "/proposals/front-answer/clauses/c01/"]
    assert [link["href"] for link in matter.all("a") if "/clauses/" in link["href"]] == clauses
    for words in ("Figure", "Council Plan: at most 500 persons", "Front Answer: at most 900 persons"):
        assert words in matter.text
    assert "1 recorded position bears on it; none is a red line that stands." in matter.text
    full = matter.one("p", css_class="quiet").one("a")["href"].removeprefix("#")
    assert page.one("article", id=full)


def test_a_red_line_leads_to_all_that_its_party_said_as_of_the_day(read: Read, texts) -> None:
    make_position(topic=make_topic("garrison"), red_line=True)

    page = read("/compare/readings/", proposals=CHOSEN, as_of="2031-12-31")
    address = "/positions/?as_of=2031-12-31&topic=garrison#said-coastal-front--garrison"
    page.one("a", href=address)

    assert "keeps the harbour closed" in read(address).one("div", id="said-coastal-front--garrison").text
    assert page.all("a", href="/positions/?as_of=2031-12-31")


def test_the_page_of_a_day_is_shared_as_of_that_day_and_names_its_twin(read: Read, texts) -> None:
    make_position(topic=make_topic("garrison"), red_line=True, date=datetime.date(2031, 6, 1))

    page = read("/compare/readings/", proposals=CHOSEN, as_of="2031-12-31")

    canonical = page.one("link", rel="canonical")["href"]
    assert canonical == f"http://testserver/compare/readings/?proposals={CHOSEN}&as_of=2031-12-31"
    twin = page.response.client.get(page.one("link", type="application/json")["href"]).json()
    assert [one["red_lines"] for one in twin["readings"]["sticking_points"]] == [["p001"]]
    assert list(twin["included"]["positions"]) == ["p001"]


@pytest.mark.parametrize("address", PAGES[:2])
def test_a_reading_is_marked_as_the_current_one_and_not_linked_to(read: Read, texts, address) -> None:
    page = read(address, proposals=CHOSEN)

    links = page.one("ul", css_class="reading-links")
    assert len(links.all("b", aria_current="page")) == 1
    assert not [link for link in links.all("a") if link["href"].startswith(f"{address}?")]


@pytest.mark.parametrize("address", PAGES[:2])
def test_who_previews_is_told_what_readers_do_not_see(read: Read, read_as_staff: Read, texts, address) -> None:
    make_clause(texts[0], stage=Stage.DRAFT, topics=["pier"], text="A secret annex.")
    make_position(topic=make_topic("garrison"), stage=Stage.DRAFT, statement="Hush.")

    public, staff = read(address, proposals=CHOSEN), read_as_staff(address, proposals=CHOSEN)

    assert "c02" in staff.one("div", css_class="preview").text
    assert not public.all("div", css_class="preview")
    assert "secret" not in public.text
    assert ("not public: draft" in staff.text) == (address == "/compare/readings/")


def test_the_document_names_its_language_and_that_of_wording_in_another(client: Client, texts) -> None:
    texts[0].clauses.update(language="uk", wording="verbatim")

    document = Document(io.BytesIO(client.get("/compare/bracketed.docx", {"proposals": CHOSEN}).content))

    declared = [one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))]
    assert declared == ["en-GB"]
    assert document.core_properties.language == "en-GB"
    other = [run.text for run in _runs(document) if [one.get(qn("w:val")) for one in run._r.iter(qn("w:lang"))]]
    assert other == ["The garrison has at most 500 <b>soldiers</b>."]


def test_the_document_has_the_sources_of_every_clause(client: Client, texts) -> None:
    document = Document(io.BytesIO(client.get("/compare/bracketed.docx", {"proposals": CHOSEN}).content))

    said = [paragraph.text for paragraph in document.paragraphs if "Harbour Gazette" in paragraph.text]
    assert [one.partition(":")[0] for one in said] == ["Council Plan", "Front Answer"]
    assert "council-plan/c01" in said[0]


def _runs(document) -> list[Run]:
    return [run for paragraph in document.paragraphs for run in paragraph.runs]


def test_the_document_is_the_same_bytes_each_time(client: Client, texts) -> None:
    first, second = (client.get("/compare/bracketed.docx", {"proposals": CHOSEN, "n": n}) for n in (1, 2))

    assert first.content.startswith(b"PK")
    assert first.content == second.content


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("asked", "status"), [("", 400), ("council-plan", 400), ("council-plan,a\0b", 404)])
def test_a_selection_that_cannot_be_compared_is_refused(read: Read, texts, address, asked, status) -> None:
    assert read(address, proposals=asked).status == status


@pytest.mark.parametrize("day", ["soon", "20310501", "2031-02-30", "9" * 50, "2031-01-01\0"])
def test_what_is_no_day_is_refused_by_name(read: Read, texts, day: str) -> None:
    page = read("/compare/readings/", proposals=CHOSEN, as_of=day)

    assert page.status == 400
    assert "is no day" in page.text


@pytest.mark.parametrize("address", PAGES)
def test_more_statements_cost_no_more_queries(client: Client, texts, address) -> None:
    make_position("p000", topic=make_topic("garrison"))
    client.get(address, {"proposals": CHOSEN})
    with CaptureQueriesContext(connection) as few:
        client.get(address, {"proposals": CHOSEN, "n": 1})
    for number in range(1, 30):
        make_position(f"p{number:03}", topic=make_topic("garrison"))
    client.get(address, {"proposals": CHOSEN, "n": 2})
    with CaptureQueriesContext(connection) as many:
        client.get(address, {"proposals": CHOSEN, "n": 3})
    assert len(many) == len(few)


def test_the_shipped_texts_have_readings_and_fit(client: Client, shipped: None) -> None:
    chosen = {"proposals": "us-28-point-2025-11,e3-counter-2025-11"}
    for address in PAGES[:2]:
        response = client.get(address, chosen)
        assert response.status_code == 200
        size = len(gzip.compress(response.content))
        assert size < 150_000


def test_who_asks_for_too_many_documents_is_told_when_to_go_on(
    client: Client, texts: list[Proposal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.throttling.ScopeThrottle.THROTTLE_RATES", {"drafts": "1/min"})

    def ask(n: int) -> HttpResponse:
        return client.get("/compare/bracketed.docx", {"proposals": CHOSEN, "n": n})

    made, refused, remembered = ask(1), ask(2), ask(1)

    assert (made.status_code, refused.status_code, remembered.status_code) == (200, 429, 200)
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["Cache-Control"] == "no-store"
