"""The search page, and the field for it on every page."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.models import PartyAlias
from proposals.models import Proposal, Stage, TerritoryAlias
from proposals.pages.addresses import topic_address
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_person,
    make_position,
    make_proposal,
    make_territory,
    make_topic,
)
from tests.pages.conftest import Read
from tests.pages.reading import Page


@pytest.fixture
def plan(db) -> Proposal:
    """Two texts; the harbour has another name, which the Front uses."""
    harbour = make_territory("old-harbour")
    alias = TerritoryAlias.objects.create(territory=harbour, name="Velhaven")
    alias.used_by.add(make_party(COASTAL_FRONT))
    make_topic("garrison")
    plan = make_proposal("council-plan", short_title="Council plan")
    answer = make_proposal("front-answer", short_title="Front answer", date=datetime.date(2032, 3, 1))
    make_clause(
        plan,
        label="Garrison",
        text="The garrison leaves the quay within a year.",
        topics=["garrison"],
        obligated=[COASTAL_FRONT],
        territories=["old-harbour"],
    )
    make_clause(plan, label="Fishing", text="Boats may fish off the quay.", topics=["fisheries"], modality="may")
    make_clause(
        answer,
        label="Refusal",
        text="The garrison of Velhaven stays.",
        topics=["garrison"],
        obligated=[NORTHERN_COUNCIL],
    )
    make_position(topic=make_topic("garrison"), statement="The garrison of the quay will not move.")
    return plan


def labels(page: Page) -> list[str]:
    return [hit.one("h3").all("a")[0].text for hit in page.one("ol", css_class="hits").all("li", css_class="clause")]


def facet(page: Page, name: str) -> dict[str, str]:
    """The links of a facet by name and count."""
    facets = page.one("section", css_class="facets").all("section")
    (found,) = [one for one in facets if one.one("h3").text == name]
    return {item.text: item.one("a")["href"] for item in found.all("li")}


def test_clauses_are_found_with_the_words_marked_and_where_they_come_from(read: Read, plan) -> None:
    page = read("/search/", q="garrison quay")

    (hit,) = page.one("ol", css_class="hits").all("li", css_class="clause")
    wording = hit.one("p", css_class="wording")
    assert [one.text for one in wording.all("mark")] == ["garrison", "quay"]
    assert wording.text == "The garrison leaves the quay within a year."
    assert hit.one("h3").one("a")["href"] == "/proposals/council-plan/clauses/c01/"
    assert "Council plan, 1 May 2031 (published) · clause · Force of the wording: must" in hit.text
    assert hit.one("span", css_class="mark").text == "paraphrase"
    assert "The text in full, Harbour Gazette · grade B: established outlet" in hit.text
    assert "places Old Harbour, also called Velhaven (used by Coastal Front)" in hit.text
    assert "1 clause, the best match first" in page.text
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_where_the_text_does_not_match_the_text_is_shown_and_what_matches_is_told(read: Read, plan) -> None:
    make_clause(plan, label="Zeppelin", text="It stays aground.", condition="once the mooring is sold", number="77b")

    by_label, by_condition, by_number = (read("/search/", q=words) for words in ("zeppelins", "mooring", "77b"))

    for page in (by_label, by_condition, by_number):
        assert "It stays aground." in page.one("ol", css_class="hits").text
    assert [one.text for one in by_label.one("h3", css_class="label").all("mark")] == ["Zeppelin"]
    assert "found in the condition" in by_condition.text
    assert "found by the number" in by_number.text


def test_the_same_clauses_are_a_link_away_as_json(read: Read, client: Client, plan) -> None:
    page = read("/search/", q="garrison", topic="garrison", date_from="2031-06-01")

    answer = client.get(page.one("link", type="application/json")["href"]).json()

    assert labels(page) == [one["label"] for one in answer["results"]] == ["Refusal"]


def test_what_is_narrowed_down_is_counted_linked_and_can_be_taken_off(read: Read, plan) -> None:
    page = read("/search/", q="garrison")

    assert facet(page, "Topic").keys() == {"Garrison 2"}
    parties = facet(page, "Party")
    assert parties.keys() == {"Coastal Front 1", "Northern Council 1"}
    assert facet(page, "Year").keys() == {"2031 1", "2032 1"}

    narrowed = read(parties["Coastal Front 1"])

    assert labels(narrowed) == ["Garrison"]
    assert "Party: Coastal Front" in narrowed.one("ul", css_class="chosen").text
    assert facet(narrowed, "Party").keys() == {"chosen: Coastal Front 1", "Northern Council 1"}
    assert labels(read(narrowed.one("ul", css_class="chosen").one("a")["href"])) == labels(page)
    assert labels(read(facet(page, "Year")["2032 1"])) == ["Refusal"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # the beginning of a longer word
        ({"q": "garris"}, ["Garrison", "Refusal"]),
        # a phrase
        ({"q": '"garrison leaves"'}, ["Garrison"]),
        # another name of a place, in the text and by the place
        ({"q": "Velhaven"}, ["Refusal", "Garrison"]),
        # filters without words
        ({"modality": "may"}, ["Fishing"]),
        ({"territory": "old-harbour"}, ["Garrison"]),
        ({"proposal": "front-answer"}, ["Refusal"]),
        ({"date_to": "2031-12-31"}, ["Garrison", "Fishing"]),
    ],
)
def test_clauses_are_found_by_words_names_and_filters(read: Read, plan, query, found: list[str]) -> None:
    assert sorted(labels(read("/search/", **query))) == sorted(found)


def test_positions_are_searched_too(read: Read, plan) -> None:
    make_position("p002", statement="Let us speak of fish.", date=datetime.date(2031, 7, 1))
    make_position("p003", statement="A secret word on the garrison.", stage=Stage.DRAFT)

    page = read("/search/", q="garrison")
    tabs = {one.text: one["href"] for one in page.one("nav", css_class="searched").all("a")}
    said = read(tabs["Positions 1"])

    assert tabs.keys() == {"Clauses 2", "Positions 1"}
    (hit,) = said.all("li", css_class="said")
    assert "Coastal Front rejects" in hit.text
    assert [one.text for one in hit.all("mark")] == ["garrison"]
    assert "The text in full, Harbour Gazette" in hit.text
    assert facet(said, "Party").keys() == {"Coastal Front 1"}
    assert "secret" not in said.text


def test_a_word_that_only_a_position_has_is_found_there(read: Read, plan) -> None:
    make_position("p002", statement="No ultimatum of 600,000 coins on the quay/pier.")

    for words in ("ultimatum", "600000", "pier", '"600,000 coins"'):
        assert "No ultimatum" in read("/search/", q=words, kind="position").text, words


def test_a_position_is_found_by_who_spoke_and_by_its_topic(read: Read, plan) -> None:
    make_position("p002", person=make_person(name="Ana Quill"), statement="We shall see.")
    make_position("p003", topic=make_topic("garrison"), statement="Later.")

    spoken, about = read("/search/", q="quill", kind="position"), read("/search/", q="garrison", kind="position")

    assert "We shall see." in spoken.text
    assert "Found by the name of who spoke:" in spoken.text
    assert "Found by the name of the topic:" in about.text


def test_records_of_that_name_are_led_to(read: Read, plan) -> None:
    make_person(name="Ana Quill")
    alias = PartyAlias.objects.create(party=make_party(COASTAL_FRONT), name="Seaside League")
    alias.used_by.add(make_party(NORTHERN_COUNCIL))

    def named(words: str) -> dict[str, str]:
        page = read("/search/", q=words)
        return {one.text: one["href"] for section in page.all("section", css_class="named") for one in section.all("a")}

    assert named("velhaven") == {"Old Harbour": "/territories/old-harbour/"}
    assert named("quill ana") == {"Ana Quill": "/persons/council-envoy/"}
    assert named("seaside league") == {"Coastal Front": "/parties/coastal-front/"}
    assert named("council plan") == {"Council plan": "/proposals/council-plan/"}
    assert named("garrison") == {"Garrison": topic_address("garrison")}
    assert named("harbour nothing") == {}
    assert (
        "also called Velhaven (used by Coastal Front)"
        in read("/search/", q="velhaven").one("section", css_class="named").text
    )


def test_what_else_was_looked_for_is_said(read: Read, plan) -> None:
    slip, place = read("/search/", q="garisson"), read("/search/", q="Velhaven")

    assert "No clause has “garisson”; those are shown that have “garrison”." in slip.text
    assert "“velhaven” was also looked for under other names of the same: “old harbour”." in place.text


def test_where_nothing_is_found_the_page_says_what_was_looked_for_and_what_is_accepted(read: Read, plan) -> None:
    page = read("/search/", q="zeppelin", topic="garrison")

    nothing = page.one("div", css_class="nothing").text
    assert page.one("h2", id="found").text == "Nothing found"
    assert "No clause matches “zeppelin”. Take a filter off, or try fewer words." in nothing
    assert "Words in “quotation marks” follow each other." in nothing


@pytest.mark.parametrize("words", ["", "   ", "!!! ?", '""', "the"])
def test_words_without_a_letter_or_with_fillers_alone_are_no_fault(read: Read, plan, words: str) -> None:
    assert read("/search/", q=words).status == 200


def test_an_empty_search_says_what_can_be_searched(read: Read, plan) -> None:
    page = read("/search/")

    assert page.one("h1").text == "Search"
    assert "Clauses of all texts, and what parties said of them" in page.text
    assert not page.all("ol", css_class="hits")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        # longer than the API takes
        ({"q": "x" * 201}, "At most 200 characters can be searched for, not 201."),
        # more words than the API takes
        ({"q": " ".join(f"word{n}" for n in range(17))}, "At most 16 words and phrases can be searched for at once."),
        # a zero byte
        ({"q": "quay\0"}, "The words hold a NUL character, which no text has."),
        ({"topic": "\0"}, "There is no topic “�”."),
        # unknown records, one of them much like a known one
        ({"topic": "garison"}, "There is no topic “garison”. Like it are: garrison."),
        ({"party": "nobody"}, "There is no party “nobody”."),
        ({"territory": "nowhere"}, "There is no place “nowhere”."),
        ({"proposal": "secret-draft"}, "There is no proposal “secret-draft”."),
        # unknown codes
        ({"kind": "people"}, "“people” cannot be searched; there are clause, position."),
        ({"modality": "shall"}, "“shall” is no force of a wording; there are must,"),
        # no days
        ({"date_from": "2031"}, "“2031” is not a day of the calendar"),
        ({"date_to": "2031-02-30"}, "“2031-02-30” is not a day of the calendar"),
        ({"date_from": "2032-01-01", "date_to": "2031-01-01"}, "The last day, 2031-01-01, is before the first"),
        # no pages
        ({"q": "quay", "page": "2"}, "There is no page “2”; there are 1 to 1."),
        ({"q": "quay", "page": "0"}, "“0” is not the number of a page."),
        ({"q": "quay", "page": "9" * 400}, "is not the number of a page."),
        ({"q": "quay", "page": "٣"}, "“٣” is not the number of a page."),
        # what positions are not coded with
        ({"kind": "position", "modality": "may"}, "Positions cannot be narrowed down by “modality”; clauses can."),
    ],
)
def test_what_cannot_be_searched_for_is_named(read: Read, plan, query, sentence: str) -> None:
    make_proposal("secret-draft", stage=Stage.DRAFT)

    page = read("/search/", **query)

    assert page.status == 400
    assert sentence in page.one("ul", css_class="faults").text


def test_of_a_repeated_parameter_the_last_counts(read: Read, plan) -> None:
    assert labels(read("/search/?q=boats&q=garrison&modality=may&modality=must")) == ["Garrison", "Refusal"]


def test_hidden_records_are_neither_found_nor_counted_nor_corrected_to(read: Read, read_as_staff: Read, plan) -> None:
    make_clause(plan, text="The zeppelin of the garrison is kept.", stage=Stage.DRAFT, obligated=["mediator"])

    page, slip, preview = (
        read("/search/", q="garrison"),
        read("/search/", q="zepelin"),
        read_as_staff("/search/", q="zeppelin"),
    )

    assert "Clauses 2" in page.one("nav", css_class="searched").text
    assert "Mediator" not in page.text
    assert "zeppelin" not in slip.text
    assert "Clauses 1" in preview.one("nav", css_class="searched").text
    assert preview.all("div", css_class="preview")


def test_markup_is_shown_and_not_obeyed(read: Read, plan) -> None:
    attack = "<script>alert(1)</script>"
    make_clause(plan, text=f"{attack} zeppelin", label=attack)
    make_position("p002", statement=f"{attack} zeppelin")

    for query in ({"q": attack}, {"q": "zeppelin"}, {"q": "zeppelin", "kind": "position"}, {"topic": attack}):
        page = read("/search/", **query)
        assert not page.all("script")
        assert "&lt;script&gt;" in page.html


def test_results_come_in_pages(read: Read, plan) -> None:
    for number in range(23):
        make_clause(plan, text=f"Pier {number} opens.")
        make_position(f"p-{number}", statement=f"Pier {number} stays shut.")

    for kind in ("clause", "position"):
        first = read("/search/", q="pier", kind=kind)
        second = read(first.one("a", rel="next")["href"])
        assert [len(one.all("p", css_class="wording")) for one in (first, second)] == [20, 3]
        assert "Page 2 of 2" in second.text
        assert parse_qs(urlsplit(second.one("a", rel="prev")["href"]).query).keys() <= {"q", "kind"}


def test_a_search_takes_the_same_queries_whatever_it_finds(
    client: Client, plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def count() -> list[int]:
        found = []
        for address in (
            "/search/?q=quay",
            "/search/?q=quay&kind=position",
            "/search/?topic=garrison&party=coastal-front",
        ):
            with django_assert_max_num_queries(45) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    def fill(numbers: range) -> None:
        for number in numbers:
            text = make_proposal(f"quay-plan-{number}", proposers=[f"party-{number}"])
            alias = TerritoryAlias.objects.create(territory=make_territory(f"quay-{number}"), name="Other")
            alias.used_by.add(make_party(f"party-{number}"))
            clause = make_clause(
                text,
                text="The quay opens.",
                topics=["garrison", f"topic-{number}"],
                obligated=[COASTAL_FRONT, f"party-{number}"],
                territories=[f"quay-{number}"],
            )
            make_position(f"p-{number}", statement="The quay stays shut.", proposal=text, clause=clause)

    fill(range(3))
    few = count()
    fill(range(3, 30))

    assert count() == few


def test_every_page_has_a_field_to_search_from(read: Read, plan) -> None:
    for address in ("/", "/parties/", "/no/such/page/", "/search/?q=quay"):
        form = read(address).one("form", css_class="find")
        assert (form["action"], form["method"]) == ("/search/", "get")
        assert form.one("label", **{"for": "find"}).text == "Search texts, parties and places"
        assert form.one("input")["name"] == "q"


def test_a_search_that_a_reader_has_is_not_sent_again_until_a_record_changes(client: Client, plan) -> None:
    tag = client.get("/search/?q=quay").headers["ETag"]

    known = client.get("/search/?q=quay", headers={"if-none-match": tag})
    make_clause(plan, text="Another quay.")
    changed = client.get("/search/?q=quay", headers={"if-none-match": tag})

    assert (known.status_code, changed.status_code) == (304, 200)


def test_the_shipped_data_are_found_under_other_names_of_a_place(read: Read, shipped: None) -> None:
    kharkiv, kharkov = (read("/search/", q=words) for words in ("Kharkiv", "Kharkov"))

    assert sorted(labels(kharkiv)) == sorted(labels(kharkov)) != []
    assert "Kharkiv oblast also called Kharkov" in kharkov.one("section", css_class="named").text
