"""POST comparisons/: texts that are not stored."""

import datetime
import json

import pytest
from rest_framework.throttling import SimpleRateThrottle

from proposals.api.bounded_json import MAX_BYTES
from proposals.models import Clause, Dispute, DisputeAbout, Proposal, Stage
from tests.factories import make_clause, make_party, make_position, make_proposal, make_term, make_topic

TEXT = "1. The garrison has at most 800 soldiers.\n2. Fishing boats are given licences again."
STORED = {"slug": "council-plan"}


@pytest.fixture
def plan(db):
    plan = make_proposal("council-plan")
    make_term(make_clause(plan, text="The garrison has at most 500 soldiers.", topics=["garrison"]), value=500)
    return plan


def clause(key="a", text="The garrison has at most 800 soldiers.", **fields):
    return {"id": key, "text": text, **fields}


def test_a_pasted_text_stands_beside_a_stored_proposal(api, plan):
    body = api.post("comparisons/", {"proposals": [STORED, {"text": TEXT}]}).body

    assert [head["slug"] for head in body["proposals"]] == ["council-plan", "draft-2"]
    assert body["included"]["clauses"]["draft-2/c01"]["text"] == "The garrison has at most 800 soldiers."
    assert body["included"]["clauses"]["draft-2/c02"]["number"] == "2"
    (row,) = [row for row in body["rows"] if row["kind"] == "diverge"]
    assert [cell["clauses"] for cell in row["cells"]] == [["council-plan/c01"], ["draft-2/c01"]]


def test_positions_red_lines_and_disputes_bear_on_a_pasted_text_too_as_of_a_day(api, plan):
    make_position("line", topic=make_topic("garrison"), red_line=True)
    make_position("later", topic=make_topic("garrison"), date=datetime.date(2031, 9, 1), red_line=True)
    dispute = Dispute.objects.create(slug="d1", subject="Strength of the garrison")
    DisputeAbout.objects.create(dispute=dispute, clause=plan.clauses.get())
    body = {"proposals": [STORED, {"text": TEXT}]}

    answer = api.post("comparisons/", body, include="readings,positions,disputes", as_of="2031-06-30").body
    early = api.post("comparisons/", body, include="readings,positions,disputes", as_of="2031-05-31").body

    (row,) = [row for row in answer["rows"] if row["kind"] == "diverge"]
    assert (row["positions"], row["disputes"]) == (["line"], ["d1"])
    assert answer["readings"]["sticking_points"] == [{"row": row["id"], "positions": ["line"], "red_lines": ["line"]}]
    assert answer["readings"]["within_reach"] == []
    assert list(answer["included"]["positions"]) == ["line"]
    assert early["readings"]["within_reach"] == [row["id"]]


def test_a_draft_may_be_coded_as_in_the_exchange_format(api, plan):
    make_topic("fishing")
    make_party("mediator")
    coded = clause(
        "article-1",
        number="1",
        label="Garrison",
        wording="translation",
        modality="must_not",
        topics=["garrison", "fishing"],
        parties={"obligated": ["northern-council"], "monitor": ["mediator"]},
        terms=[
            {
                "kind": "quantity",
                "measure": "garrison_strength",
                "comparator": "at_most",
                "value": 800,
                "unit": "persons",
            }
        ],
        depends_on=[{"clause": "article-2", "relation": "after"}],
        scope={"permanence": "permanent"},
    )
    leak = {"slug": "harbour-leak", "clauses": [coded, clause("article-2", "Boats return.")]}

    answer = api.post("comparisons/", {"proposals": [leak, STORED]})

    shown = answer.body["included"]["clauses"]["harbour-leak/article-1"]
    assert shown["roles"] == [
        {"role": "obligated", "party": "northern-council"},
        {"role": "monitor", "party": "mediator"},
    ]
    assert shown["depends_on"] == [{"relation": "after", "clause": "harbour-leak/article-2", "note": None}]
    assert (shown["permanence"], shown["terms"][0]["value"], shown["evidence"]) == ("permanent", 800, None)


def test_nothing_is_saved(api, plan):
    api.post("comparisons/", {"proposals": [{"slug": "leak", "text": TEXT}, STORED]})

    assert Proposal.objects.count() == 1
    assert Clause.objects.count() == 1


def test_texts_can_be_compared_with_each_other_alone(api, db):
    body = api.post("comparisons/", {"proposals": [{"text": TEXT}, {"text": TEXT}]}).body

    assert [head["slug"] for head in body["proposals"]] == ["draft-1", "draft-2"]
    assert body["summary"]["rows_by_kind"] == {"agree": 2, "diverge": 0, "alone": 0}


