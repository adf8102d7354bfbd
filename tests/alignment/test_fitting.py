"""Weights found on gold pairs."""

from functools import cache

import pytest

from proposals.alignment import DEFAULT, EMPTY
from proposals.alignment.evaluation import evaluate, proposal_from_gold
from proposals.alignment.fitting import Example, fit, fitted, held_out
from tests.alignment.test_evaluation import GOLDS


@cache
def examples() -> tuple[Example, ...]:
    """The gold pairs by what their files say alone; two files on one text share no name here."""
    return tuple(
        Example(
            gold=gold,
            left=proposal_from_gold(gold["left"]),
            right=proposal_from_gold(gold["right"]),
            vocabulary=EMPTY,
            documents=frozenset(gold[side]["document"] for side in ("left", "right")),
        )
        for gold in GOLDS
    )


def test_the_same_examples_give_the_same_weights_in_any_order() -> None:
    assert fit(examples(), "topics+text") == pytest.approx(fit(examples()[::-1], "topics+text"), abs=0.002)


def test_fitted_weights_have_the_parts_of_the_profile_and_speak_for_a_link() -> None:
    weights = fitted(examples(), "topics+text").weights

    assert list(weights["topics+text"]) == list(DEFAULT.weights["topics+text"])
    assert list(weights["equivalence"]) == list(DEFAULT.weights["equivalence"])
    assert weights["text"] == DEFAULT.weights["text"]
    assert all(weight > 0 for part, weight in weights["topics+text"].items() if part != "bias")


def test_pairs_kept_apart_are_still_met() -> None:
    answers = held_out(examples(), "topics+text", by_document=True)

    found = evaluate(answers, GOLDS)["all"]

    assert [answer["pair"] for answer in answers] == [gold["pair"] for gold in GOLDS]
    assert found["links"]["f1"] >= 0.8
