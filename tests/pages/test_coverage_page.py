"""Which topics each text regulates: states, order, filters, the picture, and what hidden records do not tell."""

import datetime
import sys
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.models import Silence, Stage
from tests.factories import make_clause, make_process, make_proposal, make_topic
from tests.pages.conftest import Read
from tests.pages.reading import Page

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def talks(db) -> None:
    """The Council's whole plan, the Front's answer known in part, and the mediator's offer of which nothing is."""
    for order, slug in enumerate(("ceasefire", "harbour", "amnesty"), 1):
        make_topic(slug, order=order)
    plan = make_proposal("council-plan", clauses=["The guns fall silent.", "No shot is fired."])
    harbour = make_clause(plan, text="The harbour opens.", topics=["harbour"])
    answer = make_proposal(
        "front-answer", date=datetime.date(2031, 6, 1), clauses_complete="partly", clauses=["A truce of ten days."]
    )
    make_clause(answer, text="Deleted.", topics=["harbour"], kind="deletion", modality="", strikes=harbour)
    make_proposal("mediator-offer", date=datetime.date(2031, 4, 1), clauses_complete="no")
    Silence.objects.create(
        proposal=plan, topic=make_topic("amnesty"), reason="Nothing on it.", checked_by="ida", checked_on="2031-07-01"
    )


@pytest.fixture
def two_texts(monkeypatch) -> None:
    """A page has room for two."""
    # The function of that name stands before the module.
    monkeypatch.setattr(sys.modules["proposals.comparison.coverage"], "MOST_TEXTS", 2)


def states(page: Page) -> dict[str, list[str]]:
    """What each text has on each topic, as the table says it."""
    rows = page.one("table", css_class="coverage").all("tr")
    lines = [row for row in rows if row.all("th", scope="row") and row.all("td")]
    return {line.one("th").text.split(" in ")[0]: [cell.text for cell in line.all("td")] for line in lines}


def test_columns_stand_by_date_and_each_cell_says_its_state(read: Read, talks: None) -> None:
    page = read("/coverage/")

    heads = [head.text for head in page.one("thead").all("th", scope="col")]
    assert [head.split(" 1 ")[0] for head in heads] == ["Topic", "Mediator Offer", "Council Plan", "Front Answer"]
    assert states(page) == {
        "Ceasefire": ["unknown", "2 clauses", "1 clause"],
        "Harbour": ["unknown", "1 clause", "struck out"],
        "Amnesty": ["unknown", "silent", "unknown"],
        "Topics regulated": ["0", "2", "1"],
    }


def test_a_complete_text_without_a_clause_on_a_topic_has_none_and_is_not_called_unknown(read: Read, db: None) -> None:
    make_topic("amnesty")
    make_proposal("council-plan", clauses=["The guns fall silent."])

    assert states(read("/coverage/"))["Amnesty"] == ["not found"]


def test_cells_lead_to_the_first_clause_or_the_recorded_silence(read: Read, talks: None) -> None:
    table = read("/coverage/").one("table", css_class="coverage")

    led = [(link.text, link["href"]) for cell in table.all("td") for link in cell.all("a")]
    assert ("2 clauses", "/proposals/council-plan/#c01") in led
    assert ("struck out", "/proposals/front-answer/#c02") in led
    assert ("silent", "/proposals/council-plan/#silences") in led
    assert not [word for word, _ in led if word in ("unknown", "not found")]


def test_topics_are_narrowed_down_to_a_group_and_texts_to_those_named(read: Read, talks: None) -> None:
    make_clause(make_proposal("late-plan", date=datetime.date(2032, 1, 1)), topics=["fishery"])
    make_topic("fishery-rights", group="economy")

    page = read("/coverage/", group="economy", proposals="late-plan,council-plan")

    assert list(states(page)) == ["Fishery rights", "Topics regulated"]
    assert len(page.one("thead").all("th", scope="col")) == 3


def test_the_process_of_the_newest_text_is_shown_and_others_can_be_chosen(read: Read, talks: None) -> None:
    islands = make_process("islands", name="Islands")
    make_proposal("island-truce", process=islands, date=datetime.date(2030, 1, 1), clauses=["The boats stay away."])

    newest, asked = read("/coverage/"), read("/coverage/", process="islands")

    assert len(newest.one("thead").all("th", scope="col")) == 4
    assert [head.text for head in asked.one("thead").all("th", scope="col")][1:] == ["Island Truce 1 January 2030"]
    assert asked.one("select", id="process").one("option", selected="")["value"] == "islands"
    assert asked.one("link", rel="canonical")["href"] == "http://testserver/coverage/?process=islands"


