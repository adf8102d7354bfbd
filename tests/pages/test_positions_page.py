"""Who stands where: what counts as said last, what was said before, filters, the picture, and what is not told."""

import datetime
import gzip
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.models import Dispute, DisputeAbout, Position, Stage
from proposals.pages.positions import matrix
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_topic,
)
from tests.pages.conftest import Read
from tests.pages.reading import Page, Part

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def said(db) -> None:
    """The Front drew a red line in June and opened up in August; the Council spoke through its envoy."""
    make_topic("ceasefire", order=1)
    harbour = make_topic("harbour", order=2, group="trade")
    make_position("p001", red_line=True, statement="Never.")
    make_position("p002", stance="open_to", date=datetime.date(2031, 8, 1), statement="Perhaps.")
    envoy = make_person(role="Envoy until May 2031")
    make_position(
        "p003",
        party=envoy.party,
        person=envoy,
        topic=harbour,
        stance="demands",
        date=datetime.date(2031, 7, 1),
        date_precision="month",
        statement="Open it.",
    )


def cells(page: Page) -> dict[tuple[str, str], str]:
    """What the table says by topic and party."""
    table = page.one("table", css_class="positions")
    parties = [head.text for head in table.one("thead").all("th")][1:]
    rows = [row for row in table.all("tr") if row.all("td")]
    return {
        (row.one("th").text, party): cell.text
        for row in rows
        for party, cell in zip(parties, row.all("td"), strict=True)
    }


def told(page: Page, party: str = COASTAL_FRONT, topic: str = "ceasefire") -> Part:
    return page.one("div", id=f"said-{party}--{topic}")


def test_what_was_said_last_stands_in_the_cell_beside_a_red_line_that_was_not_taken_back(read: Read, said) -> None:
    page = read("/positions/")

    assert cells(page) == {
        ("Ceasefire", "Coastal Front"): "○ is open to 1 August 2031 ✕ rejects red line 1 June 2031",
        ("Ceasefire", "Northern Council"): "no statement recorded",
        ("Harbour", "Coastal Front"): "no statement recorded",
        ("Harbour", "Northern Council"): "▲ demands July 2031",
    }


def test_an_empty_cell_says_no_more_than_is_known(read: Read, said) -> None:
    party = ["northern-council", "coastal-front"]

    assert "no statement recorded" in cells(read("/positions/", party=party)).values()
    assert "nothing that fits recorded" in cells(read("/positions/", party=party, as_of="2031-12-31")).values()


def test_a_cell_leads_to_all_that_was_said_with_who_when_and_where_from(read: Read, said) -> None:
    page = read("/positions/")

    links = [link["href"] for cell in page.one("table", css_class="positions").all("td") for link in cell.all("a")]
    assert links == ["/positions/#said-coastal-front--ceasefire", "/positions/#said-northern-council--harbour"]
    front, council = told(page), told(page, NORTHERN_COUNCIL, "harbour")
    assert "Perhaps." in front.text
    assert "1 earlier statement 1 June 2031" in front.one("details", css_class="earlier").text
    assert "Never." in front.one("details", css_class="earlier").text
    for words in ("July 2031", "Envoy of the Council", "Envoy until May 2031", "paraphrase", "high confidence"):
        assert words in council.text
    assert "/sources/harbour-gazette/" in [link["href"] for link in council.all("a")]


def test_as_of_a_day_what_was_said_later_and_that_it_ended_later_is_not_known_yet(read: Read, said) -> None:
    Position.objects.filter(slug="p001").update(
        superseded_by=Position.objects.get(slug="p002"), withdrawn_on=datetime.date(2031, 8, 1)
    )

    before, after = read("/positions/", as_of="2031-07-15"), read("/positions/")

    assert cells(before)["Ceasefire", "Coastal Front"] == "✕ rejects red line 1 June 2031"
    assert "withdrawn" not in before.text
    assert cells(after)["Ceasefire", "Coastal Front"] == "○ is open to 1 August 2031 + 1 earlier"
    assert "withdrawn on 1 August 2031" in told(after).one("details", css_class="earlier").text


def test_all_that_was_taken_back_is_still_told(read: Read, db) -> None:
    make_position("p001", withdrawn_on=datetime.date(2031, 9, 1), statement="Never.")

    page = read("/positions/")

    assert cells(page)["Ceasefire", "Coastal Front"] == "taken back + 1 earlier"
    assert "Never." in told(page).one("details", css_class="earlier").text
    assert "All that was said was taken back or replaced." in told(page).text


