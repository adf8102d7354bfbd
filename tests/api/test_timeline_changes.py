"""What changed against the one before, in GET topics/{slug}/timeline/."""

import datetime

import pytest

from proposals.comparison import LOOKED_BACK
from proposals.models import Clause, Stage
from tests.factories import (
    NORTHERN_COUNCIL,
    make_clause,
    make_decision,
    make_party,
    make_person,
    make_position,
    make_process,
    make_proposal,
    make_term,
    make_topic,
)

# One topic shared among several makes no link by itself.
ASIDE = ["pilots", "lights", "harbour-dues", "garrison"]
TIMELINE = "topics/garrison/timeline/"


def day(month, of_month=1):
    return datetime.date(2031, month, of_month)


def cap(slug, value, *, date, text="The garrison of the old harbour has at most {} soldiers.", **fields):
    """A text with one clause, which caps the garrison."""
    clause = make_clause(make_proposal(slug, date=date, **fields), text=text.format(value), topics=["garrison"])
    make_term(clause, value=value)
    return clause


def aside(slug, *, date):
    """A text with one clause that is on the topic too, and says nothing on its strength."""
    return make_clause(make_proposal(slug, date=date), text="Pilots guide ships at night.", topics=ASIDE)


def changes(api, **parameters):
    """What changed in each entry, by its id."""
    answer = api.get(TIMELINE, **parameters)
    assert answer.status == 200, answer.body
    found = {}
    for one in answer.body["results"]:
        # Only the change of its own kind is ever told.
        assert one["position_change" if one["kind"] == "clause" else "clause_change"] is None
        found[one[one["kind"]]["id"]] = one[f"{one['kind']}_change"]
    return found


def against(api, **parameters):
    return {entry: change["against"] if change else None for entry, change in changes(api, **parameters).items()}


@pytest.fixture
def caps(db):
    """A cap of May, an aside of June, a higher cap of July with two words on it, the same cap again in August."""
    cap("may-plan", 500, date=day(5))
    aside("june-note", date=day(6))
    cap("july-plan", 800, date=day(7))
    aside("july-plan-b", date=day(7))
    cap("august-plan", 800, date=day(8))