def test_a_stored_pair_is_answered_as_by_get(api, plan):
    make_clause(make_proposal("front-answer", date=datetime.date(2031, 6, 1)), text="The garrison leaves.")

    posted = api.post("comparisons/", {"proposals": [STORED, {"slug": "front-answer"}]}).body

    assert posted == api.get("comparisons/", proposals="council-plan,front-answer").body


def test_the_query_says_what_is_answered(api, plan):
    body = {"proposals": [STORED, {"text": TEXT}]}

    answer = api.post("comparisons/", body, include="readings", topics="garrison")

    assert answer.body["readings"]["sticking_points"]
    assert all("garrison" in row["topics"] for row in answer.body["rows"])


@pytest.mark.parametrize(
    ("parameters", "faults"),
    [
        ({"proposals": "council-plan"}, {"proposals": ["unknown_parameter"]}),  # they stand in the body
        ({"include": "all", "as_of": "2031"}, {"include": ["unknown_code"], "as_of": ["not_a_day"]}),
    ],
)
def test_a_bad_query_is_refused_by_the_name_of_its_parameter(api, plan, parameters, faults):
    answer = api.post("comparisons/", {"proposals": [STORED, {"text": TEXT}]}, **parameters)

    assert answer.status == 400
    assert answer.faults == faults


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ([], {"#": ["wrong_type"]}),
        ({}, {"#/proposals": ["wrong_type"]}),
        ({"proposals": "council-plan"}, {"#/proposals": ["wrong_type"]}),
        ({"proposals": [STORED]}, {"#/proposals": ["number_of_proposals"]}),
        ({"proposals": [{"text": "a"}] * 9}, {"#/proposals": ["number_of_proposals"]}),
        ({"proposals": [STORED, "front-answer"]}, {"#/proposals/1": ["wrong_type"]}),
        ({"proposals": [STORED, {}]}, {"#/proposals/1": ["empty"]}),
        ({"proposals": [STORED, {"text": " \n"}]}, {"#/proposals/1/text": ["empty"]}),
        ({"proposals": [STORED, {"text": 5}]}, {"#/proposals/1/text": ["wrong_type"]}),
        ({"proposals": [STORED, {"clauses": []}]}, {"#/proposals/1/clauses": ["too_few"]}),
        ({"proposals": [STORED, {"text": "a", "clauses": [clause()]}]}, {"#/proposals/1": ["clauses_or_text"]}),
        ({"proposals": [STORED, {"clauses": [{"id": "a"}]}]}, {"#/proposals/1/clauses/0/text": ["missing"]}),
        ({"proposals": [STORED, {"clauses": [clause("A 1")]}]}, {"#/proposals/1/clauses/0/id": ["not_an_id"]}),
        ({"proposals": [STORED, {"clauses": [clause(), clause()]}]}, {"#/proposals/1/clauses/1/id": ["twice"]}),
        (
            {"proposals": [{"clauses": [clause(modality="shall", topics=["garison"])]}, STORED]},
            {"#/proposals/0/clauses/0/modality": ["unknown_code"]},  # references are looked for once the shape is right
        ),
        (
            {"proposals": [{"clauses": [clause(topics=["garison"])]}, STORED]},
            {"#/proposals/0/clauses/0/topics/0": ["unknown_topic"]},
        ),
        (
            {"proposals": [{"clauses": [clause(note="a")], "author": "b"}, STORED], "topics": ["c"]},
            {"#/topics": ["unknown_field"]},
        ),
        ({"proposals": [{"text": "a", "author": "b"}, STORED]}, {"#/proposals/0/author": ["unknown_field"]}),
        ({"proposals": [STORED, {"slug": "Council Plan"}]}, {"#/proposals/1/slug": ["not_an_id"]}),
        ({"proposals": [STORED, {"slug": "council-plam"}]}, {"#/proposals/1/slug": ["unknown_proposal"]}),
        ({"proposals": [STORED, {"slug": "council-plan", "text": "a"}]}, {"#/proposals/1/slug": ["proposal_twice"]}),
        ({"proposals": [{"text": "b"}, {"slug": "council-plan", "text": "a"}]}, {"#/proposals/1/slug": ["slug_taken"]}),
        (
            {"proposals": [{"slug": "council-plam"}, {"slug": "zzz"}]},
            {"#/proposals/0/slug": ["unknown_proposal"], "#/proposals/1/slug": ["unknown_proposal"]},
        ),
        (
            {"proposals": [{"slug": "council-plam"}, {"clauses": [{"id": "a"}]}]},
            {"#/proposals/0/slug": ["unknown_proposal"], "#/proposals/1/clauses/0/text": ["missing"]},
        ),
        (
            {"proposals": [STORED, {"clauses": [clause(f"c{i}") for i in range(1001)]}]},
            {"#/proposals": ["number_of_clauses"]},
        ),
        (
            {"proposals": [{"clauses": [clause(f"c{i}") for i in range(600)]} for _ in "ab"]},
            {"#/proposals": ["number_of_clauses"]},
        ),
    ],
)
def test_a_bad_body_is_refused_with_a_pointer_to_each_fault(api, plan, body, faults):
    answer = api.post("comparisons/", body)

    assert answer.status == 400
    assert answer.faults == faults


