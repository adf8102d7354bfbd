"""What is not public is met nowhere: in no list, count, filter, tie or comparison."""

import datetime
import json
from types import SimpleNamespace

import pytest

from proposals.models import Clause, Dependency, Dispute, DisputeAbout, DisputeClaim, Lineage, Stage
from tests.api.test_lists import STAFF_LISTS
from tests.factories import (
    make_clause,
    make_decision,
    make_position,
    make_proposal,
    make_source,
    make_statement,
    make_topic,
)

HIDDEN = [Stage.DRAFT, Stage.REVIEW, Stage.WITHDRAWN]
SECRET = "secret"


@pytest.fixture(params=HIDDEN)
def stories(request, db):
    """A public plan that is tied in every way to a proposal, clauses and positions of a stage that is not public."""
    stage = request.param
    hidden = make_proposal("secret-plan", stage=stage, date=datetime.date(2031, 4, 1))
    hidden_clause = make_clause(hidden, text="A secret clause.")
    plan = make_proposal("council-plan")
    answer = make_proposal("front-answer", date=datetime.date(2031, 6, 1))
    shown = make_clause(plan, text="The harbour opens.")
    withdrawn = make_clause(plan, key="secret-key", text="A secret of the plan.", stage=stage)
    Lineage.objects.create(proposal=plan, earlier=hidden, relation=Lineage.Relation.REVISES)
    make_clause(answer, text="Struck out.", kind=Clause.Kind.DELETION, modality="", strikes=hidden_clause)
    tied = make_clause(answer, text="The harbour opens later.", parent=None)
    make_clause(plan, text="Within it.", parent=withdrawn)
    for target in (hidden_clause, withdrawn):
        Dependency.objects.create(clause=tied, target=target, relation=Dependency.Relation.AFTER)
    make_decision(hidden_clause, tied)
    make_decision(withdrawn, tied)
    topic = make_topic()
    make_position("secret-stage", topic=topic, stage=stage)
    make_position("secret-proposal", topic=topic, proposal=hidden)
    make_position("secret-clause", topic=topic, proposal=plan, clause=withdrawn)
    make_position("p001", topic=topic, proposal=plan)
    for number, about in enumerate(({"proposal": hidden}, {"clause": withdrawn}), 1):
        dispute = Dispute.objects.create(slug=f"secret-{number}", subject="A secret")
        DisputeAbout.objects.create(dispute=dispute, **about)
        DisputeClaim.objects.create(dispute=dispute, value="1", source=make_source())
        make_statement(f"secret-{number}", about=[about])
    make_statement("secret-stage", stage=stage)
    return SimpleNamespace(hidden=hidden, plan=plan, shown=shown, withdrawn=withdrawn)


ADDRESSES = [
    *(path for path in STAFF_LISTS if path != "decisions/"),
    "proposals/council-plan/",
    "proposals/council-plan/clauses/",
    "proposals/front-answer/clauses/",
    "proposals/front-answer/clauses/c01/",
    "proposals/front-answer/clauses/c02/",
    "proposals/council-plan/clauses/c01/counterparts/",
    "proposals/front-answer/clauses/c02/counterparts/",
    "topics/ceasefire/timeline/",
]


def test_a_reader_meets_nothing_hidden_at_any_address(api, stories):
    for path in ADDRESSES:
        answer = api.get(path)

        assert answer.status == 200
        assert SECRET not in json.dumps(answer.body), path


def test_a_comparison_tells_nothing_hidden(api, stories):
    asked = {"proposals": "council-plan,front-answer", "include": "readings,positions,disputes"}

    body = api.get("comparisons/", **asked).body
    posted = api.post("comparisons/", {"proposals": [{"slug": "council-plan"}, {"text": "The harbour opens."}]}).body

    assert SECRET not in json.dumps(body)
    assert SECRET not in json.dumps(posted)
    assert list(body["included"]["positions"]) == ["p001"]


def test_counts_leave_out_what_is_hidden(api, stories):
    assert api.get("proposals/").body["count"] == 2
    assert api.get("clauses/").body["count"] == 4
    assert api.get("positions/").body["count"] == 1
    assert api.get("disputes/").body["count"] == 0
    assert api.get("statements/").body["count"] == 0
    assert api.get("topics/ceasefire/timeline/").body["count"] == 5
    assert api.get("proposals/council-plan/").body["clause_count"] == 2


@pytest.mark.parametrize(
    "path",
    [
        "proposals/secret-plan/",
        "proposals/secret-plan/clauses/",
        "proposals/secret-plan/clauses/c01/",
        "proposals/council-plan/clauses/secret-key/",
        "positions/secret-stage/",
        "positions/secret-proposal/",
        "positions/secret-clause/",
        "disputes/secret-1/",
        "statements/secret-1/",
        "statements/secret-2/",
        "statements/secret-stage/",
    ],
)
def test_the_address_of_what_is_hidden_is_that_of_nothing(api, stories, path):
    hidden = api.get(path)
    nothing = api.get(path.replace("secret", "zzzzzz"))

    assert hidden.status == nothing.status == 404
    assert hidden.body["type"] == nothing.body["type"]
    assert "Near it: secret" not in hidden.body["detail"]


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("clauses/", {"proposal": "secret-plan"}),
        ("positions/", {"proposal": "secret-plan"}),
        ("positions/", {"clause": "council-plan/secret-key"}),
        ("disputes/", {"clause": "secret-plan/c01"}),
        ("statements/", {"proposal": "secret-plan"}),
        ("statements/", {"position": "secret-stage"}),
    ],
)
def test_a_filter_does_not_know_what_is_hidden(api, stories, path, parameters):
    answer = api.get(path, **parameters)

    assert answer.status == 400
    # The caller's own word is repeated; nothing is added to it.
    assert json.dumps(answer.body["errors"]).count(SECRET) == 1


def test_a_comparison_does_not_find_what_is_hidden(api, stories):
    answer = api.get("comparisons/", proposals="council-plan,secret-plan")

    assert answer.status == 404
    assert answer.body["near"] == {"secret-plan": ["council-plan"]}


def test_staff_preview_everything(staff_api, stories):
    assert staff_api.get("proposals/secret-plan/").status == 200
    assert staff_api.get("proposals/council-plan/").body["lineage"][0]["proposal"] == "secret-plan"
    assert staff_api.get("clauses/").body["count"] == 6
    assert (
        "secret-plan/c01"
        in staff_api.get("comparisons/", proposals="council-plan,secret-plan").body["included"]["clauses"]
    )