class TestAClause:
    def test_is_set_against_the_nearest_earlier_one_that_is_linked_to_it(self, api, caps):
        assert against(api) == {
            "may-plan/c01": None,
            "june-note/c01": "may-plan/c01",  # not linked: merely the one before
            "july-plan/c01": "may-plan/c01",  # past the aside
            "july-plan-b/c01": "june-note/c01",
            "august-plan/c01": "july-plan/c01",
        }

    def test_tells_what_changed_with_the_value_of_each_side_the_earlier_first(self, api, caps):
        change = changes(api)["july-plan/c01"]

        assert (change["linked"], change["relation"], change["differs"]) == (True, "conflict", True)
        assert (change["decided_by"], change["order_certain"]) == ("engine", True)
        divergence = change["divergences"][0]
        assert (divergence["kind"], [side["value"] for side in divergence["sides"]]) == ("quantity", [500, 800])
        assert [side["clause"] for side in divergence["sides"]] == ["may-plan/c01", "july-plan/c01"]

    def test_says_of_the_same_in_other_words_that_nothing_differs(self, api, db):
        cap("may-plan", 500, date=day(5))
        cap("june-plan", 500, date=day(6), text="No more than {} soldiers serve in the garrison of the old harbour.")

        change = changes(api)["june-plan/c01"]

        assert (change["against"], change["linked"], change["differs"]) == ("may-plan/c01", True, False)
        assert not [one for one in change["divergences"] if one["asserted"]]

    def test_says_nothing_of_a_change_where_the_one_before_is_on_another_matter(self, api, caps):
        change = changes(api)["june-note/c01"]

        assert (change["linked"], change["differs"], change["divergences"]) == (False, None, [])
        assert (change["relation"], change["wider"], change["score"]) == (None, None, None)
        assert (change["decided_by"], change["stale"]) == (None, False)

    def test_is_set_against_no_other_clause_of_its_own_text(self, api, db):
        clause = cap("may-plan", 500, date=day(5))
        make_clause(clause.proposal, text=clause.text, topics=["garrison"])

        assert against(api) == {"may-plan/c01": None, "may-plan/c02": None}

    def test_is_set_against_no_text_of_another_process(self, api, db):
        islands = make_process("islands")
        cap("may-plan", 500, date=day(5))
        cap("island-plan", 800, date=day(6), process=islands)
        cap("july-plan", 800, date=day(7))
        cap("late-island-plan", 900, date=day(8), process=islands)

        assert against(api) == {
            "may-plan/c01": None,
            "island-plan/c01": None,
            "july-plan/c01": "may-plan/c01",
            "late-island-plan/c01": "island-plan/c01",
        }

    def test_is_looked_for_past_any_number_of_texts_of_other_processes(self, api, db):
        cap("may-plan", 500, date=day(5))
        for number in range(LOOKED_BACK + 1):
            cap(f"island-{number:02}", 500, date=day(6, 1 + number), process=make_process("islands"))
        cap("july-plan", 800, date=day(7))

        assert against(api)["july-plan/c01"] == "may-plan/c01"

    def test_is_set_against_none_of_the_same_date(self, api, db):
        cap("a-plan", 500, date=day(5))
        cap("b-plan", 800, date=day(5))
        cap("c-plan", 800, date=day(6))

        assert against(api) == {"a-plan/c01": None, "b-plan/c01": None, "c-plan/c01": "b-plan/c01"}

    def test_says_where_it_is_not_certain_which_came_first(self, api, db):
        cap("some-time-in-may", 500, date=day(5), date_precision="month")
        cap("on-ten-may", 800, date=day(5, 10))
        cap("on-eleven-may", 700, date=day(5, 11))

        found = changes(api)

        assert found["some-time-in-may/c01"] is None
        assert found["on-ten-may/c01"]["order_certain"] is False
        assert found["on-eleven-may/c01"]["against"] == "on-ten-may/c01"
        assert found["on-eleven-may/c01"]["order_certain"] is True

    def test_is_linked_as_editors_decided(self, api, caps):
        may, note, july = (Clause.objects.get(proposal__slug=slug) for slug in ("may-plan", "june-note", "july-plan"))
        make_decision(may, july, verdict="not_same_matter")
        make_decision(note, may, relation="overlap")
        Clause.objects.filter(pk=note.pk).update(text="Pilots guide ships by day.")

        found = changes(api)

        assert found["july-plan/c01"]["linked"] is False
        assert found["july-plan/c01"]["against"] == "june-note/c01"
        note = found["june-note/c01"]
        assert (note["linked"], note["relation"], note["decided_by"], note["stale"]) == (
            True,
            "overlap",
            "editor",
            True,
        )

    def test_of_unknown_content_is_set_against_nothing_and_nothing_against_it(self, api, db):
        cap("may-plan", 500, date=day(5))
        held = make_proposal("june-plan", date=day(6))
        make_clause(held, text="[to be added]", kind=Clause.Kind.PLACEHOLDER, modality="", topics=["garrison"])
        aside("july-note", date=day(7))

        assert against(api) == {"may-plan/c01": None, "june-plan/c01": None, "july-note/c01": "may-plan/c01"}

    def test_is_looked_for_in_a_bounded_number_of_texts_before_it(self, api, db):
        cap("may-plan", 500, date=day(5))
        for number in range(LOOKED_BACK):
            aside(f"note-{number:02}", date=day(6, 1 + number))
        cap("july-plan", 800, date=day(7))

        found = changes(api)["july-plan/c01"]

        assert (found["linked"], found["against"]) == (False, f"note-{LOOKED_BACK - 1:02}/c01")


@pytest.fixture
def said(db):
    """The envoy of the Council, its speaker and the Front on the garrison, month by month."""
    council, envoy = make_party(NORTHERN_COUNCIL), make_person("envoy")
    speaker = make_person("speaker")
    garrison = {"topic": make_topic("garrison")}
    ours = {"party": council, **garrison}
    make_position("council-may", **ours, person=envoy, date=day(5), stance="rejects", red_line=True)
    make_position("front-may", **garrison, date=day(5, 20), stance="demands")
    july = make_position("council-july", **ours, person=envoy, date=day(7), stance="accepts")
    make_position("council-june", **ours, person=speaker, date=day(6), stance="states", superseded_by=july)
    make_position("council-august", **ours, date=day(8), stance="accepts", proposal=make_proposal("council-plan"))