def test_a_text_of_too_many_clauses_is_refused_once_it_is_split(api, plan):
    answer = api.post("comparisons/", {"proposals": [STORED, {"text": "- a\n" * 1000}]})

    assert answer.faults == {"#/proposals": ["number_of_clauses"]}


def test_no_more_than_two_hundred_faults_are_named(api, plan):
    clauses = [clause(f"c{i}", modality="shall") for i in range(300)]

    answer = api.post("comparisons/", {"proposals": [STORED, {"clauses": clauses}]})

    assert answer.body["detail"] == "At least 200 values are not valid."
    assert len(answer.body["errors"]) == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),  # no JSON
        (b'{"proposals": NaN}', 400),  # nor is that
        (b'{"proposals": [{"text": "\xff"}, {"text": "b"}]}', 400),  # not UTF-8
        (rb'{"proposals": [{"text": "\ud800"}, {"text": "b"}]}', 400),  # half of a character
        (rb'{"proposals": [{"text": "a\u0000b"}, {"text": "b"}]}', 400),  # NUL
        (b"[" * 400_000, 400),  # nested without end
        (b"[" * 400_000 + b"]" * 400_000, 400),
        (b'{"proposals":' + b"[" * 30 + b"]" * 30 + b"}", 400),
        (b"null", 400),
        (b"[" + b"1," * 2000 + b"1]", 400),  # a list without end
        (b" " * (MAX_BYTES + 1), 413),
    ],
)
def test_what_cannot_be_read_is_refused(api, plan, body, status):
    answer = api.request("post", "comparisons/", data=body, content_type="application/json")

    assert answer.status == status


def test_a_body_of_the_largest_size_is_read(api, plan):
    body = json.dumps({"proposals": [STORED, {"text": TEXT}]}).encode()

    answer = api.request("post", "comparisons/", data=body.ljust(MAX_BYTES), content_type="application/json")

    assert answer.status == 200


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "text/plain", "application/xml"])
def test_only_json_is_read(api, plan, media_type):
    answer = api.request("post", "comparisons/", data=b"a=b", content_type=media_type)

    assert answer.status == 415


def test_no_session_counts_and_none_is_needed(staff_api, plan):
    make_proposal("hidden-plan", stage=Stage.DRAFT)

    seen = staff_api.get("comparisons/", proposals="council-plan,hidden-plan")
    posted = staff_api.post("comparisons/", {"proposals": [STORED, {"slug": "hidden-plan"}]})

    assert seen.status == 200
    assert posted.faults == {"#/proposals/1/slug": ["unknown_proposal"]}


def test_pasting_is_throttled_more_than_reading(api, plan, monkeypatch):
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "drafts", "2/day")
    body = {"proposals": [STORED, {"text": TEXT}]}

    statuses = [api.post("comparisons/", body).status for _ in range(3)]
    refused = api.post("comparisons/", body)

    assert statuses == [200, 200, 429]
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 60 * 60
    assert api.get("comparisons/", proposals="council-plan,council-plan").status == 400


def test_the_answer_is_kept_nowhere(api, plan):
    answer = api.post("comparisons/", {"proposals": [STORED, {"text": TEXT}]})

    assert answer.headers["Cache-Control"] == "no-store"


def test_every_shipped_proposal_can_be_sent_back_as_a_draft_and_agrees_with_itself(api, shipped):
    stored = api.get("proposals/e3-counter-2025-11/clauses/", limit=500).body["results"]
    clauses = [{"id": one["key"], "text": one["text"], "topics": one["topics"]} for one in stored]

    body = api.post("comparisons/", {"proposals": [{"slug": "e3-counter-2025-11"}, {"clauses": clauses}]}).body

    assert body["proposals"][1]["clause_count"] == len(stored)
    assert body["summary"]["coverage"]["draft-2"] > 0.8
