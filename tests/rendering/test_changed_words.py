"""Marks of changed words: only where both texts have words of their own, in one language."""

import pytest

from proposals.comparison import compare
from proposals.rendering.changed_words import MOST_WORDS, changed_words
from proposals.rendering.clauses import shown_clause
from tests.factories import make_clause, make_proposal

pytestmark = pytest.mark.django_db

OPENS = "The Coastal Front opens the old harbour."
CLOSES = "The Coastal Front closes the old harbour!"


def marked(left, right):
    """The runs of both sides, changed ones in brackets."""
    make_clause(make_proposal("council-plan"), **left)
    make_clause(make_proposal("front-answer"), **right)
    included = compare(proposals=["council-plan", "front-answer"])["included"]
    clauses = [
        shown_clause(included["clauses"][one], included=included) for one in ("council-plan/c01", "front-answer/c01")
    ]
    return [
        "".join(f"[{run.text}]" if run.is_changed else run.text for run in side) for side in changed_words(*clauses)
    ]


@pytest.mark.parametrize("wordings", [("verbatim", "verbatim"), ("translation", "translation")])
def test_words_that_the_other_text_lacks_are_marked(wordings):
    left, right = wordings

    assert marked({"text": OPENS, "wording": left}, {"text": CLOSES, "wording": right}) == [
        "The Coastal Front [opens] the old harbour[.]",
        "The Coastal Front [closes] the old harbour[!]",
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"wording": "paraphrase"}, {"wording": "verbatim"}),  # our words beside theirs
        ({"wording": "paraphrase"}, {"wording": "paraphrase"}),
        ({"wording": "verbatim", "language": "fr"}, {"wording": "verbatim"}),  # two languages
    ],
)
def test_nothing_is_marked_beside_a_paraphrase_or_another_language(left, right):
    assert marked({"text": OPENS, **left}, {"text": CLOSES, **right}) == [OPENS, CLOSES]


def test_equal_texts_and_longer_ones_than_can_be_gone_through_have_no_marks():
    same = {"text": OPENS, "wording": "verbatim"}
    assert marked(same, same) == [OPENS, OPENS]


def test_a_text_too_long_to_go_through_has_no_marks():
    words = "harbour " * MOST_WORDS

    found = marked({"text": OPENS, "wording": "verbatim"}, {"text": words, "wording": "verbatim"})

    assert found == [OPENS, words]
