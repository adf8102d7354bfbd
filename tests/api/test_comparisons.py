"""GET comparisons/."""

import datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.comparison import compare
from proposals.models import Dispute, DisputeAbout, DisputeClaim, Stage
from tests.factories import (
    make_clause,
    make_person,
    make_position,
    make_proposal,
    make_source,
    make_term,
    make_topic,
)

ISTANBUL, US_28, E3 = "istanbul-communique-2022", "us-28-point-2025-11", "e3-counter-2025-11"
UNCERTAIN = "us-russia-27-point-2025-12"


@pytest.fixture
def plans(db):
    """The Council's plan caps the garrison at 500 and licenses boats; the Front's answer caps it at 800."""
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1), proposers=["coastal-front"])
    make_term(make_clause(plan, text="The garrison has at most 500 soldiers.", topics=["garrison"]), value=500)
    make_clause(plan, text="Fishing boats are given licences again.", topics=["fishing"])
    make_term(make_clause(answer, text="The garrison has at most 800 soldiers.", topics=["garrison"]), value=800)


def test_a_comparison_is_the_document_that_the_domain_makes(api, plans):
    answer = api.get("comparisons/", proposals=["council-plan", "front-answer"])

    assert answer.status == 200
    assert answer.body == compare(proposals=["council-plan", "front-answer"])
    assert "readings" not in answer.body


def test_proposals_may_be_separated_by_commas(api, plans):
    repeated = api.get("comparisons/", proposals=["council-plan", "front-answer"]).body

    assert api.get("comparisons/", proposals="council-plan,front-answer").body == repeated


def test_a_comparison_shows_both_figures_of_a_divergence(api, plans):
    rows = api.get("comparisons/", proposals="council-plan,front-answer").body["rows"]

    (row,) = [row for row in rows if row["kind"] == "diverge"]
    (divergence,) = [one for one in row["divergences"] if one["kind"] == "quantity"]
    assert sorted(side["value"] for side in divergence["sides"]) == [500, 800]


def test_what_is_included_is_asked_for(api, plans):
    make_position("refusal", topic=make_topic("garrison"), red_line=True)

    plain = api.get("comparisons/", proposals="council-plan,front-answer").body
    full = api.get("comparisons/", proposals="council-plan,front-answer", include="readings,positions,disputes").body

    assert not plain["included"]["positions"]
    assert list(full["included"]["positions"]) == ["refusal"]
    assert full["readings"]["sticking_points"][0]["red_lines"] == ["refusal"]
    assert full["readings"]["within_reach"] == []


def test_later_statements_are_left_out_as_of_a_day(api, plans):
    make_position("refusal", topic=make_topic("garrison"), date=datetime.date(2031, 7, 1))
    asked = {"proposals": "council-plan,front-answer", "include": "positions"}

    assert api.get("comparisons/", **asked, as_of="2031-07-01").body["included"]["positions"]
    assert not api.get("comparisons/", **asked, as_of="2031-06-30").body["included"]["positions"]


def test_disputes_about_a_position_that_bears_on_a_row_need_no_positions_asked_for(api, plans):
    refusal = make_position("refusal", topic=make_topic("garrison"))
    dispute = Dispute.objects.create(slug="d1", subject="Day of the refusal")
    DisputeAbout.objects.create(dispute=dispute, position=refusal, order=1)
    DisputeAbout.objects.create(dispute=dispute, person=make_person(), order=2)
    DisputeAbout.objects.create(dispute=dispute, source=make_source("diary"), order=3)
    for value in ("1 June", "2 June"):
        DisputeClaim.objects.create(dispute=dispute, value=value, source=make_source(f"paper-{value[0]}"))
    asked = {"proposals": "council-plan,front-answer"}

    alone = api.get("comparisons/", **asked, include="disputes").body
    both = api.get("comparisons/", **asked, include="positions,disputes").body

    (row,) = [row for row in alone["rows"] if row["kind"] == "diverge"]
    assert (row["positions"], row["disputes"]) == ([], ["d1"])
    assert alone["included"]["disputes"] == both["included"]["disputes"]
    assert not alone["included"]["positions"]
    assert {"diary", "paper-1", "paper-2"} <= alone["included"]["sources"].keys()
    assert "council-envoy" in alone["included"]["persons"]


def test_a_red_line_holds_until_the_day_on_which_it_was_taken_back(api, plans):
    garrison = make_topic("garrison")
    make_position("line", topic=garrison, red_line=True, withdrawn_on=datetime.date(2031, 8, 1))
    asked = {"proposals": "council-plan,front-answer", "include": "readings,positions"}

    before = api.get("comparisons/", **asked, as_of="2031-07-31").body
    after = api.get("comparisons/", **asked).body

    (point,) = before["readings"]["sticking_points"]
    assert (point["positions"], point["red_lines"]) == (["line"], ["line"])
    assert before["readings"]["within_reach"] == []
    assert before["included"]["positions"]["line"]["withdrawn_on"] is None
    (point,) = after["readings"]["sticking_points"]
    assert (point["positions"], point["red_lines"]) == (["line"], [])
    assert after["readings"]["within_reach"] == [point["row"]]
    assert after["included"]["positions"]["line"]["withdrawn_on"] == "2031-08-01"


