"""Weights found on gold pairs."""

from functools import cache

import pytest

from proposals.alignment import DEFAULT, EMPTY
from proposals.alignment.evaluation import evaluate, predict, proposal_from_gold
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


def test_fitted_weights_have_the_parts_of_each_profile_and_speak_for_a_link() -> None:
    weights = fitted(examples()).weights

    assert {name: list(parts) for name, parts in weights.items()} == {
        name: list(parts) for name, parts in DEFAULT.weights.items()
    }
    assert weights["coding+text"] == DEFAULT.weights["coding+text"]  # without a vocabulary nothing counts as coded
    assert all(
        weight > 0 for name in ("topics+text", "wording") for part, weight in weights[name].items() if part != "bias"
    )


def test_pairs_kept_apart_are_still_met() -> None:
    answers = [
        predict(example.gold, example.left, example.right, vocabulary=example.vocabulary, method=method)
        for example, method in held_out(examples(), by_document=True)
    ]

    found = evaluate(answers, GOLDS)["all"]

    assert [answer["pair"] for answer in answers] == [gold["pair"] for gold in GOLDS]
    assert found["links"]["f1"] >= 0.8


def test_a_bare_example_has_texts_and_nothing_coded() -> None:
    bare = examples()[0].bare()

    assert [c.text for c in bare.left.clauses] == [c.text for c in examples()[0].left.clauses]
    assert not any(c.topics or c.label or c.roles for c in (*bare.left.clauses, *bare.right.clauses))
