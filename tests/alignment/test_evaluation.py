"""Figures against gold links: the same numbers as the scorer that the gold pairs came with."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from proposals.alignment import evaluation
from proposals.alignment.evaluation import count, evaluate, figures, listed_only, measured, predict, proposal_from_gold
from tests.alignment.cast import a_clause, a_proposal

GOLD = sorted((Path(__file__).parent / "gold").glob("*.yaml"))
GOLDS: list[dict[str, Any]] = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in GOLD]

SMALL: dict[str, Any] = {
    "pair": "small",
    "left": {
        "document": "north",
        "clauses": [{"id": "n1", "text": "Ports open."}, {"id": "n2", "text": "Nets are mended."}],
    },
    "right": {
        "document": "coast",
        "clauses": [{"id": "c1", "text": "Ports close."}, {"id": "c2", "text": "Tolls fall."}],
    },
    "links": [{"left": "n1", "right": "c1", "relation": "conflict", "kinds": ["modality"]}],
}


def by_first_topic(gold: dict[str, Any]) -> dict[str, Any]:
    """A simple, fixed prediction: clauses with the same first topic are linked, by shared topics."""
    links, scores = [], []
    for one in gold["left"]["clauses"]:
        for two in gold["right"]["clauses"]:
            shared = len(set(one["topics"]) & set(two["topics"]))
            scores.append([one["id"], two["id"], shared])
            if one["topics"][0] == two["topics"][0]:
                conflict = len(one["text"]) % 3 == 0
                links.append(
                    {
                        "left": one["id"],
                        "right": two["id"],
                        "relation": "conflict" if conflict else "overlap",
                        "kinds": ["modality", "actor"] if conflict else [],
                    }
                )
    return {"pair": gold["pair"], "links": links, "scores": scores}


def test_the_figures_are_those_of_the_scorer() -> None:
    found = evaluate([by_first_topic(gold) for gold in GOLDS], GOLDS)

    # Printed by the scorer for the same predictions: hits, false alarms and misses, then the rest.
    counted = {
        name: [found["all"][name][k] for k in ("tp", "fp", "fn")] for name in ("links", "gaps", "conflicts", "kinds")
    }
    assert counted == {
        "links": [122, 65, 38],
        "gaps": [101, 42, 16],
        "conflicts": [11, 49, 41],
        "kinds": [6, 60, 41],
    }
    assert found["all"]["relation_accuracy"] == pytest.approx(0.3181818)
    assert found["all"]["mrr"] == pytest.approx(0.8591407)
    assert found["all"]["hit_at_1"] == pytest.approx(0.6917563)
    assert found["all"]["hit_at_3"] == pytest.approx(0.9856631)
    assert found["macro_link_f1"] == pytest.approx(0.7011656)


def test_a_perfect_answer_scores_one() -> None:
    perfect = {"pair": "small", "links": SMALL["links"], "scores": [["n1", "c1", 1.0]]}

    found = evaluate([perfect], [SMALL])["all"]

    assert found["links"]["f1"] == found["gaps"]["f1"] == found["relation_accuracy"] == 1
    assert found["conflicts"]["f1"] == found["kinds"]["f1"] == found["mrr"] == found["hit_at_3"] == 1


def test_a_doubtful_link_is_neither_rewarded_nor_punished() -> None:
    doubtful = SMALL | {
        "links": [*SMALL["links"], {"left": "n2", "right": "c2", "relation": "overlap", "doubtful": True}]
    }
    with_it = {"pair": "small", "links": [*SMALL["links"], {"left": "n2", "right": "c2", "relation": "overlap"}]}

    assert evaluate([with_it], [doubtful])["all"]["links"]["f1"] == 1
    assert evaluate([with_it], [SMALL])["all"]["links"]["fp"] == 1


def test_what_cannot_be_measured_is_none() -> None:
    nothing = evaluate([{"pair": "small", "links": [], "scores": []}], [SMALL | {"links": []}])["all"]

    assert nothing["links"]["f1"] is None
    assert nothing["relation_accuracy"] is None
    assert nothing["mrr"] is None


def test_figures_with_intervals_are_the_figures() -> None:
    counts = [count(by_first_topic(gold), gold) for gold in GOLDS]
    told = figures(sum(counts, evaluation.Counts()))

    found = measured(counts)

    assert {name: figure.value for name, figure in found.items()} == pytest.approx(
        {
            "link_precision": told["links"]["p"],
            "link_recall": told["links"]["r"],
            "link_f1": told["links"]["f1"],
            "gap_f1": told["gaps"]["f1"],
            "relation_accuracy": told["relation_accuracy"],
            "conflict_f1": told["conflicts"]["f1"],
            "kinds_f1": told["kinds"]["f1"],
            "mrr": told["mrr"],
            "hit_at_3": told["hit_at_3"],
        }
    )


def test_an_interval_holds_its_figure_and_is_the_same_in_every_run() -> None:
    counts = [count(by_first_topic(gold), gold) for gold in GOLDS]

    found = measured(counts)

    assert all(figure.low < figure.value < figure.high for figure in found.values())  # type: ignore[operator]
    assert measured(counts) == found


INTERVALS: list[tuple[dict[str, Any], float | None]] = [
    # an answer to the small pair, and the link F1 that all draws of two such pairs have
    ({"pair": "small", "links": SMALL["links"], "scores": []}, 1.0),  # perfect
    ({"pair": "small", "links": [], "scores": []}, 0.0),  # empty
]


@pytest.mark.parametrize(("prediction", "f1"), INTERVALS)
def test_the_interval_of_equal_pairs_is_the_figure_itself(prediction: dict[str, Any], f1: float) -> None:
    found = measured([count(prediction, SMALL)] * 2)["link_f1"]

    assert (found.value, found.low, found.high) == (f1, f1, f1)


def test_what_cannot_be_measured_has_no_interval_and_draws_without_it_do_not_count() -> None:
    nothing = count({"pair": "small", "links": [], "scores": []}, SMALL | {"links": []})
    perfect = count({"pair": "small", "links": SMALL["links"], "scores": []}, SMALL)

    assert (
        measured([nothing])["link_f1"]
        == measured([])["link_f1"]
        == evaluation.Measured(value=None, low=None, high=None)
    )
    assert measured([nothing, perfect])["link_f1"] == evaluation.Measured(value=1.0, low=1.0, high=1.0)


def test_a_prediction_scores_all_pairs_and_maps_kinds_to_those_of_the_gold() -> None:
    left = a_proposal("north", a_clause("n1", "Salt Island is theirs.", topics=("x",), legal_effect="in_law"))
    right = a_proposal("coast", a_clause("c1", "Salt Island is theirs.", topics=("x",), legal_effect="in_fact"))

    found = predict(SMALL, left, right)

    assert [(link["left"], link["right"], link["kinds"]) for link in found["links"]] == [("n1", "c1", ["modality"])]
    assert [pair[:2] for pair in found["scores"]] == [["n1", "c1"]]
    assert set(evaluation.KIND_IN_GOLD.values()) == {"quantity", "modality", "actor", "deadline", "territory"}


def test_a_bare_side_has_texts_alone() -> None:
    gold = GOLDS[0]["left"]

    full, bare = proposal_from_gold(gold), proposal_from_gold(gold, bare=True)

    assert any(clause.topics for clause in full.clauses)
    assert not any(clause.topics or clause.label for clause in bare.clauses)
    assert [c.text for c in bare.clauses] == [entry["text"] for entry in gold["clauses"]]


def test_only_the_listed_clauses_of_a_stored_text_count() -> None:
    stored = a_proposal("north", *(a_clause(key, "Boats.") for key in ("n1", "n2", "n3")))

    assert [c.id for c in listed_only(stored, SMALL["left"]).clauses] == ["north/n1", "north/n2"]
    with pytest.raises(KeyError, match="n2"):
        listed_only(a_proposal("north", a_clause("n1", "Boats.")), SMALL["left"])


def test_the_gold_pairs_are_met_about_as_well_as_last_measured() -> None:
    answers = [predict(gold, *(proposal_from_gold(gold[side]) for side in ("left", "right"))) for gold in GOLDS]

    found = evaluate(answers, GOLDS)["all"]

    # From what the files say alone: no groups of topics, nothing else curated.
    assert found["links"]["f1"] >= 0.84
    assert found["mrr"] >= 0.97
    assert found["hit_at_3"] >= 0.98
