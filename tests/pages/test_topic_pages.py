"""A topic through time: the list of topics, the timeline of one, and what its filters refuse."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.models import Clause, Dispute, DisputeAbout, DisputeClaim, Proposal, Stage
from proposals.pages.topics import earlier
from tests.factories import (
    COASTAL_FRONT,
    NORTHERN_COUNCIL,
    make_clause,
    make_decision,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)
from tests.pages.conftest import Read
from tests.pages.reading import Page, Part

ADDRESS = "/topics/garrison/"


def day(month: int, of_month: int = 1) -> datetime.date:
    return datetime.date(2031, month, of_month)


def cap(slug: str, value: int, **fields) -> Clause:
    """A text with one clause, which caps the garrison."""
    text = f"The garrison of the old harbour has at most {value} soldiers."
    proposal = make_proposal(slug, **fields)
    clause = make_clause(proposal, text=text, topics=["garrison"], label=f"Cap of {value}")
    make_term(clause, value=value)
    return clause


def aside(slug: str, **fields) -> Clause:
    """A text with one clause that is on the topic too, and says nothing on its strength."""
    topics = ["pilots", "lights", "harbour-dues", "garrison"]
    return make_clause(make_proposal(slug, **fields), text="Pilots guide ships at night.", topics=topics)


@pytest.fixture
def talks(db) -> None:
    """A cap in May, an aside in June, a higher cap in July, and what the Front said before and after."""
    cap("may-plan", 500, date=day(5))
    aside("june-note", date=day(6), proposers=[COASTAL_FRONT])
    cap("july-plan", 800, date=day(7), proposers=[COASTAL_FRONT])
    topic = make_topic("garrison")
    make_position("front-early", topic=topic, date=day(4), stance="rejects", red_line=True)
    make_position("front-late", topic=topic, date=day(8), stance="accepts", statement="The Front takes the cap.")


def entries(page: Page) -> list[Part]:
    return page.all("li", css_class="entry")


def ids(page: Page) -> list[str]:
    return [one["id"] for one in entries(page)]


def change(page: Page, entry: str) -> str:
    # A semicolon may follow a tag.
    return page.one("li", id=entry).one("div", css_class="change").text.replace(" ;", ";")


class TestTheListOfTopics:
    def test_says_how_much_is_recorded_on_each_and_from_when_to_when(self, read: Read, talks: None) -> None:
        page = read("/topics/")

        (row,) = [row for row in page.all("tr") if row.all("a", href=ADDRESS)]
        assert [cell.text for cell in row.all("td")] == ["3", "3", "2", "1 April 2031", "1 August 2031"]
        assert "Figures: garrison strength" in row.one("th").text
        assert page.one("link", type="application/json")["href"] == "/api/v1/topics/"

    def test_names_those_that_nobody_speaks_of_yet(self, read: Read, talks: None) -> None:
        make_topic("amnesty")

        (row,) = [row for row in read("/topics/").all("tr") if "Amnesty" in row.text]

        assert [cell.text for cell in row.all("td")] == ["0", "0", "0", "nothing recorded"]

    def test_counts_nothing_hidden(self, read: Read, read_as_staff: Read, talks: None) -> None:
        cap("secret-plan", 900, date=day(12), stage=Stage.DRAFT)

        def told(page: Page) -> list[str]:
            (row,) = [row for row in page.all("tr") if row.all("a", href=ADDRESS)]
            return [cell.text for cell in row.all("td")]

        assert told(read("/topics/")) == ["3", "3", "2", "1 April 2031", "1 August 2031"]
        assert told(read_as_staff("/topics/")) == ["4", "4", "2", "1 April 2031", "1 December 2031"]

    def test_takes_as_many_queries_for_thirty_texts_as_for_three(self, client: Client, talks: None) -> None:
        few = _queries(client, "/topics/")
        for number in range(27):
            cap(f"plan-{number}", number + 1, date=day(9))

        assert _queries(client, "/topics/") == few <= 8


class TestTheTimeline:
    def test_stands_newest_first_unless_asked_otherwise(self, read: Read, talks: None) -> None:
        newest = ["position-front-late", "july-plan-c01", "june-note-c01", "may-plan-c01", "position-front-early"]

        assert ids(read(ADDRESS)) == newest
        assert ids(read(ADDRESS, order="oldest")) == newest[::-1]

    def test_keeps_the_clauses_of_one_text_in_their_order(self, read: Read, db: None) -> None:
        make_proposal("plan", clauses=[])
        for text in ("First.", "Second."):
            make_clause(Proposal.objects.get(), text=text, topics=["garrison"])

        assert ids(read(ADDRESS)) == ids(read(ADDRESS, order="oldest")) == ["plan-c01", "plan-c02"]

    def test_shows_each_entry_with_its_words_its_wording_and_its_sources(self, read: Read, talks: None) -> None:
        page = read(ADDRESS)

        clause, position = page.one("li", id="july-plan-c01"), page.one("li", id="position-front-late")
        assert "by Coastal Front" in clause.text
        assert clause.one("p", css_class="wording").text == "The garrison of the old harbour has at most 800 soldiers."
        assert "Garrison strength: at most 800 persons" in clause.text
        assert clause.one("details").text.startswith("paraphrase")
        assert "The text in full, Harbour Gazette" in clause.text
        assert "/proposals/july-plan/clauses/c01/" in [link["href"] for link in clause.all("a")]
        assert "Coastal Front accepts" in position.text
        assert position.one("details").text.startswith("paraphrase")
        assert "/sources/harbour-gazette/" in [link["href"] for link in position.all("a")]

    def test_has_no_more_precise_dates_than_are_known(self, read: Read, db: None) -> None:
        cap("may-plan", 500, date=day(5), date_precision="month")
        cap("june-plan", 500, date=day(6), date_text="early June 2031")

        times = [(one.text, one["datetime"]) for one in read(ADDRESS).one("section", css_class="timeline").all("time")]

        assert ("May 2031", "2031-05") in times
        assert ("early June 2031", "2031-06-01") in times

    def test_is_narrowed_by_kind_party_process_and_dates(self, read: Read, talks: None) -> None:
        assert ids(read(ADDRESS, kind="position")) == ["position-front-late", "position-front-early"]
        assert ids(read(ADDRESS, party=NORTHERN_COUNCIL)) == ["may-plan-c01"]
        assert ids(read(ADDRESS, party=COASTAL_FRONT, kind="clause")) == ["july-plan-c01", "june-note-c01"]
        assert ids(read(ADDRESS, date_from="2031-07-15")) == ["position-front-late"]
        assert ids(read(ADDRESS, date_to="2031-04-30")) == ["position-front-early"]
        assert ids(read(ADDRESS, as_of="2031-05-31")) == ["may-plan-c01", "position-front-early"]

    def test_says_that_a_process_leaves_out_positions_without_a_text(self, read: Read, talks: None) -> None:
        cap("island-plan", 3, date=day(9), process=make_process("islands", name="Islands"))

        page = read(ADDRESS, process="islands")

        assert ids(page) == ["island-plan-c01"]
        assert "belongs to no process, so it is left out" in page.text
        assert "belongs to no process" not in read(ADDRESS).text

    def test_keeps_what_is_asked_in_its_form_and_in_one_address(self, read: Read, talks: None) -> None:
        page = read(ADDRESS, order="newest", party=COASTAL_FRONT, date_from="2031-05-01", kind="")

        assert page.one("select", id="party").one("option", selected="")["value"] == COASTAL_FRONT
        assert page.one("input", id="date_from")["value"] == "2031-05-01"
        canonical = page.one("link", rel="canonical")["href"]
        assert canonical == "http://testserver/topics/garrison/?party=coastal-front&date_from=2031-05-01"
        document = page.one("link", type="application/json")["href"]
        assert document == "/api/v1/topics/garrison/timeline/?party=coastal-front&date_from=2031-05-01"

    def test_is_cut_into_pages_with_addresses(self, read: Read, talks: None, monkeypatch) -> None:
        monkeypatch.setattr("proposals.pages.topics.asked.PER_PAGE", 2)
        monkeypatch.setattr(earlier, "PER_PAGE", 2)

        first, last = read(ADDRESS), read(ADDRESS, page="3")

        assert ids(first) == ["position-front-late", "july-plan-c01"]
        assert ids(last) == ["position-front-early"]
        assert first.one("a", rel="next")["href"] == "/topics/garrison/?page=2#timeline"
        assert last.one("a", rel="prev")["href"] == "/topics/garrison/?page=2#timeline"
        # The earlier statement stands on the last page.
        said = first.one("li", id="position-front-late").one("div", css_class="change")
        assert said.one("a")["href"] == "/topics/garrison/?page=3#position-front-early"

    def test_that_is_empty_says_so(self, read: Read, talks: None) -> None:
        make_topic("amnesty")

        assert "Nothing on this topic is recorded yet." in read("/topics/amnesty/").text
        assert "Nothing on this topic answers to that." in read(ADDRESS, date_from="2040-01-01").text


class TestWhatChanged:
    def test_is_told_with_both_values_and_ways_to_both(self, read: Read, talks: None) -> None:
        page = read(ADDRESS)

        told = page.one("li", id="july-plan-c01").one("div", css_class="change-changed")
        said = change(page, "july-plan-c01")
        assert said.startswith("Changed from May Plan: 1 Cap of 500 (1 May 2031); the two conflict.")
        assert said.endswith("Figure before at most 500 persons here at most 800 persons")
        assert [link["href"] for link in told.all("a")] == [
            "/proposals/may-plan/clauses/c01/",
            "/compare/?proposals=may-plan,july-plan&topic=garrison#concordance",
        ]

    def test_is_not_claimed_where_the_order_is_not_certain(self, read: Read, db: None) -> None:
        cap("may-plan", 500, date=day(5), date_precision="month")
        cap("mid-may-plan", 800, date=day(5, 15))

        told = change(read(ADDRESS), "mid-may-plan-c01")

        assert told.startswith("Differs from May Plan: 1 Cap of 500 (May 2031)")
        assert "which of the two came first is not certain" in told
        assert "there at most 500 persons here at most 800 persons" in told
        assert "Changed" not in told
        assert "before" not in told

    def test_is_not_claimed_of_clauses_that_are_not_lined_up(self, read: Read, talks: None) -> None:
        told = change(read(ADDRESS), "june-note-c01")

        assert told.startswith("Not lined up with an earlier clause; directly before it stands May Plan: 1 Cap of 500")
        assert "Changed" not in told
        assert "iffers" not in told

    def test_is_nothing_where_nothing_is_earlier(self, read: Read, talks: None) -> None:
        page = read(ADDRESS)

        assert change(page, "may-plan-c01") == "Nothing earlier on it is recorded in its process."
        assert change(page, "position-front-early") == "Nothing earlier that it said on the topic is recorded."

    def test_is_told_of_no_text_of_another_process(self, read: Read, talks: None) -> None:
        cap("island-plan", 800, date=day(9), process=make_process("islands", name="Islands"))

        assert change(read(ADDRESS), "island-plan-c01") == "Nothing earlier on it is recorded in its process."

    def test_is_said_to_be_nothing_where_two_clauses_say_the_same(self, read: Read, db: None) -> None:
        cap("may-plan", 500, date=day(5))
        cap("june-plan", 500, date=day(6))

        assert change(read(ADDRESS), "june-plan-c01").startswith("Says the same as May Plan: 1 Cap of 500 (1 May 2031)")

    def test_names_an_editor_who_lined_two_clauses_up(self, read: Read, talks: None) -> None:
        left, right = (Clause.objects.get(proposal__slug=slug) for slug in ("may-plan", "july-plan"))
        make_decision(left, right)

        assert "lined up by an editor" in change(read(ADDRESS), "july-plan-c01")

    def test_is_not_told_of_a_clause_whose_content_is_not_known(self, read: Read, talks: None) -> None:
        plan = make_proposal("late-plan", date=day(12))
        make_clause(plan, kind="placeholder", modality="", text="Not public.", topics=["garrison"])

        assert not read(ADDRESS).one("li", id="late-plan-c01").all("div", css_class="change")

    def test_of_a_position_names_the_stance_before_and_the_red_line(self, read: Read, talks: None) -> None:
        told = change(read(ADDRESS), "position-front-late")

        assert told == ("Another stance than before (“rejects”): 1 April 2031; called a red line then, and not here.")

    def test_of_a_position_says_when_another_person_spoke_before(self, read: Read, talks: None) -> None:
        speaker = make_person("front-speaker", party=make_party(COASTAL_FRONT))
        make_position("front-again", topic=make_topic("garrison"), date=day(9), stance="accepts", person=speaker)

        assert change(read(ADDRESS), "position-front-again") == (
            "The same stance as on 1 August 2031; said then by somebody else, or by nobody named."
        )

    def test_of_a_position_on_something_else_is_no_change_of_mind(self, read: Read, talks: None) -> None:
        plan = Proposal.objects.get(slug="may-plan")
        make_position("front-on-plan", topic=make_topic("garrison"), proposal=plan, date=day(9), stance="rejects")

        told = change(read(ADDRESS), "position-front-on-plan")

        assert told.startswith("Before, on something else (“accepts”): 1 August 2031")
        assert "Another stance" not in told


class TestWhoMayKnow:
    def test_nothing_hidden_is_shown_named_or_counted(self, read: Read, read_as_staff: Read, talks: None) -> None:
        secret = cap("secret-plan", 900, date=day(6, 15), stage=Stage.DRAFT, proposers=["secret-party"])
        make_position("secret-position", topic=make_topic("garrison"), party=make_party("shadow"), stage=Stage.DRAFT)
        dispute = Dispute.objects.create(slug="d01", subject="A hidden quarrel")
        dispute.topics.add(make_topic("garrison"))
        DisputeAbout.objects.create(dispute=dispute, clause=secret)
        DisputeClaim.objects.create(dispute=dispute, value="900", source=make_source(), order=1)

        page, preview = read(ADDRESS), read_as_staff(ADDRESS)

        for word in ("ecret", "hadow", "hidden quarrel", "900"):
            assert word not in page.html
            assert word in preview.html
        assert "secret-plan" not in read(ADDRESS, party="secret-party").html.replace("secret-party", "")
        assert read(ADDRESS, party="secret-party").status == 400
        assert "Changed from May Plan" in change(page, "july-plan-c01")
        assert preview.response.headers["Cache-Control"] == "private, no-store"

    def test_markup_in_a_record_is_shown_and_not_obeyed(self, read: Read, db: None) -> None:
        make_topic("garrison", name="<script>alert(1)</script>", definition="<b>bold</b>")
        clause = cap("plan", 500, short_title="<img src=x onerror=alert(2)>", title="x")
        clause.label = "<i>label</i>"
        clause.save()
        cap("late-plan", 700, date=day(9))

        for address in (ADDRESS, "/topics/"):
            page = read(address)
            assert not page.all("script")
            assert not page.all("img")
            assert not page.all("i")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"kind": "speech"}, "“speech” is no kind of entry. There are: clause, position."),
            ({"party": "nobody"}, "“nobody” is no party that speaks or proposes on this topic. There are: "),
            # there, but not on this topic
            ({"party": "mediator"}, "“mediator” is no party"),
            ({"process": "nowhere"}, "“nowhere” is no process with clauses on this topic. There are: northern-coast."),
            ({"measure": "cannons"}, "“cannons” is no measure of this topic. There are: garrison_strength."),
            ({"measure": "\0"}, "“�” is no measure"),
            ({"order": "random"}, "“random” is no order. There are: newest, oldest."),
            ({"date_from": "June"}, "“June” is no day, for date_from. Write it like 2031-05-01."),
            ({"date_to": "2031-02-30"}, "“2031-02-30” is no day, for date_to."),
            ({"as_of": "20310501"}, "“20310501” is no day, for as_of."),
            ({"as_of": "0000-01-01"}, "“0000-01-01” is no day"),
            ({"page": "2"}, "There is no page “2”; there are 1 to 1."),
            ({"page": "0"}, "There is no page “0”"),
            ({"page": "-1"}, "There is no page “-1”"),
            ({"page": "²"}, "There is no page “²”"),
            ({"page": "9" * 5000}, "There is no page “999"),
            ({"party": "\0"}, "“�” is no party"),
            ({"date_from": "\0"}, "“�” is no day"),
            ({"kind": "x" * 5000}, "is no kind of entry"),
        ],
    )
    def test_what_is_not_there_is_refused_by_name(self, read: Read, talks: None, asked: dict, said: str) -> None:
        make_party("mediator")

        page = read(ADDRESS, **asked)

        assert page.status == 400
        assert said in page.one("ul", css_class="faults").text
        assert len(page.html) < 10_000
        assert page.one("meta", name="robots")["content"] == "noindex"

    def test_of_a_repeated_parameter_the_last_counts(self, read: Read, talks: None) -> None:
        assert len(ids(read(f"{ADDRESS}?kind=clause&kind=position"))) == 2

    @pytest.mark.parametrize("address", ["/topics/nothing/", "/topics/nothing/figures.svg"])
    def test_a_topic_that_is_not_there_is_not_found(self, read: Read, db: None, address: str) -> None:
        assert read(address).status == 404


class TestWhatItCosts:
    def test_a_timeline_takes_as_many_queries_for_thirty_entries_as_for_three(
        self, client: Client, talks: None
    ) -> None:
        few = _queries(client, ADDRESS)
        for number in range(14):
            clause = cap(f"plan-{number}", 600 + number, date=day(9, number + 1))
            make_position(
                f"said-{number}",
                topic=make_topic("garrison"),
                date=day(10, number + 1),
                clause=clause,
                proposal=clause.proposal,
            )

        # One more names the texts that positions speak of.
        assert _queries(client, ADDRESS) <= few + 1 <= 45

    def test_it_is_answered_under_a_tag_that_moves_with_a_clause(self, client: Client, talks: None) -> None:
        for address in (ADDRESS, "/topics/", f"{ADDRESS}figures.svg"):
            tag = client.get(address).headers["ETag"]
            assert client.get(address, headers={"if-none-match": tag}).status_code == 304
            cap(f"plan-{len(address)}", 700, date=day(9))
            assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_the_site_map_names_topics_with_a_public_clause(client: Client, talks: None) -> None:
    make_topic("amnesty")
    cap("secret-plan", 900, stage=Stage.DRAFT).topic_links.update(topic=make_topic("secret-matter"))

    found = client.get("/sitemap.xml").content.decode()

    assert "<loc>http://testserver/topics/</loc>" in found
    assert "<loc>http://testserver/topics/garrison/</loc>" in found
    assert "amnesty" not in found
    assert "secret-matter" not in found


def test_the_map_of_coverage_leads_to_each_topic(read: Read, talks: None) -> None:
    assert read("/coverage/").one("th", id="topic-garrison").one("a")["href"] == ADDRESS


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
