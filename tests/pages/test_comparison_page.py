"""The concordance of two or more proposals."""

import datetime
import json
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client

from parties.models import Party
from proposals.models import Clause, Contest, Proposal, Silence, Source, Stage, Topic
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)
from tests.pages.conftest import Read
from tests.pages.reading import Page, Part

GARRISON = "The garrison of the old harbour has at most {} soldiers."


@pytest.fixture
def plan(db: None) -> Proposal:
    """The Council's plan: a garrison of 500 and prisoners going home."""
    plan = make_proposal("council-plan")
    make_term(make_clause(plan, text=GARRISON.format(500), topics=["garrison"], number="4a"), value=500)
    make_clause(plan, text="All prisoners go home within a month.", topics=["prisoners"], order=2)
    return plan


@pytest.fixture
def answer(plan: Proposal) -> Proposal:
    """The Front's answer, a month later: a garrison of 900, and not a word on prisoners."""
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 9), proposers=[COASTAL_FRONT])
    make_term(make_clause(answer, text=GARRISON.format(900), topics=["garrison"]), value=900)
    return answer


@pytest.fixture
def compared(read: Read, answer: Proposal) -> Callable[..., Page]:
    """The two texts side by side."""
    return lambda **query: read("/compare/", proposals="council-plan,front-answer", **query)


def _line(page: Page, topic: str) -> Part:
    (line,) = [line for line in page.lines if line.one("span", css_class="topic").text == topic]
    return line


def _cell(page: Page, topic: str, slug: str) -> Part:
    """The cell of a proposal, found by the name of its column."""
    name = slug.replace("-", " ").title()
    (cell,) = [cell for cell in _line(page, topic).all("td", css_class="cell") if cell["data-label"] == name]
    return cell


@pytest.mark.parametrize("asked", ["council-plan,front-answer", "front-answer,council-plan"])
def test_columns_stand_in_date_order_whatever_was_asked_first(read: Read, answer: Proposal, asked: str) -> None:
    page = read("/compare/", proposals=asked)

    heads = [head.text for head in page.one("table", css_class="concordance").all("th", scope="col")]
    assert heads == ["Matter", "Council Plan 1 May 2031 · published", "Front Answer 9 June 2031 · published"]
    assert [cell["data-label"] for cell in page.lines[0].all("td", css_class="cell")] == [
        "Council Plan",
        "Front Answer",
    ]


def test_commas_and_repeated_parameters_ask_for_the_same(read: Read, answer: Proposal) -> None:
    by_comma = read("/compare/", proposals="council-plan,front-answer")
    repeated = read("/compare/", proposals=["council-plan", "front-answer"])

    assert by_comma.html == repeated.html


def test_each_text_is_introduced_with_how_well_it_is_known(compared: Callable[..., Page]) -> None:
    plan, answer = compared().one("section", css_class="texts").all("li")

    assert plan.text == (
        "Council Plan Date 1 May 2031 Put forward by Northern Council Kind points plan Text published "
        "Clauses 2; every clause is recorded Best source B: established outlet Outcome open "
        "Coverage regulates 2 of 2 matters (100 %)"
    )
    assert "Put forward by Coastal Front" in answer.text
    assert "regulates 1 of 2 matters (50 %)" in answer.text


def test_a_divergence_names_its_kind_and_the_value_of_each_side_in_its_column(compared: Callable[..., Page]) -> None:
    line = _line(compared(), "Garrison")

    assert "line-diverge" in line["class"]
    assert line.one("span", css_class="kind").text == "≠ Diverge"
    (point,) = [point for point in line.all("tr", css_class="point") if "Figure" in point.text]
    assert [(cell["data-label"], cell.text) for cell in point.all("td")] == [
        ("Council Plan", "at most 500 persons"),
        ("Front Answer", "at most 900 persons"),
    ]


def test_a_difference_that_the_wording_only_suggests_is_marked_to_be_checked(read: Read, db: None) -> None:
    text = "The Coastal Front {} open the old harbour to fishing boats."
    make_clause(make_proposal("council-plan"), text=text.format("must"), modality="")
    make_clause(make_proposal("front-answer"), text=text.format("may"), modality="")

    line = read("/compare/", proposals="council-plan,front-answer").lines[0]

    (point,) = line.all("tr", css_class="hint")
    assert "Force of the wording check this" in point.text
    assert "line-agree" in line["class"]


