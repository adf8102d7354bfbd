"""Where a text's clauses begin."""

import pytest

from proposals.splitting import split

STYLES = [
    # one level each, as texts number their points
    ("1. Open the harbour.\n2. Withdraw the garrison.", ["1", "2"]),
    ("1) Open the harbour.\n2) Withdraw the garrison.", ["1", "2"]),
    ("I. Open the harbour.\nII. Withdraw the garrison.", ["I", "II"]),
    ("(a) Open the harbour.\n(b) Withdraw the garrison.", ["a", "b"]),
    ("Article 1. Open the harbour.\nArticle 2. Withdraw the garrison.", ["Article 1", "Article 2"]),
    ("§ 1 Open the harbour.\n§ 2 Withdraw the garrison.", ["§ 1", "§ 2"]),
    ("- Open the harbour.\n- Withdraw the garrison.", ["", ""]),
    ("Open the harbour.\n\nWithdraw the garrison.", ["", ""]),
]


@pytest.mark.parametrize(("text", "numbers"), STYLES)
def test_a_text_is_split_where_its_numbering_says(text, numbers):
    pieces = split(text)

    assert [piece.number for piece in pieces] == numbers
    assert [piece.text for piece in pieces] == ["Open the harbour.", "Withdraw the garrison."]


def test_lines_that_go_on_belong_to_the_clause_they_continue():
    pieces = split("1. The Northern Council\nopens the harbour.\n2. The garrison leaves.")

    assert [piece.text for piece in pieces] == ["The Northern Council opens the harbour.", "The garrison leaves."]


def test_a_kind_of_marker_inside_another_is_one_level_deeper():
    pieces = split("1. Forces:\na) the garrison leaves,\nb) the fleet stays.\n2. The harbour opens.")

    assert [(piece.number, piece.depth) for piece in pieces] == [("1", 0), ("a", 1), ("b", 1), ("2", 0)]


def test_words_before_the_first_number_are_kept():
    pieces = split("Plan of the mediator\n1. Open the harbour.\n2. Withdraw the garrison.")

    assert pieces[0].text == "Plan of the mediator"


@pytest.mark.parametrize("text", ["", "  \n \n", "\r\n"])
def test_an_empty_text_has_no_clauses(text):
    assert split(text) == ()


def test_a_figure_at_the_start_of_a_line_is_no_number():
    pieces = split("1. Forces are limited to\n600 000 persons.\n2. The harbour opens.")

    assert pieces[0].text == "Forces are limited to 600 000 persons."


def test_a_word_made_of_roman_letters_is_no_number():
    pieces = split("1. Rights are\ncivil. They stay.\n2. The harbour opens.")

    assert pieces[0].text == "Rights are civil. They stay."
