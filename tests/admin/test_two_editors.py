"""Two editors on one page: neither overwrites what the other did without having been told."""

import html
import re

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parties.editing import RecordAdmin
from parties.meanwhile.opened import Opened, in_one_form
from proposals.models import Clause, ClauseParty, ClauseTopic, Decision, Position, Proposal, Source, Stage, TopicGroup
from tests.admin.conftest import faults
from tests.admin.one_of_each import make_one_of_each
from tests.factories import (
    COASTAL_FRONT,
    make_clause,
    make_decision,
    make_party,
    make_position,
    make_proposal,
    make_source,
    make_topic,
)

CLASHED = "Nothing was saved: others changed what you changed since you opened this page. Decide above, and save again."
OURS = [model for model, model_admin in admin.site._registry.items() if isinstance(model_admin, RecordAdmin)]


def page(response):
    """The words of a page, one after the other."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def lines(clash):
    """Of each field of a clash: as it was shown, stored and sent, and whether it is to be decided."""
    return {one.label: (one.shown, one.stored, one.sent, bool(one.choice)) for one in clash.fields}


@pytest.fixture
def plan(db):
    return make_proposal(clauses=["It opens.", "It stays open.", "It closes."])


@pytest.fixture
def clause(plan):
    return plan.clauses.get(key="c01")


def in_table(form, key):
    return form.row_of("clauses", key=key)


class TestNothingElseChanged:
    def test_is_saved_and_nothing_is_told(self, editor, clause):
        saved = editor.save(clause, editor.open(clause) | {"label": "New harbour"})

        assert saved.status_code == 302
        assert [message for message in told(saved) if "other changes" in message] == []
        assert Clause.objects.get(pk=clause.pk).label == "New harbour"

    @pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
    def test_a_page_knows_of_each_field_what_a_browser_sends_untouched(self, editor, model):
        record = make_one_of_each(editor.user)[model]
        form = editor.open(record)

        opened = Opened.read(form["_opened"], of=record)

        assert opened.rows[""].fields
        for key, row in opened.rows.items():
            prefix, _, pk = key.rpartition("/")
            place = form.row_of(prefix, id=pk) + "-" if prefix else ""
            for name, values in row.fields.items():
                sent = form.get(place + name, [])
                assert in_one_form(sent if isinstance(sent, list) else [sent]) == values, (key, name)

    def test_costs_one_query_more_to_open(self, editor, clause):
        editor.open(clause)

        with CaptureQueriesContext(connection) as opening:
            editor.open(clause)

        assert [query["sql"] for query in opening if "pg_current_snapshot" in query["sql"]] != []
        assert len(opening) <= 30


class TestOthersChangedSomethingElse:
    def test_another_clause_in_the_table_keeps_both(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)

        other.save(plan, theirs | {in_table(theirs, "c02") + "-text": "It stays open all year."})
        saved = editor.save(plan, mine | {in_table(mine, "c01") + "-text": "It opens at noon."})

        assert faults(saved) == []
        assert list(plan.clauses.in_reading_order().values_list("text", flat=True)) == [
            "It opens at noon.",
            "It stays open all year.",
            "It closes.",
        ]

    def test_a_message_says_who_changed_what_meanwhile(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)

        other.save(plan, theirs | {in_table(theirs, "c02") + "-label": "Harbour at night"})
        saved = editor.save(plan, mine | {"title": "Council Plan of May"})

        (message,) = [message for message in told(saved) if "other changes" in message]
        assert "Otto Coastal" in message
        assert "c02: Harbour at night: label" in message

    def test_the_record_itself_and_its_table(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)

        other.save(plan, theirs | {"summary": "Another summary."})
        saved = editor.save(plan, mine | {in_table(mine, "c01") + "-text": "It opens at noon."})

        assert faults(saved) == []
        stored = Proposal.objects.get()
        assert (stored.summary, stored.clauses.get(key="c01").text) == ("Another summary.", "It opens at noon.")

    def test_a_part_of_a_clause_and_the_clause(self, editor, other, clause):
        mine, theirs = editor.open(clause), other.open(clause)
        theirs.add_row("topic_links", topic=make_topic("prisoners").pk)

        other.save(clause, theirs)
        saved = editor.save(clause, mine | {"text": "It opens at noon."})

        assert faults(saved) == []
        assert Clause.objects.get(pk=clause.pk).text == "It opens at noon."
        assert set(clause.topics.values_list("slug", flat=True)) == {"ceasefire", "prisoners"}

    def test_a_clause_that_is_new_and_one_that_is_gone(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)
        theirs.add_row("clauses", key="c09", number="9", label="New", text="It is new.")

        other.save(plan, theirs | {in_table(theirs, "c03") + "-DELETE": "on"})
        saved = editor.save(plan, mine | {in_table(mine, "c01") + "-text": "It opens at noon."})

        assert faults(saved) == []
        texts = plan.clauses.values_list("key", "text")
        assert dict(texts) == {"c01": "It opens at noon.", "c02": "It stays open.", "c09": "It is new."}

    def test_one_moves_the_clauses_and_one_edits_them(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)

        moved = {in_table(theirs, "c01") + "-order": "2", in_table(theirs, "c02") + "-order": "1"}
        other.save(plan, theirs | moved)
        saved = editor.save(plan, mine | {in_table(mine, "c01") + "-text": "It opens at noon."})

        assert faults(saved) == []
        in_order = plan.clauses.in_reading_order().values_list("key", "text")
        assert list(in_order)[:2] == [("c02", "It stays open."), ("c01", "It opens at noon.")]

    def test_both_typed_the_same(self, editor, other, clause):
        mine, theirs = editor.open(clause), other.open(clause)

        other.save(clause, theirs | {"text": "It opens at noon."})
        saved = editor.save(clause, mine | {"text": "It opens at noon."})

        assert faults(saved) == []

    def test_what_another_one_did_in_a_group_of_topics(self, editor, other):
        make_topic("ceasefire"), make_topic("prisoners")
        group = TopicGroup.objects.get()
        mine, theirs = editor.open(group), other.open(group)

        other.save(group, theirs | {theirs.row_of("topics", slug="prisoners") + "-name": "Captives"})
        saved = editor.save(group, mine | {"name": "Peace and security"})

        assert faults(saved) == []
        assert list(group.topics.order_by("slug").values_list("name", flat=True)) == ["Ceasefire", "Captives"]

    def test_a_fault_of_mine_keeps_what_others_did_in_sight(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)
        other.save(plan, theirs | {in_table(theirs, "c02") + "-text": "It stays open all year."})

        refused = editor.save(plan, mine | {"title": ""})

        assert faults(refused) == ["This field is required."]
        assert "It stays open all year." in refused.content.decode()
        again = type(mine).on(refused)
        assert faults(editor.save(plan, again | {"title": "Plan"})) == []
        assert plan.clauses.get(key="c02").text == "It stays open all year."


class TestBothChangedOneClause:
    @pytest.fixture
    def clashed(self, editor, other, clause):
        mine, theirs = editor.open(clause), other.open(clause)
        other.save(clause, theirs | {"text": "It opens at nine.", "condition": "After the treaty."})
        return editor.save(clause, mine | {"text": "It opens at noon.", "note": "Copies differ."})

    def test_nothing_is_saved_and_the_second_is_told(self, editor, clashed, clause):
        assert faults(clashed) == [CLASHED]
        stored = Clause.objects.get(pk=clause.pk)
        assert (stored.text, stored.note) == ("It opens at nine.", "")

    def test_three_states_are_shown_with_who_and_when(self, clashed):
        (clash,) = clashed.context_data["clashes"]
        assert clash.by.startswith("Otto Coastal, ")
        assert lines(clash) == {
            "Text (paraphrase)": ("It opens.", "It opens at nine.", "It opens at noon.", True),
            "Condition": ("", "After the treaty.", "After the treaty.", False),
            "Note": ("", "", "Copies differ.", False),
        }
        assert "Changed since you opened this page Otto Coastal" in page(clashed)

    def test_what_was_typed_stands_in_the_form(self, editor, clashed):
        form = type(editor.open(Clause.objects.get(key="c01"))).on(clashed)

        assert (form["text"], form["note"], form["condition"]) == (
            "It opens at noon.",
            "Copies differ.",
            "After the treaty.",
        )

    @pytest.mark.parametrize(
        ("kept", "text"), [("theirs", "It opens at nine."), ("mine", "It opens at noon, or at nine.")]
    )
    def test_the_choice_is_saved(self, editor, clashed, clause, kept, text):
        form = type(editor.open(clause)).on(clashed)

        saved = editor.save(clause, form | {"text": "It opens at noon, or at nine.", "_keep::text": kept})

        assert faults(saved) == []
        stored = Clause.objects.get(pk=clause.pk)
        assert (stored.text, stored.note, stored.condition) == (text, "Copies differ.", "After the treaty.")

    def test_saving_again_without_a_choice_asks_again(self, editor, clashed, clause):
        form = type(editor.open(clause)).on(clashed)

        again = editor.save(clause, form)

        assert faults(again) == [CLASHED]
        assert lines(again.context_data["clashes"][0])["Text (paraphrase)"] == (
            "It opens.",
            "It opens at nine.",
            "It opens at noon.",
            True,
        )
        assert Clause.objects.get(pk=clause.pk).text == "It opens at nine."

    def test_a_third_change_asks_again(self, editor, other, clashed, clause):
        form = type(editor.open(clause)).on(clashed)
        other.save(clause, other.open(clause) | {"text": "It opens at ten."})

        again = editor.save(clause, form | {"_keep::text": "mine"})

        assert faults(again) == [CLASHED]
        assert lines(again.context_data["clashes"][0])["Text (paraphrase)"] == (
            "It opens at nine.",
            "It opens at ten.",
            "It opens at noon.",
            True,
        )

    def test_in_other_fields_is_shown_before_it_is_saved(self, editor, other, plan, clause):
        # The table of a proposal does not even show conditions.
        mine, theirs = editor.open(plan), other.open(clause)
        other.save(clause, theirs | {"condition": "After the treaty."})

        clashed = editor.save(plan, mine | {in_table(mine, "c01") + "-text": "It opens at noon."})

        assert faults(clashed) == [CLASHED]
        assert "clause c01: It opens.: condition: After the treaty." in page(clashed)
        saved = editor.save(plan, type(mine).on(clashed))
        assert faults(saved) == []
        stored = Clause.objects.get(pk=clause.pk)
        assert (stored.text, stored.condition) == ("It opens at noon.", "After the treaty.")

    def test_a_stage_that_moved_is_told(self, editor, other, clause):
        Clause.objects.filter(pk=clause.pk).update(stage=Stage.DRAFT)
        mine = editor.open(clause)
        other.act("make_public", clause, confirmed="yes")

        clashed = editor.save(clause, mine | {"text": "It opens at noon."})

        assert faults(clashed) == [CLASHED]
        assert "clause: stage: draft public" in page(clashed)
        assert Clause.objects.get(pk=clause.pk).text == "It opens."

    def test_by_a_program(self, editor, clause):
        mine = editor.open(clause)
        Clause.objects.filter(pk=clause.pk).update(text="It opens at nine.")

        clashed = editor.save(clause, mine | {"text": "It opens at noon."})

        assert clashed.context_data["clashes"][0].by.startswith("a program, ")

    def test_through_the_api(self, editor, clause):
        mine = editor.open(clause)
        address = "/api/v1/proposals/council-plan/clauses/c01/"
        tag = editor.client.get(address).headers["ETag"]
        editor.client.patch(
            address, {"text": "It opens at nine."}, content_type="application/json", headers={"If-Match": tag}
        )

        clashed = editor.save(clause, mine | {"text": "It opens at noon."})

        assert lines(clashed.context_data["clashes"][0])["Text (paraphrase)"][1] == "It opens at nine."


class TestPartsOfOneRow:
    def test_the_same_row(self, editor, other, clause):
        ClauseParty.objects.create(clause=clause, role="obligated", party=make_party())
        mine, theirs = editor.open(clause), other.open(clause)

        other.save(clause, theirs | {"roles-0-role": "guarantor"})
        clashed = editor.save(clause, mine | {"roles-0-party": make_party(COASTAL_FRONT).pk})

        (clash,) = clashed.context_data["clashes"]
        assert clash.heading == "Party obligated · Northern Council (northern-council)"
        assert lines(clash) == {
            "Role": ("obligated", "guarantor", "guarantor", False),
            "Party": (
                "Northern Council (northern-council)",
                "Northern Council (northern-council)",
                "Coastal Front (coastal-front)",
                False,
            ),
        }

    def test_two_rows(self, editor, other, clause):
        first = clause.topic_links.get()
        second = ClauseTopic.objects.create(clause=clause, topic=make_topic("prisoners"), order=2)
        mine, theirs = editor.open(clause), other.open(clause)

        other.save(clause, theirs | {theirs.row_of("topic_links", id=first.pk) + "-topic": make_topic("harbours").pk})
        saved = editor.save(
            clause, mine | {mine.row_of("topic_links", id=second.pk) + "-topic": make_topic("piers").pk}
        )

        assert faults(saved) == []
        assert set(clause.topics.values_list("slug", flat=True)) == {"harbours", "piers"}

    def test_two_who_move_the_same_clauses(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)

        other.save(plan, theirs | {in_table(theirs, "c01") + "-order": "9"})
        moved = {in_table(mine, "c01") + "-order": "2", in_table(mine, "c02") + "-order": "1"}
        clashed = editor.save(plan, mine | moved)

        assert lines(clashed.context_data["clashes"][0]) == {"Order": ("1", "3", "2", True)}
        pk = plan.clauses.get(key="c01").pk
        editor.save(plan, type(mine).on(clashed) | {f"_keep:clauses/{pk}:order": "mine"})
        assert list(plan.clauses.in_reading_order().values_list("key", flat=True)) == ["c02", "c01", "c03"]

    def test_many_are_decided_at_once(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)
        other.save(plan, theirs | {in_table(theirs, key) + "-text": f"Theirs {key}." for key in ("c01", "c02")})
        clashed = editor.save(plan, mine | {in_table(mine, key) + "-text": f"Mine {key}." for key in ("c01", "c02")})
        one = plan.clauses.get(key="c01").pk

        form = type(mine).on(clashed) | {"_keep_all": "theirs", f"_keep:clauses/{one}:text": "mine"}
        saved = editor.save(plan, form)

        assert faults(saved) == []
        assert dict(plan.clauses.values_list("key", "text")) == {
            "c01": "Mine c01.",
            "c02": "Theirs c02.",
            "c03": "It closes.",
        }


class TestRemoving:
    def test_a_clause_that_others_changed_asks_first(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)
        other.save(plan, theirs | {in_table(theirs, "c02") + "-text": "It stays open all year."})

        clashed = editor.save(plan, mine | {in_table(mine, "c02") + "-DELETE": "on"})

        (clash,) = clashed.context_data["clashes"]
        assert clash.removing
        assert lines(clash)["Text (paraphrase)"][:2] == ("It stays open.", "It stays open all year.")
        assert plan.clauses.filter(key="c02").exists()

    @pytest.mark.parametrize(("kept", "stays"), [("theirs", True), ("mine", False)])
    def test_is_done_as_decided(self, editor, other, plan, kept, stays):
        mine = editor.open(plan)
        clause = plan.clauses.get(key="c02")
        theirs = other.open(clause)
        theirs.add_row("topic_links", topic=make_topic("prisoners").pk)
        other.save(clause, theirs)
        clashed = editor.save(plan, mine | {in_table(mine, "c02") + "-DELETE": "on"})

        saved = editor.save(plan, type(mine).on(clashed) | {clashed.context_data["clashes"][0].choice: kept})

        assert faults(saved) == []
        assert plan.clauses.filter(key="c02").exists() is stays

    def test_what_is_gone_already_is_no_matter(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)
        other.save(plan, theirs | {in_table(theirs, "c02") + "-DELETE": "on"})

        saved = editor.save(plan, mine | {in_table(mine, "c02") + "-DELETE": "on"})

        assert faults(saved) == []
        assert not plan.clauses.filter(key="c02").exists()


class TestRowsThatAreGone:
    @pytest.fixture
    def clashed(self, editor, other, plan):
        source = make_source("coast-radio")
        plan.citations.create(source=source, order=2)
        mine, theirs = editor.open(plan), other.open(plan)
        row = "citations-1"
        assert theirs[f"{row}-source"] == str(source.pk)
        other.save(plan, theirs | {f"{row}-DELETE": "on"})
        return editor.save(plan, mine | {f"{row}-source": make_source("pier-post").pk, "title": "Plan of May"})

    def test_are_told_with_all_that_was_typed(self, clashed, plan):
        (clash,) = clashed.context_data["clashes"]
        assert clash.gone
        assert clash.by.startswith("Otto Coastal, ")
        assert lines(clash)["Source"][2].endswith("(pier-post)")
        assert Proposal.objects.get().title == "Council Plan"

    @pytest.mark.parametrize(
        ("kept", "sources"), [("theirs", ["harbour-gazette"]), ("mine", ["harbour-gazette", "pier-post"])]
    )
    def test_stay_gone_or_come_again(self, editor, clashed, plan, kept, sources):
        form = type(editor.open(plan)).on(clashed) | {clashed.context_data["clashes"][0].choice: kept}

        saved = editor.save(plan, form)

        assert faults(saved) == []
        assert Proposal.objects.get().title == "Plan of May"
        assert sorted(plan.citations.values_list("source__slug", flat=True)) == sources

    def test_wait_for_the_choice(self, editor, clashed, plan):
        again = editor.save(plan, type(editor.open(plan)).on(clashed))

        assert faults(again) == [CLASHED]
        assert lines(again.context_data["clashes"][0])["Source"][2].endswith("(pier-post)")

    def test_left_alone_are_dropped(self, editor, other, plan):
        mine, theirs = editor.open(plan), other.open(plan)
        other.save(plan, theirs | {in_table(theirs, "c02") + "-DELETE": "on"})

        saved = editor.save(plan, mine)

        assert faults(saved) == []
        assert plan.clauses.count() == 2


class TestARecordThatIsGone:
    def test_shows_all_that_was_typed(self, editor, other, plan):
        mine = editor.open(plan) | {"summary": "A summary that took an hour.", "kind": "memorandum"}
        mine[in_table(mine, "c02") + "-text"] = "It stays open all year."
        mine.add_row("clauses", key="c09", number="9", label="New", text="It is new.")
        other.delete(plan, other.ask_to_delete(plan))

        answer = editor.save(plan, mine)

        words = page(answer)
        assert "deleted by Otto Coastal, " in words
        for typed in ("A summary that took an hour.", "memorandum", "It stays open all year.", "It is new."):
            assert typed in words
        assert not Proposal.objects.exists()

    def test_that_never_was_is_told_by_django(self, editor, clause):
        form = editor.open(clause)
        clause.pk += 1000

        answer = editor.save(clause, form)

        assert answer.headers["Location"] == "/admin/"


def test_a_page_that_does_not_say_what_it_showed_asks_about_each_difference(editor, clause):
    form = editor.open(clause) | {"text": "It opens at noon."}
    del form["_opened"]

    clashed = editor.save(clause, form)

    assert faults(clashed) == [CLASHED]
    assert lines(clashed.context_data["clashes"][0]) == {
        "Text (paraphrase)": ("not known", "It opens.", "It opens at noon.", True)
    }
    assert faults(editor.save(clause, type(form).on(clashed) | {"_keep::text": "mine"})) == []
    assert Clause.objects.get(pk=clause.pk).text == "It opens at noon."


@pytest.mark.parametrize("token", ["", "nonsense", "eyJyZWNvcmQiOiJ4In0:1vMabc:sig", "\0"])
def test_a_forged_page_is_taken_for_one_that_says_nothing(editor, clause, token):
    saved = editor.save(clause, editor.open(clause) | {"_opened": token, "text": "It opens at noon."})

    assert faults(saved) == [CLASHED]


def test_the_page_of_another_record_is_taken_for_one_that_says_nothing(editor, plan, clause):
    another = editor.open(plan.clauses.get(key="c02"))["_opened"]

    saved = editor.save(clause, editor.open(clause) | {"_opened": another, "text": "It opens at noon."})

    assert faults(saved) == [CLASHED]


def test_a_verdict_rests_on_the_texts_that_were_read(editor, other, clause):
    answer = make_clause(make_proposal("front-answer"))
    decision = make_decision(clause, answer)
    mine = editor.open(decision)
    other.save(answer, other.open(answer) | {"text": "It never opens."})

    clashed = editor.save(decision, mine | {"relation": "conflict"})

    assert faults(clashed) == [CLASHED]
    assert Decision.objects.get().relation == ""
    assert "It never opens." in page(clashed)
    assert faults(editor.save(decision, type(mine).on(clashed))) == []
    assert Decision.objects.get().relation == "conflict"


def test_two_who_add_the_same_key_are_told(editor, other, plan):
    mine, theirs = editor.open(plan), other.open(plan)
    for form, text in ((mine, "Mine."), (theirs, "Theirs.")):
        form.add_row("clauses", key="c09", number="9", label="New", text=text)

    other.save(plan, theirs)
    refused = editor.save(plan, mine)

    assert "This key is in use in the proposal." in faults(refused)
    assert plan.clauses.get(key="c09").text == "Theirs."
    assert "Mine." in refused.content.decode()


class TestDeleting:
    def test_what_changed_since_it_was_asked_is_asked_again(self, editor, other, clause):
        asked = editor.ask_to_delete(clause)
        other.save(clause, other.open(clause) | {"text": "It opens at noon."})

        again = editor.delete(clause, asked)

        assert "Nothing was deleted: it has changed since this page was opened." in page(again)
        assert Clause.objects.filter(pk=clause.pk).exists()
        editor.delete(clause, type(asked).on(again))
        assert not Clause.objects.filter(pk=clause.pk).exists()

    def test_what_would_go_along_is_asked_again(self, editor, clause):
        asked = editor.ask_to_delete(clause)
        make_decision(clause, make_clause(make_proposal("front-answer")))

        again = editor.delete(clause, asked)

        assert "Nothing was deleted" in page(again)
        assert Decision.objects.exists()

    def test_several_from_the_list(self, editor, other):
        records = [make_position(f"p{number}") for number in range(3)]
        asked = editor.act("delete_selected", *records)
        form = type(editor.open(records[0])).on(asked)
        chosen = {"_selected_action": [record.pk for record in records]}
        other.save(records[1], other.open(records[1]) | {"statement": "It opens."})

        again = editor.client.post("/admin/proposals/position/", form | chosen)

        assert "Nothing was deleted" in page(again)
        assert Position.objects.count() == 3
        editor.client.post("/admin/proposals/position/", type(form).on(again) | chosen)
        assert not Position.objects.exists()

    def test_what_stays_as_it_was_asked_goes(self, editor):
        source = make_source()

        editor.delete(source, editor.ask_to_delete(source))

        assert not Source.objects.exists()

    def test_a_confirmation_that_says_nothing_is_asked_again(self, editor):
        source = make_source()

        again = editor.client.post(f"/admin/proposals/source/{source.pk}/delete/", {"post": "yes"})

        assert "Nothing was deleted" in page(again)
        assert Source.objects.exists()
