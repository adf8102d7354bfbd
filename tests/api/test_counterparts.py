"""GET proposals/{slug}/clauses/{key}/counterparts/."""

import datetime
import importlib
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Clause, Silence, Stage
from tests.factories import make_clause, make_decision, make_process, make_proposal, make_term, make_topic

GARRISON = "proposals/council-plan/clauses/c01/counterparts/"
CAP = "The garrison of the old harbour has at most 500 soldiers."


def day(month):
    return datetime.date(2031, month, 1)


@pytest.fixture
def plans(db):
    """The Council's cap on the garrison of May; what four later texts say of it, and how each leaves it out."""
    capped = make_clause(make_proposal("council-plan"), text=CAP, topics=["garrison"])
    make_term(capped, value=500)
    answer = make_proposal("front-answer", date=day(6), proposers=["coastal-front"])
    make_clause(answer, text="Fishing boats are given licences again.", topics=["fishing"])
    higher = make_clause(answer, text="The garrison of the old harbour has at most 800 soldiers.", topics=["garrison"])
    make_term(higher, value=800)
    make_clause(make_proposal("fishing-rules", date=day(7)), text="Nets have wide meshes.", topics=["fishing"])
    half = make_proposal("half-known", date=day(8), clauses_complete="partly", process=make_process("southern-coast"))
    make_clause(half, text="Pilots guide ships.", topics=["pilots"])
    quiet = make_proposal("quiet-note", date=day(9))
    make_clause(quiet, text="Lights are lit at dusk.", topics=["lights"])
    Silence.objects.create(
        proposal=quiet,
        topic=make_topic("garrison"),
        reason="No soldier is named.",
        checked_by="two readers",
        checked_on=day(10),
    )
    struck = make_proposal("struck-draft", date=day(10))
    make_clause(
        struck, text="The cap is struck out.", kind=Clause.Kind.DELETION, modality="", strikes=capped, topics=[]
    )


def entries(api, path=GARRISON, **parameters):
    answer = api.get(path, **parameters)
    assert answer.status == 200, answer.body
    return {one["proposal"]["slug"]: one for one in answer.body["results"]}


def linked(entry):
    return [one["clause"]["id"] for one in entry["counterparts"] if one["linked"]]


def test_a_linked_clause_stands_with_relation_reasons_and_the_value_of_each_side(api, plans):
    entry = entries(api)["front-answer"]

    assert entry["state"] == "regulated"
    assert linked(entry) == ["front-answer/c02"]
    found = entry["counterparts"][0]
    assert found["clause"] == api.get("proposals/front-answer/clauses/c02/").body
    assert (found["relation"], found["decided_by"], found["stale"]) == ("conflict", "engine", False)
    assert len(found["reasons"]) > 1
    assert found["reasons"][-1]["part"] == "bias"
    assert [side["value"] for side in found["divergences"][0]["sides"]] == [500, 800]
    assert [side["clause"] for side in found["divergences"][0]["sides"]] == ["council-plan/c01", "front-answer/c02"]
    assert entry["proposal"]["proposers"] == ["coastal-front"]
    assert entry["nearest"] is None


def test_a_proposal_that_leaves_it_out_says_how(api, plans):
    found = entries(api)

    assert {slug: (one["state"], linked(one)) for slug, one in found.items() if slug != "front-answer"} == {
        "fishing-rules": ("not_found", []),
        "half-known": ("unknown", []),  # its clause set is not complete
        "quiet-note": ("silent", []),
        "struck-draft": ("struck_out", ["struck-draft/c01"]),
    }
    assert found["quiet-note"]["silence"]["reason"] == "No soldier is named."
    assert found["half-known"]["silence"] is None