def test_what_a_complete_text_does_not_answer_is_not_found_in_it(compared: Callable[..., Page]) -> None:
    page = compared()

    cell = _cell(page, "Prisoners", "front-answer")
    assert cell.text.startswith("Not found No clause of this text answers it.")
    assert "other clauses on the topic" not in cell.text
    assert _line(page, "Prisoners").one("span", css_class="kind").text == "1 In one text only"


def test_other_clauses_on_the_topic_are_mentioned(read: Read, answer: Proposal, plan: Proposal) -> None:
    make_clause(answer, text="Letters reach the camps.", topics=["prisoners"])
    make_decision(plan.clauses.get(key="c02"), answer.clauses.get(key="c02"), verdict="not_same_matter")

    page = read("/compare/", proposals="council-plan,front-answer")

    cells = [cell for line in page.lines for cell in line.all("td", css_class="cell-not_found")]
    assert all("It has other clauses on the topic." in cell.text for cell in cells)
    assert len(cells) == 2


def test_what_an_unpublished_text_may_say_is_unknown(read: Read, answer: Proposal) -> None:
    Proposal.objects.filter(pk=answer.pk).update(clauses_complete="no")

    page = read("/compare/", proposals="council-plan,front-answer")

    cell = _cell(page, "Prisoners", "front-answer")
    assert cell.text.startswith("Unknown The text is not public, so it may say something here.")
    assert "Not found" not in cell.text


def test_a_recorded_silence_says_who_checked_it_and_when(read: Read, answer: Proposal) -> None:
    Silence.objects.create(
        proposal=answer,
        topic=make_topic("prisoners"),
        reason="left for later talks",
        checked_by="two readers",
        checked_on=datetime.date(2031, 6, 20),
        source=make_source(),
    )

    page = read("/compare/", proposals="council-plan,front-answer")

    cell = _cell(page, "Prisoners", "front-answer")
    assert cell.text.startswith("Silent")
    assert "left for later talks (checked by two readers on 20 June 2031)" in cell.text
    assert "Harbour Gazette" in cell.text


def test_a_struck_out_clause_is_named_as_struck_out(read: Read, answer: Proposal, plan: Proposal) -> None:
    struck = plan.clauses.get(key="c02")
    make_clause(answer, text="Point 2 is deleted.", topics=["prisoners"], kind="deletion", strikes=struck, modality="")

    page = read("/compare/", proposals="council-plan,front-answer")

    cell = _cell(page, "Prisoners", "front-answer")
    assert cell.text.startswith("Struck out")
    named = cell.one("p", css_class="strikes").one("a")
    assert named.text == f"{struck.label} (council-plan/c02)"
    assert named["href"] == "/proposals/council-plan/#c02"


def test_a_clause_stands_with_its_number_words_and_standing(compared: Callable[..., Page]) -> None:
    cell = _cell(compared(), "Garrison", "council-plan")

    assert cell.one("span", css_class="number").text == "4a"
    assert cell.one("p", css_class="wording").text == GARRISON.format(500)
    assert cell.one("summary").text == "paraphrase · source read whole · high confidence · Harbour Gazette B"


def test_a_source_is_named_graded_and_linked(read: Read, answer: Proposal) -> None:
    day = datetime.date(2031, 5, 2)
    Source.objects.update(url="https://gazette.example/plan", date=day, date_precision="day")

    cell = _cell(read("/compare/", proposals="council-plan,front-answer"), "Garrison", "council-plan")

    source = cell.one("ul", css_class="sources").one("li")
    assert source.text == "The text in full, Harbour Gazette, 2 May 2031 · grade B: established outlet · cited for"
    original, own_page = source.all("a")
    assert original["href"] == "https://gazette.example/plan"
    assert own_page["href"] == "/sources/harbour-gazette/"


def test_an_objection_and_a_condition_are_told_with_the_clause(read: Read, answer: Proposal, plan: Proposal) -> None:
    clause = plan.clauses.get(key="c02")
    Clause.objects.filter(pk=clause.pk).update(condition="once the guns are silent")
    Contest.objects.create(clause=clause, party=make_party(COASTAL_FRONT), objection="calls it one-sided")

    cell = _cell(read("/compare/", proposals="council-plan,front-answer"), "Prisoners", "council-plan")

    assert "once the guns are silent" in cell.text
    assert "contested by Coastal Front calls it one-sided" in cell.text


