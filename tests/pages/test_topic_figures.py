"""The figures of a topic: as a chart, as a table beside it, and what sources dispute."""

import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.models import Clause, Dispute, DisputeAbout, DisputeClaim, Measure, Stage
from proposals.pages.topics.axis import days_axis, values_axis
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)
from tests.pages.conftest import Read
from tests.pages.reading import Page

ADDRESS, PICTURE = "/topics/garrison/", "/topics/garrison/figures.svg"
_SVG = "{http://www.w3.org/2000/svg}"


def on_garrison(slug: str, *, month: int = 5, **fields) -> Clause:
    proposal = make_proposal(slug, date=datetime.date(2031, month, 1), **fields)
    return make_clause(proposal, text="On the garrison.", topics=["garrison"], label="Garrison")


def words(client: Client, **asked: str) -> list[str]:
    """All that is written in the picture alone."""
    response = client.get(PICTURE, asked)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "image/svg+xml"
    return [text.text or "" for text in ElementTree.fromstring(response.content).iter(f"{_SVG}text")]  # noqa: S314


def rows(page: Page) -> list[list[str]]:
    table = page.one("table", css_class="figure-table")
    return [[row.one("th").text, *(cell.text for cell in row.all("td"))] for row in table.all("tr") if row.all("td")]


def figure(page: Page) -> list[str]:
    return [row[3] for row in rows(page)]


@pytest.fixture
def caps(db) -> None:
    """At most 500 in May, no limit in June, a limit without a figure in July, 600 to 800 in August."""
    make_term(on_garrison("may-plan"), subject=make_party(COASTAL_FRONT), qualifier="peacetime")
    make_term(on_garrison("june-plan", month=6), subject=make_party(COASTAL_FRONT), value=None, comparator="unlimited")
    make_term(
        on_garrison("july-plan", month=7), subject=make_party(COASTAL_FRONT), value=None, comparator="unspecified"
    )
    august = on_garrison("august-plan", month=8, proposers=[NORTHERN_COUNCIL, COASTAL_FRONT])
    make_term(august, subject=make_party(COASTAL_FRONT), value=600, value_max=800, comparator="between")


def dispute(clause: Clause, *values: str, slug: str = "d01") -> Dispute:
    made = Dispute.objects.create(slug=slug, subject="Size of the garrison")
    made.topics.add(make_topic("garrison"))
    DisputeAbout.objects.create(dispute=made, clause=clause)
    for order, value in enumerate(values, 1):
        source = make_source(f"source-{slug}-{order}", publisher=f"Paper {order}")
        DisputeClaim.objects.create(dispute=made, value=value, source=source, locator=f"line {order}", order=order)
    return made


class TestTheTable:
    def test_tells_each_figure_with_its_text_date_proposers_and_source(self, read: Read, caps: None) -> None:
        assert rows(read(ADDRESS)) == [
            ["May Plan: 1 Garrison", "1 May 2031", "Northern Council", "at most 500 persons, in peacetime",
             "Harbour Gazette B"],
            ["June Plan: 1 Garrison", "1 June 2031", "Northern Council", "no limit (the text refuses one)",
             "Harbour Gazette B"],
            ["July Plan: 1 Garrison", "1 July 2031", "Northern Council", "a limit without a figure",
             "Harbour Gazette B"],
            ["August Plan: 1 Garrison", "1 August 2031", "Northern Council, Coastal Front", "600 to 800 persons",
             "Harbour Gazette B"],
        ]  # fmt: skip

    def test_leads_to_the_clauses_and_the_sources(self, read: Read, caps: None) -> None:
        table = read(ADDRESS).one("table", css_class="figure-table")

        led = {link["href"] for link in table.all("a")}
        assert {"/proposals/may-plan/clauses/c01/", "/sources/harbour-gazette/"} <= led

    def test_follows_the_filters_but_not_the_kind(self, read: Read, caps: None) -> None:
        assert figure(read(ADDRESS, date_from="2031-07-15")) == ["600 to 800 persons"]
        assert figure(read(ADDRESS, as_of="2031-05-31")) == ["at most 500 persons, in peacetime"]
        assert figure(read(ADDRESS, party=COASTAL_FRONT)) == ["600 to 800 persons"]
        assert len(figure(read(ADDRESS, kind="position"))) == 4

    def test_alone_tells_dates_and_single_figures(self, read: Read, db: None) -> None:
        clause = on_garrison("may-plan")
        make_term(clause)
        date = {"kind": Measure.Kind.DATE, "comparator": "", "unit": ""}
        for month in (6, 7):
            make_term(clause, measure="handover", value=None, date=f"2031-0{month}-01", date_precision="month", **date)

        page = read(ADDRESS)

        assert figure(page) == ["at most 500 persons", "June 2031", "July 2031"]
        assert not page.all("figure")
        assert "open" in page.one("details", css_class="figure-fold").attributes

    def test_is_folded_where_the_timeline_would_begin_far_below(self, read: Read, db: None, monkeypatch) -> None:
        monkeypatch.setattr("proposals.pages.topics.views._MOST_OPEN", 1)
        for month in (5, 6):
            make_term(on_garrison(f"plan-{month}", month=month), subject=make_party(f"party-{month}"))

        page = read(ADDRESS)

        assert not page.all("figure")
        assert len(figure(page)) == 2
        assert "open" not in page.one("details", css_class="figure-fold").attributes

    def test_is_left_out_where_no_clause_has_a_figure(self, read: Read, db: None) -> None:
        on_garrison("may-plan")

        assert not read(ADDRESS).all("section", css_class="figures")


