"""Engine stories: proposals in, expected report out. Each file in cases/ says what it stands for in `story`."""

import json
from pathlib import Path
from typing import Any

import pytest

from proposals.alignment import Clause, Concordance, Decision, Proposal, Silence, Term, concord
from tests.alignment.cast import VOCABULARY

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def read_clause(slug: str, order: int, told: dict[str, Any]) -> Clause:
    fields = dict(told)
    key = fields.pop("id")
    fields["terms"] = tuple(Term(**term) for term in fields.get("terms", ()))
    for name in ("topics", "territories"):
        fields[name] = tuple(fields.get(name, ()))
    for name in ("roles", "depends_on"):
        fields[name] = tuple((first, second) for first, second in fields.get(name, ()))
    return Clause(id=f"{slug}/{key}", order=order, **fields)


def read_proposal(told: dict[str, Any]) -> Proposal:
    clauses = tuple(read_clause(told["slug"], order, clause) for order, clause in enumerate(told["clauses"], 1))
    silences = tuple(Silence(**silence) for silence in told.get("silences", ()))
    return Proposal(**{**told, "clauses": clauses, "silences": silences})


def report(concordance: Concordance) -> dict[str, Any]:
    """What a reader of the table sees, without ids, scores and reasons."""
    return {
        "rows": [
            {
                "topics": list(row.topics),
                "kind": row.kind,
                "cells": [[cell.state, *cell.clauses] for cell in row.cells],
                "links": [[link.left, link.right, link.relation, link.decided_by] for link in row.links],
                "divergences": [
                    [d.kind, "asserted" if d.asserted else "hint", *(side.text for side in d.sides)]
                    for d in row.divergences
                ],
            }
            for row in concordance.rows
        ],
        "gaps": [[gap.kind, gap.element or gap.topic, *gap.absent_from, gap.state] for gap in concordance.gaps],
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_story_comes_out_as_told(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    proposals = [read_proposal(told) for told in case["proposals"]]
    decisions = [Decision(**decision) for decision in case.get("decisions", ())]

    found = report(concord(proposals, decisions=decisions, vocabulary=VOCABULARY))

    assert found == case["expected"]