def test_states_and_links_are_those_of_a_comparison_of_the_two(api, plans):
    for slug, entry in entries(api).items():
        compared = api.get("comparisons/", proposals=f"council-plan,{slug}").body
        rows = [row for row in compared["rows"] if "council-plan/c01" in row["cells"][0]["clauses"]]
        links = {link["right"]: link for row in rows for link in row["links"] if link["left"] == "council-plan/c01"}

        assert [row["cells"][1]["state"] for row in rows] == [entry["state"]]
        assert set(linked(entry)) == set(links)
        for one in entry["counterparts"]:
            if one["linked"]:
                link = links[one["clause"]["id"]]
                assert {name: one[name] for name in link if name not in ("left", "right")} == {
                    name: link[name] for name in link if name not in ("left", "right")
                }


def test_editors_decide_first_and_a_changed_clause_makes_their_verdict_stale(api, plans):
    capped, nets = (Clause.objects.get(proposal__slug=slug, key="c01") for slug in ("council-plan", "fishing-rules"))
    higher = Clause.objects.get(proposal__slug="front-answer", key="c02")
    make_decision(capped, nets, relation="overlap", note="Soldiers fish.")
    make_decision(capped, higher, verdict="not_same_matter")
    Clause.objects.filter(pk=nets.pk).update(text="Nets have narrow meshes.")

    found = entries(api)

    one = found["fishing-rules"]["counterparts"][0]
    assert (one["linked"], one["relation"], one["decided_by"], one["stale"]) == (True, "overlap", "editor", True)
    assert "Soldiers fish." in one["reasons"][0]["detail"]
    assert found["front-answer"]["state"] == "not_found"
    assert "front-answer/c02" not in [one["clause"]["id"] for one in found["front-answer"]["counterparts"]]


def test_a_candidate_that_is_not_linked_says_so_and_nothing_more(api, shipped):
    found = entries(api, "proposals/istanbul-communique-2022/clauses/c01/counterparts/", limit=500)

    candidates = [one for entry in found.values() for one in entry["counterparts"] if not one["linked"]]
    assert candidates
    for one in candidates:
        assert (one["relation"], one["wider"], one["decided_by"]) == (None, None, None)
        assert (one["stale"], one["divergences"]) == (False, [])
        assert len(one["reasons"]) > 1
        assert one["score"] >= 0.05


def test_the_answer_is_the_other_way_round_from_the_other_side(api, plans):
    there = entries(api)["front-answer"]["counterparts"][0]
    back = entries(api, "proposals/front-answer/clauses/c02/counterparts/")["council-plan"]["counterparts"][0]

    assert back["clause"]["id"] == "council-plan/c01"
    assert (back["relation"], back["score"]) == (there["relation"], there["score"])
    assert [side["value"] for side in back["divergences"][0]["sides"]] == [800, 500]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["struck-draft", "front-answer", "fishing-rules", "half-known", "quiet-note"]),  # the nearest first
        ({"ordering": "date"}, ["front-answer", "fishing-rules", "half-known", "quiet-note", "struck-draft"]),
        ({"ordering": "-date"}, ["struck-draft", "quiet-note", "half-known", "fishing-rules", "front-answer"]),
        ({"linked": "true"}, ["struck-draft", "front-answer"]),
        ({"linked": "false", "ordering": "date"}, ["fishing-rules", "half-known", "quiet-note"]),
        ({"proposal": "quiet-note,front-answer"}, ["front-answer", "quiet-note"]),
        ({"proposal": "council-plan"}, []),  # its own
        ({"process": "southern-coast"}, ["half-known"]),
        ({"date_from": "2031-07-01", "date_to": "2031-08-31", "ordering": "date"}, ["fishing-rules", "half-known"]),
        ({"limit": 2, "offset": 1, "ordering": "date"}, ["fishing-rules", "half-known"]),
    ],
)
def test_counterparts_are_narrowed_ordered_and_paged(api, plans, parameters, found):
    answer = api.get(GARRISON, **parameters)

    scores = [one["score"] for one in answer.body["results"]]
    slugs = [one["proposal"]["slug"] for one in answer.body["results"]]
    if parameters.get("ordering"):
        assert slugs == found
    else:
        assert scores == sorted(scores, reverse=True)
        assert sorted(slugs) == sorted(found)


