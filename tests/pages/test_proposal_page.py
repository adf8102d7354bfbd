"""The page of one proposal."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from proposals.models import Lineage, Silence, Stage, TextVersion
from tests.factories import COASTAL_FRONT, make_clause, make_proposal, make_topic
from tests.pages.conftest import Read


def test_clauses_stand_in_reading_order_with_their_parts_below_them(read: Read) -> None:
    plan = make_proposal("council-plan")
    make_clause(plan, text="The boats come home.", order=2)
    first = make_clause(plan, text="The harbour opens.", order=1)
    make_clause(plan, text="Its lighthouse is lit.", order=3, parent=first)

    clauses = read("/proposals/council-plan/").one("section", css_class="clauses").one("ol").all("li", css_class="")

    texts = [one.one("p", css_class="wording").text for one in clauses if one.all("p", css_class="wording")]
    assert texts == ["The harbour opens.", "The boats come home.", "Its lighthouse is lit."]
    assert [one["id"] for one in clauses if one.attributes.get("class") == "part"] == ["c03"]


def test_everything_known_about_the_text_is_told_with_its_notes(read: Read) -> None:
    plan = make_proposal(
        "council-plan",
        title="Plan of the Council",
        summary="A plan in three points.",
        date_note="Dated by its cover.",
        outcome="rejected",
        outcome_note="Refused within a day.",
        proposer_note="Written by the staff.",
        verification="mostly",
        verification_note="Point 3 was not seen.",
    )
    TextVersion.objects.create(proposal=plan, name="Agency print", note="Splits point 3.", followed=True)
    Silence.objects.create(
        proposal=plan,
        topic=make_topic("prisoners"),
        reason="left for later",
        checked_by="two readers",
        checked_on=datetime.date(2031, 6, 1),
    )

    page = read("/proposals/council-plan/")

    assert page.one("h1").text == "Plan of the Council"
    for words in (
        "A plan in three points.",
        "Dated by its cover.",
        "rejected Refused within a day.",
        "Written by the staff.",
        "most of it seen Point 3 was not seen.",
        "Copy that the clauses follow Agency print Splits point 3.",
        "Prisoners: left for later (checked by two readers on 1 June 2031)",
        "The text in full, Harbour Gazette · grade B: established outlet",
    ):
        assert words in page.text


def test_kin_on_both_sides_are_offered_for_comparison(read: Read) -> None:
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 9), proposers=[COASTAL_FRONT])
    sequel = make_proposal("council-sequel", date=datetime.date(2031, 7, 1))
    hidden = make_proposal("secret-draft", date=datetime.date(2031, 7, 2), stage=Stage.DRAFT)
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")
    Lineage.objects.create(proposal=sequel, earlier=answer, relation="revises")
    Lineage.objects.create(proposal=hidden, earlier=answer, relation="revises")

    kin = read("/proposals/front-answer/").one("section", css_class="suggestions").all("a")

    assert [(link.text, link["href"]) for link in kin] == [
        ("Front Answer answers Council Plan", "/compare/?proposals=council-plan,front-answer"),
        ("Council Sequel revises Front Answer", "/compare/?proposals=front-answer,council-sequel"),
    ]


def test_a_text_with_later_ones_leads_to_what_became_of_its_clauses(read: Read) -> None:
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 9))
    Lineage.objects.create(proposal=answer, earlier=plan, relation="answers")

    earlier, last = read("/proposals/council-plan/"), read("/proposals/front-answer/")

    assert "/lineage/council-plan/" in {link["href"] for link in earlier.all("a")}
    assert "/lineage/front-answer/" not in {link["href"] for link in last.all("a")}


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN])
def test_what_is_not_public_is_not_there_for_readers(read: Read, read_as_staff: Read, stage: Stage) -> None:
    make_proposal("secret-draft", stage=stage)

    assert read("/proposals/secret-draft/").status == 404
    assert read_as_staff("/proposals/secret-draft/").one("h1").text == "Secret Draft"


def test_a_hidden_clause_is_not_shown(read: Read) -> None:
    plan = make_proposal("council-plan", clauses=["The harbour opens."])
    make_clause(plan, text="A secret annex.", stage=Stage.DRAFT)

    page = read("/proposals/council-plan/")

    assert "secret annex" not in page.text
    assert "Clauses 1; every clause is recorded" in page.text


def test_markup_in_a_record_is_shown_and_not_obeyed(read: Read) -> None:
    attack = "<script>alert(1)</script>"
    make_proposal("council-plan", title=attack, summary=attack, outcome_note=attack, clauses=[attack])

    page = read("/proposals/council-plan/")

    assert not page.all("script")
    assert page.html.count("&lt;script&gt;") >= 4


def test_a_text_of_any_length_takes_the_same_queries(
    client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_proposal("short-plan", clauses=[f"Quay {index} opens." for index in range(3)])
    make_proposal("long-plan", clauses=[f"Quay {index} opens." for index in range(30)])

    with django_assert_max_num_queries(30) as short:
        client.get("/proposals/short-plan/")
    with django_assert_max_num_queries(30) as long:
        client.get("/proposals/long-plan/")

    assert len(short) == len(long)
