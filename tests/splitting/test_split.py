"""Where a text's clauses begin."""

import pytest

from proposals.splitting import divide, split

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


HEADED = [
    # the heading of a clause is its label, wherever it stands
    ("Article 3. Ceasefire\nThe guns are silent.\nArticle 4. Mines\nThey are cleared.", "Ceasefire"),
    ("Article 3\nCeasefire\n\nThe guns are silent.\n\nArticle 4\nMines\n\nThey are cleared.", "Ceasefire"),
    ("3. Ceasefire: The guns are silent.\n4. Mines: They are cleared.", "Ceasefire"),
    ("3. Ceasefire – The guns are silent.\n4. Mines – They are cleared.", "Ceasefire"),
    ("3. Ceasefire. The guns are silent.\n4. Mines. They are cleared.", "Ceasefire"),
    ("**3. Ceasefire**\nThe guns are silent.\n**4. Mines**\nThey are cleared.", "Ceasefire"),
    ("Ceasefire\nThe guns are silent.\n\nMines\nThey are cleared.", "Ceasefire"),
]


@pytest.mark.parametrize(("text", "title"), HEADED)
def test_the_heading_of_a_clause_is_its_label(text, title):
    piece, _ = split(text)

    assert (piece.title, piece.label, piece.text) == (title, title, "The guns are silent.")


def test_without_a_heading_the_label_is_the_first_words():
    (piece,) = split("The Northern Council withdraws its garrison from the harbour of Sel within thirty days.")

    assert piece.title == ""
    assert piece.label == "The Northern Council withdraws its garrison from the …"


def test_a_piece_knows_where_it_stands():
    text = "Plan\n\n 1. Open the harbour.\n 2. Withdraw\n the garrison.\n"

    pieces = split(text)

    assert [text[piece.start : piece.end] for piece in pieces] == [
        "Plan",
        "1. Open the harbour.",
        "2. Withdraw\n the garrison.",
    ]


def test_page_numbers_and_running_heads_are_told_and_not_dropped_in_silence():
    text = "1. The Northern Council\nPlan – draft\nPage 1 of 2\n\fleaves the harbour.\nPlan – draft\nPage 2 of 2\n"

    division = divide(text)

    assert [piece.text for piece in division.pieces] == ["The Northern Council leaves the harbour."]
    assert [line.text for line in division.left_out] == ["Plan – draft", "Page 1 of 2", "Plan – draft", "Page 2 of 2"]


def test_an_article_without_words_of_its_own_keeps_its_place_above_its_paragraphs():
    pieces = split("Article 1\n(1) The harbour opens.\n(2) The garrison leaves.\nArticle 2\n(1) The mines go.")

    assert [(piece.number, piece.depth, piece.text) for piece in pieces] == [
        ("Article 1", 0, "Article 1"),
        ("1", 1, "The harbour opens."),
        ("2", 1, "The garrison leaves."),
        ("Article 2", 0, "Article 2"),
        ("1", 1, "The mines go."),
    ]