def test_of_many_texts_the_newest_are_shown_with_ways_to_the_others(read: Read, talks: None, two_texts: None) -> None:
    newest, earlier = read("/coverage/"), read("/coverage/", page="2")

    assert [head.text.split(" 1 ")[0] for head in newest.one("thead").all("th")][1:] == ["Council Plan", "Front Answer"]
    assert [head.text.split(" 1 ")[0] for head in earlier.one("thead").all("th")][1:] == ["Mediator Offer"]
    assert "Texts 2 to 3 of 3 in the order of their dates." in newest.one("figcaption").text
    assert "Texts 1 to 1 of 3" in earlier.one("figcaption").text
    assert {link["href"] for link in newest.all("a", rel="prev")} == {"/coverage/?page=2"}
    assert not newest.all("a", rel="next")
    assert {link["href"] for link in earlier.all("a", rel="next")} == {"/coverage/"}
    assert earlier.one("link", rel="canonical")["href"] == "http://testserver/coverage/?page=2"
    assert states(earlier)["Topics regulated"] == ["0"]


def test_the_picture_of_one_page_says_which_texts_it_shows(
    read: Read, client: Client, talks: None, two_texts: None
) -> None:
    page = read("/coverage/", page="2", proposals="council-plan,front-answer,mediator-offer")
    address = page.one("figcaption").all("a", type="image/svg+xml")[0]["href"]

    assert address == "/coverage.svg?proposals=council-plan%2Cfront-answer%2Cmediator-offer&page=2"
    drawn = client.get(address).content.decode()
    assert "Texts 1 to 1 of 3 in the order of their dates." in drawn
    assert "Council Plan" not in drawn


@pytest.mark.parametrize(
    "asked",
    [
        {"process": "nowhere"},
        {"page": "2"},
        {"page": "0"},
        {"page": "²"},
        {"page": "9" * 5000},
        {"group": "no-group"},
        {"proposals": "no-such-text"},
        {"process": "\0"},
        {"group": "9" * 5000},
        {"proposals": "council-plan,<b>"},
    ],
)
@pytest.mark.parametrize("address", ["/coverage/", "/coverage.svg"])
def test_what_is_not_there_is_refused_by_name_with_what_there_is(
    read: Read, talks: None, address: str, asked: dict
) -> None:
    page = read(address, **asked)

    assert page.status == 400
    fault = page.one("ul", css_class="faults").text
    assert next(iter(asked.values())).split(",")[-1].strip() in fault.replace("&lt;", "<").replace("&gt;", ">")
    assert "There are: " in fault


def test_what_is_not_public_is_shown_to_staff_alone(read: Read, read_as_staff: Read, talks: None) -> None:
    secret = make_proposal("secret-plan", short_title="Secret plan", stage=Stage.DRAFT, clauses=["Hush."])
    plan = make_clause(secret.process.proposals.get(slug="council-plan"), stage=Stage.DRAFT, text="Hidden.")

    assert "Secret plan" not in read("/coverage/").html
    assert states(read("/coverage/"))["Ceasefire"][1] == "2 clauses"
    assert "Secret plan" in read_as_staff("/coverage/").html
    assert plan.key
    assert "3 clauses" in states(read_as_staff("/coverage/"))["Ceasefire"]


def test_markup_in_a_name_is_shown_and_not_obeyed(read: Read, db: None) -> None:
    make_topic("evil", name="<script>alert(1)</script>")
    make_proposal("council-plan", short_title="<img src=x onerror=alert(2)>", clauses=["The guns fall silent."])

    page = read("/coverage/")

    assert not page.all("script")
    assert not page.all("img")


def test_the_picture_alone_tells_the_same(client: Client, talks: None) -> None:
    response = client.get("/coverage.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314  (our own picture)
    words = [text.text for text in tree.iter(f"{_SVG}text")]
    assert {"Ceasefire", "Council Plan", "2031", "2"} <= set(words)
    links = [link.get("{http://www.w3.org/1999/xlink}href") for link in tree.iter(f"{_SVG}a")]
    assert {"/proposals/council-plan/#c01", "/topics/ceasefire/"} <= set(links)


def test_nothing_public_is_said_in_a_sentence(read: Read, db: None) -> None:
    page = read("/coverage/")

    assert page.status == 200
    assert "No proposal is public yet." in page.text


def test_it_takes_the_same_queries_for_many_texts(client: Client, talks: None) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/coverage/")
        return len(queries)

    few = count()
    for number in range(30):
        make_proposal(f"plan-{number}", clauses=["The guns fall silent.", "No shot is fired."])

    assert count() == few <= 8


def test_it_is_answered_under_a_tag_that_moves_with_a_clause(client: Client, talks: None) -> None:
    tag = client.get("/coverage/").headers["ETag"]

    known = client.get("/coverage/", headers={"if-none-match": tag})
    make_proposal("late-plan", clauses=["The guns fall silent."])

    assert known.status_code == 304
    assert client.get("/coverage/", headers={"if-none-match": tag}).status_code == 200
