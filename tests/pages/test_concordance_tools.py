"""What a reader does with a concordance: choose, narrow down, freeze and cite, and paste a text of one's own."""

import datetime
import gzip

import pytest
from django.test import Client

from proposals.models import Proposal, Snapshot, Stage
from tests.factories import COASTAL_FRONT, make_clause, make_proposal, make_term
from tests.pages.conftest import Read
from tests.pages.reading import Page

GARRISON = "The garrison of the old harbour has at most {} soldiers."
BOTH = "council-plan,front-answer"
EIGHT = (
    "istanbul-communique-2022,eu-ua-counter-2025-04,ukraine-memorandum-2025-06,russia-memorandum-2025-06,"
    "us-28-point-2025-11,e3-counter-2025-11,europe-24-point-2025-11,framework-20-point-2025-12"
)


@pytest.fixture
def two(db: None) -> Proposal:
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 9), proposers=[COASTAL_FRONT])
    for proposal, figure in ((plan, 500), (answer, 900)):
        make_term(make_clause(proposal, text=GARRISON.format(figure), topics=["garrison"]), value=figure)
    make_clause(plan, text="All prisoners go home.", topics=["prisoners"], order=2)
    make_clause(answer, text="All prisoners go home.", topics=["prisoners"], order=2)
    return answer


def test_figures_that_differ_are_marked_in_the_texts(read: Read, two: Proposal) -> None:
    page = read("/compare/", proposals=BOTH, show="diverge")

    marks = [mark.text for line in page.lines for mark in line.all("mark", css_class="is-figure")]
    assert marks == ["500", "900"]


def test_rows_that_agree_are_folded_until_they_are_asked_for(read: Read, two: Proposal) -> None:
    assert len(read("/compare/", proposals=BOTH).all("tbody", css_class="folded")) == 1
    assert not read("/compare/", proposals=BOTH, show="agree").all("tbody", css_class="folded")


def test_a_row_can_be_read_alone(read: Read, two: Proposal) -> None:
    row = read("/compare/", proposals=BOTH).lines[0]["id"].removeprefix("row-")

    page = read("/compare/", proposals=BOTH, row=row)

    assert [line["id"] for line in page.lines] == [f"row-{row}"]
    assert page.lines[0].all("ul", css_class="reasons")


def test_filters_add_up_and_can_be_taken_back_one_by_one(read: Read, two: Proposal) -> None:
    page = read("/compare/", proposals=BOTH, show="agree", topic="prisoners", group="security")

    assert "1 of 2 rows are shown." in page.text
    removals = [part.one("a")["href"] for part in page.all("span", css_class="set")]
    assert f"/compare/?proposals={BOTH}&show=agree&group=security#concordance" in removals
    assert len(removals) == 3


@pytest.mark.parametrize("name", ["show", "topic", "group", "party", "row"])
@pytest.mark.parametrize("value", ["nowhere", "a\0b", "9" * 4000, "<b>"])
def test_an_unknown_filter_is_refused_by_name(read: Read, two: Proposal, name: str, value: str) -> None:
    page = read("/compare/", proposals=BOTH, **{name: value})

    assert page.status == 400
    assert not page.all("b")


def test_the_chooser_finds_words_and_keeps_what_is_ticked(read: Read, two: Proposal) -> None:
    page = read("/compare/", proposals="council-plan", q="front 2031")

    ticks = {box["value"]: "checked" in box.attributes for box in page.all("input", type="checkbox")}
    assert ticks == {"council-plan": True, "front-answer": False}


def test_a_search_is_sent_with_the_ticks_and_a_comparison_is_not_under_the_words_of_a_search(
    read: Read, two: Proposal
) -> None:
    page = read("/compare/", proposals="council-plan", q="front")

    (form,) = [form for form in page.all("form") if form.all("input", type="checkbox")]
    assert form.one("input", type="search")["value"] == "front"
    assert [button.text for button in form.all("button")] == [
        "Search",
        "Show all",
        "Compare the ticked proposals",
        "Compare a text of your own with them",
    ]
    sent = read("/compare/", proposals=["council-plan", "front-answer"], q="front", compare="ticked")
    assert sent.response.headers["Location"] == f"/compare/?proposals={BOTH}"


@pytest.mark.parametrize("search", ["nothing-like-it", "a\0", "x" * 5000, "<b>"])
def test_a_search_without_a_find_says_so(read: Read, two: Proposal, search: str) -> None:
    page = read("/compare/", q=search)

    assert page.status == 200
    assert not page.all("input", type="checkbox")