class TestTheChart:
    def test_says_what_is_measured_in_which_unit_and_by_whom(self, client: Client, caps: None) -> None:
        said = words(client)

        for word in ("Garrison strength: Coastal Front", "persons", "May Plan", "1 May 2031", "by Northern"):
            assert word in said
        assert "at most" in said
        assert "500" in said
        assert "600 to 800" in said
        assert "and 1 more" in " ".join(said)

    def test_has_rows_of_their_own_for_no_limit_and_for_one_without_a_figure(self, client: Client, caps: None) -> None:
        assert {"no limit", "limit without", "a figure"} <= set(words(client))

    def test_stands_in_the_page_with_a_sentence_that_says_the_same(self, read: Read, caps: None) -> None:
        (shown,) = read(ADDRESS).all("figure", css_class="picture")

        assert shown.one("figcaption").text.startswith(
            "Garrison strength. Coastal Front: 4 figures in 4 texts, from 500 to 800 persons. 1 refuses a limit. "
            "1 sets a limit without a figure."
        )
        led = [link["href"] for link in shown.one("figcaption").all("a")]
        assert led == ["#measure-garrison_strength", f"{PICTURE}?measure=garrison_strength"]

    def test_leads_to_the_clauses(self, client: Client, caps: None) -> None:
        tree = ElementTree.fromstring(client.get(PICTURE).content)  # noqa: S314

        led = {link.get("{http://www.w3.org/1999/xlink}href") for link in tree.iter(f"{_SVG}a")}
        assert {"/proposals/may-plan/clauses/c01/", "/proposals/may-plan/"} <= led

    def test_tells_figures_of_two_parties_apart(self, client: Client, db: None) -> None:
        clause = on_garrison("may-plan")
        make_term(clause, value=100, subject=make_party(COASTAL_FRONT))
        make_term(clause, value=200, subject=make_party(NORTHERN_COUNCIL))

        said = words(client)

        assert {"Garrison strength: Coastal Front", "Garrison strength: Northern Council"} <= set(said)

    def test_tells_spans_in_the_unit_used_most_with_their_own_beside(self, client: Client, db: None) -> None:
        span = {"measure": "truce", "kind": Measure.Kind.DURATION, "comparator": "exactly"}
        for month, (value, unit) in enumerate([(10, "days"), (20, "days"), (1, "years")], 1):
            make_term(on_garrison(f"plan-{month}", month=month), value=value, unit=unit, **span)

        said = words(client)

        assert {"10", "20", "1 years", "days"} <= set(said)
        assert "400" in said  # a tick

    def test_of_a_measure_is_chosen_by_its_code(self, client: Client, caps: None) -> None:
        clause = on_garrison("guns-plan", month=9)
        make_term(clause, measure="cannons", value=7, unit="pieces")

        assert "Cannons" in words(client, measure="cannons")
        assert "Cannons" not in words(client)

    @pytest.mark.parametrize(
        "asked", [{"measure": "nothing"}, {"measure": "\0"}, {"measure": "9" * 5000}, {"party": "nobody"}]
    )
    def test_of_what_is_not_measured_is_refused(self, read: Read, caps: None, asked: dict) -> None:
        page = read(PICTURE, **asked)

        assert page.status == 400
        assert "There are: " in page.one("ul", css_class="faults").text

    def test_of_a_topic_without_figures_is_not_found(self, read: Read, db: None) -> None:
        on_garrison("may-plan")

        assert read(PICTURE).status == 404

    def test_holds_with_markup_in_names_and_with_the_largest_values(self, client: Client, db: None) -> None:
        hostile = {"short_title": "<script>alert(1)</script>", "title": "x"}
        make_term(on_garrison("may-plan", **hostile), value=99999999999999)
        make_term(on_garrison("june-plan", month=6), value=0)
        make_term(on_garrison("july-plan", month=7), value=0.0001)

        said = words(client)

        assert "logarithmic scale: each line is ten times the one below" in " ".join(said)
        assert b"<script" not in client.get(PICTURE).content

    def test_holds_where_every_figure_is_zero(self, client: Client, db: None) -> None:
        make_term(on_garrison("may-plan"), value=0)

        assert "0" in words(client)

    def test_is_not_drawn_of_more_figures_than_can_be_read(
        self, read: Read, client: Client, caps: None, monkeypatch
    ) -> None:
        monkeypatch.setattr("proposals.pages.topics.figures.MOST_DRAWN", 3)
        monkeypatch.setattr("proposals.pages.topics.views._MOST_IN_TABLE", 3)

        page, picture = read(ADDRESS), read(PICTURE)

        assert not page.all("figure", css_class="picture")
        assert "narrow them down by dates, a party or a process: Garrison strength" in page.text
        assert len(figure(page)) == 3
        assert "1 more figure; narrow them down" in page.text
        assert picture.status == 400
        assert "4 figures are too many for one picture." in picture.text
        assert "no limit" in words(client, date_from="2031-05-15")

    def test_of_many_measures_are_led_to_beyond_the_first(self, read: Read, db: None, monkeypatch) -> None:
        monkeypatch.setattr("proposals.pages.topics.views._MOST_CHARTS", 1)
        clause = on_garrison("may-plan")
        for measure in ("cannons", "mortars"):
            for value in (1, 2):
                make_term(clause, measure=measure, value=value, unit="pieces")

        page = read(ADDRESS)

        assert len(page.all("figure", css_class="picture")) == 1
        assert page.one("section", css_class="figures").all("a", href=f"{PICTURE}?measure=mortars")

    def test_is_not_drawn_of_more_things_than_can_be_read(
        self, read: Read, client: Client, db: None, monkeypatch
    ) -> None:
        monkeypatch.setattr("proposals.pages.topics.figures.MOST_PANELS", 1)
        for month in (5, 6):
            clause = on_garrison(f"plan-{month}", month=month)
            make_term(clause, value=100, subject=make_party(COASTAL_FRONT))
            make_term(clause, value=200, subject=make_party(NORTHERN_COUNCIL))

        page, picture = read(ADDRESS), read(PICTURE)

        assert not page.all("figure", css_class="picture")
        assert len(figure(page)) == 4
        assert "narrow them down by dates, a party or a process: Garrison strength" in page.text
        assert picture.status == 400
        assert "4 figures are too many for one picture. Narrow them down" in picture.text

    @pytest.mark.parametrize("bound", ["_MOST_PANELS", "_MOST_DRAWN"])
    def test_stands_in_the_page_as_long_as_there_is_room_and_behind_a_link_beyond(
        self, read: Read, db: None, monkeypatch, bound: str
    ) -> None:
        monkeypatch.setattr(f"proposals.pages.topics.views.{bound}", 1)
        clause = on_garrison("may-plan")
        for measure in ("cannons", "mortars"):
            for value in (1, 2):
                make_term(clause, measure=measure, value=value, unit="pieces")

        page = read(ADDRESS)

        # The first is drawn whatever its size, so that there is one at all.
        assert [one.one("b").text for one in page.all("figcaption")] == ["Cannons."]
        assert page.one("section", css_class="figures").all("a", href=f"{PICTURE}?measure=mortars")

    def test_tells_nothing_hidden(self, client: Client, caps: None) -> None:
        make_term(on_garrison("secret-plan", stage=Stage.DRAFT), value=12345)

        assert "12,345" not in words(client)