# Dates of two statements with their precision, and whether the first is certainly the earlier one.
@pytest.mark.parametrize(
    ("first", "second", "is_certain"),
    [
        (("2031-06-01", "day"), ("2031-06-02", "day"), True),
        (("2031-06-01", "day"), ("2031-06-01", "day"), False),
        (("2031-06-01", "month"), ("2031-06-20", "day"), False),  # some day of June
        (("2031-06-01", "month"), ("2031-07-01", "month"), True),
        (("2031-01-01", "year"), ("2031-06-20", "day"), False),
        (("2030-01-01", "year"), ("2031-01-01", "year"), True),
    ],
)
def test_what_may_have_been_said_last_counts_as_last(read: Read, db, first, second, is_certain) -> None:
    for slug, (date, precision), stance in (("p001", first, "rejects"), ("p002", second, "offers")):
        make_position(slug, date=datetime.date.fromisoformat(date), date_precision=precision, stance=stance)

    page = read("/positions/")

    cell = cells(page)["Ceasefire", "Coastal Front"]
    assert ("rejects" not in cell, "+ 1 earlier" in cell) == (is_certain, is_certain)
    assert ("cannot be told from their dates" in told(page).text) == (not is_certain and first != second)


@pytest.mark.parametrize(("day", "is_open"), [("2031-07-30", True), ("2031-07-31", False)])
def test_a_statement_whose_date_may_be_after_the_day_says_so(read: Read, said, day: str, is_open) -> None:
    page = read("/positions/", as_of=day)

    told_of = told(page, NORTHERN_COUNCIL, "harbour").text
    assert ("it may have been said after the day asked for" in told_of) == is_open


def test_parties_groups_topics_and_stances_narrow_it_down(read: Read, said) -> None:
    def shown(**query: str) -> set[tuple[str, str]]:
        page = read("/positions/", **query)
        return set(cells(page)) if page.all("table") else set()

    front, council = ("Ceasefire", "Coastal Front"), ("Harbour", "Northern Council")
    assert shown(party="coastal-front") == {front}
    assert len(shown(party=["northern-council", "coastal-front"])) == 4
    assert shown(group="trade") == {council}
    assert shown(topic="ceasefire") == {front}
    assert shown(stance="red_line") == {front}
    assert shown(stance="demands") == {council}
    # Said once, and something else since.
    assert shown(stance="rejects") == set()
    assert shown(group="trade", party="coastal-front") == set()


def test_nothing_that_fits_is_said_in_a_sentence(read: Read, db) -> None:
    page = read("/positions/")

    assert page.status == 200
    assert "No statement is recorded that fits this." in page.text


def test_a_process_has_what_was_said_on_its_texts(read: Read, said) -> None:
    islands = make_process("islands", name="Islands")
    make_position("p010", proposal=make_proposal("island-truce", process=islands), topic=make_topic("harbour"))

    page = read("/positions/", process="islands")

    assert set(cells(page)) == {("Harbour", "Coastal Front")}
    assert "What was said on a topic alone" in page.text


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("party", "nobody"),
        ("party", "coastal-front,no\0body"),
        ("group", "no-group"),
        ("topic", "9" * 5000),
        ("process", "<b>nowhere</b>"),
        ("stance", "likes"),
        ("as_of", "soon"),
        ("as_of", "2031-02-30"),
        ("as_of", "2031-01-01\0"),
    ],
)
@pytest.mark.parametrize("address", ["/positions/", "/positions.svg"])
def test_what_is_not_there_is_refused_by_name_with_what_there_is(read: Read, said, address, name, given) -> None:
    page = read(address, **{name: given})

    assert page.status == 400
    fault = page.one("ul", css_class="faults").text
    assert given.split(",")[-1] in fault.replace("&lt;", "<").replace("&gt;", ">")
    assert "There are: " in fault or "is no day" in fault


def test_it_is_one_address_in_whatever_order_it_was_asked_and_names_its_twin(read: Read, said) -> None:
    page = read("/positions/?topic=harbour,ceasefire&as_of=2031-07-15&party=northern-council&stance=demands&q=")

    assert page.one("link", rel="canonical")["href"] == (
        "http://testserver/positions/?as_of=2031-07-15&party=northern-council&topic=ceasefire&topic=harbour"
        "&stance=demands"
    )
    twin = page.one("link", type="application/json")["href"]
    assert twin == "/api/v1/positions/?as_of=2031-07-15&party=northern-council&topic=ceasefire%2Charbour"
    assert [one["id"] for one in page.response.client.get(twin).json()["results"]] == ["p003"]
    assert page.one("h1").text == (
        "Who stands where: Northern Council, Ceasefire / Harbour, demands, as of 15 July 2031"
    )