def test_a_comparison_is_frozen_without_a_cookie_and_read_under_its_own_address(client: Client, two: Proposal) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/compare/freeze/", {"proposals": BOTH})
    snapshot = Snapshot.objects.get()
    page = Page(client.get(answer.headers["Location"]))

    assert answer.status_code == 303
    assert not answer.cookies
    assert answer.headers["Location"] == f"/snapshots/{snapshot.digest}/"
    assert f"snapshot {snapshot.digest[:12]}. http://testserver/snapshots/{snapshot.digest}/" in page.text
    assert len(page.lines) == 2
    # What is not frozen is one click further, under the comparison as it is now.
    assert not [link for link in page.all("a") if "readings" in link.attributes.get("href", "")]
    assert len(Page(client.get(answer.headers["Location"], {"show": "diverge"})).lines) == 1


def test_what_was_withdrawn_since_is_no_longer_on_the_page_of_a_snapshot(client: Client, two: Proposal) -> None:
    address = client.post("/compare/freeze/", {"proposals": BOTH}).headers["Location"]
    two.clauses.filter(key="c01").update(stage=Stage.DRAFT)

    page = Page(client.get(address))

    assert "900" not in page.text
    assert "Withdrawn since" in page.text


@pytest.mark.parametrize(
    ("asked", "status"), [("", 400), ("council-plan", 400), ("council-plan,nowhere", 404), ("council-plan,a\0b", 404)]
)
def test_what_cannot_be_compared_is_not_frozen(client: Client, two: Proposal, asked: str, status: int) -> None:
    assert client.post("/compare/freeze/", {"proposals": asked}).status_code == status
    assert not Snapshot.objects.exists()


def test_a_hidden_proposal_is_frozen_for_nobody(client: Client, two: Proposal) -> None:
    Proposal.objects.filter(pk=two.pk).update(stage=Stage.DRAFT)

    assert client.post("/compare/freeze/", {"proposals": BOTH}).status_code == 404


@pytest.mark.parametrize("digest", ["nowhere", "a%00b", "0" * 64])
def test_there_is_no_page_of_a_snapshot_that_was_not_made(client: Client, db: None, digest: str) -> None:
    assert client.get(f"/snapshots/{digest}/").status_code == 404


def test_a_pasted_text_is_compared_and_kept_nowhere(two: Proposal) -> None:
    strict = Client(enforce_csrf_checks=True)
    text = "1. " + GARRISON.format(700) + "\n2. <script>alert(1)</script> stays shut."

    response = strict.post("/compare/text/", {"title": "A <b>leak</b>", "text": text, "proposals": ["council-plan"]})
    page = Page(response)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "“A <b>leak</b>” is a pasted text." in response.content.decode().replace("&lt;", "<").replace("&gt;", ">")
    assert not page.all("script")
    assert not [link for link in page.all("a") if "/proposals/draft" in link.attributes.get("href", "")]
    assert "700" in page.text
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " ", "proposals": ["council-plan"]}, "There is no text."),
        ({"text": "a\0b", "proposals": ["council-plan"]}, "zero byte"),
        ({"text": "x" * 1_000_001, "proposals": ["council-plan"]}, "too long"),
        ({"text": "The gate opens."}, "0 are ticked"),
        ({"text": "The gate opens.", "proposals": [f"p{n}" for n in range(8)]}, "8 are ticked"),
        ({"text": "The gate opens.", "proposals": ["nowhere"]}, "nowhere"),
        ({"text": "The gate opens.", "title": "t" * 201, "proposals": ["council-plan"]}, "shorter title"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_text_is_kept(
    client: Client, two: Proposal, sent: dict[str, object], said: str
) -> None:
    page = Page(client.post("/compare/text/", sent))

    assert page.status == 400
    assert any(said in part.text for part in page.all("p", css_class="fault"))
    assert "The gate opens." not in str(sent["text"]) or page.one("textarea").text == "The gate opens."


@pytest.mark.parametrize(("address", "rate"), [("/compare/freeze/", "snapshots"), ("/compare/text/", "drafts")])
def test_who_asks_too_often_is_told_when_to_go_on(
    client: Client, two: Proposal, monkeypatch: pytest.MonkeyPatch, address: str, rate: str
) -> None:
    monkeypatch.setattr("config.throttling.ScopeThrottle.THROTTLE_RATES", {rate: "1/min"})
    sent = {"proposals": BOTH, "text": "The gate opens."}
    client.post(address, sent)

    refused = client.post(address, sent)

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_eight_proposals_weigh_no_more_than_a_page_may(client: Client, shipped: None) -> None:
    page = client.get("/compare/", {"proposals": EIGHT})

    assert len(gzip.compress(page.content)) <= 150_000
