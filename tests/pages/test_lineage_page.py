"""What later texts make of the clauses of one: fates, counts, the flow, and what cannot be followed."""

import datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.models import Lineage, Stage
from proposals.pages.lineage import views
from proposals.pages.lineage.flow import flow
from tests.factories import make_clause, make_decision, make_process, make_proposal
from tests.pages.conftest import Read
from tests.pages.reading import Page


@pytest.fixture
def talks(db) -> dict:
    """The Council's plan; the Front's answer, known whole; the mediator's framework, known in part."""
    plan = make_proposal("council-plan")
    harbour = make_clause(plan, text="The harbour opens.", topics=["harbour"])
    make_clause(plan, text="Prisoners go home.", topics=["prisoners"])
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1))
    pier = make_clause(answer, text="Ships may enter.", topics=["harbour"])
    make_clause(answer, text="Fishery is free.", topics=["fishery"])
    part = make_proposal("mediator-framework", date=datetime.date(2031, 7, 1), clauses_complete="partly")
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")
    Lineage.objects.create(proposal=part, earlier=answer, relation="builds_on")
    make_decision(harbour, pier, relation="conflict")
    return {"plan": plan, "answer": answer, "part": part}


def fates(page: Page) -> list[list[str]]:
    rows = page.one("table", css_class="lineage").one("tbody").all("tr")
    return [[row.one("th").text, *(cell.one("b").text for cell in row.all("td"))] for row in rows]


def test_every_clause_has_its_fate_in_each_later_text_by_date(read: Read, talks: dict) -> None:
    page = read("/lineage/council-plan/")

    assert fates(page) == [
        ["1 The harbour opens.", "conflicts", "unknown"],
        ["2 Prisoners go home.", "not answered", "unknown"],
    ]


def test_each_count_leads_to_its_clauses_beside_what_answers_them(read: Read, talks: dict) -> None:
    page = read("/lineage/council-plan/", to="front-answer")

    counts = {link.text: link["href"] for link in page.one("ul", css_class="tallies").all("a") if link.all("b")}
    assert counts == {
        "1 conflicts": "#front-answer-conflict",
        "1 not answered": "#front-answer-not_found",
        "1 new": "#front-answer-new",
    }
    assert all(page.all("h3", id=address[1:]) for address in counts.values())
    assert page.one("span", css_class="beside").one("a")["href"] == "/proposals/front-answer/#c01"


def test_nothing_is_called_new_or_vanished_where_a_text_is_not_known_whole(read: Read, talks: dict) -> None:
    talks["plan"].clauses_complete = "partly"
    talks["plan"].save()

    page = read("/lineage/council-plan/", to=["front-answer", "mediator-framework"])

    counts = [link.text for link in page.one("ul", css_class="tallies").all("a") if link.all("b")]
    assert counts == ["1 conflicts", "1 not answered", "1 answers nothing known of it", "2 unknown"]
    assert "Without a column, as no clause is known: Mediator Framework." in page.text


def test_texts_with_later_ones_are_listed_with_the_word_of_the_tie(read: Read, talks: dict) -> None:
    page = read("/lineage/")

    listed = page.one("ol", css_class="kinship")
    assert [one.text for one in listed.all("h3")] == ["Council Plan", "Front Answer"]
    assert "Front Answer answers 1 June 2031" in listed.text


