"""Cosines and coverage of wordings."""

import numpy as np
import pytest

from proposals.alignment import features
from proposals.alignment.features import Channel, Side
from proposals.alignment.text import SLOTS, read


def a_channel(left: list[str], right: list[str]) -> Channel:
    one, two = (Side.of([(read(t).concept_slots, read(t).concept_weights) for t in side]) for side in (left, right))
    return Channel(left=one, right=two, known=np.zeros(SLOTS), documents=0)


def test_the_same_words_have_cosine_one_and_other_words_none() -> None:
    cosines = a_channel(["boats leave port", ""], ["boats leave port", "soldiers vote"]).cosines()

    assert cosines.tolist() == [[1.0, 0.0], [0.0, 0.0]]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    left = ["boats nets", "boats port", "boats crew"]

    by_common, by_rare = a_channel(left, ["boats", "nets"]).cosines()[0]

    assert by_rare > by_common


def test_a_text_covered_by_a_longer_one_has_full_coverage_but_not_full_cosine() -> None:
    channel = a_channel(["boats leave port"], ["boats leave port while soldiers count the crews and nets"])

    assert channel.coverage()[0, 0] == 1
    assert channel.cosines()[0, 0] < 1


def test_the_other_way_round_is_the_transpose() -> None:
    left, right = ["boats leave port", "soldiers vote"], ["soldiers leave", "port boats", ""]

    assert np.array_equal(a_channel(left, right).cosines(), a_channel(right, left).cosines().T)
    assert np.array_equal(a_channel(left, right).coverage(), a_channel(right, left).coverage().T)


def test_blocks_give_what_one_piece_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"boats {word} leave port {word}s" for word in ("red", "blue", "green", "white", "black")]
    whole = a_channel(texts, texts).cosines()

    monkeypatch.setattr(features, "BLOCK", 1)

    assert np.array_equal(a_channel(texts, texts).cosines(), whole)


@pytest.mark.parametrize(("left", "right"), [([], []), ([], ["boats"]), ([""], [""])])
def test_nothing_to_compare_is_no_fault(left: list[str], right: list[str]) -> None:
    assert a_channel(left, right).cosines().shape == (len(left), len(right))