def test_a_red_line_that_only_a_hidden_statement_replaces_holds_for_readers(api, staff_api, plans):
    hidden = make_position("secret", topic=make_topic("garrison"), date=datetime.date(2031, 7, 1), stage=Stage.DRAFT)
    make_position("line", topic=make_topic("garrison"), red_line=True, superseded_by=hidden)
    asked = {"proposals": "council-plan,front-answer", "include": "readings"}

    assert api.get("comparisons/", **asked).body["readings"]["sticking_points"][0]["red_lines"] == ["line"]
    assert staff_api.get("comparisons/", **asked).body["readings"]["sticking_points"][0]["red_lines"] == []


def test_topics_filter_finished_rows_and_change_none(api, plans):
    whole = api.get("comparisons/", proposals="council-plan,front-answer").body["rows"]
    fishing = api.get("comparisons/", proposals="council-plan,front-answer", topics="fishing").body["rows"]

    assert fishing == [row for row in whole if "fishing" in row["topics"]]
    assert len(fishing) == 1


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({}, ["number_of_proposals"]),
        ({"proposals": "council-plan"}, ["number_of_proposals"]),
        ({"proposals": ",".join(f"plan-{i}" for i in range(9))}, ["number_of_proposals"]),
        ({"proposals": "council-plan,council-plan"}, ["proposal_twice"]),
        ({"proposals": ["council-plan", "front-answer", "council-plan"]}, ["proposal_twice"]),
        ({"proposals": "council-plan,a\0b"}, ["not_text"]),
        ({"proposals": ""}, ["empty"]),
    ],
)
def test_what_cannot_be_compared_is_refused(api, plans, parameters, faults):
    answer = api.get("comparisons/", **parameters)

    assert answer.status == 400
    assert answer.faults == {"proposals": faults}


@pytest.mark.parametrize(
    ("parameter", "value", "code"),
    [
        ("topics", "garison", "unknown_topic"),
        ("include", "readings,everything", "unknown_code"),
        ("as_of", "June 2031", "not_a_day"),
        ("proposal", "council-plan", "unknown_parameter"),  # the singular, as in other lists
    ],
)
def test_a_bad_parameter_is_refused_by_name(api, plans, parameter, value, code):
    answer = api.get("comparisons/", proposals="council-plan,front-answer", **{parameter: value})

    assert answer.faults == {parameter: [code]}


def test_an_unknown_proposal_is_not_found_and_the_near_ones_are_named(api, plans):
    answer = api.get("comparisons/", proposals="council-plam,front-answer,zzz")

    assert answer.status == 404
    assert answer.faults == {"proposals": ["unknown_proposal", "unknown_proposal"]}
    assert answer.body["near"] == {"council-plam": ["council-plan"], "zzz": []}


def test_more_clauses_than_an_answer_may_hold_are_refused_with_the_limit(api, plans, monkeypatch):
    monkeypatch.setattr("proposals.comparison.faults.MAX_CLAUSES", 2)

    answer = api.get("comparisons/", proposals="council-plan,front-answer")

    assert answer.faults == {"proposals": ["number_of_clauses"]}
    assert "at most 2 clauses" in answer.body["detail"]


@pytest.mark.parametrize(
    "proposals", [[ISTANBUL, US_28], [US_28, E3], [US_28, UNCERTAIN], [ISTANBUL, US_28, E3, UNCERTAIN]]
)
def test_shipped_comparisons_are_answered_as_declared_with_everything_included(api, shipped, proposals):
    answer = api.get("comparisons/", proposals=proposals, include=["readings", "positions", "disputes"])

    assert answer.status == 200
    assert [head["slug"] for head in answer.body["proposals"]] == proposals
    assert answer.body["included"]["positions"]
    assert answer.headers["Cache-Control"].startswith("public, max-age=60, ")


def test_every_id_that_a_comparison_names_is_included(api, shipped):
    body = api.get("comparisons/", proposals=[US_28, E3], include=["readings", "positions", "disputes"]).body
    included = body["included"]

    for row in body["rows"]:
        assert {clause for cell in row["cells"] for clause in cell["clauses"]} <= included["clauses"].keys()
        assert set(row["topics"]) <= included["topics"].keys()
        assert set(row["positions"]) <= included["positions"].keys()
        assert set(row["disputes"]) <= included["disputes"].keys()
    assert {topic["group"] for topic in included["topics"].values()} <= included["groups"].keys()
    for clause in included["clauses"].values():
        assert {role["party"] for role in clause["roles"]} <= included["parties"].keys()
        assert {term["measure"] for term in clause["terms"]} <= included["measures"].keys()
        assert set(clause["sources"]) <= included["sources"].keys()
        assert set(clause["territories"]) <= included["territories"].keys()


def test_a_comparison_takes_as_many_queries_for_sixty_clauses_as_for_three(api, plans):
    asked = {"proposals": ["council-plan", "front-answer"], "include": ["readings", "positions", "disputes"]}
    make_position("refusal", topic=make_topic("garrison"))
    api.get("comparisons/", **asked)
    caches["answers"].clear()
    with CaptureQueriesContext(connection) as few:
        api.get("comparisons/", **asked)
    plan = make_proposal("long-plan")
    for index in range(60):
        make_term(make_clause(plan, text=f"Pier {index} is given back.", topics=["garrison"]), value=index)

    with CaptureQueriesContext(connection) as many:
        assert api.get("comparisons/", **{**asked, "proposals": ["long-plan", "front-answer"]}).status == 200

    assert len(many) == len(few) <= 18
