"""Words, stems, concepts, names and grams of a text."""

import pytest

from proposals.alignment.text import fold, read, stem


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Withdraws", "withdrawal"),
        ("elections", "election"),
        ("guaranteed", "guarantees"),
        ("monitored", "monitoring"),
    ],
)
def test_forms_of_a_word_meet_in_one_stem(one: str, two: str) -> None:
    assert stem(fold(one)) == stem(fold(two))


def test_different_words_for_one_thing_share_a_concept() -> None:
    soldiers, troops = read("Soldiers leave."), read("Troops are withdrawn.")

    assert not set(soldiers.stems) & set(troops.stems)
    assert set(soldiers.concepts) & set(troops.concepts) == {"forces", "withdraw"}


def test_case_dashes_and_apostrophes_do_not_tell_texts_apart() -> None:
    assert fold("The  Council’s 30–day PAUSE") == "the council's 30-day pause"
    assert read("The Council’s pause").stems == read("the council's PAUSE").stems


@pytest.mark.parametrize(
    "text", ["", "   ", "—", "the of and", "\ud800"]
)  # empty, blank, mark, stop words, half a character
def test_a_text_without_words_has_no_features(text: str) -> None:
    features = read(text)

    assert not features.stems
    assert not features.content
    assert len(features.word_slots) == len(features.gram_slots) == 0


@pytest.mark.parametrize("text", ["Войска отводятся", "تنسحب القوات", "军队撤离沿海地区"])
def test_other_scripts_have_words_and_grams(text: str) -> None:
    features = read(text)

    assert features.stems
    assert len(features.gram_slots) > 0


def test_names_are_told_from_content() -> None:
    features = read("The Northern Council signed at Salt Island; OSM observers count the Ceasefire lines.")

    assert {"norther", "salt", "osm"} <= features.names
    assert "ceasefi" not in features.names
    assert "observe" in features.content or "observ" in features.content
    assert "sign" not in features.content


def test_a_very_long_clause_is_read() -> None:
    text = "The mediator counts the boats of the coast. " * 2_500

    assert len(text) > 100_000
    assert len(read(text).word_slots) == 4