def test_what_is_not_public_is_shown_to_staff_alone_and_marked(read: Read, read_as_staff: Read, said) -> None:
    secret = make_proposal("secret-plan", stage=Stage.DRAFT)
    make_position("p004", party=make_party("secret-league"), stage=Stage.DRAFT, statement="Hush.")
    make_position("p005", proposal=secret, date=datetime.date(2031, 9, 1), statement="Hush, too.")

    public, staff = read("/positions/"), read_as_staff("/positions/")

    assert "Hush" not in public.html
    assert "ecret" not in public.html
    assert read("/positions/", party="secret-league").status == 400
    assert "Hush." in staff.text
    assert "1 statement here is not public." in staff.text
    assert "not public: draft" in staff.text


def test_a_dispute_about_a_statement_is_named_beside_it(read: Read, said) -> None:
    dispute = Dispute.objects.create(slug="d01", subject="Whether it was said")
    DisputeAbout.objects.create(dispute=dispute, position=Position.objects.get(slug="p002"), order=1)

    link = [one for one in told(read("/positions/")).all("a") if one["href"] == "/disputes/d01/"]

    assert [one.text for one in link] == ["Whether it was said"]


def test_markup_in_what_was_said_is_shown_and_not_obeyed(read: Read, db) -> None:
    evil = make_party("evil", name="<script>alert(1)</script>")
    make_position(party=evil, topic=make_topic("x", name="<img src=x>"), statement="<script>alert(2)</script>")

    page = read("/positions/")

    assert not page.all("script")
    assert not page.all("img")


def test_the_picture_alone_tells_the_same(client: Client, said) -> None:
    response = client.get("/positions.svg", {"as_of": "2031-12-31"})

    assert response.headers["Content-Type"] == "image/svg+xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314  (our own picture)
    words = {text.text for text in tree.iter(f"{_SVG}text")}
    assert {"Ceasefire", "Coastal Front", "is open to", "red line"} <= words
    assert "What each party had said last by 31 December 2031." in words
    links = [link.get("{http://www.w3.org/1999/xlink}href") for link in tree.iter(f"{_SVG}a")]
    assert "/positions/?as_of=2031-12-31#said-coastal-front--ceasefire" in links


def test_what_is_too_much_for_one_page_is_told_on_one_for_each_cell(read: Read, said, monkeypatch) -> None:
    monkeypatch.setattr(matrix, "MOST_TOLD", 1)

    page = read("/positions/", as_of="2031-12-31")
    link = page.one("table", css_class="positions").all("td")[0].one("a")["href"]
    own = read(link)

    assert not page.all("div", css_class="told")
    assert "each cell leads to a page of its own" in page.text
    assert link.startswith("/positions/?as_of=2031-12-31&party=coastal-front&topic=ceasefire#said-")
    assert "Perhaps." in told(own).text
    assert "1 earlier statement is left out here" in told(own).text


def test_two_texts_can_be_read_against_the_positions_of_the_day(read: Read, said) -> None:
    make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1))
    make_proposal("mediator-offer", date=datetime.date(2031, 7, 1))
    make_position("p010", proposal=answer)

    form = read("/positions/", as_of="2031-07-15").one("form", action="/compare/readings/")

    assert form.one("input", name="as_of")["value"] == "2031-07-15"
    chosen = [one.one("option", selected="")["value"] for one in form.all("select")]
    # The one that a statement speaks of, and the newest.
    assert chosen == ["front-answer", "mediator-offer"]


@pytest.fixture
def many(said) -> None:
    """Beside the two of `said`, a league that spoke twice and an island that spoke once, on trade."""
    for party, count in (("league", 2), ("island", 1)):
        for number in range(count):
            make_position(f"{party}-{number}", party=make_party(party), topic=make_topic("harbour"), stance="states")


def test_parties_with_the_most_statements_have_columns_and_the_others_are_named(read: Read, many, monkeypatch) -> None:
    monkeypatch.setattr(matrix, "MOST_PARTIES", 2)

    page = read("/positions/", as_of="2031-12-31")

    assert {party for _, party in cells(page)} == {"Coastal Front", "League"}
    left_out = page.one("details", css_class="left-out")
    assert left_out.one("summary").text == "… and 2 more parties, too many for this table: choose among them"
    assert [one.text for one in left_out.all("li")] == ["Island 1", "Northern Council 1"]
    assert left_out.all("a")[0]["href"] == "/positions/?as_of=2031-12-31&party=island"
    assert "2 parties on 2 topics: 4 statements" in page.text
    assert "2 more parties are left out here, with 2 statements." in page.text
    assert "2 more parties are left out here" in page.response.client.get("/positions.svg").content.decode()