class TestAPosition:
    def test_is_set_against_the_previous_one_of_its_party_and_of_its_person_where_there_is_one(self, api, said):
        assert against(api) == {
            "council-may": None,
            "front-may": None,
            "council-june": "council-may",  # the speaker's first: the party's before it
            "council-july": "council-may",  # the envoy's own, past the speaker's
            "council-august": "council-july",  # nobody's in particular
        }

    def test_tells_stance_and_red_line_before_and_after(self, api, said):
        assert changes(api)["council-july"] == {
            "against": "council-may",
            "order_certain": True,
            "same_person": True,
            "same_subject": True,
            "stance_before": "rejects",
            "stance_after": "accepts",
            "same_stance": False,
            "red_line_before": True,
            "red_line_after": False,
            "supersedes": False,
        }

    def test_says_where_it_speaks_of_something_else_or_somebody_else_speaks(self, api, said):
        found = changes(api)

        assert (found["council-june"]["same_person"], found["council-june"]["same_subject"]) == (False, True)
        assert (found["council-august"]["same_stance"], found["council-august"]["same_subject"]) == (True, False)

    def test_says_that_it_replaces_the_one_before_only_where_that_is_recorded(self, api, said):
        garrison = make_topic("garrison")
        last = make_position("front-august", topic=garrison, date=day(8))
        make_position("front-july", topic=garrison, date=day(7), superseded_by=last)

        found = changes(api)

        assert (found["front-july"]["against"], found["front-july"]["supersedes"]) == ("front-may", False)
        assert (found["front-august"]["against"], found["front-august"]["supersedes"]) == ("front-july", True)


def test_an_entry_says_the_same_on_every_page_and_however_the_entries_are_narrowed(api, caps, said):
    whole = changes(api)

    paged = {}
    for offset in range(len(whole)):
        paged |= changes(api, limit=1, offset=offset)
    narrowed = [
        {"kind": "clause"},
        {"kind": "position"},
        {"party": "coastal-front"},
        {"proposal": "august-plan"},
        {"date_from": "2031-07-01"},
        {"as_of": "2031-07-31"},
    ]

    assert paged == whole
    for parameters in narrowed:
        found = changes(api, **parameters)
        assert found
        assert found == {entry: whole[entry] for entry in found}


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN])
def test_nothing_is_set_against_what_is_hidden(api, staff_api, db, stage):
    cap("secret-plan", 500, date=day(5), stage=stage)
    cap("july-plan", 800, date=day(7))
    hidden = make_position("secret-word", topic=make_topic("garrison"), date=day(5), stage=stage)
    make_position("word", topic=make_topic("garrison"), date=day(7))

    assert against(api) == {"july-plan/c01": None, "word": None}
    assert against(staff_api)["july-plan/c01"] == "secret-plan/c01"
    assert against(staff_api)["word"] == hidden.slug


def test_a_timeline_tells_the_end_of_a_statement_as_it_was_known(api, said):
    def end(**parameters):
        results = api.get(TIMELINE, kind="position", **parameters).body["results"]
        return {one["position"]["id"]: one["position"]["superseded_by"] for one in results}["council-june"]

    assert end() == "council-july"
    assert end(as_of="2031-07-01") == "council-july"
    assert end(as_of="2031-06-30") is None


@pytest.mark.parametrize("topic", ["army-size", "general-ceasefire"])
def test_the_shipped_timelines_say_of_each_change_what_comparisons_say(api, shipped, topic):
    results = api.get(f"topics/{topic}/timeline/", kind="clause", limit=500).body["results"]

    linked = [one for one in results if one["clause_change"] and one["clause_change"]["linked"]]
    assert len(linked) >= 10
    for one in linked[::4]:
        change = one["clause_change"]
        earlier, later = change["against"], one["clause"]["id"]
        pair = f"{earlier.split('/')[0]},{later.split('/')[0]}"
        rows = api.get("comparisons/", proposals=pair).body["rows"]
        link = next(link for row in rows for link in row["links"] if (link["left"], link["right"]) == (earlier, later))
        assert (change["relation"], change["wider"], change["score"]) == (
            link["relation"],
            link["wider"],
            link["score"],
        )
