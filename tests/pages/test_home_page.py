"""The list of proposals."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from proposals.models import Lineage, Stage
from proposals.pages.compare import listing
from tests.factories import (
    COASTAL_FRONT,
    MEDIATOR,
    NORTHERN_COUNCIL,
    make_process,
    make_proposal,
)
from tests.pages.conftest import Read


def _titles(page) -> list[str]:
    return [row.one("a").text for row in page.all("th", scope="row")]


def test_proposals_stand_newest_first_under_their_years(read: Read) -> None:
    make_proposal("council-plan", date=datetime.date(2031, 5, 1))
    make_proposal("front-answer", date=datetime.date(2031, 6, 9))
    make_proposal("early-truce", date=datetime.date(2029, 1, 1), date_precision="month")

    page = read("/")

    assert _titles(page) == ["Front Answer", "Council Plan", "Early Truce"]
    assert [year.text for year in page.all("th", scope="rowgroup")] == ["2031", "2029"]


def test_an_entry_says_what_the_text_is_and_how_well_it_is_known(read: Read) -> None:
    make_proposal(
        "joint-paper",
        title="Joint paper on the old harbour",
        short_title="Joint paper",
        kind="memorandum",
        date_precision="month",
        text_status="leaked",
        clauses_complete="partly",
        outcome="rejected",
        proposers=[NORTHERN_COUNCIL, MEDIATOR],
        clauses=["The harbour opens.", "The islands stay quiet."],
    )

    entry = read("/").all("tbody")[0]

    assert entry.one("time")["datetime"] == "2031-05"
    assert entry.text == (
        "2031 Compare Joint paper May 2031 Joint paper Joint paper on the old harbour memorandum "
        "Northern Council, Mediator leaked recorded in part 2 rejected"
    )


def test_ticked_proposals_are_sent_to_the_comparison_without_a_script(read: Read) -> None:
    make_proposal("council-plan")
    make_proposal("front-answer")

    page = read("/", proposals="front-answer")

    form = page.one("main").one("form")
    assert (form["action"], form["method"]) == ("/compare/", "get")
    assert [box["value"] for box in form.all("input", name="proposals")] == ["front-answer", "council-plan"]
    assert [box["value"] for box in form.all("input", checked="")] == ["front-answer"]
    assert not page.all("script")


def test_readers_see_public_proposals_only(read: Read) -> None:
    make_proposal("council-plan")
    make_proposal("secret-draft", stage=Stage.DRAFT)
    make_proposal("old-mistake", stage=Stage.WITHDRAWN)

    assert _titles(read("/")) == ["Council Plan"]


def test_staff_see_drafts_and_no_cache_keeps_them(read_as_staff: Read) -> None:
    make_proposal("secret-draft", stage=Stage.DRAFT)

    page = read_as_staff("/")

    assert _titles(page) == ["Secret Draft"]
    assert page.response["Cache-Control"] == "private, no-store"


def test_a_later_text_is_suggested_beside_the_one_it_answers(read: Read) -> None:
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 9), clauses=["The harbour stays shut."])
    sequel = make_proposal("council-sequel", date=datetime.date(2031, 7, 1), clauses=["The harbour opens in May."])
    Lineage.objects.create(proposal=sequel, earlier=plan, relation="builds_on")
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")
    Lineage.objects.create(proposal=sequel, earlier=answer, relation="refers_to")

    suggestions = read("/").one("section", css_class="suggestions").all("li")

    assert [one.one("a").text for one in suggestions] == [
        "Front Answer answers Council Plan",
        "Council Sequel builds on Council Plan",
    ]
    assert suggestions[0].one("a")["href"] == "/compare/?proposals=council-plan,front-answer"


def test_a_text_without_clauses_is_not_suggested(read: Read) -> None:
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    rumour = make_proposal("rumour", date=datetime.date(2031, 6, 9))
    Lineage.objects.create(proposal=rumour, earlier=plan, relation="answers")

    assert not read("/").all("section", css_class="suggestions")


def test_the_process_is_named_where_there_are_several(read: Read) -> None:
    make_proposal("council-plan")
    assert "Northern Coast" not in read("/").text

    make_proposal("island-truce", process=make_process("southern-isles", name="Southern Isles"))

    assert "points plan · Northern Coast" in read("/").text
    assert "points plan · Southern Isles" in read("/").text


def test_an_empty_service_says_so(read: Read) -> None:
    page = read("/")

    assert "No proposal is public yet." in page.text
    assert not page.one("main").all("form")


def test_a_name_with_markup_in_it_is_shown_and_not_obeyed(read: Read) -> None:
    make_proposal("council-plan", short_title="<script>alert(1)</script>", title="<b>bold</b>")

    page = read("/")

    assert not page.all("script")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
    assert "&lt;b&gt;bold&lt;/b&gt;" in page.html


def test_a_reader_gets_no_cookie(read: Read) -> None:
    assert not read("/").response.cookies


@pytest.mark.parametrize("number", [3, 30])
def test_a_list_of_any_length_takes_the_same_queries(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    earlier = None
    for index in range(number):
        proposal = make_proposal(f"plan-{index:02}", clauses=["A.", "B."], proposers=[NORTHERN_COUNCIL, COASTAL_FRONT])
        if earlier:
            Lineage.objects.create(proposal=proposal, earlier=earlier, relation="revises")
        earlier = proposal

    with django_assert_num_queries(6):
        client.get("/")


@pytest.fixture
def many(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight plans, of which three stand on a page."""
    monkeypatch.setattr(listing, "MOST_LISTED", 3)
    for day in range(1, 8):
        make_proposal(f"plan-{day}", date=datetime.date(2031, 5, day))
    make_proposal("plan-0", title="Paper of the isles", date=datetime.date(2031, 4, 9), proposers=[MEDIATOR])


