"""What two readers agreed on in five pairs of shipped texts ships as an editor's decisions, and as nothing more."""

from pathlib import Path

import pytest
import yaml

from proposals.comparison import compare
from proposals.models import Decision
from proposals.payloads import clause_id

pytestmark = pytest.mark.usefixtures("shipped")

GOLD = sorted((Path(__file__).parents[1] / "alignment" / "gold").glob("*-*__*.yaml"))


def agreed(file):
    """The links of a gold file that no reader doubted: two clauses, with the relation or "" where it is doubtful."""
    gold = yaml.safe_load(file.read_text())
    sides = gold["left"]["document"], gold["right"]["document"]
    return {
        tuple(f"{slug}/{link[side]}" for slug, side in zip(sides, ("left", "right"), strict=True)): (
            "" if link.get("relation_doubtful") else link["relation"]
        )
        for link in gold["links"]
        if not link.get("doubtful")
    }


def test_the_decisions_are_the_agreed_links_of_the_five_pairs_and_hold_as_they_stand():
    wanted = {frozenset(pair): relation for file in GOLD for pair, relation in agreed(file).items()}

    decisions = Decision.objects.with_parts()

    found = {frozenset((clause_id(one.left), clause_id(one.right))): one.relation for one in decisions}
    assert (len(GOLD), len(found)) == (5, 79)
    assert found == wanted
    assert {(one.verdict, one.decided_by, one.decided_at.date().isoformat()) for one in decisions} == {
        ("same_matter", "two readers", "2026-11-22")
    }
    assert not Decision.objects.stale().exists()


@pytest.mark.parametrize("file", GOLD, ids=[file.stem for file in GOLD])
def test_a_reviewed_comparison_has_the_readers_links_with_their_relations(file):
    rows = compare(proposals=file.stem.split("__"))["rows"]

    decided = {
        (link["left"], link["right"]): link for row in rows for link in row["links"] if link["decided_by"] == "editor"
    }
    assert decided.keys() == agreed(file).keys()
    for pair, relation in agreed(file).items():
        assert relation in ("", decided[pair]["relation"])
        assert not decided[pair]["stale"]
        assert "both of two readers" in decided[pair]["reasons"][0]["detail"]
