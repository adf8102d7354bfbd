"""The list of places, the page of one, and the names of places wherever they stand."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from proposals.models import Proposal, Stage, Territory, TerritoryAlias
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_party,
    make_proposal,
    make_territory,
)
from tests.pages.conftest import Read

ADDRESS = "/territories/old-harbour/"


@pytest.fixture
def plan(db) -> Proposal:
    return make_proposal("council-plan", short_title="Council plan")


def _alias(name: str, *users: str, place: str = "old-harbour") -> TerritoryAlias:
    alias = TerritoryAlias.objects.create(territory=make_territory(place), name=name)
    alias.used_by.set(make_party(user) for user in users)
    return alias


def test_a_place_is_told_under_all_its_names_in_alphabetical_order_with_who_uses_them(read: Read, db) -> None:
    make_territory("old-harbour", kind="area", note="east of the pier")
    _alias("Port of the Free", COASTAL_FRONT)
    _alias("Council Quay", NORTHERN_COUNCIL, "mediator")
    _alias("the Basin")

    page = read(ADDRESS)

    assert page.one("h1").text == "Old Harbour"
    assert page.one("p", css_class="lead").text == "Area. East of the pier"
    rows = [row.text for row in page.one("table", css_class="names").one("tbody").all("tr")]
    assert rows == [
        "Old Harbour this site, as the heading of the record",
        "Council Quay Mediator, Northern Council",
        "Port of the Free Coastal Front",
        "the Basin no party alone, as far as is recorded",
    ]
    assert "It is a handle and no verdict on whose the place is." in page.text
    assert "/parties/coastal-front/" in [link["href"] for link in page.all("a")]
    assert page.one("link", type="application/json")["href"] == "/api/v1/territories/old-harbour/"


def test_its_clauses_stand_by_text_in_order_of_dates_with_force_wording_and_source(read: Read, plan) -> None:
    answer = make_proposal("front-answer", short_title="Front answer", date=datetime.date(2031, 3, 1))
    make_clause(plan, text="The harbour opens.", territories=["old-harbour"])
    make_clause(plan, text="The boats come home.")
    make_clause(plan, text="The pier may close.", modality="may", territories=["old-harbour"])
    make_clause(answer, text="The harbour stays shut.", territories=["old-harbour"], wording="verbatim")

    page = read(ADDRESS)

    said = page.one("section", css_class="provisions")
    assert "3 clauses touch it" in said.text
    assert [one.all("a")[0].text for one in said.all("h3")] == ["Front answer", "Council plan"]
    assert [one.text for one in said.all("p", css_class="wording")] == [
        "The harbour stays shut.",
        "The harbour opens.",
        "The pier may close.",
    ]
    assert [one.text for one in said.all(css_class="modality")] == [
        f"Force of the wording: {force}" for force in ("must", "must", "may")
    ]
    marks = [one.one("span", css_class="mark").text for one in said.all("details", css_class="apparatus")]
    assert marks == ["verbatim", "paraphrase", "paraphrase"]
    assert "The text in full, Harbour Gazette · grade B: established outlet" in said.text
    assert "/proposals/council-plan/clauses/c03/" in [link["href"] for link in said.all("a")]


def test_the_list_tells_places_by_kind_with_all_names_and_how_often_texts_touch_them(read: Read, plan) -> None:
    make_territory("pier-city", kind="city")
    make_clause(plan, territories=["old-harbour", "pier-city"])
    make_clause(plan, text="The pier burns.", territories=["old-harbour"])
    make_clause(plan, text="A secret annex.", territories=["old-harbour"], stage=Stage.DRAFT)
    _alias("Port of the Free", COASTAL_FRONT)

    page = read("/territories/")

    assert [one.text for one in page.all("h2")] == ["City", "Area"]
    assert [row.text for body in page.all("tbody") for row in body.all("tr")] == [
        "Pier City 1 1",
        "Old Harbour Port of the Free (used by Coastal Front) 1 2",
    ]


def test_a_place_of_no_clause_says_so(read: Read, db) -> None:
    make_territory()

    assert "No clause is recorded that touches it." in read(ADDRESS).text


def test_hidden_clauses_of_a_place_are_not_told(read: Read, read_as_staff: Read, plan) -> None:
    make_clause(plan, text="A secret annex.", territories=["old-harbour"], stage=Stage.DRAFT)
    secret = make_proposal("secret-draft", stage=Stage.DRAFT)
    make_clause(secret, text="A secret clause.", territories=["old-harbour"])

    page, preview = read(ADDRESS), read_as_staff(ADDRESS)

    assert "secret" not in page.html.casefold()
    assert "2 clauses touch it" in preview.text
    assert "Secret Draft is not public: draft." in preview.text


@pytest.mark.parametrize(
    "slug",
    [
        # none of ours
        "nowhere",
        # longer than any slug
        "n" * 500,
        # a zero byte
        "old-harbour%00",
    ],
)
def test_an_unknown_place_is_not_there(read: Read, plan, slug: str) -> None:
    make_territory()

    assert read(f"/territories/{slug}/").status == 404


def test_markup_in_names_is_shown_and_not_obeyed(read: Read, plan) -> None:
    attack = "<script>alert(1)</script>"
    make_territory("old-harbour", name=attack, note=attack)
    _alias(attack, COASTAL_FRONT)
    make_clause(plan, territories=["old-harbour"])

    for address in (ADDRESS, "/territories/", "/proposals/council-plan/", "/proposals/council-plan/clauses/c01/"):
        page = read(address)
        assert not page.all("script")
        assert "&lt;script&gt;" in page.html


def test_places_stand_with_their_names_and_users_on_the_pages_of_a_clause_and_its_proposal(read: Read, plan) -> None:
    make_clause(plan, territories=["old-harbour", "pier-city"])
    _alias("Port of the Free", COASTAL_FRONT)

    proposal, clause = read("/proposals/council-plan/"), read("/proposals/council-plan/clauses/c01/")

    assert "places Old Harbour, also called Port of the Free (used by Coastal Front); Pier City" in proposal.text
    assert "Places Old Harbour Port of the Free (used by Coastal Front) Pier City" in clause.text
    for page in (proposal, clause):
        assert {ADDRESS, "/territories/pier-city/"} <= {link["href"] for link in page.all("a")}


def test_places_stand_with_their_names_and_users_in_a_concordance(read: Read, plan) -> None:
    make_clause(plan, territories=["old-harbour", "pier-city"])
    make_proposal("front-answer")
    _alias("Port of the Free", COASTAL_FRONT)

    page = read("/compare/?proposals=council-plan,front-answer")

    assert "places Old Harbour, also called Port of the Free (used by Coastal Front); Pier City" in page.text
    assert {ADDRESS, "/territories/pier-city/"} <= {link["href"] for link in page.all("a")}


def test_the_map_of_the_site_names_places_of_public_clauses(client: Client, plan) -> None:
    make_clause(plan, territories=["old-harbour"])
    make_clause(plan, text="A secret annex.", territories=["hidden-cove"], stage=Stage.DRAFT)
    make_territory("empty-bay")

    content = client.get("/sitemap.xml").content.decode()

    assert "<loc>http://testserver/territories/old-harbour/</loc>" in content
    assert "<loc>http://testserver/territories/</loc>" in content
    assert "hidden-cove" not in content
    assert "empty-bay" not in content


def test_a_place_that_a_reader_has_is_not_made_again_until_a_name_changes(client: Client, plan) -> None:
    make_clause(plan, territories=["old-harbour"])
    tag = client.get(ADDRESS).headers["ETag"]

    known = client.get(ADDRESS, headers={"if-none-match": tag})
    _alias("Port of the Free", COASTAL_FRONT)
    changed = client.get(ADDRESS, headers={"if-none-match": tag})

    assert (known.status_code, changed.status_code) == (304, 200)


def test_places_of_any_number_take_the_same_queries(
    client: Client, plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def count(address: str) -> int:
        with django_assert_max_num_queries(20) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def fill(numbers: range) -> None:
        for number in numbers:
            text = make_proposal(f"plan-{number}", proposers=[f"party-{number}"])
            _alias(f"Name {number}", f"party-{number}")
            _alias("Other", f"party-{number}", place=f"place-{number}")
            make_clause(text, obligated=[f"party-{number}"], territories=["old-harbour", f"place-{number}"])

    fill(range(3))
    few = [count(ADDRESS), count("/territories/")]
    fill(range(3, 30))

    assert [count(ADDRESS), count("/territories/")] == few


def test_a_place_of_very_many_clauses_says_how_many_are_left_out(read: Read, plan, monkeypatch) -> None:
    monkeypatch.setattr("proposals.pages.territories.place.MOST_CLAUSES", 2)
    for number in range(3):
        make_clause(plan, text=f"Quay {number} opens.", territories=["old-harbour"])

    page = read(ADDRESS)

    assert len(page.all("p", css_class="wording")) == 2
    assert "1 further clause is not shown here." in page.text
    assert page.all("a", href="/search/?territory=old-harbour")


def test_each_place_of_the_shipped_data_tells_all_its_clauses(read: Read, shipped: None) -> None:
    for place in Territory.objects.filter(slug__in=["donetsk", "ukraine", "odesa"]):
        page = read(f"/territories/{place.slug}/")

        assert len(page.all("p", css_class="wording")) == place.clause_links.count()

    assert "DPR Russia" in read("/territories/donetsk/").one("table", css_class="names").text