def _ticks(page) -> dict[str, bool]:
    return {box["value"]: "checked" in box.attributes for box in page.all("input", type="checkbox")}


@pytest.mark.usefixtures("many")
def test_a_long_list_shows_the_newest_and_leads_to_older_ones(read: Read) -> None:
    page = read("/")

    assert page.one("h2", id="proposals").text == "8 proposals by date"
    assert list(_ticks(page)) == ["plan-7", "plan-6", "plan-5"]
    (older,) = page.all("button", name="page")
    assert (older.text, older["value"], older["formaction"]) == ("Older →", "2", "/compare/#proposals")
    assert page.one("p", css_class="parts").one("a")["href"] == "/compare/"


@pytest.mark.usefixtures("many")
def test_what_is_ticked_stays_on_every_part_of_the_list(read: Read) -> None:
    page = read("/compare/", proposals=["plan-7", "plan-1"], page="2")

    assert _ticks(page) == {"plan-7": True, "plan-3": False, "plan-2": False, "plan-1": True, "plan-0": False}
    assert [button["value"] for button in page.all("button", name="page")] == ["1"]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "9" * 5000, "1\0"])
def test_a_part_that_is_not_there_is_the_nearest_one(read: Read, asked: str) -> None:
    page = read("/compare/", page=asked)

    assert page.status == 200
    assert page.all("input", type="checkbox")


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("search", ["isles", "MEDIATOR", "9 april", "2031-04-09", "points paper"])
def test_a_search_looks_at_all_of_them(read: Read, search: str) -> None:
    assert list(_ticks(read("/compare/", q=search))) == ["plan-0"]


@pytest.mark.usefixtures("many")
def test_a_pasted_text_stands_beside_the_newest_and_those_taken_along(read: Read) -> None:
    page = read("/compare/text/", proposals="plan-1")

    assert _ticks(page) == {"plan-7": False, "plan-6": False, "plan-5": False, "plan-1": True}
    assert "The newest 3 of 8 stand here." in page.text
