"""The page of one clause."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from proposals.models import (
    Contest,
    Dependency,
    Dispute,
    DisputeAbout,
    DisputeClaim,
    Proposal,
    RetiredKey,
    Stage,
    TerritoryAlias,
)
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_proposal,
    make_source,
    make_term,
    make_territory,
)
from tests.pages.conftest import Read

ADDRESS = "/proposals/council-plan/clauses/c01/"


@pytest.fixture
def plan(db) -> Proposal:
    return make_proposal("council-plan", short_title="Council plan")


def test_everything_coded_on_a_clause_is_told_with_where_it_comes_from(read: Read, plan: Proposal) -> None:
    clause = make_clause(
        plan,
        text="The Coastal Front leaves the old harbour.",
        label="Leaving the harbour",
        obligated=[COASTAL_FRONT],
        territories=["old-harbour"],
        condition="once both have signed",
        note="Copies differ.",
        locator="point 1",
    )
    make_term(clause, value=500, qualifier="peacetime", subject=make_party(COASTAL_FRONT))
    alias = TerritoryAlias.objects.create(territory=make_territory("old-harbour"), name="Port of the Free")
    alias.used_by.add(make_party(COASTAL_FRONT))
    Contest.objects.create(clause=clause, party=make_party(COASTAL_FRONT), objection="Says it never agreed.")

    page = read(ADDRESS)

    assert page.one("h1").text == "1 Leaving the harbour"
    assert page.one("blockquote").text == "The Coastal Front leaves the old harbour."
    for words in (
        "paraphrase · source read whole · high confidence",
        "Force of the wording must",
        "Garrison strength: at most 500 persons, in peacetime of Coastal Front",
        "Condition once both have signed",
        "Old Harbour Port of the Free (used by Coastal Front)",
        "Contested by Coastal Front Says it never agreed.",
        "Note Copies differ.",
        "Where in the source point 1",
        "The text in full, Harbour Gazette · grade B: established outlet",
    ):
        assert words in page.text
    hrefs = {link["href"] for link in page.all("a")}
    assert {
        "/topics/ceasefire/",
        "/parties/coastal-front/",
        "/sources/harbour-gazette/",
    } <= hrefs
    assert page.one("link", type="application/json")["href"] == "/api/v1/proposals/council-plan/clauses/c01/"


def test_clauses_that_it_hangs_on_and_that_hang_on_it_are_linked(read: Read, plan: Proposal) -> None:
    first = make_clause(plan, text="The harbour opens.")
    second = make_clause(plan, text="The boats come home.")
    third = make_clause(plan, text="A part of the first.", parent=second)
    Dependency.objects.create(clause=second, target=first, relation="after", note="within a day")
    Dependency.objects.create(clause=third, target=second, relation="if")

    page = read("/proposals/council-plan/clauses/c02/")

    facts = {part.one("dt").text: [dd.text for dd in part.all("dd")] for part in page.one("dl").all("div")}
    assert facts["Comes after"] == ["1 The harbour opens. within a day"]
    assert facts["Other clauses that hang on it"] == ["3 A part of the first. holds if it does"]
    assert page.one("a", rel="prev")["href"] == "/proposals/council-plan/clauses/c01/"
    assert page.one("a", rel="next")["href"] == "/proposals/council-plan/clauses/c03/"
    assert "3 A part of the first." in page.one("section", aria_labelledby="parts").text


def test_what_parties_and_rival_sources_say_of_it_stands_below(read: Read, plan: Proposal) -> None:
    clause = make_clause(plan)
    make_position(clause=clause, proposal=plan, red_line=True, locator="line 14")
    make_position("p002", clause=clause, proposal=plan, statement="A secret word.", stage=Stage.DRAFT)
    dispute = Dispute.objects.create(slug="d01", subject="Strength of the garrison")
    DisputeAbout.objects.create(dispute=dispute, clause=clause)
    DisputeClaim.objects.create(dispute=dispute, value="400 men", source=make_source(), order=1)
    DisputeClaim.objects.create(dispute=dispute, value="600 men", source=make_source("front-radio"), order=2)

    page = read(ADDRESS)

    said = page.one("li", id="position-p001")
    assert "Coastal Front rejects · red line" in said.text
    assert "The Coastal Front keeps the harbour closed." in said.text
    assert "paraphrase · source read whole · high confidence · line 14" in said.text
    assert [one.text for one in page.all("p", css_class="value")] == ["400 men", "600 men"]
    assert "secret" not in page.text


def test_its_counterparts_are_told_with_what_differs_and_where_it_is_absent(read: Read, plan: Proposal) -> None:
    own = make_clause(plan, text="The garrison of the old harbour has at most 500 men.", topics=["forces"])
    make_term(own, value=500)
    answer = make_proposal("front-answer", short_title="Front answer", date=datetime.date(2031, 6, 9))
    other = make_clause(answer, text="The garrison of the old harbour has at most 900 men.", topics=["forces"])
    make_term(other, value=900)
    make_proposal("mediator-note", short_title="Mediator note", date=datetime.date(2031, 7, 1))
    make_proposal("secret-draft", stage=Stage.DRAFT, clauses=["The garrison has at most 700 men."])
    make_decision(own, other, relation="conflict", note="Two caps on one garrison.")

    page = read(ADDRESS)

    there = page.one("section", id="in-front-answer")
    assert there.one("h4").one("a")["href"] == "/proposals/front-answer/clauses/c01/"
    assert "the two conflict" in there.text
    assert "decided by an editor" in there.text
    (row,) = [row for row in there.one("table").all("tr") if "Figure" in row.text]
    assert [cell.text for cell in row.all("td")] == ["at most 500 persons", "at most 900 persons"]
    assert "Two caps on one garrison." in page.one("section", aria_labelledby="decisions").text
    assert "Mediator note" in page.one("table", css_class="plain").text
    assert "Not found" in page.one("table", css_class="plain").text
    assert "secret" not in page.html


def test_of_many_other_proposals_it_says_how_many_were_looked_through(
    read: Read, plan: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_clause(plan, text="The garrison of the old harbour has at most 500 men.", topics=["forces"])
    answer = make_proposal("front-answer", short_title="Front answer", date=datetime.date(2031, 6, 9))
    make_clause(answer, text="The garrison of the old harbour has at most 900 men.", topics=["forces"])
    make_proposal("mediator-note", short_title="Mediator note", clauses=["Lights are lit at dusk."])

    whole = read(ADDRESS)
    monkeypatch.setattr("proposals.comparison.choice.MOST_OF_ALL", 1)
    monkeypatch.setattr("proposals.comparison.choice.MOST_NEAREST", 1)
    make_proposal("third-note")
    chosen = read(ADDRESS)

    words = "Only the proposal likeliest to hold it was looked through, of 3."
    assert words not in whole.text
    assert words in chosen.text
    assert chosen.one("section", id="in-front-answer")
    assert "Mediator note" in whole.text
    assert "Mediator note" not in chosen.one("section", aria_labelledby="elsewhere").text


def test_a_clause_of_unknown_content_has_no_counterparts(read: Read, plan: Proposal) -> None:
    make_clause(plan, text="Not known.", kind="placeholder", modality="")

    assert "Nothing can be set against a clause whose content is not known." in read(ADDRESS).text


def test_a_clause_that_was_split_is_gone_and_names_its_successors(read: Read, plan: Proposal) -> None:
    make_clause(plan, key="c01a")
    RetiredKey.objects.create(proposal=plan, key="c01", why="split", successors=["c01a", "c01b"])

    page = read(ADDRESS)

    assert page.status == 410
    assert "Clause council-plan/c01 was split." in page.text
    assert [one["href"] for one in page.one("ul", css_class="near").all("a")] == [
        "/proposals/council-plan/clauses/c01a/"
    ]
    assert page.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize(
    "address",
    [
        # no such key
        "/proposals/council-plan/clauses/c99/",
        # no such proposal
        "/proposals/nothing/clauses/c01/",
        # longer than any key
        f"/proposals/council-plan/clauses/{'c' * 500}/",
        # a zero byte
        "/proposals/council-plan/clauses/c01%00/",
    ],
)
def test_an_unknown_clause_is_not_there(read: Read, plan: Proposal, address: str) -> None:
    make_clause(plan)

    assert read(address).status == 404


def test_a_hidden_clause_is_not_there_for_readers(read: Read, read_as_staff: Read, plan: Proposal) -> None:
    make_clause(plan, stage=Stage.DRAFT)

    assert read(ADDRESS).status == 404
    assert read_as_staff(ADDRESS).status == 200


def test_a_hidden_neighbour_is_not_told(read: Read, plan: Proposal) -> None:
    first = make_clause(plan)
    hidden = make_clause(plan, text="A secret annex.", stage=Stage.DRAFT)
    Dependency.objects.create(clause=hidden, target=first, relation="after")

    page = read(ADDRESS)

    assert "secret" not in page.text
    assert not page.all("a", rel="next")


def test_markup_in_a_clause_is_shown_and_not_obeyed(read: Read, plan: Proposal) -> None:
    attack = "<script>alert(1)</script>"
    make_clause(plan, text=attack, label=attack, note=attack, condition=attack)

    page = read(ADDRESS)

    assert not page.all("script")
    assert page.html.count("&lt;script&gt;") >= 4


def test_a_clause_with_much_on_it_takes_the_same_queries(
    client: Client, plan: Proposal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def fill(clause, number: int) -> None:
        for place in range(number):
            target = make_clause(plan, text=f"Quay {place} opens.", key=f"{clause.key}-{place}")
            Dependency.objects.create(clause=clause, target=target, relation="after")
            Dependency.objects.create(clause=target, target=clause, relation="with")
            make_position(f"{clause.key}-{place}", clause=clause, proposal=plan)

    few, many = make_clause(plan, text="Few.", key="few"), make_clause(plan, text="Many.", key="many")
    fill(few, 3)
    fill(many, 30)

    with django_assert_max_num_queries(40) as first:
        client.get("/proposals/council-plan/clauses/few/")
    with django_assert_max_num_queries(40) as second:
        client.get("/proposals/council-plan/clauses/many/")

    assert len(first) == len(second)


def test_a_clause_that_a_reader_has_is_not_made_again_until_a_counterpart_changes(client: Client, plan) -> None:
    make_clause(plan, text="The harbour opens.")
    tag = client.get(ADDRESS).headers["ETag"]

    known = client.get(ADDRESS, headers={"if-none-match": tag})
    make_proposal("front-answer", clauses=["The harbour stays shut."])
    changed = client.get(ADDRESS, headers={"if-none-match": tag})

    assert (known.status_code, changed.status_code) == (304, 200)