def test_filters_change_no_link(api, plans):
    every = entries(api)

    for slug in every:
        assert entries(api, proposal=slug)[slug] == every[slug]


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"proposal": "front-anser"}, {"proposal": ["unknown_proposal"]}),
        ({"linked": "perhaps"}, {"linked": ["not_true_or_false"]}),
        ({"ordering": "size"}, {"ordering": ["unknown_ordering"]}),
        ({"topic": "garrison"}, {"topic": ["unknown_parameter"]}),
        ({"date_from": "2031-08-01", "date_to": "2031-07-01"}, {"date_to": ["ends_before_start"]}),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(api, plans, parameters, faults):
    assert api.get(GARRISON, **parameters).faults == faults


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("proposals/council-plam/clauses/c01/counterparts/", "council-plan"),
        ("proposals/council-plan/clauses/c10/counterparts/", "c01"),
    ],
)
def test_a_clause_that_is_not_there_has_no_counterparts(api, plans, path, near):
    answer = api.get(path)

    assert answer.status == 404
    assert near in answer.body["detail"]


def test_nothing_is_said_of_a_clause_whose_content_is_not_known(api, plans):
    plan = Clause.objects.get(proposal__slug="council-plan").proposal
    make_clause(plan, key="c09", text="[to be added]", kind=Clause.Kind.PLACEHOLDER, modality="", topics=["garrison"])

    assert api.get("proposals/council-plan/clauses/c09/counterparts/").body["results"] == []


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN])
def test_what_is_hidden_is_no_counterpart(api, staff_api, plans, stage):
    answer = Clause.objects.get(proposal__slug="front-answer", key="c02")
    answer.stage = stage
    answer.save()
    make_clause(make_proposal("secret-plan", stage=stage), text=CAP, topics=["garrison"])

    found = entries(api)

    assert "secret-plan" not in found
    assert linked(found["front-answer"]) == []
    assert found["front-answer"]["state"] == "not_found"
    assert api.get(GARRISON, proposal="secret-plan").faults == {"proposal": ["unknown_proposal"]}
    assert api.get("proposals/secret-plan/clauses/c01/counterparts/").status == 404
    assert linked(entries(staff_api)["secret-plan"]) == ["secret-plan/c01"]


def test_more_pairs_than_one_answer_may_score_are_refused_with_the_way_out(api, plans, monkeypatch):
    # The package holds the function under the name of the module.
    monkeypatch.setattr(importlib.import_module("proposals.comparison.counterparts"), "MAX_PAIRS", 5)

    answer = api.get(GARRISON)

    assert answer.faults == {"proposal": ["too_many_pairs"]}
    assert "1 clauses against 6" in answer.body["detail"]
    assert api.get(GARRISON, date_from="2031-07-01").status == 200


def test_it_takes_as_many_queries_for_thirty_proposals_as_for_three(api, db):
    make_clause(make_proposal("council-plan"), text=CAP, topics=["garrison"])
    for index in range(30):
        other = make_proposal(f"plan-{index:02}", date=day(6))
        make_clause(other, text=f"The garrison of the old harbour has at most {500 + index} soldiers.")

    counts = []
    for slugs in (["plan-00", "plan-01", "plan-02"], [f"plan-{index:02}" for index in range(30)]):
        with CaptureQueriesContext(connection) as queries:
            assert api.get(GARRISON, proposal=",".join(slugs)).body["count"] == len(slugs)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18


def test_the_links_of_the_shipped_texts_are_those_that_comparisons_show(api, shipped):
    slugs = ["istanbul-communique-2022", "us-28-point-2025-11", "e3-counter-2025-11"]
    shown = {}
    for pair in itertools.combinations(slugs, 2):
        for row in api.get("comparisons/", proposals=",".join(pair)).body["rows"]:
            for link in row["links"]:
                shown[link["left"], link["right"]] = shown[link["right"], link["left"]] = link["score"]
    found = {}
    for slug in slugs:
        for key in [one["key"] for one in api.get(f"proposals/{slug}/clauses/", limit=500).body["results"]]:
            path = f"proposals/{slug}/clauses/{key}/counterparts/"
            for entry in entries(api, path, proposal=",".join(slugs)).values():
                for one in entry["counterparts"]:
                    if one["linked"]:
                        found[f"{slug}/{key}", one["clause"]["id"]] = one["score"]

    assert found == shown
    assert len(found) > 100