class TestMoreFiguresThanAPageHolds:
    @pytest.fixture
    def guns(self, db: None, monkeypatch) -> None:
        """Three figures of cannons and two of mortars where a page has room for three."""
        monkeypatch.setattr("proposals.pages.topics.topic.MOST_FIGURES", 3)
        for measure, values in (("cannons", (1, 2, 3)), ("mortars", (7, 8))):
            for value in values:
                make_term(on_garrison(f"{measure}-{value}", month=value), measure=measure, value=value, unit="pieces")

    def test_are_led_to_by_measure_with_how_many_there_are(self, read: Read, guns: None) -> None:
        page = read(ADDRESS, date_from="2031-01-01")

        assert figure(page) == ["at most 1 pieces", "at most 2 pieces", "at most 3 pieces"]
        others = page.one("p", css_class="other-measures")
        assert others.text == "Figures of these measures have pages of their own: Mortars 2"
        assert others.one("a")["href"] == f"{ADDRESS}?date_from=2031-01-01&measure=mortars#figures"
        assert page.one("details", css_class="figure-fold").one("summary").text.startswith("These figures as a table")

    def test_stand_on_a_page_of_their_measure_with_its_chart_and_a_way_back(self, read: Read, guns: None) -> None:
        page = read(ADDRESS, measure="mortars", date_from="2031-01-01")

        assert figure(page) == ["at most 7 pieces", "at most 8 pieces"]
        assert [one.one("b").text for one in page.all("figcaption")] == ["Mortars."]
        led = [link["href"] for link in page.one("p", css_class="other-measures").all("a")]
        assert led == [
            f"{ADDRESS}?date_from=2031-01-01&measure=cannons#figures",
            f"{ADDRESS}?date_from=2031-01-01#figures",
        ]
        assert page.one("h1").text.endswith("Garrison through time")
        assert "Mortars" in page.one("title").text

    def test_by_measure_leave_the_timeline_as_it_is(self, read: Read, guns: None) -> None:
        whole, page = read(ADDRESS), read(ADDRESS, measure="mortars")

        assert [one["id"] for one in page.all("li", css_class="entry")] == [
            one["id"] for one in whole.all("li", css_class="entry")
        ]
        assert page.one("link", type="application/json")["href"] == "/api/v1/topics/garrison/timeline/"
        assert page.one("link", rel="canonical")["href"] == f"http://testserver{ADDRESS}?measure=mortars"
        assert page.one("meta", name="robots")["content"] == "noindex"
        assert page.one("input", name="measure")["value"] == "mortars"

    def test_of_one_measure_are_the_newest_with_how_many_are_left_out(
        self, read: Read, guns: None, monkeypatch
    ) -> None:
        monkeypatch.setattr("proposals.pages.topics.topic._MOST_READ", 2)

        page = read(ADDRESS, measure="cannons")

        assert figure(page) == ["at most 2 pieces", "at most 3 pieces"]
        assert "1 more figure; narrow them down by dates, a party or a process." in page.text
        twin = "/api/v1/clauses/?topic=garrison&measure=cannons"
        assert page.one("section", css_class="figures").all("a", href=twin)
        found = page.response.client.get(twin).json()["results"]
        assert {one["id"] for one in found} == {f"cannons-{value}/c01" for value in (1, 2, 3)}