def test_wording_that_is_quoted_says_so_and_names_its_language(read: Read, answer: Proposal) -> None:
    answer.clauses.update(wording="verbatim", language="fr")

    cell = _cell(read("/compare/", proposals="council-plan,front-answer"), "Garrison", "front-answer")

    assert cell.one("span", css_class="mark").text == "verbatim"
    assert cell.one("p", css_class="wording")["lang"] == "fr"


def test_a_link_gives_its_reasons(compared: Callable[..., Page]) -> None:
    why = _line(compared(), "Garrison").one("details", css_class="links-of-row")

    assert why.one("summary").text == "Why: 1 link"
    assert "conflict · score" in why.text
    assert "found by the engine" in why.text
    assert any(reason.text.startswith("shared topics +") for reason in why.all("li"))


def test_an_editors_decision_is_told_as_one(read: Read, answer: Proposal, plan: Proposal) -> None:
    left, right = plan.clauses.get(key="c01"), answer.clauses.get(key="c01")
    make_decision(left, right, relation="overlap")
    Clause.objects.filter(pk=right.pk).update(text=GARRISON.format(950))

    why = read("/compare/", proposals="council-plan,front-answer").one("details", css_class="links-of-row")

    assert "overlap" in why.text
    assert "decided by an editor, before a clause was changed" in why.text


def test_a_missing_element_is_shown_against_the_clause_that_has_it(
    read: Read, answer: Proposal, plan: Proposal
) -> None:
    plan.clauses.filter(key="c01").update(condition="once the guns are silent")

    line = _line(read("/compare/", proposals="council-plan,front-answer"), "Garrison")

    (point,) = [point for point in line.all("tr", css_class="gaps") if "Condition missing" in point.text]
    assert [cell.text for cell in point.all("td")] == [
        f"present in 4a {plan.clauses.get(key='c01').label}",
        "no condition",
    ]


def test_every_row_has_an_address_of_its_own(compared: Callable[..., Page]) -> None:
    lines = compared().lines

    anchors = [line["id"] for line in lines]
    assert len(set(anchors)) == len(anchors) == 2
    assert [line.one("a", css_class="permalink")["href"] for line in lines] == [f"#{anchor}" for anchor in anchors]


def test_numbers_and_addresses_of_rows_outlast_a_filter(compared: Callable[..., Page]) -> None:
    whole = {line["id"]: line.one("a", css_class="permalink").text for line in compared().lines}
    alone = {line["id"]: line.one("a", css_class="permalink").text for line in compared(show="alone").lines}

    assert len(alone) == 1
    assert alone.items() <= whole.items()


@pytest.mark.parametrize(
    ("show", "topics"),
    [
        ("all", ["Garrison", "Prisoners"]),
        ("agree", []),
        ("diverge", ["Garrison"]),
        ("alone", ["Prisoners"]),
        ("gaps", ["Prisoners"]),
    ],
)
def test_rows_can_be_narrowed_down_by_kind(compared: Callable[..., Page], show: str, topics: list[str]) -> None:
    page = compared(show=show)

    assert sorted(line.one("span", css_class="topic").text for line in page.lines) == topics
    chosen = page.one("ul", css_class="kinds").one("a", aria_current="true")
    assert chosen.one("b").text == str(len(topics))


def test_rows_can_be_narrowed_down_by_topic(compared: Callable[..., Page]) -> None:
    page = compared(topic="prisoners")

    assert [line.one("span", css_class="topic").text for line in page.lines] == ["Prisoners"]
    assert "1 of 2 rows are shown. Topic: Prisoners." in page.text
    assert [one["value"] for one in page.all("option", selected="")] == ["", "prisoners"]
    assert page.one("form", css_class="narrow").one("input", name="proposals")["value"] == "council-plan,front-answer"


def test_a_filter_that_leaves_nothing_offers_the_way_back(compared: Callable[..., Page]) -> None:
    page = compared(show="agree", topic="prisoners")

    assert not page.lines
    assert "No row is left." in page.text
    assert page.all("a", href="/compare/?proposals=council-plan,front-answer")


def test_an_unknown_kind_of_rows_is_refused(compared: Callable[..., Page]) -> None:
    page = compared(show="diverging")

    assert page.status == 400
    assert "“diverging” is no kind of rows. There are: all, agree, diverge, alone, gaps." in page.text