def test_the_nearest_proposals_are_those_with_linked_clauses_and_their_links_stay_the_same(api, plans):
    whole = entries(api)

    assert entries(api, nearest=1) == {"front-answer": whole["front-answer"]}
    assert entries(api, nearest=50).items() <= whole.items()


def test_what_is_near_and_hidden_is_not_chosen(api, plans):
    Clause.objects.filter(proposal__slug="front-answer").update(stage=Stage.DRAFT)

    assert "front-answer" not in entries(api, nearest=50)


def test_the_nearest_are_chosen_of_the_proposals_asked_for(api, plans):
    assert set(entries(api, nearest=5, proposal="fishing-rules")) <= {"fishing-rules"}


@pytest.mark.parametrize("text", ["it's", "a \\ b", "100 % of 'all'", ""])
def test_any_words_of_a_clause_can_be_looked_for(api, plans, text):
    Clause.objects.filter(proposal__slug="council-plan").update(text=f"{text} {CAP}")

    assert "front-answer" in entries(api, nearest=3)


@pytest.mark.parametrize("number", ["0", "51", "-1", "two", "1.5", "9" * 30])
def test_a_number_of_nearest_proposals_out_of_bounds_is_refused(api, plans, number):
    answer = api.get(GARRISON, nearest=number)

    assert answer.status == 400
    assert answer.body["errors"][0]["code"] == "out_of_range"


@pytest.fixture
def large(plans, monkeypatch):
    """A collection of which not everything can be looked through at once."""
    module = importlib.import_module("proposals.comparison.choice")
    monkeypatch.setattr(module, "MOST_OF_ALL", 4)
    monkeypatch.setattr(module, "MOST_NEAREST", 2)


def test_of_many_proposals_the_likeliest_are_looked_through_and_the_answer_says_so(api, plans, request):
    whole = entries(api)
    request.getfixturevalue("large")
    later = make_proposal("later-plan", date=day(11))
    make_clause(later, text="The garrison of the old harbour has at most 700 soldiers.", topics=["garrison"])

    answer = api.get(GARRISON).body

    found = {one["proposal"]["slug"]: one for one in answer["results"]}
    assert found.keys() == {"later-plan", "front-answer"}
    assert found["front-answer"] == whole["front-answer"]
    assert (answer["left_out"]["proposals"], answer["left_out"]["of"]) == (4, 6)
    assert "the 2 proposals likeliest" in answer["left_out"]["detail"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"nearest": 1},
        {"process": "southern-coast"},
        {"proposal": "quiet-note,half-known,fishing-rules,front-answer,struck-draft"},
        {"date_to": "2031-08-31"},  # so few that all are looked through
    ],
)
def test_nothing_is_left_out_of_the_proposals_that_were_named(api, large, parameters):
    answer = api.get(GARRISON, **parameters).body

    assert answer["left_out"] is None
    assert answer["results"]


def test_nothing_is_left_out_of_a_small_collection(api, plans):
    assert api.get(GARRISON).body["left_out"] is None


def test_of_the_likeliest_as_many_are_looked_through_as_one_answer_may_hold(api, large, monkeypatch):
    make_clause(make_proposal("later-plan", date=day(11)), text=CAP, topics=["garrison"])
    module = importlib.import_module("proposals.comparison.choice")
    monkeypatch.setattr(module, "MAX_PAIRS", 1)

    answer = api.get(GARRISON).body

    assert [one["proposal"]["slug"] for one in answer["results"]] == ["later-plan"]
    assert answer["left_out"]["proposals"] == 5