class TestRivalFigures:
    def test_of_two_sides_in_one_text_say_whose_they_are(self, read: Read, client: Client, db: None) -> None:
        clause = on_garrison("may-plan")
        make_term(clause, value=100, whose=make_party(COASTAL_FRONT))
        make_term(clause, value=200, whose=make_party(NORTHERN_COUNCIL))

        page = read(ADDRESS)

        assert figure(page) == [
            "at most 100 persons figure of Coastal Front",
            "at most 200 persons figure of Northern Council",
        ]
        assert "2 are rival figures: hollow." in page.one("figcaption").text
        assert {"(Coastal", "Front)"} <= set(words(client)) or "(Coastal Front)" in words(client)

    def test_of_sources_stand_in_the_chart_and_as_rivals_with_sources(self, read: Read, db: None) -> None:
        clause = on_garrison("may-plan")
        make_term(clause, value=500)
        dispute(clause, "500", "450", "as many as the harbour holds")

        page = read(ADDRESS)

        rivals = page.one("section", css_class="dispute")
        assert [one.text for one in rivals.all("p", css_class="value")] == [
            "500",
            "450",
            "as many as the harbour holds",
        ]
        assert "The text in full, Paper 2" in rivals.text
        assert figure(page) == [
            "at most 500 persons sources disagree: Size of the garrison",
            "450, by Paper 2 as a source has it, against the clause as recorded line 2 "
            "sources disagree: Size of the garrison",
        ]
        assert "2 are rival figures: hollow." in page.one("figcaption").text
        assert "Sources disagree: Size of the garrison" in page.one("li", id="may-plan-c01").text

    def test_of_very_many_disputes_are_shown_with_a_way_to_all(self, read: Read, db: None, monkeypatch) -> None:
        monkeypatch.setattr("proposals.pages.topics.topic.MOST_DISPUTES", 1)
        clause = on_garrison("may-plan")
        dispute(clause, "500", slug="d01")
        assert "disputes on this topic" not in read(ADDRESS).text
        dispute(clause, "600", slug="d02")

        page = read(ADDRESS)

        assert len(page.all("section", css_class="dispute")) == 1
        assert "The first 1 of 2 disputes on this topic." in page.text
        twin = page.one("section", css_class="disputes").all("a", href="/api/v1/disputes/?topic=garrison")
        assert len(page.response.client.get(twin[0]["href"]).json()["results"]) == 2

    @pytest.mark.parametrize(
        "values",
        [
            # of something else, for all that is known
            ("400", "450"),
            ("500 on active duty", "450"),
            ("500 km", "450 km"),
            ("500 (of them 100 at sea)", "450"),
            ("", "450"),
        ],
    )
    def test_are_not_read_from_a_dispute_that_does_not_give_the_figure(
        self, read: Read, db: None, values: tuple[str, ...]
    ) -> None:
        clause = on_garrison("may-plan")
        make_term(clause, value=500)
        dispute(clause, *values)

        assert figure(read(ADDRESS)) == ["at most 500 persons sources disagree: Size of the garrison"]

    def test_may_be_ranges(self, read: Read, db: None) -> None:
        clause = on_garrison("may-plan")
        span = {"measure": "talks", "kind": Measure.Kind.DURATION, "unit": "years"}
        make_term(clause, value=15, comparator="exactly", **span)
        make_term(clause, value=10, value_max=15, comparator="between", **span)
        dispute(clause, "15 years", "10 to 15 years", "10 to 20 years")

        page = read(ADDRESS)

        assert [one.split(" sources")[0].split(" as a")[0] for one in figure(page)] == [
            "exactly 15 years",
            "10 to 20 years, by Paper 3",
            "10 to 15 years",
        ]
        assert "3 are rival figures" in page.one("figcaption").text


