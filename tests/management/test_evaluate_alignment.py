"""manage.py evaluate_alignment: the engine against gold pairs."""

import json
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from tests.factories import make_clause, make_decision, make_proposal, make_term

pytestmark = pytest.mark.django_db

GOLD = Path(__file__).resolve().parents[1] / "alignment" / "gold"
PAIR = {
    "format": "clause-alignment-gold/1",
    "pair": "plan_answer",
    "left": {
        "document": "council-plan",
        "clauses": [
            {"id": "c01", "text": "The garrison of the old harbour has at most 500 soldiers.", "topics": ["garrison"]},
            {"id": "c02", "text": "Fishing boats are given licences again.", "topics": ["fishing"]},
        ],
    },
    "right": {
        "document": "front-answer",
        "clauses": [
            {"id": "c01", "text": "The garrison of the old harbour has at most 800 soldiers.", "topics": ["garrison"]}
        ],
    },
    "links": [{"left": "c01", "right": "c01", "relation": "conflict", "kinds": ["quantity"]}],
}


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "plan_answer.yaml"
    path.write_text(yaml.safe_dump(PAIR))
    return path


def figures(*files, **options):
    out = StringIO()
    call_command("evaluate_alignment", *files, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def test_figures_are_told_for_each_pair_and_for_all(gold):
    found = figures(gold)

    assert found["pairs"]["plan_answer"]["links"]["f1"] == 1
    assert found["pairs"]["plan_answer"]["gaps"]["f1"] == 1
    assert found["all"]["links"]["tp"] == 1


def test_the_stored_clause_is_used_with_what_is_coded_on_it(gold):
    plan, answer = make_proposal("council-plan"), make_proposal("front-answer")
    for proposal in (plan, answer):
        # The wording has no figure: only the coded terms tell that the two conflict.
        clause = make_clause(proposal, text="The garrison of the old harbour is limited.", topics=["garrison"])
        make_term(clause, value=500 if proposal is plan else 800)
    make_clause(plan, text="Fishing boats are given licences again.", topics=["fishing"])

    found = figures(gold)

    assert found["pairs"]["plan_answer"]["kinds"]["tp"] == 1


def test_decisions_are_never_used(gold):
    plan, answer = make_proposal("council-plan"), make_proposal("front-answer")
    clauses = [make_clause(plan, text=one["text"], topics=one["topics"]) for one in PAIR["left"]["clauses"]]
    right = make_clause(answer, text=PAIR["right"]["clauses"][0]["text"], topics=["garrison"])
    make_decision(clauses[0], right, verdict="not_same_matter")

    assert figures(gold)["pairs"]["plan_answer"]["links"]["f1"] == 1


def test_bare_reads_the_texts_of_the_file_alone(gold):
    make_proposal("council-plan", clauses=["Something else stands here."])

    assert figures(gold, bare=True)["pairs"]["plan_answer"]["links"]["tp"] == 1


def test_predictions_hold_links_and_the_scores_of_all_pairs(gold, tmp_path):
    out = tmp_path / "predictions.json"

    figures(gold, predictions=out)

    [pair] = json.loads(out.read_text())["pairs"]
    assert [(link["left"], link["right"], link["relation"], link["kinds"]) for link in pair["links"]] == [
        ("c01", "c01", "conflict", ["quantity"])
    ]
    assert {(left, right) for left, right, _ in pair["scores"]} == {("c01", "c01"), ("c02", "c01")}


def test_the_table_has_a_line_for_each_gold_pair_that_the_project_carries():
    out = StringIO()

    call_command("evaluate_alignment", *sorted(GOLD.glob("*.yaml")), stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == 1 + 9 + 2
    assert lines[-2].startswith("ALL (micro)")


BAD = [
    # content of the file, and what is said of it
    ("format: something else", "not a file of the format"),
    ("format: clause-alignment-gold/1\npair: x", "left, links, right missing"),
    ("a: [", "while parsing"),
]


@pytest.mark.parametrize(("content", "reason"), BAD)
def test_a_file_that_is_no_gold_pair_is_refused_by_name(tmp_path, content, reason):
    path = tmp_path / "pair.yaml"
    path.write_text(content)

    with pytest.raises(CommandError, match=rf"pair\.yaml: [\s\S]*{reason}"):
        call_command("evaluate_alignment", path)


def test_a_clause_that_is_not_stored_is_named(gold):
    make_proposal("council-plan", clauses=["Only one clause."])

    with pytest.raises(CommandError, match="council-plan has no clause 'c02'"):
        call_command("evaluate_alignment", gold)
