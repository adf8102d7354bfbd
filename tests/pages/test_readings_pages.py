"""Readings of a comparison, and its bracketed text."""

import datetime
import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
    assert "[ Council Plan:" in page.text
    assert "<b>soldiers</b>" not in page.html


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