class TestTheScales:
    @pytest.mark.parametrize(
        ("values", "ticks"),
        [
            ([3], (0, 1, 2, 3)),
            ([500, 800], (0, 200, 400, 600, 800)),
            ([85_000, 900_000], (0, 250_000, 500_000, 750_000, 1_000_000)),
            ([0], (0,)),
            ([0.3], (0, 0.1, 0.2, 0.3)),
            # more than a hundredfold
            ([2, 900], (1, 10, 100, 1000)),
        ],
    )
    def test_of_values_begin_at_zero_or_say_that_they_do_not(self, values: list[float], ticks: tuple) -> None:
        axis = values_axis(values)

        assert axis.ticks == pytest.approx(ticks)
        assert axis.is_logarithmic == (values == [2, 900])
        assert all(0 <= axis.share(value) <= 1 for value in values)

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            ("2031-05-01", "2031-05-01"),
            ("2031-05-01", "2031-05-02"),
            ("2031-12-31", "2032-01-01"),
            ("2022-03-17", "2026-06-04"),
            ("0001-01-01", "9999-12-31"),
            ("9999-12-31", "9999-12-31"),
        ],
    )
    def test_of_days_hold_every_day_and_few_ticks(self, first: str, last: str) -> None:
        days = [datetime.date.fromisoformat(one) for one in (first, last)]

        axis = days_axis(*days, most=9)

        assert all(0 <= axis.share(day) <= 1.0001 for day in days)
        assert 1 <= len(axis.ticks) <= 12


def test_a_chart_takes_as_many_queries_for_thirty_texts_as_for_four(client: Client, caps: None) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = count(PICTURE)
    for number in range(26):
        make_term(on_garrison(f"plan-{number}", month=9), value=number + 1)

    assert count(PICTURE) == few <= 25