def test_of_the_parties_asked_for_as_many_have_columns_as_a_table_holds(read: Read, many, monkeypatch) -> None:
    monkeypatch.setattr(matrix, "MOST_PARTIES", 2)

    def shown(**query) -> set[str]:
        return {party for _, party in cells(read("/positions/", **query))}

    assert shown(party=["island", "northern-council"]) == {"Island", "Northern Council"}
    # Those who said the most of what was asked for, not of all.
    assert shown(topic="harbour", party=["coastal-front", "island", "northern-council"]) == {
        "Island",
        "Northern Council",
    }
    assert shown(stance="states") == {"Island", "League"}
    assert "left-out" not in read("/positions/", stance="states").html
    monkeypatch.setattr(matrix, "MOST_PARTIES", 1)
    # Another address, since the one before is remembered.
    asked = {"stance": "states", "as_of": "2031-12-31"}
    assert shown(**asked) == {"League"}
    assert "Island 1" in read("/positions/", **asked).one("details", css_class="left-out").text


def test_what_hidden_parties_said_is_not_counted(read: Read, many, monkeypatch) -> None:
    monkeypatch.setattr(matrix, "MOST_PARTIES", 3)
    make_position("secret", party=make_party("secret-league"), topic=make_topic("harbour"), stage=Stage.DRAFT)
    make_position("more", party=make_party("island"), topic=make_topic("harbour"), stage=Stage.DRAFT)

    left_out = read("/positions/").one("details", css_class="left-out")

    assert [one.text for one in left_out.all("li")] == ["Northern Council 1"]


def test_a_picture_of_very_many_shapes_is_a_file_of_its_own(read: Read, said, monkeypatch) -> None:
    monkeypatch.setattr(matrix, "MOST_SHAPES", 2)

    page = read("/positions/", as_of="2031-12-31")

    assert not page.all("figure")
    assert len(cells(page)) == 4
    assert "The picture of so many is a file of its own" in page.text
    assert page.all("a", href="/positions.svg?as_of=2031-12-31")
    assert read("/positions/", party="coastal-front").all("figure")


def test_of_very_many_texts_the_newest_can_be_read_against_and_those_spoken_of(read: Read, said, monkeypatch) -> None:
    monkeypatch.setattr("proposals.pages.positions.views._MOST_TEXTS", 2)
    old = make_proposal("old-plan", date=datetime.date(2030, 1, 1))
    for month in (1, 2, 3):
        make_proposal(f"plan-{month}", date=datetime.date(2031, month, 1))
    make_position("p010", proposal=old)

    section = read("/positions/").one("section", css_class="bearing")

    offered = [one["value"] for one in section.one("select", id="first").all("option")]
    assert offered == ["plan-3", "plan-2", "old-plan"]
    assert section.all("a", href="/compare/")
    assert section.one("select", id="first").one("option", selected="")["value"] == "old-plan"


@pytest.mark.parametrize("address", ["/positions/", "/positions.svg"])
def test_more_statements_cost_no_more_queries(client: Client, said, address) -> None:
    def count(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address, {"as_of": "2032-12-31", "n": number})
        return len(queries)

    few = count(1)
    for number in range(30):
        party, topic = make_party(f"party-{number}"), make_topic(f"topic-{number}")
        make_position(f"p1{number:02}", party=party, topic=topic, person=make_person(f"person-{number}", party=party))

    assert count(2) == few <= 16


def test_it_is_answered_under_a_tag_that_moves_with_a_statement(client: Client, said) -> None:
    tag = client.get("/positions/").headers["ETag"]

    known = client.get("/positions/", headers={"if-none-match": tag})
    make_position("p009", date=datetime.date(2032, 1, 1))

    assert known.status_code == 304
    assert client.get("/positions/", headers={"if-none-match": tag}).status_code == 200


def test_the_shipped_statements_are_all_there_and_fit(client: Client, shipped: None) -> None:
    response = client.get("/positions/")

    html = response.content.decode()
    assert [one for one in Position.objects.values_list("slug", flat=True) if f'id="position-{one}"' not in html] == []
    assert len(gzip.compress(response.content)) < 60_000