def test_a_long_list_is_in_pages_of_whole_processes(read: Read, talks: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_PROCESSES", 1)
    isles = make_process("southern-isles", name="Southern Isles")
    truce = make_proposal("island-truce", process=isles)
    Lineage.objects.create(
        proposal=make_proposal("island-answer", process=isles, date=datetime.date(2031, 8, 1)),
        earlier=truce,
        relation="answers",
    )
    make_proposal("lone-paper", process=make_process("western-pass", name="Western Pass"))

    first, second = read("/lineage/"), read("/lineage/", page="2")

    assert [one.text for one in first.all("h3")] == ["Council Plan", "Front Answer"]
    assert [one.text for one in second.all("h3")] == ["Island Truce"]
    assert "Page 1 of 2" in first.text
    assert first.one("a", rel="next")["href"] == "/lineage/?page=2"
    assert second.one("a", rel="prev")["href"] == "/lineage/"


@pytest.mark.parametrize("asked", ["0", "2", "-1", "x", "9" * 5000, "1\0"])
def test_a_page_of_the_list_that_is_not_there_is_refused(read: Read, talks: dict, asked: str) -> None:
    page = read("/lineage/", page=asked)

    assert page.status == 400
    assert "there are 1 to 1" in page.text


def test_a_later_text_of_another_process_is_listed_too(read: Read, talks: dict) -> None:
    other = make_proposal("island-truce", process=make_process("southern-isles"), date=datetime.date(2031, 9, 1))
    Lineage.objects.create(proposal=other, earlier=talks["answer"], relation="builds_on")

    assert "Island Truce builds on 1 September 2031" in read("/lineage/").text


@pytest.mark.parametrize("asked", ["nowhere", "\0", "council-plan", "<b>", "front-answer," + "9" * 3000])
@pytest.mark.parametrize("address", ["/lineage/council-plan/", "/lineage/council-plan.svg"])
def test_what_is_no_later_text_is_refused_by_name(read: Read, talks: dict, address: str, asked: str) -> None:
    page = read(address, to=asked)

    assert page.status == 400
    assert "There are: front-answer, mediator-framework." in page.text


def test_more_than_seven_later_texts_are_refused(read: Read, talks: dict) -> None:
    for number in range(8):
        make_proposal(f"plan-{number}", date=datetime.date(2032, 1, 1))

    page = read("/lineage/council-plan/", to=",".join(f"plan-{number}" for number in range(8)))

    assert page.status == 400
    assert "At most 7 later texts" in page.text


def test_a_text_of_another_process_is_no_later_one(read: Read, talks: dict) -> None:
    make_proposal("island-truce", process=make_process("islands"), date=datetime.date(2033, 1, 1))

    assert read("/lineage/council-plan/", to="island-truce").status == 400


def test_an_unknown_text_and_one_that_is_not_public_are_not_found(read: Read, read_as_staff: Read, talks: dict) -> None:
    hidden = make_proposal("secret-plan", stage=Stage.DRAFT, date=datetime.date(2031, 8, 1), clauses=["Hush."])
    Lineage.objects.create(proposal=hidden, earlier=talks["plan"], relation="revises")

    assert read("/lineage/nowhere/").status == 404
    assert read("/lineage/secret-plan/").status == 404
    assert "Secret Plan" not in read("/lineage/council-plan/").html
    assert "Secret Plan" not in read("/lineage/").html
    assert "Secret Plan" in read_as_staff("/lineage/council-plan/").html


def test_a_text_without_later_ones_says_so(read: Read, talks: dict) -> None:
    page = read("/lineage/mediator-framework/")

    assert page.status == 200
    assert "No later text is recorded as tied to it." in page.text
    assert read("/lineage/mediator-framework.svg").status == 404


def test_the_picture_alone_is_an_svg_and_obeys_no_markup(client: Client, talks: dict) -> None:
    make_clause(talks["plan"], label="<script>alert(1)</script>")

    response = client.get("/lineage/council-plan.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert b"<script" not in response.content
    assert b"/proposals/council-plan/#c01" in response.content


def test_it_takes_the_same_queries_for_many_clauses(client: Client, talks: dict) -> None:
    def count() -> int:
        # A state remembered from before a change costs one more: see state_of_comparison.
        caches["states"].clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/lineage/council-plan/")
        return len(queries)

    few = count()
    for number in range(30):
        make_clause(talks["plan"], text=f"Pier {number} opens.")
        make_clause(talks["answer"], text=f"Pier {number} stays shut.")

    assert count() == few


def _clause(slug: str, number: int, topic: str = "harbour") -> dict:
    key = f"c{number:02}"
    named = {"id": f"{slug}/{key}", "proposal": slug, "key": key, "number": str(number), "label": f"Pier {number}"}
    return {**named, "order": number, "kind": "commitment", "topics": [topic]}


def _document(first: int, second: int, *links: tuple[int, int, str]) -> dict:
    clauses = [_clause("plan", n) for n in range(1, first + 1)] + [_clause("answer", n) for n in range(1, second + 1)]
    heads = [{"slug": slug, "short_title": slug, "clauses_complete": "yes"} for slug in ("plan", "answer")]
    found = [{"left": f"plan/c{a:02}", "right": f"answer/c{b:02}", "relation": word} for a, b, word in links]
    topics = {"harbour": {"group": "sea", "name": "Harbour"}}
    included = {"clauses": {one["id"]: one for one in clauses}, "topics": topics, "groups": {"sea": {"name": "Sea"}}}
    return {"proposals": heads, "rows": [{"links": found}], "included": included}


def test_nodes_stand_beside_what_they_answer_and_new_ones_below() -> None:
    drawn = flow(_document(2, 3, (1, 3, "overlap"), (2, 2, "conflict")), width=900, margin=200)

    second = [one for one in drawn.nodes if one.column == 1]
    assert [one.number for one in second] == ["3", "2", "1"]
    assert [one.begins for one in second] == [False, False, True]
    assert not any(one.ends for one in drawn.nodes)


def test_ribbons_share_out_the_edge_of_their_node() -> None:
    drawn = flow(_document(1, 2, (1, 1, "overlap"), (1, 2, "equivalent")), width=900, margin=200)

    first, second = drawn.ribbons
    assert first.thickness == second.thickness == drawn.nodes[0].height / 2
    assert second.y - first.y == pytest.approx(first.thickness)


def test_too_many_clauses_are_drawn_as_groups_of_topics() -> None:
    drawn = flow(_document(61, 1, (1, 1, "overlap"), (2, 1, "overlap")), width=900, margin=200)

    assert [one.label for one in drawn.nodes] == ["Sea", "Sea"]
    assert len(drawn.ribbons) == 1
