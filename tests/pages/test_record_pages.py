"""Pages of parties, persons, sources and disputes."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.models import Membership, PartyAlias
from proposals.models import Dispute, DisputeAbout, DisputeClaim, Proposal, Source, Stage
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_proposal,
    make_source,
    make_topic,
)
from tests.pages.conftest import Read


@pytest.fixture
def plan(db) -> Proposal:
    return make_proposal("council-plan", short_title="Council plan")


def _dispute(slug: str = "d01", **about) -> Dispute:
    dispute = Dispute.objects.create(slug=slug, subject="Strength of the garrison")
    dispute.topics.add(make_topic())
    DisputeAbout.objects.create(dispute=dispute, **about)
    DisputeClaim.objects.create(dispute=dispute, value="400 men", source=make_source(), locator="line 3", order=1)
    DisputeClaim.objects.create(dispute=dispute, value="600 men", source=make_source("front-radio"), order=2)
    return dispute


def test_a_party_is_told_under_all_its_names_with_who_uses_them(read: Read, plan: Proposal) -> None:
    front = make_party(COASTAL_FRONT, note="Formed in 2029.")
    alias = PartyAlias.objects.create(party=front, name="the rebels")
    alias.used_by.add(make_party(NORTHERN_COUNCIL))
    bloc = make_party("coastal-league", kind="group")
    Membership.objects.create(bloc=bloc, member=front, starts_on=datetime.date(2029, 3, 1))
    make_person("front-speaker", name="Speaker of the Front", party=front, role="Speaker")

    page, listed = read("/parties/coastal-front/"), read("/parties/")

    for words in (
        "the rebels (used by Northern Council)",
        "Formed in 2029.",
        "Coastal League from 1 March 2029",
        "Speaker of the Front Speaker",
    ):
        assert words in page.text
    assert "the rebels (used by Northern Council)" in listed.text


def test_a_party_shows_its_proposals_the_clauses_that_name_it_and_what_it_said_last(read: Read, plan: Proposal) -> None:
    make_clause(plan, text="The Front leaves the harbour.", obligated=[COASTAL_FRONT])
    make_clause(plan, text="A secret annex.", obligated=[COASTAL_FRONT], stage=Stage.DRAFT)
    make_proposal("front-answer", proposers=[COASTAL_FRONT], short_title="Front answer")
    make_proposal("secret-draft", proposers=[COASTAL_FRONT], short_title="A secret draft", stage=Stage.DRAFT)
    make_position("p001", statement="An early word.")
    make_position("p002", statement="A later word.", date=datetime.date(2031, 7, 1))
    make_position("p003", statement="A secret word.", date=datetime.date(2031, 8, 1), stage=Stage.DRAFT)

    page = read("/parties/coastal-front/")

    assert "Front answer 1 May 2031" in page.one("section", aria_labelledby="proposals-of").text
    bound = page.one("section", aria_labelledby="bound")
    assert "1 clause in which it has a part" in bound.text
    assert [link["href"] for link in bound.all("a")] == ["/proposals/council-plan/clauses/c01/"]
    said = page.one("section", aria_labelledby="positions")
    assert "A later word." in said.text
    earlier = said.one("details", css_class="earlier")
    assert earlier.text.startswith("1 earlier statement 1 June 2031")
    assert "An early word." in earlier.text
    assert "/positions/?party=coastal-front" in [link["href"] for link in said.all("a")]
    assert "secret" not in page.text


def test_a_person_shows_what_was_said_newest_first(read: Read, plan: Proposal) -> None:
    envoy = make_person()
    make_position("p001", party=envoy.party, person=envoy, statement="An early word.")
    make_position("p002", party=envoy.party, person=envoy, statement="A later word.", date=datetime.date(2031, 7, 1))

    page = read("/persons/council-envoy/")

    assert page.one("h1").text == "Envoy of the Council"
    assert [one.text for one in page.all("p", css_class="wording")] == ["A later word.", "An early word."]


def test_a_source_shows_its_grade_and_all_that_cites_it(read: Read, plan: Proposal) -> None:
    Source.objects.filter(slug="harbour-gazette").update(url="https://gazette.example/plan", stance_note="Of the port.")
    make_clause(plan, text="The harbour opens.", locator="point 1")
    make_clause(plan, text="A secret annex.", stage=Stage.DRAFT)
    make_position("p001")
    make_position("p002", statement="A secret word.", stage=Stage.DRAFT)
    _dispute(proposal=plan)

    page = read("/sources/harbour-gazette/")

    for words in ("B: established outlet", "Of the port.", "1 clause cites it", "The Coastal Front keeps the harbour"):
        assert words in page.text
    hrefs = {link["href"] for link in page.all("a")}
    assert {
        "https://gazette.example/plan",
        "/proposals/council-plan/",
        "/proposals/council-plan/clauses/c01/",
        "/disputes/d01/",
    } <= hrefs
    assert "secret" not in page.text


def test_sources_are_narrowed_down_by_grade_and_publisher(read: Read, db: None) -> None:
    make_source("harbour-gazette")
    make_source("front-radio", title="Evening news", publisher="Front Radio", reliability="D")

    def titles(**query: str) -> list[str]:
        return [
            one.text.partition(",")[0] for one in read("/sources/", **query).one("ul", css_class="sources").all("li")
        ]

    assert titles() == ["Evening news", "The text in full"]
    assert titles(grade="B") == ["The text in full"]
    assert titles(publisher="Front Radio") == ["Evening news"]
    assert titles(publisher="Front Radio", grade="D") == ["Evening news"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        # no grade
        ({"grade": "X"}, "There is no grade “X”; there are A, B, C, D."),
        # no such publisher
        ({"publisher": "Nobody"}, "No source is of the publisher “Nobody”."),
        # a zero byte
        ({"publisher": "\0"}, "No source is of the publisher"),
        # past the end
        ({"page": "2"}, "There is no page “2”; there are 1 to 1."),
        # not from 1
        ({"page": "0"}, "There is no page “0”"),
        # a figure beyond any database
        ({"page": "9" * 400}, "there are 1 to 1."),
        # a figure that is none of ours
        ({"page": "٣"}, "There is no page “٣”"),
    ],
)
def test_what_names_no_sources_is_refused_with_what_there_is(read: Read, db: None, query, sentence: str) -> None:
    make_source()

    page = read("/sources/", **query)

    assert page.status == 400
    assert sentence in page.text


def test_rival_values_stand_side_by_side_with_their_sources(read: Read, plan: Proposal) -> None:
    clause = make_clause(plan, label="The garrison")
    _dispute(clause=clause)

    page = read("/disputes/d01/")

    rivals = page.one("ul", css_class="rivals")
    assert [one.text for one in rivals.all("p", css_class="value")] == ["400 men", "600 men"]
    assert "line 3 The text in full, Harbour Gazette · grade B: established outlet" in rivals.text
    assert "Council plan: The garrison" in page.text


def test_a_dispute_about_a_hidden_record_is_not_told(read: Read, read_as_staff: Read, plan: Proposal) -> None:
    hidden = make_clause(plan, text="A secret annex.", stage=Stage.DRAFT)
    _dispute(clause=hidden)

    assert read("/disputes/d01/").status == 404
    assert "Strength of the garrison" not in read("/sources/harbour-gazette/").text
    assert read_as_staff("/disputes/d01/").status == 200


@pytest.mark.parametrize("kind", ["parties", "persons", "sources", "disputes"])
def test_what_is_not_recorded_is_not_there(read: Read, db: None, kind: str) -> None:
    assert read(f"/{kind}/nobody/").status == 404


def test_a_proposal_shows_its_topics_positions_disputes_and_files(read: Read, plan: Proposal) -> None:
    make_clause(plan, topics=["ceasefire"])
    make_clause(plan, topics=["ceasefire", "prisoners"])
    make_position("p001", proposal=plan, statement="It will not do.")
    _dispute(proposal=plan)

    page = read("/proposals/council-plan/")

    topics = page.one("ul", css_class="topics-covered")
    assert [one.text for one in topics.all("li")] == ["Ceasefire 2 clauses", "Prisoners 1 clause"]
    assert "It will not do." in page.one("section", aria_labelledby="positions").text
    assert "400 men" in page.one("section", aria_labelledby="disputes").text
    files = [link["href"].partition("?")[2] for link in page.one("ul", css_class="exports").all("a")]
    assert files == ["format=json", "format=yaml", "format=akn"]
    assert page.one("li", id="c01").one("h3").all("a")[0]["href"] == "/proposals/council-plan/clauses/c01/"


def test_records_of_any_number_take_the_same_queries(
    client: Client, plan: Proposal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    addresses = ["/parties/", "/parties/coastal-front/", "/persons/council-envoy/", "/sources/harbour-gazette/"]
    envoy = make_person(party=make_party(COASTAL_FRONT))

    def count() -> list[int]:
        found = []
        for address in addresses:
            with django_assert_max_num_queries(30) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    def fill(numbers: range) -> None:
        for number in numbers:
            clause = make_clause(plan, text=f"Quay {number} opens.", obligated=[COASTAL_FRONT])
            topic = make_topic(f"topic-{number}")
            make_position(f"p-{number}", person=envoy, topic=topic, proposal=plan, clause=clause)
            make_party(f"party-{number}")

    fill(range(3))
    few = count()
    fill(range(3, 30))

    assert count() == few