def test_the_contents_lead_to_the_groups(compared: Callable[..., Page]) -> None:
    page = compared()

    targets = [link["href"] for link in page.one("nav", css_class="contents").all("a")]
    assert targets == ["#group-security"]
    assert page.all("tbody", id="group-security")


def test_the_topic_of_a_row_leads_to_its_page(compared: Callable[..., Page]) -> None:
    topics = [one for one in compared().all("span", css_class="topic") if one.all("a")]

    assert topics
    for topic in topics:
        assert topic.one("a")["href"].startswith("/topics/")


def test_the_same_comparison_is_one_click_away_as_json(compared: Callable[..., Page], client: Client) -> None:
    page = compared()

    (link,) = page.all("a", type="application/json")
    document = json.loads(client.get(link["href"]).content)
    assert {f"row-{row['id']}" for row in document["rows"]} == {line["id"] for line in page.lines}


def test_a_clause_of_unknown_content_is_mentioned_though_no_row_can_hold_it(read: Read, answer: Proposal) -> None:
    make_clause(answer, text="Point 9, unread so far.", kind="placeholder", modality="", topics=[])

    page = read("/compare/", proposals="council-plan,front-answer")

    assert "Not in the table 2 Point 9, unread so far." in page.one("section", css_class="texts").text
    assert len(page.lines) == 2


def test_a_clause_without_a_topic_has_a_row_too(read: Read, answer: Proposal) -> None:
    make_clause(answer, text="Fishing boats fly white flags.", topics=[])

    page = read("/compare/", proposals="council-plan,front-answer")

    assert page.all("tbody", id="without-a-topic")
    assert "Fishing boats fly white flags." in _line(page, "Without a topic").text


def test_three_texts_say_how_many_of_them_regulate_a_matter(read: Read, answer: Proposal) -> None:
    make_proposal("mediators-note", date=datetime.date(2031, 8, 1), clauses=["The lighthouse burns all night."])

    page = read("/compare/", proposals="council-plan,front-answer,mediators-note")

    assert "2 of 3 texts" in _line(page, "Garrison").text


def test_texts_with_markup_in_them_are_shown_and_not_obeyed(read: Read, answer: Proposal) -> None:
    attack = "<script>alert(1)</script>"
    answer.clauses.update(text=attack, label=attack, note=attack, locator=attack, condition=attack, number=attack[:40])
    Proposal.objects.filter(pk=answer.pk).update(title=attack, short_title=attack)
    Topic.objects.update(name=attack)
    Source.objects.update(title=attack, publisher=attack)
    Party.objects.update(name=attack)

    page = read("/compare/", proposals="council-plan,front-answer")

    assert page.status == 200
    assert not page.all("script")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html


def test_the_page_holds_no_script_and_no_style_of_its_own(compared: Callable[..., Page]) -> None:
    page = compared()

    assert not page.all("script")
    assert not page.all("style")
    assert not [part for part in page.all() if {"style", "onclick", "onload"} & part.attributes.keys()]
    assert "'unsafe-inline'" not in page.response["Content-Security-Policy"]
    assert not page.response.cookies


def test_a_hidden_proposal_does_not_exist_for_readers_and_does_for_staff(
    read: Read, read_as_staff: Read, answer: Proposal
) -> None:
    Proposal.objects.filter(pk=answer.pk).update(stage=Stage.DRAFT)

    for_readers = read("/compare/", proposals="council-plan,front-answer")
    for_staff = read_as_staff("/compare/", proposals="council-plan,front-answer")

    assert for_readers.status == 404
    assert "Front Answer" not in for_readers.text
    assert len(for_staff.lines) == 2
    assert for_staff.response["Cache-Control"] == "private, no-store"


def test_a_comparison_of_any_size_takes_the_same_queries(
    client: Client, answer: Proposal, plan: Proposal, django_assert_max_num_queries: Callable[..., object]
) -> None:
    address = "/compare/?proposals=council-plan,front-answer"
    client.get(address)
    caches["answers"].clear()
    with django_assert_max_num_queries(40) as small:
        client.get(address)

    for order in range(3, 33):
        make_clause(plan, text=f"Quay {order} opens to boats.", topics=["garrison", "prisoners"], order=order)
        make_clause(answer, text=f"Quay {order} stays shut.", topics=["prisoners"], order=order)

    client.get(address)
    caches["answers"].clear()
    with django_assert_max_num_queries(40) as large:
        client.get(address)
    assert len(large) == len(small)
    with django_assert_max_num_queries(1):
        client.get(address)
