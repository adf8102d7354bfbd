"""The score of a pair and the reasons that add up to it."""

import numpy as np
import pytest

from proposals.alignment import DEFAULT, score_matrix
from proposals.alignment.evidence import PROFILES
from proposals.alignment.similarity import Scores
from tests.alignment.cast import VOCABULARY, a_clause

LEFT = [
    a_clause("north/1", "The Coastal Front keeps at most 600 soldiers.", topics=("army-size",)),
    a_clause("north/2", "Boats may fish within sight of the coast.", topics=("fishing",)),
    a_clause("north/3", "Votes are held in spring."),
]
RIGHT = [
    a_clause("coast/1", "Troops of the Coastal Front number no more than 800.", topics=("army-size",)),
    a_clause("coast/2", "Elections take place in spring."),
]


def scored(**kinds: object) -> Scores:
    return score_matrix(LEFT, RIGHT, vocabulary=VOCABULARY, method=DEFAULT, **kinds)


def test_the_reasons_add_up_to_the_score() -> None:
    scores = scored()

    for row, column in np.ndindex(scores.chance.shape):
        logit = sum(reason.weight for reason in scores.reasons(row, column))
        assert 1 / (1 + np.exp(-logit)) == pytest.approx(scores.chance[row, column], abs=0.001)


def test_reasons_say_what_was_shared() -> None:
    told = {reason.part: reason.detail for reason in scored().reasons(0, 0)}

    assert told["topics"] == "Army size"
    assert "forces" in told["concepts"]
    assert "bias" in told


def test_a_pair_is_scored_by_the_best_of_what_both_clauses_have() -> None:
    ours = [*LEFT, a_clause("north/4", "Boats are painted.", topics=("a topic of its own",))]

    scores = score_matrix(ours, RIGHT, vocabulary=VOCABULARY, method=DEFAULT)

    assert [[PROFILES[p] for p in row] for row in scores.profiles] == [
        ["coding+text", "text"],
        ["coding+text", "text"],
        ["text", "text"],
        ["topics+text", "text"],
    ]
    assert scores.chance.argmax(axis=1).tolist()[2] == 1


def test_a_barred_pair_has_no_chance_and_rivals_nobody() -> None:
    free, barred = scored(), scored(barred=frozenset({("north/1", "coast/1")}))

    assert barred.chance[0, 0] == 0
    assert barred.chance[1, 0] >= free.chance[1, 0]


def test_every_reason_names_what_was_shared() -> None:
    topics = ("army-size", "fishing")
    ours = [a_clause("north/1", "Soldiers and boats.", label="Fleet", topics=topics, territories=("salt-island",))]
    theirs = [a_clause("coast/1", "The fleet has boats.", topics=topics, territories=("salt-island", "high-pass"))]

    reasons = score_matrix(ours, theirs, vocabulary=VOCABULARY, method=DEFAULT).reasons(0, 0)

    told = {reason.part: reason.detail for reason in reasons}
    assert told["topics"] == "Army size, Fishing"
    assert told["places"] == "Salt Island"
    assert told["label"] == "fleet"
    assert told["concepts"] == "boats"
    assert told["matter"] in ("Army size", "Fishing")
    assert told["breadth"] == "2 and 2 topics"
    assert told["rivals"] == "ahead of other candidates on the matter"
